import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { BehaviourOutcome } from './run-behaviours.js';

/** Outcomes of the whole suite on one network, as kept in a file. */
export interface OutcomeReport {
  readonly network: string;
  readonly outcomes: readonly BehaviourOutcome[];
}

/** Writes a report as JSON. */
export async function writeReport(path: string, report: OutcomeReport): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(report, undefined, 2)}\n`);
}

/** Reads a report that `writeReport` wrote. */
export async function readReport(path: string): Promise<OutcomeReport> {
  return JSON.parse(await readFile(path, 'utf8')) as OutcomeReport;
}

/** One behaviour on both networks. */
export interface Comparison {
  readonly id: string;
  readonly verdict: 'same' | 'different' | 'not compared';
  /** What is different, or why it was not compared. */
  readonly reason?: string;
  /** What both observed beside the outcome: messages, codes, events, who sees what. */
  readonly observed?: string;
}

/** Compares two reports behaviour by behaviour: the outcome, and everything that was observed beside it. */
export function compareReports(one: OutcomeReport, other: OutcomeReport): readonly Comparison[] {
  const others = new Map(other.outcomes.map((outcome) => [outcome.id, outcome]));
  return one.outcomes.map((outcome) => compare(outcome, others.get(outcome.id), one.network, other.network));
}

function compare(a: BehaviourOutcome, b: BehaviourOutcome | undefined, nameA: string, nameB: string): Comparison {
  const { id } = a;
  if (b === undefined || a.outcome === 'skipped' || b.outcome === 'skipped') {
    return { id, verdict: 'not compared', reason: a.outcome === 'skipped' ? a.reason ?? '' : b?.reason ?? `not run on ${nameB}` };
  }
  const failures = [a, b].filter(({ outcome }) => outcome === 'failed');
  if (failures.length > 0) {
    return { id, verdict: 'different', reason: [[nameA, a], [nameB, b]].map(([name, one]) => `${name as string}: ${describe(one as BehaviourOutcome)}`).join('\n') };
  }
  return compareObserved(id, [nameA, a], [nameB, b]);
}

function compareObserved(id: string, [nameA, a]: readonly [string, BehaviourOutcome], [nameB, b]: readonly [string, BehaviourOutcome]): Comparison {
  const [seenA, seenB] = [JSON.stringify(a.observed), JSON.stringify(b.observed)];
  if (seenA !== seenB) return { id, verdict: 'different', reason: `${nameA}: ${seenA}\n${nameB}: ${seenB}` };
  return { id, verdict: 'same', ...(a.observed === undefined ? {} : { observed: seenA }) };
}

function describe({ outcome, reason }: BehaviourOutcome): string {
  return `${outcome}${reason === undefined ? '' : ` (${reason.split('\n')[0] ?? ''})`}`;
}
