import { NO_CASCADE } from '../compacts/derived-effect.js';
import type { Cascade, DerivedEffect } from '../compacts/derived-effect.js';
import { canonicalJson } from '../shared/canonical-json.js';
import { addDays, covers } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import { present } from '../shared/present.js';
import { isDiscipline } from './licence-event.js';
import type { BoardAction, Discipline, Grace, TimelineEntry } from './licence-event.js';
import { licenceEventId } from './licence-key.js';
import type { LicenceKey } from './licence-key.js';
import type { Encumbrance, Lifecycle, PracticeAuthority, Standing } from './standing.js';
import { knownActions } from './timeline.js';
import type { CurrentAction, CurrentStay, Dependent, KnownActions } from './timeline.js';

/** The licence and all its events. */
export interface FoldInput {
  readonly licence: LicenceKey;
  readonly entries: readonly TimelineEntry[];
}

/**
 * What the licence permits on `asOf`, as known after event `knownAt` (all events where it is left out). Dates are the
 * board's own calendar days and an action is in force on its first day. Folding only the events of the answer's
 * provenance gives the same answer again. `cascade`: what compacts make of the licence.
 */
export function standing(input: FoldInput, asOf: PlainDate, knownAt: number = Number.MAX_SAFE_INTEGER, cascade: Cascade = NO_CASCADE): Standing {
  const known = knownActions(input.entries, knownAt);
  const lastSequence = input.entries.reduce((last, entry) => Math.max(last, entry.sequence), 0);
  const now = conditionOn(known, asOf, cascade);
  return {
    licence: input.licence,
    asOf,
    knownAt: Math.min(knownAt, lastSequence),
    ...now,
    provenance: provenance(known, asOf).map((sequence) => licenceEventId(input.licence, sequence)),
    nextChangeDate: nextChange(known, asOf, now, cascade),
  };
}

/** The last day of validity as it stands on a day; undefined where it has none, or was not issued. */
export function validThruOn({ entries }: FoldInput, asOf: PlainDate): PlainDate | undefined {
  const { actions } = knownActions(entries, Number.MAX_SAFE_INTEGER);
  return validityOn(actions.filter(({ action }) => action.effectiveFrom <= asOf))?.validThru;
}

interface Condition {
  readonly lifecycle: Lifecycle;
  readonly encumbrances: readonly Encumbrance[];
  readonly derived?: readonly DerivedEffect[];
  readonly authority: PracticeAuthority;
}

/** What bears on a licence: by its own board's word, or by a compact. */
type Burden = Pick<DerivedEffect, 'type' | 'stayed'>;

/** What the licence permits on a day. */
export function conditionOn(known: KnownActions, asOf: PlainDate, cascade: Cascade = NO_CASCADE): Condition {
  const inForce = known.actions.filter(({ action }) => action.effectiveFrom <= asOf);
  const discipline = disciplineOn(inForce, asOf);
  const derived = cascade.on(asOf);
  const burdens: readonly Burden[] = [...discipline, ...derived];
  const validity = validityOn(inForce);
  const lifecycle = known.actions.length === 0 && known.voids.length === 0 ? 'UNKNOWN' : lifecycleOn(inForce, burdens, validity, asOf);
  const encumbrances = discipline.filter(({ type, stayed }) => stayed === true || type !== 'REVOCATION');
  const mayPractise = lifecycle === 'EXPIRED' && validity?.grace?.practice === true;
  return { lifecycle, encumbrances, ...(derived.length === 0 ? {} : { derived }), authority: authority(lifecycle, burdens, mayPractise) };
}

function lifecycleOn(inForce: readonly CurrentAction[], burdens: readonly Burden[], validity: Validity | undefined, asOf: PlainDate): Lifecycle {
  const status = latest(inForce, ['ISSUE', 'CHANGE_STATUS'])?.status;
  if (status === undefined || !inForce.some(({ action }) => action.type === 'ISSUE')) return 'NOT_ISSUED';
  const ended = (type: Encumbrance['type']): boolean => burdens.some((one) => one.type === type && one.stayed !== true);
  if (ended('REVOCATION')) return 'REVOKED';
  if (ended('SURRENDER')) return 'SURRENDERED';
  return status === 'ACTIVE' || status === 'UNKNOWN' ? (afterExpiry(validity, asOf) ?? status) : status;
}

function afterExpiry(validity: Validity | undefined, asOf: PlainDate): 'EXPIRED' | 'LAPSED' | undefined {
  if (validity?.validThru === undefined || asOf <= validity.validThru) return undefined;
  return validity.grace !== undefined && validity.grace.thru < asOf ? 'LAPSED' : 'EXPIRED';
}

/** Of these types of action the one that took effect last; of two on one day the one recorded last. */
function latest<T extends BoardAction['type']>(inForce: readonly CurrentAction[], types: readonly T[]): Extract<BoardAction, { type: T }> | undefined {
  return byEffect(inForce.map(({ action }) => action).filter((action): action is Extract<BoardAction, { type: T }> => types.some((type) => type === action.type))).at(-1);
}

