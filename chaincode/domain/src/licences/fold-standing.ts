import { addDays } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import type { IssueAction, RestrictAction, SuspendAction, TimelineEntry } from './licence-event.js';
import { licenceEventId } from './licence-key.js';
import type { LicenceKey } from './licence-key.js';
import type { Encumbrance, Lifecycle, PracticeAuthority, Standing } from './standing.js';
import { knownActions } from './timeline.js';
import type { CurrentAction, KnownActions } from './timeline.js';

/** The licence and all its events. */
export interface FoldInput {
  readonly licence: LicenceKey;
  readonly entries: readonly TimelineEntry[];
}

/**
 * What the licence permits on `asOf`, as known after event `knownAt` (all events where it is left out). Dates are the
 * board's own calendar days and an action is in force on its first day. Folding only the events of the answer's
 * provenance gives the same answer again.
 */
export function standing(input: FoldInput, asOf: PlainDate, knownAt: number = Number.MAX_SAFE_INTEGER): Standing {
  const known = knownActions(input.entries, knownAt);
  const lastSequence = input.entries.reduce((last, entry) => Math.max(last, entry.sequence), 0);
  const now = conditionOn(known, asOf);
  return {
    licence: input.licence,
    asOf,
    knownAt: Math.min(knownAt, lastSequence),
    ...now,
    provenance: provenance(known, asOf).map((sequence) => licenceEventId(input.licence, sequence)),
    nextChangeDate: nextChange(known, asOf, now),
  };
}

interface Condition {
  readonly lifecycle: Lifecycle;
  readonly encumbrances: readonly Encumbrance[];
  readonly authority: PracticeAuthority;
}

function conditionOn(known: KnownActions, asOf: PlainDate): Condition {
  const lifecycle = lifecycleOn(known, asOf);
  const encumbrances = encumbrancesOn(known.actions, asOf);
  return { lifecycle, encumbrances, authority: authority(lifecycle, encumbrances) };
}

function lifecycleOn(known: KnownActions, asOf: PlainDate): Lifecycle {
  if (known.actions.length === 0 && known.voids.length === 0) return 'UNKNOWN';
  const inForce = actionsInForce(known.actions, asOf);
  const issued = latestIssue(inForce);
  if (issued === undefined) return 'NOT_ISSUED';
  if (inForce.some(({ id, action }) => action.type === 'REVOKE' && !hasEnded(id, inForce))) return 'REVOKED';
  if (issued.validThru !== undefined && issued.validThru < asOf) return 'EXPIRED';
  return issued.status;
}

function actionsInForce(actions: readonly CurrentAction[], asOf: PlainDate): readonly CurrentAction[] {
  return actions.filter(({ action }) => action.effectiveFrom <= asOf);
}

/** The issue that took effect last; of two on one day the one recorded last. */
function latestIssue(inForce: readonly CurrentAction[]): IssueAction | undefined {
  let latest: IssueAction | undefined;
  for (const { action } of inForce) {
    if (action.type === 'ISSUE' && (latest === undefined || action.effectiveFrom >= latest.effectiveFrom)) latest = action;
  }
  return latest;
}

function hasEnded(id: number, inForce: readonly CurrentAction[]): boolean {
  return inForce.some(({ action }) => action.type === 'REINSTATE' && action.ends.includes(id));
}

function encumbrancesOn(actions: readonly CurrentAction[], asOf: PlainDate): readonly Encumbrance[] {
  const inForce = actionsInForce(actions, asOf);
  return inForce.flatMap(({ id, action }) => {
    if (action.type !== 'SUSPEND' && action.type !== 'RESTRICT') return [];
    return hasEnded(id, inForce) || termIsOver(action, asOf) ? [] : [encumbrance(id, action)];
  });
}

/** A fixed term ends by itself only where the order says so. */
function termIsOver(action: SuspendAction | RestrictAction, asOf: PlainDate): boolean {
  return action.automaticReinstatement && action.effectiveThru !== undefined && action.effectiveThru < asOf;
}

function encumbrance(id: number, action: SuspendAction | RestrictAction): Encumbrance {
  return {
    type: action.type === 'RESTRICT' ? 'RESTRICTION' : action.summary ? 'SUMMARY_SUSPENSION' : 'SUSPENSION',
    from: action.effectiveFrom,
    ...(action.effectiveThru === undefined ? {} : { thru: action.effectiveThru }),
    codes: action.type === 'RESTRICT' ? action.restrictionCodes : action.basisCodes,
    action: id,
  };
}

function authority(lifecycle: Lifecycle, encumbrances: readonly Encumbrance[]): PracticeAuthority {
  if (lifecycle === 'NOT_ISSUED' || lifecycle === 'REVOKED' || lifecycle === 'EXPIRED') return 'NONE';
  if (encumbrances.some(({ type }) => type !== 'RESTRICTION')) return 'NONE';
  if (lifecycle === 'UNKNOWN') return 'UNKNOWN';
  return encumbrances.length > 0 ? 'LIMITED' : 'FULL';
}

/** Everything that bears on the day: actions in force, the issue even where it lies ahead, and voids. */
function provenance(known: KnownActions, asOf: PlainDate): readonly number[] {
  const relevant = known.actions.filter(({ action }) => action.type === 'ISSUE' || action.effectiveFrom <= asOf);
  return [...relevant.map(({ source }) => source), ...known.voids].sort((left, right) => left - right);
}

function nextChange(known: KnownActions, asOf: PlainDate, now: Condition): PlainDate | null {
  const days = known.actions.flatMap(({ action }) => daysOfChange(action)).filter((day) => day > asOf);
  const ascending = [...new Set(days)].sort((left, right) => (left < right ? -1 : 1));
  return ascending.find((day) => !sameCondition(conditionOn(known, day), now)) ?? null;
}

function daysOfChange(action: CurrentAction['action']): readonly PlainDate[] {
  const lastDay = action.type === 'ISSUE' ? action.validThru : action.type === 'SUSPEND' || action.type === 'RESTRICT' ? action.effectiveThru : undefined;
  return lastDay === undefined ? [action.effectiveFrom] : [action.effectiveFrom, addDays(lastDay, 1)];
}

/** Actions have one content at one position, so two days differ exactly if lifecycle or the set of open actions does. */
function sameCondition(left: Condition, right: Condition): boolean {
  return left.lifecycle === right.lifecycle && openActions(left) === openActions(right);
}

function openActions(condition: Condition): string {
  return condition.encumbrances.map(({ action }) => action).join(',');
}
