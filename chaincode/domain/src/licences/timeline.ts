import { fromHex, toHex, concatBytes } from '../shared/bytes.js';
import type { Sha256 } from '../shared/bytes.js';
import { canonicalBytes } from '../shared/canonical-json.js';
import type { Instant, PlainDate } from '../shared/dates.js';
import type { AppealAction, BoardAction, HearingAction, LicenceEventKind, LiftStayAction, StayAction, TimelineEntry } from './licence-event.js';
import type { LicenceKey } from './licence-key.js';

/**
 * All that standing is computed from, under one key of its own: a name or an address may change without touching what
 * adjudications read. Written anew with each event. It carries the newest events; older ones are read from their own keys.
 */
export interface LicenceTimeline {
  readonly schema: 'licence-timeline/v1';
  readonly licence: LicenceKey;
  /** MSP id of the organisation whose board may act. */
  readonly issuer: string;
  readonly lastSequence: number;
  readonly lastRecordedAt: Instant;
  /** Version of the membership that the endorsement policy of the licence's keys names; 0 before it has one. */
  readonly membership: number;
  /** Digest of the timeline before its first entry here. */
  readonly baseDigest: string;
  /** Ascending; at most `TIMELINE_ENTRIES` of the newest as stored, all of them once loaded. */
  readonly entries: readonly TimelineEntry[];
}

/** How many events the timeline itself carries: more than any but the most disciplined licence ever has. */
export const TIMELINE_ENTRIES = 64;

/** Digest of a timeline without events. */
export const EMPTY_DIGEST = '0'.repeat(64);

/**
 * Digest of a timeline with one entry more. Each event carries the one of the timeline that it ends, so that whoever
 * reads the newest event, which only a majority can write, knows the whole timeline, which the board and one other can.
 */
export function extendDigest(digest: string, entry: TimelineEntry, sha256: Sha256): string {
  return toHex(extended(fromHex(digest), entry, sha256));
}

/** Digest of a timeline, its last entry included. */
export function timelineDigest({ baseDigest, entries }: Pick<LicenceTimeline, 'baseDigest' | 'entries'>, sha256: Sha256): string {
  return toHex(entries.reduce((digest, entry) => extended(digest, entry, sha256), fromHex(baseDigest)));
}

function extended(digest: Uint8Array, entry: TimelineEntry, sha256: Sha256): Uint8Array {
  return sha256(concatBytes(digest, canonicalBytes(entry)));
}

/** The timeline as it is stored: with its newest entries. */
export function storedTimeline(timeline: LicenceTimeline, sha256: Sha256): LicenceTimeline {
  const older = timeline.entries.slice(0, -TIMELINE_ENTRIES);
  return { ...timeline, baseDigest: timelineDigest({ baseDigest: timeline.baseDigest, entries: older }, sha256), entries: timeline.entries.slice(older.length) };
}

/** An action as it is to be read now: the content of its newest valid correction, under the action's own number. */
export interface CurrentAction {
  /** Sequence of the INITIAL event: the action's identity. */
  readonly id: number;
  /** Sequence of the event that the content comes from. */
  readonly source: number;
  readonly action: BoardAction;
  /** What is about the action and not struck, in the order of recording. */
  readonly revisions: readonly Dependent<BoardAction>[];
  readonly stays: readonly CurrentStay[];
  readonly appeals: readonly Dependent<AppealAction>[];
  readonly hearings: readonly Dependent<HearingAction>[];
}

/** An event about another one. */
export interface Dependent<A> {
  readonly source: number;
  readonly action: A;
}

/** A stay with what lifted it. */
export interface CurrentStay extends Dependent<StayAction> {
  readonly lifts: readonly Dependent<LiftStayAction>[];
}

/** In the order of effect; what takes effect on one day stays in the order of recording. */
export function byEffect<A extends { readonly effectiveFrom: PlainDate }>(actions: readonly A[]): readonly A[] {
  return [...actions].sort((left, right) => (left.effectiveFrom < right.effectiveFrom ? -1 : left.effectiveFrom > right.effectiveFrom ? 1 : 0));
}

/** What the last revision in force made of an action. */
export function contentOn({ action, revisions }: Pick<CurrentAction, 'action' | 'revisions'>, asOf: PlainDate): BoardAction {
  return byEffect(revisions.map((revision) => revision.action).filter(({ effectiveFrom }) => effectiveFrom <= asOf)).at(-1) ?? action;
}

/** What an entry knows at a position: which actions count, with which content, and which voids caused that. */
export interface KnownActions {
  readonly actions: readonly CurrentAction[];
  /** Sequences of the VOID and SEAL events that are themselves not void. */
  readonly voids: readonly number[];
  /** The extensions of the licence's class, where that has any. */
  readonly ofClass?: readonly CurrentAction[];
}

/**
 * Resolves corrections and voids among the entries known at a position. A VOID strikes one event: an INITIAL with all
 * that is about it, a CORRECTION back to what was before it, or a VOID, whose target then counts again.
 */
export function knownActions(entries: readonly TimelineEntry[], knownAt: number): KnownActions {
  const known = entries.filter((entry) => entry.sequence <= knownAt).sort((left, right) => left.sequence - right.sequence);
  const struck = struckSequences(known);
  const standing = known.filter((entry) => !struck.has(entry.sequence));
  const current = new Map<number, Pick<CurrentAction, 'id' | 'source' | 'action'>>();
  for (const { sequence, kind, target, action } of standing) {
    const id = kind === 'CORRECTION' ? target : kind === 'INITIAL' ? sequence : undefined;
    if (action === undefined || id === undefined || struck.has(id)) continue;
    current.set(id, { id, source: sequence, action });
  }
  return {
    actions: [...current.values()].sort((left, right) => left.id - right.id).map((action) => ({ ...action, ...aboutAction(action.id, standing) })),
    voids: standing.filter(strikes).map((entry) => entry.sequence),
  };
}

function aboutAction(id: number, standing: readonly TimelineEntry[]): Pick<CurrentAction, 'revisions' | 'stays' | 'appeals' | 'hearings'> {
  const stays = dependents<StayAction>('STAY', id, standing);
  return {
    revisions: dependents('REVISION', id, standing),
    stays: stays.map((stay) => ({ ...stay, lifts: dependents<LiftStayAction>('STAY_LIFTED', stay.source, standing) })),
    appeals: dependents('APPEAL', id, standing),
    hearings: dependents('HEARING', id, standing),
  };
}

function dependents<A extends BoardAction>(kind: LicenceEventKind, target: number, standing: readonly TimelineEntry[]): readonly Dependent<A>[] {
  return standing.flatMap((entry) => (entry.kind === kind && entry.target === target && entry.action !== undefined ? [{ source: entry.sequence, action: entry.action as A }] : []));
}

/** From the newest to the oldest, as only a void that is not itself struck strikes. */
function struckSequences(known: readonly TimelineEntry[]): ReadonlySet<number> {
  const struck = new Set<number>();
  for (const entry of known.toReversed()) {
    if (strikes(entry) && entry.target !== undefined && !struck.has(entry.sequence)) struck.add(entry.target);
  }
  return struck;
}

/** Whether an event counts no more because it is void or sealed. */
export function isStruck(sequence: number, entries: readonly TimelineEntry[]): boolean {
  return struckSequences([...entries].sort((left, right) => left.sequence - right.sequence)).has(sequence);
}

function strikes({ kind }: TimelineEntry): boolean {
  return kind === 'VOID' || kind === 'SEAL';
}
