import { canonicalJson } from '../shared/canonical-json.js';
import { addDays, covers } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import { present } from '../shared/present.js';
import { isDiscipline } from './licence-event.js';
import type { BoardAction, Discipline, TimelineEntry } from './licence-event.js';
import { classOf, licenceEventId } from './licence-key.js';
import type { LicenceKey } from './licence-key.js';
import type { Encumbrance, Lifecycle, PracticeAuthority, Standing } from './standing.js';
import { byEffect, contentOn, knownActions } from './timeline.js';
import type { CurrentAction, CurrentStay, Dependent, KnownActions } from './timeline.js';
import { afterExpiry, validityOn, waitingRenewals } from './validity.js';
import type { Validity } from './validity.js';

/** The licence and all its events, and those of its class. */
export interface FoldInput {
  readonly licence: LicenceKey;
  readonly entries: readonly TimelineEntry[];
  readonly classEntries?: readonly TimelineEntry[];
}

/** Every event, however many there will be. */
export const ALL_EVENTS = Number.MAX_SAFE_INTEGER;

/**
 * What the licence permits on `asOf`, as known after event `knownAt` of the licence and `classKnownAt` of its class (all
 * events where both are left out; none of the class where a position of the licence alone is named). Dates are the board's
 * own calendar days and an action is in force on its first day. Folding only the events of the answer's provenance gives
 * the same answer again.
 */
export function standing(input: FoldInput, asOf: PlainDate, knownAt: number = ALL_EVENTS, classKnownAt: number = knownAt === ALL_EVENTS ? ALL_EVENTS : 0): Standing {
  const { licence, entries, classEntries = [] } = input;
  const known: Known = { ...knownActions(entries, knownAt), ofClass: knownActions(classEntries, classKnownAt).actions };
  const now = conditionOn(known, asOf);
  return {
    licence,
    asOf,
    knownAt: Math.min(knownAt, lastSequence(entries)),
    ...present('classKnownAt', classEntries.length === 0 ? undefined : Math.min(classKnownAt, lastSequence(classEntries))),
    ...now,
    provenance: provenance(known, asOf, licence),
    nextChangeDate: nextChange(known, asOf, now),
  };
}

/** What is known of a licence, with the extensions of its class. */
interface Known extends KnownActions {
  readonly ofClass: readonly CurrentAction[];
}

function lastSequence(entries: readonly TimelineEntry[]): number {
  return entries.reduce((last, entry) => Math.max(last, entry.sequence), 0);
}

type Condition = Pick<Standing, 'lifecycle' | 'encumbrances' | 'authority' | 'renewalPending'>;

/** What may be done on a day on which it changes at an hour cannot be said for the whole day. */
function conditionOn(known: Known, asOf: PlainDate): Condition {
  const condition = conditionAtNight(known, asOf);
  const morning = withoutHoursOf(known, asOf);
  return morning === known || conditionAtNight(morning, asOf).authority === condition.authority ? condition : { ...condition, authority: 'UNKNOWN' };
}

function conditionAtNight(known: Known, asOf: PlainDate): Condition {
  const inForce = known.actions.filter(hasBegun(asOf));
  const discipline = disciplineOn(inForce, asOf);
  const validity = validityOn(inForce, known.ofClass.filter(hasBegun(asOf)));
  const lifecycle = known.actions.length === 0 && known.voids.length === 0 ? 'UNKNOWN' : lifecycleOn(inForce, discipline, validity, asOf);
  const encumbrances = discipline.filter(({ type, stayed }) => stayed === true || type !== 'REVOCATION');
  const mayPractise = lifecycle === 'EXPIRED' && validity?.grace?.practice === true;
  return { lifecycle, encumbrances, authority: authority(lifecycle, encumbrances, mayPractise), ...(waitingRenewals(inForce).length === 0 ? {} : { renewalPending: true }) };
}

function hasBegun(asOf: PlainDate): (one: { readonly action: BoardAction }) => boolean {
  return ({ action }) => action.effectiveFrom <= asOf;
}

/** What is known without the acts that begin at an hour of the day; the same object where there is none. */
function withoutHoursOf(known: Known, asOf: PlainDate): Known {
  const begins = ({ action }: { readonly action: BoardAction }): boolean => 'effectiveAt' in action && action.effectiveFrom === asOf;
  const before = <T extends { readonly action: BoardAction }>(all: readonly T[]): readonly T[] => all.filter((one) => !begins(one));
  if (!known.actions.some((current) => [current, ...eventsAbout(current)].some(begins))) return known;
  const actions = before(known.actions).map((current) => ({ ...current, revisions: before(current.revisions), stays: before(current.stays).map((stay) => ({ ...stay, lifts: before(stay.lifts) })) }));
  return { ...known, actions };
}

