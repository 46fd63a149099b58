import { licenceId as idOf, licenceIdKey, npdbReportDueOn, npdbReportType, isVisible, REGISTRY_CHANGED } from '@medaccord/domain';
import type { EventEnvelope, LicenceEvent, LicenceView, SealedEvent } from '@medaccord/domain';
import { inParallel } from '../ledger/in-parallel.js';
import { readEvents } from '../ledger/blocks/read-events.js';
import type { BlockEvent } from '../ledger/blocks/read-events.js';
import type { ChainReader } from '../ledger/chain-reader.js';
import { SERVICE_ROLE } from '../ledger/ledger.js';
import type { RegistryClient } from '../ledger/registry-client.js';
import type { BoardIndexStore, IndexedEvent, IndexedLicence } from './board-index-store.js';
import { chunks } from './board-index-store.js';
import { wordsOf } from './holder-words.js';
import type { OwnBoards } from './own-boards.js';

/** Most events of a block that have a position; far more than one block carries. */
const PLACES = 1_000_000;
const blocksAtOnce = 16;

/** An event of a licence as its block tells it: the licence, and the last of the events that the transaction wrote. */
interface Told {
  readonly licenceId: string;
  readonly through: number;
  readonly transactionId: string;
  readonly at: Date;
}

/**
 * Finds the licences of the organisation's own boards and their events, in the order of the chain. It reads the blocks that it
 * has not read whenever it is asked, so that an answer holds all that stood in the chain when the question came. The
 * positions follow from the chain alone: a lost database gives the same ones again.
 */
export class BoardIndex {
  readonly #store: BoardIndexStore;
  readonly #chain: ChainReader;
  readonly #registry: RegistryClient;
  readonly #boards: OwnBoards;
  readonly #withdrawSealed: (views: readonly LicenceView[]) => Promise<void>;
  #reading: Promise<void> | undefined;

  constructor(parts: { readonly store: BoardIndexStore; readonly chain: ChainReader; readonly registry: RegistryClient; readonly boards: OwnBoards; readonly withdrawSealed: (views: readonly LicenceView[]) => Promise<void> }) {
    this.#store = parts.store;
    this.#chain = parts.chain;
    this.#registry = parts.registry;
    this.#boards = parts.boards;
    this.#withdrawSealed = parts.withdrawSealed;
  }

  /** Reads what has been added to the chain; those who ask meanwhile wait for one more reading together. */
  async catchUp(): Promise<void> {
    const under = this.#reading;
    if (under !== undefined) await under.catch(() => undefined);
    this.#reading ??= this.#read().finally(() => { this.#reading = undefined; });
    await this.#reading;
  }

  async #read(): Promise<void> {
    const height = await this.#chain.height();
    const own = new Set((await this.#boards.all()).map(({ id }) => id));
    if (own.size === 0) return;
    for (let from = await this.#store.nextBlock(); from < height; from += blocksAtOnce) {
      const numbers = Array.from({ length: Math.min(blocksAtOnce, height - from) }, (_, index) => from + index);
      const told = await inParallel(numbers, blocksAtOnce, async (number) => this.#told(await this.#chain.block(number), own));
      for (const [index, number] of numbers.entries()) await this.#keep(number, told[index] ?? []);
    }
  }

  #told(block: Uint8Array, own: ReadonlySet<string>): readonly Told[] {
    const changes = readEvents(block).filter(({ chaincode, name }) => chaincode === this.#chain.registryChaincode && name === REGISTRY_CHANGED);

    return changes.flatMap(toldBy).filter(({ licenceId }) => own.has(licenceIdKey(licenceId).board));
  }

  async #keep(number: number, told: readonly Told[]): Promise<void> {
    const ids = [...new Set(told.map(({ licenceId }) => licenceId))];
    const known = new Map(await this.#store.sequences(ids));
    const views = new Map((await this.views(ids)).map((view) => [idOf(view.licence.licence), view] as const));
    const events: IndexedEvent[] = [];
    for (const { licenceId, through, transactionId, at } of told) {
      const view = views.get(licenceId);
      for (let sequence = (known.get(licenceId) ?? 0) + 1; sequence <= through; sequence += 1) {
        events.push({ position: number * PLACES + events.length + 1, licenceId, sequence, board: licenceIdKey(licenceId).board, transactionId, recordedAt: at, ...describedBy(view, sequence) });
      }
      known.set(licenceId, Math.max(through, known.get(licenceId) ?? 0));
    }
    await this.#store.keep(number, ids.map((id) => indexed(id, views.get(id), known.get(id) ?? 0)), [...await this.#changedBefore(ids, views, events), ...events]);
    await this.#withdrawSealed([...views.values()]);
  }

  /** Earlier events of the same licences, of which a seal may have changed what is told. */
  async #changedBefore(ids: readonly string[], views: ReadonlyMap<string, LicenceView>, now: readonly IndexedEvent[]): Promise<readonly IndexedEvent[]> {
    const fresh = new Set(now.map(({ licenceId, sequence }) => `${licenceId} ${sequence}`));
    const before: IndexedEvent[] = [];
    for (const some of chunks(ids)) before.push(...(await this.#store.eventsOf(some)).filter(({ licenceId, sequence }) => !fresh.has(`${licenceId} ${sequence}`)));

    return before.map((event) => ({ ...event, ...describedBy(views.get(event.licenceId), event.sequence) }));
  }

  /** What the ledger says of licences now, in the order asked; those that are not there are left out. */
  async views(licenceIds: readonly string[], asOf: string = new Date().toISOString().slice(0, 10)): Promise<readonly LicenceView[]> {
    const answers = await inParallel(chunks(licenceIds), 4, (some) => this.#registry.licences(SERVICE_ROLE, some.map(licenceIdKey), asOf));

    return answers.flat().filter((view) => view !== null);
  }
}

function toldBy({ payload, transactionId, at }: BlockEvent): readonly Told[] {
  const { events } = JSON.parse(Buffer.from(payload).toString('utf8')) as EventEnvelope;

  return events.filter(({ type }) => type.startsWith('licence.')).map(({ id, position }) => ({ licenceId: id, through: position, transactionId, at }));
}

function indexed(licenceId: string, view: LicenceView | undefined, sequence: number): IndexedLicence {
  const holder = view?.licence.holder ?? null;

  return { licenceId, board: licenceIdKey(licenceId).board, holder, holderWords: wordsOf(holder ?? '').map((word) => ` ${word}`).join(''), importBatch: view?.licence.source?.importBatch ?? null, sequence };
}

function describedBy(view: LicenceView | undefined, sequence: number): Pick<IndexedEvent, 'type' | 'reportType' | 'reportDueOn'> {
  const event = view?.events.find((one) => one.sequence === sequence);
  if (view === undefined || event === undefined || !isVisible(event)) return { type: 'SEALED', reportType: null, reportDueOn: null };
  const reportType = npdbReportType(event, view.events.filter(isVisible)) ?? null;

  return { type: typeOf(event), reportType, reportDueOn: reportType === null ? null : npdbReportDueOn(event) };
}

/** The action's type for a board's act, the kind for what is about one. */
export function typeOf(event: LicenceEvent | SealedEvent): string {
  if (!isVisible(event)) return 'SEALED';

  return event.kind === 'INITIAL' ? (event.action?.type ?? event.kind) : event.kind;
}
