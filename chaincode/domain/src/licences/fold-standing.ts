import { NO_CASCADE } from '../compacts/derived-effect.js';
import type { Cascade, DerivedEffect } from '../compacts/derived-effect.js';
import { canonicalJson } from '../shared/canonical-json.js';
import { addDays } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import { present } from '../shared/present.js';
import type { BoardAction, TimelineEntry } from './licence-event.js';
import { classOf, licenceEventId } from './licence-key.js';
import type { LicenceKey } from './licence-key.js';
import { disciplineOn } from './open-discipline.js';
import type { Lifecycle, PracticeAuthority, Standing } from './standing.js';
import { byEffect, knownActions } from './timeline.js';
import type { CurrentAction, Dependent, KnownActions } from './timeline.js';
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
 * the same answer again. `cascade`: what compacts make of the licence.
 */
export function standing(
  input: FoldInput, asOf: PlainDate, knownAt: number = ALL_EVENTS, cascade: Cascade = NO_CASCADE, classKnownAt: number = knownAt === ALL_EVENTS ? ALL_EVENTS : 0,
): Standing {
  const { licence, entries, classEntries = [] } = input;
  const known = knownOf(input, knownAt, classKnownAt);
  const now = conditionOn(known, asOf, cascade);
  return {
    licence,
    asOf,
    knownAt: Math.min(knownAt, lastSequence(entries)),
    ...present('classKnownAt', classEntries.length === 0 ? undefined : Math.min(classKnownAt, lastSequence(classEntries))),
    ...now,
    provenance: [...provenance(known, asOf).map((sequence) => licenceEventId(licence, sequence)), ...classProvenance(known, asOf).map((sequence) => licenceEventId(classOf(licence), sequence))],
    nextChangeDate: nextChange(known, asOf, now, cascade),
  };
}

/** What is known of a licence at positions in its own events and in those of its class. */
export function knownOf({ entries, classEntries = [] }: FoldInput, knownAt: number, classKnownAt: number): KnownActions {
  return { ...knownActions(entries, knownAt), ...(classEntries.length === 0 ? {} : { ofClass: knownActions(classEntries, classKnownAt).actions }) };
}

/** The last day of validity as it stands on a day; undefined where it has none, or was not issued. */
export function validThruOn(input: FoldInput, asOf: PlainDate): PlainDate | undefined {
  const { actions, ofClass = [] } = knownOf(input, ALL_EVENTS, ALL_EVENTS);
  return validityOn(actions.filter(hasBegun(asOf)), ofClass.filter(hasBegun(asOf)))?.validThru;
}

/** Position of the last event; 0 without any. */
export function lastSequence(entries: readonly TimelineEntry[]): number {
  return entries.reduce((last, entry) => Math.max(last, entry.sequence), 0);
}

type Condition = Pick<Standing, 'lifecycle' | 'encumbrances' | 'derived' | 'authority' | 'renewalPending'>;

/** What bears on a licence: by its own board's word, or by a compact. */
type Burden = Pick<DerivedEffect, 'type' | 'stayed'>;

/** What the licence permits on a day. On a day on which that changes at an hour it cannot be said for the whole day. */
export function conditionOn(known: KnownActions, asOf: PlainDate, cascade: Cascade = NO_CASCADE): Condition {
  const condition = conditionAtNight(known, asOf, cascade);
  const morning = withoutHoursOf(known, asOf);
  return morning === known || conditionAtNight(morning, asOf, cascade).authority === condition.authority ? condition : { ...condition, authority: 'UNKNOWN' };
}

function conditionAtNight(known: KnownActions, asOf: PlainDate, cascade: Cascade): Condition {
  const inForce = known.actions.filter(hasBegun(asOf));
  const discipline = disciplineOn(inForce, asOf);
  const derived = cascade.on(asOf);
  const burdens: readonly Burden[] = [...discipline, ...derived];
  const validity = validityOn(inForce, (known.ofClass ?? []).filter(hasBegun(asOf)));
  const lifecycle = known.actions.length === 0 && known.voids.length === 0 ? 'UNKNOWN' : lifecycleOn(inForce, burdens, validity, asOf);
  const encumbrances = discipline.filter(({ type, stayed }) => stayed === true || type !== 'REVOCATION');
  const mayPractise = lifecycle === 'EXPIRED' && validity?.grace?.practice === true;
  return {
    lifecycle,
    encumbrances,
    ...(derived.length === 0 ? {} : { derived }),
    authority: authority(lifecycle, burdens, mayPractise),
    ...(waitingRenewals(inForce).length === 0 ? {} : { renewalPending: true }),
  };
}

