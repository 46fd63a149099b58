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
}

/**
 * Standing, written a second time without cleverness: lives through every day from the beginning and lets happen what
 * takes effect on it. Only for tests.
 */
export function obviousStanding(entries: readonly TimelineEntry[], asOf: PlainDate, knownAt: number): ObviousAnswer {
  const known = entries.filter((entry) => entry.sequence <= knownAt);
  if (known.length === 0) return { lifecycle: 'UNKNOWN', open: [], authority: 'UNKNOWN' };
  const life = birth();
  for (const day of datesThrough(beginning, asOf)) liveThrough(day, life, known);
  return answer(life, asOf);
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

function birth(): Life {
  return {
    issued: false, status: '', validThru: undefined, graceThru: undefined, practiceInGrace: false,
    open: new Map(), began: new Map(), ended: new Set(), stays: new Map(), lifted: new Set(), appealed: new Set(),
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
      prolong(life, action);
      break;
    case 'EXTEND':
      if (life.validThru !== undefined && action.validThru > life.validThru) life.validThru = action.validThru;
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

function prolong(life: Life, { validThru, grace }: Extract<BoardAction, { type: 'ISSUE' | 'RENEW' }>): void {
  life.validThru = validThru;
  life.graceThru = grace?.thru;
  life.practiceInGrace = grace?.practice ?? false;
}

/** An open action as it weighs on a day. */
export interface Weight {
  readonly id: number;
  readonly word: string;
  readonly stayed: boolean;
  readonly codes: readonly string[];
}

function answer(life: Life, asOf: PlainDate): ObviousAnswer {
  const weights = weightsOn(life, asOf);
  const heavy = weights.filter(({ stayed }) => !stayed).map(({ word }) => word);
  const lifecycle = lifecycleOf(life, heavy, asOf);
  const told = weights.filter(({ word, stayed }) => stayed || word !== 'REVOKE');
  return {
    lifecycle,
    open: told.map(({ id, word, stayed, codes }) => `${id} ${word}${stayed ? ' stayed' : ''}${life.appealed.has(id) ? ' appealed' : ''} ${codes.join('+')}`),
    authority: authorityOf(life, lifecycle, heavy),
  };
}

function weightsOn(life: Life, day: PlainDate): readonly Weight[] {
  return [...life.began.keys()].sort((left, right) => left - right).flatMap((id) => weigh(life, id, day));
}

function weigh(life: Life, id: number, asOf: PlainDate): readonly Weight[] {
  const action = life.open.get(id) ?? raise();
  if (life.ended.has(id)) return [];
  if ('automaticReinstatement' in action && action.automaticReinstatement && (action.effectiveThru ?? '9') < asOf) return [];
  const all = codesOf(action);
  const stays = staysOf(life, id);
  const left = all.filter((code) => !stays.some(({ codes }) => codes?.includes(code)));
  const whole = stays.some(({ codes }) => codes === undefined);
  const stayed = whole || (all.length > 0 && left.length === 0);
  return [{ id, word: wordOf(action), stayed, codes: stayed ? all : left }];
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
  if (life.validThru === undefined || asOf <= life.validThru) return life.status;
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
