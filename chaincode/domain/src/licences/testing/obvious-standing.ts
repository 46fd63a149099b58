import { addDays, datesThrough } from '../../shared/dates.js';
import type { PlainDate } from '../../shared/dates.js';
import type { BoardAction, TimelineEntry } from '../licence-event.js';

/** A day before every date that tests use. */
const beginning = '2025-12-31';

/** The answer of the slow second implementation. */
export interface ObviousAnswer {
  readonly lifecycle: string;
  readonly open: readonly number[];
  readonly authority: string;
}

/**
 * Standing, written a second time without cleverness: lives through every day from the beginning and lets happen what
 * takes effect on it. Only for tests.
 */
export function obviousStanding(entries: readonly TimelineEntry[], asOf: PlainDate, knownAt: number): ObviousAnswer {
  const known = entries.filter((entry) => entry.sequence <= knownAt);
  if (known.length === 0) return { lifecycle: 'UNKNOWN', open: [], authority: 'UNKNOWN' };
  const life: Life = { status: 'NOT_ISSUED', validThru: undefined, happened: new Map(), ended: new Set() };
  for (const day of datesThrough(beginning, asOf)) liveThrough(day, life, known);
  const open = [...life.happened].filter(([id]) => !life.ended.has(id));
  const lifecycle = lifecycleOf(life, open.some(([, action]) => action.type === 'REVOKE'), asOf);
  const limits = open.filter(([, action]) => action.type !== 'REVOKE');
  return { lifecycle, open: limits.map(([id]) => id).sort((left, right) => left - right), authority: authorityOf(lifecycle, limits.map(([, action]) => action.type)) };
}

function lifecycleOf(life: Life, revoked: boolean, asOf: PlainDate): string {
  if (life.status === 'NOT_ISSUED') return 'NOT_ISSUED';
  if (revoked) return 'REVOKED';
  return life.validThru !== undefined && life.validThru < asOf ? 'EXPIRED' : life.status;
}

function liveThrough(day: PlainDate, life: Life, known: readonly TimelineEntry[]): void {
  for (const id of initialIds(known)) {
    const action = contentOf(id, known);
    if (action?.effectiveFrom === day) happen(life, id, action);
  }
  for (const [id, action] of life.happened) {
    const endsByItself = 'automaticReinstatement' in action && action.automaticReinstatement;
    if (endsByItself && action.effectiveThru === addDays(day, -1)) life.ended.add(id);
  }
}

interface Life {
  status: string;
  validThru: PlainDate | undefined;
  readonly happened: Map<number, BoardAction>;
  readonly ended: Set<number>;
}

function happen(life: Life, id: number, action: BoardAction): void {
  if (action.type === 'ISSUE') {
    life.status = action.status;
    life.validThru = action.validThru;
  } else if (action.type === 'REINSTATE') {
    for (const ended of action.ends) life.ended.add(ended);
  } else {
    life.happened.set(id, action);
  }
}

function authorityOf(lifecycle: string, limits: readonly string[]): string {
  if (['NOT_ISSUED', 'REVOKED', 'EXPIRED'].includes(lifecycle) || limits.includes('SUSPEND')) return 'NONE';
  if (lifecycle === 'UNKNOWN') return 'UNKNOWN';
  return limits.includes('RESTRICT') ? 'LIMITED' : 'FULL';
}

function initialIds(known: readonly TimelineEntry[]): readonly number[] {
  return known.filter((entry) => entry.kind === 'INITIAL').map((entry) => entry.sequence);
}

/** The content of an action: its own, or that of the last correction; none where the action is void. */
function contentOf(id: number, known: readonly TimelineEntry[]): BoardAction | undefined {
  if (isVoid(id, known)) return undefined;
  const corrections = known.filter((entry) => entry.kind === 'CORRECTION' && entry.target === id && !isVoid(entry.sequence, known));
  return (corrections.at(-1) ?? known.find((entry) => entry.sequence === id))?.action;
}

function isVoid(sequence: number, known: readonly TimelineEntry[]): boolean {
  return known.some((entry) => entry.kind === 'VOID' && entry.target === sequence && !isVoid(entry.sequence, known));
}
