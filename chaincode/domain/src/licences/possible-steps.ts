import { cascadeOf, isCause } from '../compacts/cascade.js';
import { assertPrincipal } from '../compacts/designate-principal.js';
import type { ForeignEvent } from '../compacts/derived-effect.js';
import type { RelatedLicence } from '../compacts/related-licences.js';
import { addDays } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import { DomainError } from '../shared/errors.js';
import type { RegistryExecution } from '../members/registry-execution.js';
import type { BoardOrderStep } from './board-order.js';
import { targetIsPossible } from './check-events.js';
import { standing } from './fold-standing.js';
import { isDiscipline } from './licence-event.js';
import type { BoardAction, Ending, HearingAction, ReinstateAction, ReissueAction, RevokeAction, SurrenderAction, TimelineEntry } from './licence-event.js';
import { licenceId } from './licence-key.js';
import { foldInputOf } from './licence.js';
import type { LicenceState } from './licence.js';
import type { Lifecycle, Standing } from './standing.js';
import { contentOn, isStruck, knownActions } from './timeline.js';
import type { CurrentAction } from './timeline.js';

/** How far ahead an order may take effect: further is a slip of the pen. */
const MOST_DAYS_AHEAD = 3660;

/** The transaction, and what else a step is judged by. */
export interface Circumstances extends RegistryExecution {
  /** The day of the board's decision. */
  readonly decidedOn: PlainDate;
  /** Licences that a compact relates to this one, for a step on what follows from them. */
  readonly related: readonly RelatedLicence[];
}

/**
 * Refuses a step that cannot follow what is recorded. Throws LICENCE_EVENT_TARGET, LICENCE_EVENT_STRUCK, LICENCE_NOT_IN_FORCE,
 * LICENCE_NOT_SUSPENDED, RENEWAL_NOT_PENDING, REINSTATEMENT_NOT_OPEN, COMPACT_PRINCIPAL and EFFECTIVE_DATE_OUT_OF_BOUNDS.
 */
export function assertPossible(state: LicenceState, step: BoardOrderStep, execution: Circumstances): void {
  const { entries, lastSequence } = state.timeline;
  const { target, action } = step;
  if (!targetIsPossible({ sequence: lastSequence + 1, ...step }, entries)) throw new DomainError('LICENCE_EVENT_TARGET', { target: target ?? 0 });
  if (target !== undefined && countsNoMore(target, entries)) throw new DomainError('LICENCE_EVENT_STRUCK', { target });
  if (action === undefined) return;
  assertDates(state, action, execution);
  assertPrincipal(state.timeline, step, execution);
  if (step.kind === 'INITIAL') assertAllowed(state, action, execution);
  else assertAbout(state, step, action, execution);
}

/** Void or sealed itself, or about what is. */
function countsNoMore(sequence: number, entries: readonly TimelineEntry[]): boolean {
  const { kind, target } = entries.find((entry) => entry.sequence === sequence) ?? {};
  return isStruck(sequence, entries) || (kind !== 'VOID' && kind !== 'SEAL' && target !== undefined && countsNoMore(target, entries));
}

/** An hour is one of the board's own clock. */
function assertDates({ record }: LicenceState, action: BoardAction, { actor, now }: RegistryExecution): void {
  const hour = 'effectiveAt' in action ? action.effectiveAt : undefined;
  const ownClock = actor.member.units.some((unit) => unit.kind === 'board' && unit.id === record.licence.board && unit.timeZone === hour?.zone);
  const ahead = action.effectiveFrom > addDays(now.slice(0, 10), MOST_DAYS_AHEAD);
  if (ahead || (hour !== undefined && !ownClock)) throw new DomainError('EFFECTIVE_DATE_OUT_OF_BOUNDS');
}

function assertAllowed(state: LicenceState, action: BoardAction, execution: Circumstances): void {
  switch (action.type) {
    case 'EXTEND_CLASS':
      return;
    case 'REINSTATE':
      assertEnds(state, action, earlier(execution.decidedOn, action.effectiveFrom));
      assertNotRetroactive(state, action, execution);
      for (const foreign of action.endsDerived ?? []) assertEndsDerived(state, foreign, action, execution);
      return;
    case 'REISSUE':
      assertEndedByTime(state, action, execution);
      return;
    case 'RENEWAL_CLOSED':
      if (standingOn(state, action.effectiveFrom).renewalPending !== true) throw new DomainError('RENEWAL_NOT_PENDING');
      return;
    default:
      assertInForce(state, action);
      if (action.type === 'RENEW' || action.type === 'RENEWAL_FILED') assertNotLapsed(state, [action.effectiveFrom, ...(action.type === 'RENEW' ? [execution.decidedOn] : [])]);
  }
}

function assertAbout(state: LicenceState, { kind, target = 0 }: BoardOrderStep, action: BoardAction, execution: RegistryExecution): void {
  if (kind === 'CORRECTION' && action.type === 'REINSTATE') assertEnds(state, action, action.effectiveFrom, target);
  if (kind === 'REVISION' || kind === 'STAY_LIFTED' || kind === 'HEARING') assertNotBefore(state, target, action);
  if (action.type === 'HEARING') assertHeard(state, target, action, execution);
}

function standingOn(state: LicenceState, asOf: PlainDate): Standing {
  return standing(foldInputOf(state), asOf);
}

/** An expired licence can still be disciplined or renewed; one that was never issued or is revoked cannot. */
function assertInForce(state: LicenceState, { effectiveFrom }: BoardAction): void {
  const { lifecycle } = standingOn(state, effectiveFrom);
  if (lifecycle === 'NOT_ISSUED' || lifecycle === 'REVOKED') throw new DomainError('LICENCE_NOT_IN_FORCE', { lifecycle });
}

