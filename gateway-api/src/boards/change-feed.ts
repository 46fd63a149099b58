import { isVisible, licenceId, present } from '@medaccord/domain';
import type { LicenceEvent, LicenceKey, LicenceView, SealedEvent, Standing } from '@medaccord/domain';
import type { BoardIndex } from './board-index.js';
import { typeOf } from './board-index.js';
import type { BoardIndexStore } from './board-index-store.js';
import { csvOf } from './csv-lines.js';
import type { PositionPage } from './requests.js';

/** One event of a licence, with what the licence is now. */
export interface LicenceNews {
  /** Where it stands in the chain; the feed goes on after it. */
  readonly position: number;
  readonly transactionId: string;
  readonly recordedAt: string;
  readonly licence: LicenceKey;
  readonly event: LicenceEvent | SealedEvent;
  readonly now: Pick<LicenceView, 'issuedOn' | 'validThru'> & Pick<Standing, 'lifecycle' | 'authority' | 'encumbrances' | 'derived' | 'knownAt'> & { readonly holder?: string };
}

/** A part of the feed. */
export interface ChangePage {
  readonly items: readonly LicenceNews[];
  /** Where the next page begins: the same as `after` where there is nothing new. */
  readonly next: number;
}

/** Everything that changed on a board's licences after a position, in the order of the chain. */
export async function changesOf(parts: { readonly index: BoardIndex; readonly store: BoardIndexStore }, board: string, { after, limit }: PositionPage): Promise<ChangePage> {
  await parts.index.catchUp();
  const events = await parts.store.feed(board, after, limit);
  const views = new Map((await parts.index.views([...new Set(events.map((event) => event.licenceId))])).map((view) => [licenceId(view.licence.licence), view] as const));
  const items = events.flatMap(({ position, transactionId, recordedAt, licenceId: id, sequence }) => {
    const view = views.get(id);
    const event = view?.events.find((one) => one.sequence === sequence);

    return view === undefined || event === undefined ? [] : [{ position, transactionId, recordedAt: recordedAt.toISOString(), licence: view.licence.licence, event, now: nowOf(view) }];
  });

  return { items, next: events.at(-1)?.position ?? after };
}

function nowOf({ licence: { holder }, issuedOn, validThru, standing: { lifecycle, authority, encumbrances, derived, knownAt } }: LicenceView): LicenceNews['now'] {
  return { ...present('holder', holder), ...present('issuedOn', issuedOn), ...present('validThru', validThru), lifecycle, authority, encumbrances, ...present('derived', derived), knownAt };
}

const columns = [
  'position', 'recordedAt', 'jurisdiction', 'board', 'type', 'number', 'sequence', 'kind', 'action', 'target', 'effectiveFrom', 'effectiveThru', 'orderNumber', 'decidedOn', 'holder', 'issuedOn', 'validThru', 'lifecycle', 'authority',
] as const;

/** The same as a file: a row per event, of a sealed one only that there is one. */
export function changesAsCsv(items: readonly LicenceNews[]): string {
  return csvOf(columns, items.map(({ position, recordedAt, licence, event, now }) => ({ position, recordedAt, ...licence, ...eventFields(event), holder: now.holder, issuedOn: now.issuedOn, validThru: now.validThru, lifecycle: now.lifecycle, authority: now.authority })));
}

function eventFields(event: LicenceEvent | SealedEvent): Readonly<Record<string, string | number | undefined>> {
  if (!isVisible(event)) return { sequence: event.sequence, kind: 'SEALED' };
  const { sequence, kind, target, action, order } = event;

  return { sequence, kind, action: kind === 'INITIAL' ? typeOf(event) : action?.type, target, effectiveFrom: action?.effectiveFrom, effectiveThru: action !== undefined && 'effectiveThru' in action ? action.effectiveThru : undefined, orderNumber: order?.number, decidedOn: order?.decidedOn };
}
