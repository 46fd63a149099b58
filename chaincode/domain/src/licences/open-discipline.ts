import { covers } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import { present } from '../shared/present.js';
import { isDiscipline } from './licence-event.js';
import type { Discipline } from './licence-event.js';
import type { Encumbrance } from './standing.js';
import { contentOn } from './timeline.js';
import type { CurrentAction, CurrentStay, KnownActions } from './timeline.js';

/** What is open on a day of the known discipline, a revocation and a surrender among it. */
export function openDiscipline(known: KnownActions, day: PlainDate): readonly Encumbrance[] {
  return disciplineOn(known.actions.filter(({ action }) => action.effectiveFrom <= day), day);
}

/** Open discipline, a revocation and a surrender among it. */
export function disciplineOn(inForce: readonly CurrentAction[], asOf: PlainDate): readonly Encumbrance[] {
  return inForce.flatMap((current) => {
    const action = contentOn(current, asOf);
    const isOver = !isDiscipline(action) || hasEnded(current.id, inForce) || termIsOver(action, asOf) || isDissolved(current, action, asOf);
    return isOver ? [] : [encumbrance(current, action, asOf)];
  });
}

function hasEnded(id: number, inForce: readonly CurrentAction[]): boolean {
  return inForce.some(({ action }) => action.type === 'REINSTATE' && action.ends.includes(id));
}

/** A fixed term ends by itself only where the order says so. */
function termIsOver(action: Discipline, asOf: PlainDate): boolean {
  return 'automaticReinstatement' in action && action.automaticReinstatement && action.effectiveThru !== undefined && action.effectiveThru < asOf;
}

/** A summary suspension without the hearing that its order demands ends by itself, where the order says so. */
function isDissolved({ hearings }: CurrentAction, action: Discipline, asOf: PlainDate): boolean {
  const hearing = action.type === 'SUSPEND' ? action.hearing : undefined;
  return hearing?.unheard === 'DISSOLVES' && hearing.by < asOf && !hearings.some((held) => held.action.effectiveFrom <= hearing.by);
}

/** An action as it weighs on a day, stayed or not. */
export function encumbrance(current: CurrentAction, action: Discipline, asOf: PlainDate): Encumbrance {
  const stays = current.stays.filter((stay) => stayHolds(stay, asOf)).map((stay) => stay.action);
  const codes = codesOf(action).filter((code) => !stays.some((stay) => stay.codes?.includes(code)));
  const stayed = stays.some((stay) => stay.codes === undefined) || (codes.length === 0 && codesOf(action).length > 0);
  return {
    type: typeOf(action),
    from: current.action.effectiveFrom,
    ...present('thru', 'effectiveThru' in action ? action.effectiveThru : undefined),
    ...present('hearingBy', action.type === 'SUSPEND' ? action.hearing?.by : undefined),
    codes: stayed ? codesOf(action) : codes,
    action: current.id,
    ...(stayed ? { stayed } : {}),
    ...(current.appeals.some((appeal) => appeal.action.effectiveFrom <= asOf) ? { appealed: true } : {}),
  };
}

function stayHolds({ action, lifts }: CurrentStay, asOf: PlainDate): boolean {
  return covers({ from: action.effectiveFrom, ...present('thru', action.effectiveThru) }, asOf) && !lifts.some((lift) => lift.action.effectiveFrom <= asOf);
}

function codesOf(action: Discipline): readonly string[] {
  if (action.type === 'RESTRICT') return action.restrictionCodes;
  if (action.type === 'SURRENDER') return action.inLieuOfDiscipline ? ['IN-LIEU-OF-DISCIPLINE'] : [];
  return action.basisCodes;
}

function typeOf(action: Discipline): Encumbrance['type'] {
  switch (action.type) {
    case 'SUSPEND':
      return action.summary ? 'SUMMARY_SUSPENSION' : 'SUSPENSION';
    case 'RESTRICT':
      return 'RESTRICTION';
    case 'ENCUMBER':
      return action.encumbrance;
    case 'REVOKE':
      return 'REVOCATION';
    case 'SURRENDER':
      return 'SURRENDER';
  }
}