/** A licence is renewed while it is valid or in grace, or when it was asked for then; after that it is reissued. */
function assertNotLapsed(state: LicenceState, days: readonly PlainDate[]): void {
  const lapsed = days.map((day) => standingOn(state, day)).some(({ lifecycle, renewalPending }) => lifecycle === 'LAPSED' && renewalPending !== true);
  if (lapsed) throw new DomainError('LICENCE_NOT_IN_FORCE', { lifecycle: 'LAPSED' });
}

/** What merely ran out is reissued, for the future only. */
function assertEndedByTime(state: LicenceState, { effectiveFrom }: ReissueAction, execution: RegistryExecution): void {
  const { lifecycle } = standingOn(state, effectiveFrom);
  if (lifecycle !== 'LAPSED' && lifecycle !== 'EXPIRED') throw new DomainError('LICENCE_NOT_IN_FORCE', { lifecycle });
  assertFuture(effectiveFrom, lifecycle, execution);
}

/** What changes an act, hears it or ends its stay cannot take effect before it. */
function assertNotBefore(state: LicenceState, target: number, { effectiveFrom }: BoardAction): void {
  const changed = currentAction(state, target)?.action ?? state.timeline.entries.find(({ sequence }) => sequence === target)?.action;
  if (changed !== undefined && effectiveFrom < changed.effectiveFrom) throw new DomainError('EFFECTIVE_DATE_OUT_OF_BOUNDS');
}

/** Only a summary suspension is heard, and a hearing was held when it is recorded. */
function assertHeard(state: LicenceState, target: number, { effectiveFrom }: HearingAction, { now }: RegistryExecution): void {
  const current = currentAction(state, target);
  const content = current === undefined ? undefined : contentOn(current, effectiveFrom);
  if (content?.type !== 'SUSPEND' || !content.summary) throw new DomainError('LICENCE_EVENT_TARGET', { target });
  if (effectiveFrom > addDays(now.slice(0, 10), 1)) throw new DomainError('EFFECTIVE_DATE_OUT_OF_BOUNDS');
}

function currentAction({ timeline }: LicenceState, id: number): CurrentAction | undefined {
  return knownActions(timeline.entries, timeline.lastSequence).actions.find((action) => action.id === id);
}

/** `asked`: the earliest day on which the licence can have been asked for; `self`: the reinstatement that is corrected. */
function assertEnds(state: LicenceState, reinstatement: ReinstateAction, asked: PlainDate, self?: number): void {
  const { actions } = knownActions(state.timeline.entries, state.timeline.lastSequence);
  const before = actions.flatMap(({ id, action }) => (action.type === 'REINSTATE' && id !== self ? action.ends : []));
  for (const id of reinstatement.ends) {
    const ended = actions.find((action) => action.id === id);
    if (!isDiscipline(ended?.action) || before.includes(id) || reinstatement.effectiveFrom < ended.action.effectiveFrom) throw new DomainError('LICENCE_NOT_SUSPENDED', { action: id });
    for (const ending of endingsAmong(ended, reinstatement)) assertWaited(ending, asked);
  }
}

function assertWaited({ permanent, petitionFrom }: Ending, asked: PlainDate): void {
  if (permanent === true || (petitionFrom !== undefined && asked < petitionFrom)) throw new DomainError('REINSTATEMENT_NOT_OPEN', { petitionFrom: petitionFrom ?? 'never' });
}

/** A licence that had ended revives for the future only, also where a revision ended it. */
function assertNotRetroactive(state: LicenceState, reinstatement: ReinstateAction, execution: RegistryExecution): void {
  for (const id of reinstatement.ends) {
    const ended = currentAction(state, id);
    for (const { type } of ended === undefined ? [] : endingsAmong(ended, reinstatement)) assertFuture(reinstatement.effectiveFrom, type === 'REVOKE' ? 'REVOKED' : 'SURRENDERED', execution);
  }
}

/** What follows from another licence's event can be ended on a day on which it does, and for the future only where it has ended the licence. */
function assertEndsDerived({ timeline }: LicenceState, foreign: ForeignEvent, { effectiveFrom }: ReinstateAction, execution: Circumstances): void {
  const ended = cascadeOf(timeline, timeline.lastSequence, execution.related).on(effectiveFrom).find((effect) => isCause(foreign, effect));
  if (ended === undefined) throw new DomainError('LICENCE_NOT_SUSPENDED', { licence: licenceId(foreign.licence), action: foreign.event });
  if (ended.type === 'REVOCATION') assertFuture(effectiveFrom, 'REVOKED', execution);
  if (ended.type === 'SURRENDER') assertFuture(effectiveFrom, 'SURRENDERED', execution);
}

/** The revocations and surrenders that an act is on a reinstatement's day, or would still become by a revision. */
function endingsAmong(ended: CurrentAction, { effectiveFrom }: ReinstateAction): readonly (RevokeAction | SurrenderAction)[] {
  const later = ended.revisions.map(({ action }) => action).filter((action) => action.effectiveFrom > effectiveFrom);
  return [contentOn(ended, effectiveFrom), ...later].filter((action) => action.type === 'REVOKE' || action.type === 'SURRENDER');
}

/** West of Greenwich the board's day may still be the one before UTC's. */
function assertFuture(effectiveFrom: PlainDate, lifecycle: Lifecycle, { now }: RegistryExecution): void {
  if (effectiveFrom < addDays(now.slice(0, 10), -1)) throw new DomainError('LICENCE_NOT_IN_FORCE', { lifecycle });
}

function earlier(left: PlainDate, right: PlainDate): PlainDate {
  return left < right ? left : right;
}
