import { addDays, datesThrough } from '../../shared/dates.js';
import type { PlainDate } from '../../shared/dates.js';
import type { BoardAction, StayAction, TimelineEntry } from '../licence-event.js';

/** A day before every date that tests use. */
const beginning = '2025-12-31';

/** The answer of the slow second implementation. `open`: what an open action weighs, by its number. */
export interface ObviousAnswer {
  readonly lifecycle: string;
  readonly open: readonly string[];
  readonly authority: string;
  readonly renewalPending: boolean;
}

/** What the licence looks like at the end of a day. */
interface Life {
  issued: boolean;
  status: string;
  validThru: PlainDate | undefined;
  graceThru: PlainDate | undefined;
  practiceInGrace: boolean;
  /** By number: what the action is today. */
  readonly open: Map<number, BoardAction>;
  readonly began: Map<number, PlainDate>;
  readonly ended: Set<number>;
  /** Stays that began, by their numbers; those that were lifted or are over. */
  readonly stays: Map<number, TimelineEntry>;
  readonly lifted: Set<number>;
  readonly appealed: Set<number>;
  /** Days of hearings, by the number of the suspension. */
  readonly heard: Map<number, PlainDate[]>;
  /** Applications for renewal that were filed so far, and the numbers of what decided some. */
  readonly filed: Map<number, Extract<BoardAction, { type: 'RENEWAL_FILED' }>>;
  readonly decided: Set<number>;
  /** The class's extensions so far, in the order of their days. */
  readonly ofClass: Extract<BoardAction, { type: 'EXTEND_CLASS' }>[];
}

/**
 * Standing, written a second time without cleverness: lives through every day from the beginning and lets happen what
 * takes effect on it. Only for tests.
 */
export function obviousStanding(entries: readonly TimelineEntry[], asOf: PlainDate, knownAt: number, classEntries: readonly TimelineEntry[] = []): ObviousAnswer {
  const known = entries.filter((entry) => entry.sequence <= knownAt);
  if (known.length === 0) return { lifecycle: 'UNKNOWN', open: [], authority: 'UNKNOWN', renewalPending: false };
  const atNight = lived(known, classEntries, asOf);
  const inTheMorning = lived(known.filter((entry) => !beginsAtAnHour(entry, known, asOf)), classEntries, asOf);
  return inTheMorning.authority === atNight.authority ? atNight : { ...atNight, authority: 'UNKNOWN' };
}

/** What weighs on the licence on each day up to one. */
export function obviousWeights(entries: readonly TimelineEntry[], last: PlainDate, knownAt: number): ReadonlyMap<PlainDate, readonly Weight[]> {
  const known = entries.filter((entry) => entry.sequence <= knownAt);
  const life = birth();
  return new Map(datesThrough(beginning, last).map((day) => {
    liveThrough(day, life, known);
    return [day, weightsOn(life, day)] as const;
  }));
}

/** Whether an event, as it reads today, begins at an hour of that day; a correction of one goes with it. */
function beginsAtAnHour(entry: TimelineEntry, known: readonly TimelineEntry[], day: PlainDate): boolean {
  const begins = (one: TimelineEntry | undefined): boolean => {
    const action = one === undefined ? undefined : effective(one, known);
    return action !== undefined && 'effectiveAt' in action && action.effectiveFrom === day;
  };
  return begins(entry) || (entry.kind === 'CORRECTION' && begins(known.find(({ sequence }) => sequence === entry.target)));
}

function lived(known: readonly TimelineEntry[], classEntries: readonly TimelineEntry[], asOf: PlainDate): ObviousAnswer {
  const life = birth();
  for (const day of datesThrough(beginning, asOf)) {
    liveThrough(day, life, known);
    for (const entry of classEntries) {
      const action = effective(entry, classEntries);
      if (action?.type === 'EXTEND_CLASS' && action.effectiveFrom === day) life.ofClass.push(action);
    }
  }
  return answer(life, asOf);
}

function birth(): Life {
  return {
    issued: false, status: '', validThru: undefined, graceThru: undefined, practiceInGrace: false,
    open: new Map(), began: new Map(), ended: new Set(), stays: new Map(), lifted: new Set(), appealed: new Set(),
    heard: new Map(), filed: new Map(), decided: new Set(), ofClass: [],
  };
}

