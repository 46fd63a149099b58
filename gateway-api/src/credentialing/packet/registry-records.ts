import { entryOf, licenceKeyParts, sourceState } from '@medaccord/domain';
import type { Clock, FoldInput, LicenceEvent, LicenceKey, ProviderLinks, SourceReport, SourceState } from '@medaccord/domain';
import type { RootCertificates } from '../../ledger/blocks/root-certificates.js';
import { isBefore, isInvalidForGood, isProved } from './chain-records.js';
import type { ChainRecords, Place, Written } from './chain-records.js';

/** Records of the registry are written with a majority's signatures; a reader who does not know how many there were then wants two. */
const FEWEST_ENDORSERS = 2;

/** What stood in the registry at a place of the chain, as far as the blocks and the members' certificates prove it. */
export class RegistryRecords {
  readonly #records: ChainRecords;
  readonly #chaincode: string;
  readonly #roots: RootCertificates;

  constructor(records: ChainRecords, chaincode: string, roots: RootCertificates) {
    this.#records = records;
    this.#chaincode = chaincode;
    this.#roots = roots;
  }

  /** Valid writes of a key, in their order. */
  writes(key: string): readonly Written<Uint8Array | undefined>[] {
    return this.#records.publicWrites(this.#chaincode, key);
  }

  /** Every key that begins so. */
  keys(prefix: string): readonly string[] {
    return this.#records.publicKeys(this.#chaincode, prefix);
  }

  /** What stood under a key, before a place or at the end; each is checked as far as it matters. */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the key says which record it is
  value<T>(key: string, before?: Place): T | undefined {
    const value = textOf(this.writes(key).filter(({ transaction }) => before === undefined || isBefore(transaction, before)).at(-1));

    return value === undefined ? undefined : (JSON.parse(value) as T);
  }

  /** Each event has a key of its own, written once; their order is that of the keys. */
  eventWrites(licence: LicenceKey): readonly Written<Uint8Array | undefined>[] {
    return this.keys(compositeKey('licence-event', licenceKeyParts(licence))).flatMap((key) => this.writes(key));
  }

  /** A licence with the events before a place, or all of them. */
  foldInput(licence: LicenceKey, before?: Place): FoldInput {
    const events = this.eventWrites(licence).filter(({ transaction }) => before === undefined || isBefore(transaction, before)).map(eventOf);

    return { licence, entries: events.map(entryOf) };
  }

  /** How fresh each board's word was, by its own reports and the consortium's clock. */
  sources(links: ProviderLinks | undefined, before?: Place): ReadonlyMap<string, SourceState> {
    const clock = this.value<Clock>(compositeKey('clock', ['consortium']), before);
    const boards = [...new Set((links?.links ?? []).map(({ licence }) => licence.board))];
    const states = boards.map((board) => [board, sourceState(this.value<SourceReport>(compositeKey('source-report', [board]), before), clock?.time)] as const);

    return new Map(states.flatMap(([board, state]) => (state === undefined ? [] : [[board, state]])));
  }

  /** Whether a transaction is what it says, and by whom. */
  isProved({ transaction }: Written<unknown>, creator?: string): boolean {
    const expected = { ...(creator === undefined ? {} : { creator }), endorsers: (organisations: ReadonlySet<string>) => organisations.size >= FEWEST_ENDORSERS };

    return isProved(transaction, this.#roots, expected);
  }

  /** How many transactions on keys that begin so were marked as invalid without a reason in the blocks. */
  hidden(prefix: string): number {
    return this.#records.invalidPublic(this.#chaincode, prefix).filter((one) => !isInvalidForGood(one)).length;
  }
}

/** An event as the board's transaction wrote it; that it did is checked apart. */
export function eventOf(written: Written<Uint8Array | undefined>): LicenceEvent {
  return JSON.parse(textOf(written) ?? '{}') as LicenceEvent;
}

/** A written value as text. */
export function textOf(written: Written<Uint8Array | undefined> | undefined): string | undefined {
  return written?.value === undefined ? undefined : Buffer.from(written.value).toString('utf8');
}

/** As chaincode makes composite keys. */
export function compositeKey(objectType: string, parts: readonly string[]): string {
  return ['', objectType, ...parts, ''].join('\0');
}