function lifecycleOn(inForce: readonly CurrentAction[], discipline: readonly Encumbrance[], validity: Validity | undefined, asOf: PlainDate): Lifecycle {
  const status = latest(inForce, ['ISSUE', 'CHANGE_STATUS'])?.status;
  if (status === undefined || !inForce.some(({ action }) => action.type === 'ISSUE')) return 'NOT_ISSUED';
  const ended = (type: Encumbrance['type']): boolean => discipline.some((one) => one.type === type && one.stayed !== true);
  if (ended('REVOCATION')) return 'REVOKED';
  if (ended('SURRENDER')) return 'SURRENDERED';
  return (status === 'ACTIVE' || status === 'UNKNOWN') && validity !== undefined ? (afterExpiry(validity, asOf) ?? status) : status;
}

/** Of these types of action the one that took effect last; of two on one day the one recorded last. */
function latest<T extends BoardAction['type']>(inForce: readonly CurrentAction[], types: readonly T[]): Extract<BoardAction, { type: T }> | undefined {
  return byEffect(inForce.map(({ action }) => action).filter((action): action is Extract<BoardAction, { type: T }> => types.some((type) => type === action.type))).at(-1);
}

/** Open discipline, a revocation and a surrender among it. */
function disciplineOn(inForce: readonly CurrentAction[], asOf: PlainDate): readonly Encumbrance[] {
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

function encumbrance(current: CurrentAction, action: Discipline, asOf: PlainDate): Encumbrance {
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

function authority(lifecycle: Lifecycle, encumbrances: readonly Encumbrance[], mayPractiseInGrace: boolean): PracticeAuthority {
  if (lifecycle !== 'ACTIVE' && lifecycle !== 'UNKNOWN' && !mayPractiseInGrace) return 'NONE';
  const effective = encumbrances.filter(({ stayed }) => stayed !== true).map(({ type }) => type);
  if (effective.some((type) => type === 'SUSPENSION' || type === 'SUMMARY_SUSPENSION')) return 'NONE';
  if (lifecycle === 'UNKNOWN') return 'UNKNOWN';
  return effective.some((type) => type === 'RESTRICTION' || type === 'PROBATION' || type === 'CONDITION') ? 'LIMITED' : 'FULL';
}

/** Everything that bears on the day: actions in force, the issue even where it lies ahead, and voids; of the class what prolongs the licence. */
function provenance(known: Known, asOf: PlainDate, licence: LicenceKey): readonly string[] {
  const begun = hasBegun(asOf);
  const relevant = known.actions.filter((current) => current.action.type === 'ISSUE' || begun(current));
  const about = relevant.map((current) => ({ ...current, stays: current.stays.filter(begun) })).flatMap(eventsAbout).filter(begun);
  const own = [...relevant, ...about].map(({ source }) => source).concat(known.voids).sort((left, right) => left - right);
  const ofClass = validityOn(known.actions.filter(begun), known.ofClass.filter(begun))?.extendedBy ?? [];
  const sources = ofClass.map(({ source }) => source).sort((left, right) => left - right);
  return [...own.map((sequence) => licenceEventId(licence, sequence)), ...sources.map((sequence) => licenceEventId(classOf(licence), sequence))];
}

function eventsAbout({ revisions, stays, appeals, hearings }: CurrentAction): readonly Dependent<BoardAction>[] {
  return [...revisions, ...stays, ...stays.flatMap(({ lifts }) => lifts), ...appeals, ...hearings];
}

function nextChange(known: Known, asOf: PlainDate, now: Condition): PlainDate | null {
  const actions = [...known.actions, ...known.ofClass].flatMap((current) => [current, ...eventsAbout(current)]);
  const days = actions.flatMap(({ action }) => daysOfChange(action)).filter((day) => day > asOf);
  const ascending = [...new Set(days)].sort((left, right) => (left < right ? -1 : 1));
  return ascending.find((day) => canonicalJson(conditionOn(known, day)) !== canonicalJson(now)) ?? null;
}

function daysOfChange(action: BoardAction): readonly PlainDate[] {
  const lastDays = [
    'effectiveAt' in action ? action.effectiveFrom : undefined,
    'validThru' in action ? action.validThru : undefined,
    'grace' in action ? action.grace.thru : undefined,
    'effectiveThru' in action ? action.effectiveThru : undefined,
    'hearing' in action ? action.hearing.by : undefined,
  ];
  return [action.effectiveFrom, ...lastDays.filter((day) => day !== undefined).map((day) => addDays(day, 1))];
}