function liveThrough(day: PlainDate, life: Life, known: readonly TimelineEntry[]): void {
  const today = known.filter((entry) => effective(entry, known)?.effectiveFrom === day);
  for (const entry of today.filter(({ kind }) => kind === 'INITIAL')) happen(life, entry.sequence, effective(entry, known) ?? raise());
  for (const entry of today) note(life, entry);
  for (const id of life.began.keys()) revise(life, id, day, known);
  for (const [sequence, { action }] of life.stays) {
    if (action !== undefined && 'effectiveThru' in action && action.effectiveThru === addDays(day, -1)) life.lifted.add(sequence);
  }
}

function note(life: Life, entry: TimelineEntry): void {
  const { sequence, kind, target = 0 } = entry;
  if (kind === 'STAY') life.stays.set(sequence, entry);
  if (kind === 'STAY_LIFTED') life.lifted.add(target);
  if (kind === 'APPEAL') life.appealed.add(target);
  if (kind === 'HEARING' && entry.action !== undefined) life.heard.set(target, [...(life.heard.get(target) ?? []), entry.action.effectiveFrom]);
}

/** Of the revisions so far the one of the latest day, and of that day the last recorded, is what an action is. */
function revise(life: Life, id: number, day: PlainDate, known: readonly TimelineEntry[]): void {
  let best: BoardAction | undefined;
  for (const entry of known.filter(({ kind, target }) => kind === 'REVISION' && target === id)) {
    const content = effective(entry, known);
    if (content === undefined || content.effectiveFrom > day) continue;
    if (best === undefined || content.effectiveFrom >= best.effectiveFrom) best = content;
  }
  if (best !== undefined) life.open.set(id, best);
}

function happen(life: Life, id: number, action: BoardAction): void {
  switch (action.type) {
    case 'ISSUE':
      life.issued = true;
      life.status = action.status;
      prolong(life, action);
      break;
    case 'CHANGE_STATUS':
      life.status = action.status;
      break;
    case 'RENEW':
    case 'REISSUE':
      prolong(life, action);
      life.decided.add(id);
      break;
    case 'RENEWAL_FILED':
      life.filed.set(id, action);
      break;
    case 'RENEWAL_CLOSED':
      life.decided.add(id);
      break;
    case 'EXTEND':
      extend(life, action);
      break;
    case 'REINSTATE':
      for (const ended of action.ends) life.ended.add(ended);
      break;
    case 'DESIGNATE_PRINCIPAL':
      break;
    default:
      life.open.set(id, action);
      life.began.set(id, action.effectiveFrom);
  }
}

function extend(life: Life, { validThru, grace }: Extract<BoardAction, { type: 'EXTEND' | 'EXTEND_CLASS' }>): void {
  if (life.validThru === undefined || validThru <= life.validThru) return;
  life.validThru = validThru;
  if (grace === undefined) return;
  life.graceThru = grace.thru;
  life.practiceInGrace = grace.practice;
}

/** At the end of the day the class's extensions are laid over what the licence itself says. */
function extendAsClass(life: Life): void {
  const own = life.validThru;
  for (const action of life.ofClass) {
    const inWindow = (day: PlainDate | undefined): boolean => day !== undefined && action.expiring.from <= day && day <= action.expiring.thru;
    if (inWindow(own) || inWindow(life.validThru)) extend(life, action);
  }
}

function prolong(life: Life, { validThru, grace }: Extract<BoardAction, { type: 'ISSUE' | 'RENEW' | 'REISSUE' }>): void {
  life.validThru = validThru;
  life.graceThru = grace?.thru;
  life.practiceInGrace = grace?.practice ?? false;
}

/** Applications without anything after them that decides. */
function waiting(life: Life): readonly Extract<BoardAction, { type: 'RENEWAL_FILED' }>[] {
  return [...life.filed].filter(([id]) => [...life.decided].every((decision) => decision < id)).map(([, filing]) => filing);
}

/** An open action as it weighs on a day. */
export interface Weight {
  readonly id: number;
  readonly word: string;
  readonly stayed: boolean;
  readonly codes: readonly string[];
}

function answer(life: Life, asOf: PlainDate): ObviousAnswer {
  extendAsClass(life);
  const weights = weightsOn(life, asOf);
  const heavy = weights.filter(({ stayed }) => !stayed).map(({ word }) => word);
  const lifecycle = lifecycleOf(life, heavy, asOf);
  const told = weights.filter(({ word, stayed }) => stayed || word !== 'REVOKE');
  return {
    lifecycle,
    open: told.map(({ id, word, stayed, codes }) => `${id} ${word}${stayed ? ' stayed' : ''}${life.appealed.has(id) ? ' appealed' : ''} ${codes.join('+')}`),
    authority: authorityOf(life, lifecycle, heavy),
    renewalPending: waiting(life).length > 0,
  };
}

