import { classOf, entryOf, licenceId, licenceKeyParts, onePerson, principalsNamed, providerStanding, relatedLicences, sourceState } from '@medaccord/domain';
import type { Clock, CompactFacts, CompactGroup, FoldInput, LicenceEvent, LicenceKey, Npi, ProviderIdentity, ProviderLinks, ProviderStanding, SourceReport, SourceState, StandingQuery } from '@medaccord/domain';
import type { RootCertificates } from './root-certificates.js';
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

  /** Valid writes of all keys that begin so. */
  writesUnder(prefix: string): readonly Written<Uint8Array | undefined>[] {
    return this.keys(prefix).flatMap((key) => this.writes(key));
  }

  /** What stood under a key, before a place or at the end; each is checked as far as it matters. */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the key says which record it is
  value<T>(key: string, before?: Place): T | undefined {
    return recordOf<T>(this.writes(key).filter(({ transaction }) => before === undefined || isBefore(transaction, before)).at(-1));
  }

  /** Each event has a key of its own, written once; their order is that of the keys. */
  eventWrites(licence: LicenceKey): readonly Written<Uint8Array | undefined>[] {
    return this.writesUnder(compositeKey('licence-event', licenceKeyParts(licence)));
  }

  /** What the registry would have answered at a place, or at the end, with all that stood there. */
  standing(query: StandingQuery, before?: Place): ProviderStanding {
    const identities = this.identities([query.npi], before);
    const [links, ...others] = [...identities.keys()].map((npi) => this.value<ProviderLinks>(compositeKey('provider-links', [npi, query.jurisdiction]), before));
    const otherLinks = others.filter((document) => document !== undefined);
    const related = this.withRelated([links, ...otherLinks].flatMap((document) => document?.links.map(({ licence }) => licence) ?? []), before);

    return providerStanding(query, { registered: true, links, otherLinks, identities, ...related, sources: this.#sources([...related.timelines.values()], before) });
  }

  /** The numbers of these persons at a place in the chain, the asked ones first, with what was said about each. */
  identities(asked: readonly Npi[], before?: Place): ReadonlyMap<Npi, ProviderIdentity | undefined> {
    const identities = new Map<Npi, ProviderIdentity | undefined>();
    for (let unread = asked; unread.length > 0; unread = asked.flatMap((npi) => onePerson(npi, identities)).filter((npi) => !identities.has(npi))) {
      for (const npi of unread) identities.set(npi, this.value<ProviderIdentity>(identityKey(npi), before));
    }

    return identities;
  }

  /** Licences and those that compacts related to them at a place of the chain, with who had named whom. */
  withRelated(licences: readonly LicenceKey[], before?: Place): Required<Pick<CompactFacts, 'timelines' | 'groups'>> {
    const own = licences.map((licence) => this.#timeline(licence, before));
    const principals = own.flatMap(({ licence, entries }) => [licence, ...principalsNamed(licence, entries)]);
    const found = principals.map((principal) => this.value<CompactGroup>(compositeKey('compact-group', licenceKeyParts(principal)), before));
    const groups = new Map(found.filter((group) => group !== undefined).map((group) => [licenceId(group.principal), group] as const));
    const related = own.flatMap((timeline) => relatedLicences(timeline, groups) ?? []).map((licence) => this.#timeline(licence, before)).filter(({ entries }) => entries.length > 0);

    return { groups, timelines: new Map([...related, ...own].map((timeline) => [licenceId(timeline.licence), timeline] as const)) };
  }

  /** A licence with its own and its class's events before a place, or all of them. */
  #timeline(licence: LicenceKey, before: Place | undefined): FoldInput {
    const entriesOf = (key: LicenceKey): FoldInput['entries'] => this.eventWrites(key).filter(({ transaction }) => before === undefined || isBefore(transaction, before)).map(eventOf).map(entryOf);

    return { licence, entries: entriesOf(licence), classEntries: entriesOf(classOf(licence)) };
  }

  /** How fresh each board's word was, by its own reports and the consortium's clock. */
  #sources(timelines: readonly FoldInput[], before: Place | undefined): ReadonlyMap<string, SourceState> {
    const clock = this.value<Clock>(compositeKey('clock', ['consortium']), before);
    const boards = [...new Set(timelines.map(({ licence }) => licence.board))];
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

/** A record as it was written; undefined where it was not, or was deleted. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the key says which record it is
export function recordOf<T>(written: Written<Uint8Array | undefined> | undefined): T | undefined {
  const value = textOf(written);

  return value === undefined ? undefined : (JSON.parse(value) as T);
}

/** A written value as text. */
export function textOf(written: Written<Uint8Array | undefined> | undefined): string | undefined {
  return written?.value === undefined ? undefined : Buffer.from(written.value).toString('utf8');
}

/** Where what was said about who a person is stands. */
export function identityKey(npi: Npi): string {
  return compositeKey('provider-identity', [npi]);
}

/** As chaincode makes composite keys. */
export function compositeKey(objectType: string, parts: readonly string[]): string {
  return ['', objectType, ...parts, ''].join('\0');
}