/** In the order of effect; what takes effect on one day stays in the order of recording. */
export function byEffect<A extends { readonly effectiveFrom: PlainDate }>(actions: readonly A[]): readonly A[] {
  return [...actions].sort((left, right) => (left.effectiveFrom < right.effectiveFrom ? -1 : left.effectiveFrom > right.effectiveFrom ? 1 : 0));
}

interface Validity {
  readonly validThru?: PlainDate;
  readonly grace?: Grace;
}

/** An issue or a renewal says how long; an extension can only prolong that. */
function validityOn(inForce: readonly CurrentAction[]): Validity | undefined {
  let validity: Validity | undefined;
  for (const action of byEffect(inForce.map((one) => one.action))) {
    if (action.type === 'ISSUE' || action.type === 'RENEW') validity = action;
    if (action.type === 'EXTEND' && validity?.validThru !== undefined && validity.validThru < action.validThru) validity = { ...validity, validThru: action.validThru };
  }
  return validity;
}

/** What is open on a day of the known discipline, a revocation and a surrender among it. */
export function openDiscipline(known: KnownActions, day: PlainDate): readonly Encumbrance[] {
  return disciplineOn(known.actions.filter(({ action }) => action.effectiveFrom <= day), day);
}

/** Open discipline, a revocation and a surrender among it. */
function disciplineOn(inForce: readonly CurrentAction[], asOf: PlainDate): readonly Encumbrance[] {
  return inForce.flatMap((current) => {
    const action = contentOn(current, asOf);
    return !isDiscipline(action) || hasEnded(current.id, inForce) || termIsOver(action, asOf) ? [] : [encumbrance(current, action, asOf)];
  });
}

/** What the last revision in force made of an action. */
export function contentOn({ action, revisions }: CurrentAction, asOf: PlainDate): BoardAction {
  return byEffect(revisions.map((revision) => revision.action).filter(({ effectiveFrom }) => effectiveFrom <= asOf)).at(-1) ?? action;
}

function hasEnded(id: number, inForce: readonly CurrentAction[]): boolean {
  return inForce.some(({ action }) => action.type === 'REINSTATE' && action.ends.includes(id));
}

/** A fixed term ends by itself only where the order says so. */
function termIsOver(action: Discipline, asOf: PlainDate): boolean {
  return 'automaticReinstatement' in action && action.automaticReinstatement && action.effectiveThru !== undefined && action.effectiveThru < asOf;
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

function authority(lifecycle: Lifecycle, burdens: readonly Burden[], mayPractiseInGrace: boolean): PracticeAuthority {
  if (lifecycle !== 'ACTIVE' && lifecycle !== 'UNKNOWN' && !mayPractiseInGrace) return 'NONE';
  const effective = burdens.filter(({ stayed }) => stayed !== true).map(({ type }) => type);
  if (effective.some((type) => type === 'SUSPENSION' || type === 'SUMMARY_SUSPENSION')) return 'NONE';
  if (lifecycle === 'UNKNOWN' || effective.includes('PRIVILEGE_UNKNOWN')) return 'UNKNOWN';
  if (effective.includes('PRIVILEGE_INACTIVE')) return 'NONE';
  return effective.some((type) => type === 'RESTRICTION' || type === 'PROBATION' || type === 'CONDITION') ? 'LIMITED' : 'FULL';
}

/** Everything that bears on the day: actions in force, the issue even where it lies ahead, and voids. */
export function provenance(known: KnownActions, asOf: PlainDate): readonly number[] {
  const relevant = known.actions.filter(({ action }) => action.type === 'ISSUE' || action.effectiveFrom <= asOf);
  const begun = ({ action }: Dependent<BoardAction>): boolean => action.effectiveFrom <= asOf;
  const about = relevant.map((current) => ({ ...current, stays: current.stays.filter(begun) })).flatMap(eventsAbout).filter(begun);
  return [...relevant, ...about].map(({ source }) => source).concat(known.voids).sort((left, right) => left - right);
}

function eventsAbout({ revisions, stays, appeals }: CurrentAction): readonly Dependent<BoardAction>[] {
  return [...revisions, ...stays, ...stays.flatMap(({ lifts }) => lifts), ...appeals];
}

function nextChange(known: KnownActions, asOf: PlainDate, now: Condition, cascade: Cascade): PlainDate | null {
  const days = [...changeDays(known), ...cascade.days].filter((day) => day > asOf);
  return ascending(days).find((day) => canonicalJson(conditionOn(known, day, cascade)) !== canonicalJson(now)) ?? null;
}

/** Every day on which something of what is known begins or is over, ascending. */
export function changeDays(known: KnownActions): readonly PlainDate[] {
  return ascending(known.actions.flatMap((current) => [current, ...eventsAbout(current)]).flatMap(({ action }) => daysOfChange(action)));
}

function ascending(days: readonly PlainDate[]): readonly PlainDate[] {
  return [...new Set(days)].sort((left, right) => (left < right ? -1 : 1));
}

function daysOfChange(action: BoardAction): readonly PlainDate[] {
  const lastDays = [
    'validThru' in action ? action.validThru : undefined,
    'grace' in action ? action.grace.thru : undefined,
    'effectiveThru' in action ? action.effectiveThru : undefined,
  ];
  return [action.effectiveFrom, ...lastDays.filter((day) => day !== undefined).map((day) => addDays(day, 1))];
}