function weightsOn(life: Life, day: PlainDate): readonly Weight[] {
  return [...life.began.keys()].sort((left, right) => left - right).flatMap((id) => weigh(life, id, day));
}

function weigh(life: Life, id: number, asOf: PlainDate): readonly Weight[] {
  const action = life.open.get(id) ?? raise();
  if (life.ended.has(id) || isOver(life, id, action, asOf)) return [];
  const all = codesOf(action);
  const stays = staysOf(life, id);
  const left = all.filter((code) => !stays.some(({ codes }) => codes?.includes(code)));
  const whole = stays.some(({ codes }) => codes === undefined);
  const stayed = whole || (all.length > 0 && left.length === 0);
  return [{ id, word: wordOf(action), stayed, codes: stayed ? all : left }];
}

/** Its term is over and it ends by itself, or its hearing was not held in time. */
function isOver(life: Life, id: number, action: BoardAction, asOf: PlainDate): boolean {
  if ('automaticReinstatement' in action && action.automaticReinstatement && (action.effectiveThru ?? '9') < asOf) return true;
  if (action.type !== 'SUSPEND' || action.hearing?.unheard !== 'DISSOLVES') return false;
  const { by } = action.hearing;
  return asOf > by && !(life.heard.get(id) ?? []).some((day) => day <= by);
}

function staysOf(life: Life, id: number): readonly StayAction[] {
  return [...life.stays.values()].flatMap(({ sequence, target, action }) => (target === id && !life.lifted.has(sequence) && action?.type === 'STAY' ? [action] : []));
}

/** The codes that a stay of some codes is about. */
export function codesOf(action: BoardAction): readonly string[] {
  if (action.type === 'RESTRICT') return action.restrictionCodes;
  if (action.type === 'SURRENDER') return action.inLieuOfDiscipline ? ['IN-LIEU-OF-DISCIPLINE'] : [];
  return 'basisCodes' in action ? action.basisCodes : [];
}

function wordOf(action: BoardAction): string {
  if (action.type === 'ENCUMBER') return action.encumbrance;
  return action.type === 'SUSPEND' && action.summary ? 'SUMMARY' : action.type;
}

function lifecycleOf(life: Life, heavy: readonly string[], asOf: PlainDate): string {
  if (!life.issued) return 'NOT_ISSUED';
  if (heavy.includes('REVOKE')) return 'REVOKED';
  if (heavy.includes('SURRENDER')) return 'SURRENDERED';
  if (!['ACTIVE', 'UNKNOWN'].includes(life.status)) return life.status;
  const { validThru } = life;
  if (validThru === undefined || asOf <= validThru) return life.status;
  if (waiting(life).some(({ continues, effectiveFrom }) => continues && effectiveFrom <= validThru)) return life.status;
  return life.graceThru !== undefined && asOf > life.graceThru ? 'LAPSED' : 'EXPIRED';
}

function authorityOf(life: Life, lifecycle: string, heavy: readonly string[]): string {
  const open = ['ACTIVE', 'UNKNOWN'].includes(lifecycle) || (lifecycle === 'EXPIRED' && life.practiceInGrace);
  if (!open || heavy.includes('SUSPEND') || heavy.includes('SUMMARY')) return 'NONE';
  if (lifecycle === 'UNKNOWN') return 'UNKNOWN';
  return heavy.some((word) => ['RESTRICT', 'PROBATION', 'CONDITION'].includes(word)) ? 'LIMITED' : 'FULL';
}

/** What an event says today: nothing where it, or what it is about, is void; an action's last correction. */
export function effective(entry: TimelineEntry, known: readonly TimelineEntry[]): BoardAction | undefined {
  if (isVoid(entry.sequence, known) || entry.kind === 'CORRECTION') return undefined;
  if (entry.kind !== 'INITIAL') return entry.target !== undefined && isVoid(entry.target, known) ? undefined : entry.action;
  const corrections = known.filter(({ kind, target, sequence }) => kind === 'CORRECTION' && target === entry.sequence && !isVoid(sequence, known));
  return (corrections.at(-1) ?? entry).action;
}

function isVoid(sequence: number, known: readonly TimelineEntry[]): boolean {
  return known.some((entry) => (entry.kind === 'VOID' || entry.kind === 'SEAL') && entry.target === sequence && !isVoid(entry.sequence, known));
}

function raise(): never {
  throw new Error('cannot be');
}