function hasBegun(asOf: PlainDate): (one: { readonly action: BoardAction }) => boolean {
  return ({ action }) => action.effectiveFrom <= asOf;
}

/** What is known without the acts that begin at an hour of the day; the same object where there is none. */
function withoutHoursOf(known: KnownActions, asOf: PlainDate): KnownActions {
  const begins = ({ action }: { readonly action: BoardAction }): boolean => 'effectiveAt' in action && action.effectiveFrom === asOf;
  const before = <T extends { readonly action: BoardAction }>(all: readonly T[]): readonly T[] => all.filter((one) => !begins(one));
  if (!known.actions.some((current) => [current, ...eventsAbout(current)].some(begins))) return known;
  const actions = before(known.actions).map((current) => ({ ...current, revisions: before(current.revisions), stays: before(current.stays).map((stay) => ({ ...stay, lifts: before(stay.lifts) })) }));
  return { ...known, actions };
}

function lifecycleOn(inForce: readonly CurrentAction[], burdens: readonly Burden[], validity: Validity | undefined, asOf: PlainDate): Lifecycle {
  const status = latest(inForce, ['ISSUE', 'CHANGE_STATUS'])?.status;
  if (status === undefined || !inForce.some(({ action }) => action.type === 'ISSUE')) return 'NOT_ISSUED';
  const ended = (type: Burden['type']): boolean => burdens.some((one) => one.type === type && one.stayed !== true);
  if (ended('REVOCATION')) return 'REVOKED';
  if (ended('SURRENDER')) return 'SURRENDERED';
  return (status === 'ACTIVE' || status === 'UNKNOWN') && validity !== undefined ? (afterExpiry(validity, asOf) ?? status) : status;
}

/** Of these types of action the one that took effect last; of two on one day the one recorded last. */
function latest<T extends BoardAction['type']>(inForce: readonly CurrentAction[], types: readonly T[]): Extract<BoardAction, { type: T }> | undefined {
  return byEffect(inForce.map(({ action }) => action).filter((action): action is Extract<BoardAction, { type: T }> => types.some((type) => type === action.type))).at(-1);
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
  const begun = hasBegun(asOf);
  const relevant = known.actions.filter((current) => current.action.type === 'ISSUE' || begun(current));
  const about = relevant.map((current) => ({ ...current, stays: current.stays.filter(begun) })).flatMap(eventsAbout).filter(begun);
  return [...relevant, ...about].map(({ source }) => source).concat(known.voids).sort((left, right) => left - right);
}

/** Of the class's events those that prolong the licence. */
function classProvenance({ actions, ofClass = [] }: KnownActions, asOf: PlainDate): readonly number[] {
  const begun = hasBegun(asOf);
  const prolonging = validityOn(actions.filter(begun), ofClass.filter(begun))?.extendedBy ?? [];
  return prolonging.map(({ source }) => source).sort((left, right) => left - right);
}

function eventsAbout({ revisions, stays, appeals, hearings }: CurrentAction): readonly Dependent<BoardAction>[] {
  return [...revisions, ...stays, ...stays.flatMap(({ lifts }) => lifts), ...appeals, ...hearings];
}

function nextChange(known: KnownActions, asOf: PlainDate, now: Condition, cascade: Cascade): PlainDate | null {
  const days = [...changeDays(known), ...cascade.days].filter((day) => day > asOf);
  return ascending(days).find((day) => canonicalJson(conditionOn(known, day, cascade)) !== canonicalJson(now)) ?? null;
}

/** Every day on which something of what is known begins or is over, ascending. */
export function changeDays({ actions, ofClass = [] }: KnownActions): readonly PlainDate[] {
  return ascending([...actions, ...ofClass].flatMap((current) => [current, ...eventsAbout(current)]).flatMap(({ action }) => daysOfChange(action)));
}

function ascending(days: readonly PlainDate[]): readonly PlainDate[] {
  return [...new Set(days)].sort((left, right) => (left < right ? -1 : 1));
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
