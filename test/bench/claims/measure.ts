import type { ClaimContent } from '@medaccord/domain';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { consortiumFile, freePorts, startEmbeddedLedger, startStack, type Stack } from '@medaccord/network/cli';
import { demoDates, type DemoDates } from '../../fixtures/demo-dates.js';
import { peopleOf, type People } from '../../demo/people.js';
import { residentMegabytes } from '../memory.js';
import { LOAD_GENERATOR, type ProcessorTime, withProcessorTime } from '../processor-time.js';
import { generatedClaims } from './generated-claims.js';
import { insureMembers, parts, prepareConsortium } from './prepare.js';

/** What one batch size achieves through the gateways. */
export interface BatchFigures {
  readonly batch: number;
  readonly claims: number;
  readonly submittedPerSecond: number;
  readonly adjudicatedPerSecond: number;
  /** Processor time of all claims. */
  readonly submitting: ProcessorTime;
  readonly adjudicating: ProcessorTime;
}

export interface ClaimsFigures {
  /** Seconds from nothing to every gateway being ready. */
  readonly stackReadySeconds: number;
  readonly batches: readonly BatchFigures[];
  /** Resident megabytes by process name, after the load. */
  readonly megabytes: Readonly<Record<string, number>>;
}

/** Requests under way at once for each batch size, and how many claims are sent in all. */
const plans = [
  { batch: 1, atOnce: 16, claims: 160 },
  { batch: 10, atOnce: 8, claims: 800 },
  { batch: 100, atOnce: 4, claims: 2000 },
] as const;

/** Submits and adjudicates claims of three lines through the gateways of a fresh stack, in batches of 1, 10 and 100. */
export async function measureClaims(): Promise<ClaimsFigures> {
  const directory = await mkdtemp(join(tmpdir(), 'medaccord-bench-'));
  const begun = performance.now();
  const stack = await startStack({ consortiumFile, directory, ports: freePorts, startLedger: startEmbeddedLedger, clockIntervalSeconds: 0 });
  const stackReadySeconds = (performance.now() - begun) / 1000;
  try {
    const people = peopleOf(stack.endpoints);
    const dates = demoDates(new Date().toISOString().slice(0, 10));
    const planId = await prepareConsortium(people, dates);
    await insureMembers(people, dates, planId, { first: 0, count: plans.reduce((sum, { claims }) => sum + claims, 0) });
    const batches: BatchFigures[] = [];
    let first = 0;
    for (const plan of plans) {
      batches.push(await measureBatch({ stack, people, dates, first }, plan));
      first += plan.claims;
    }
    return { stackReadySeconds, batches, megabytes: await memoryOf(stack) };
  } finally {
    await stack.stop();
    await rm(directory, { recursive: true });
  }
}

/** Where a batch is measured, and the serial number of its first claim. */
interface Place {
  readonly stack: Stack;
  readonly people: People;
  readonly dates: DemoDates;
  readonly first: number;
}

async function measureBatch({ stack, people: { biller, examiner }, dates, first }: Place, { batch, atOnce, claims }: (typeof plans)[number]): Promise<BatchFigures> {
  const requests = parts(generatedClaims(dates, first, claims), batch);
  const submitted: string[][] = [];
  const submit = async (part: readonly ClaimContent[]): Promise<void> => {
    const answer = await biller.post<{ claims: { claimId: string; outcome: string }[] }>('/v1/claims', { insurerMsp: 'InsurerMSP', claims: part });
    if (answer.claims.some(({ outcome }) => outcome !== 'ACCEPTED')) throw new Error('a claim of the benchmark was not accepted');
    submitted.push(answer.claims.map(({ claimId }) => claimId));
  };
  const adjudicate = async (ids: readonly string[]): Promise<void> => {
    const answer = await examiner.post<{ claims: { outcome: string; code?: string }[] }>('/v1/adjudications', { claims: ids.map((claimId) => ({ claimId })) });
    const failed = answer.claims.find(({ outcome }) => outcome !== 'ADJUDICATED');
    if (failed !== undefined) throw new Error(`a claim of the benchmark was not adjudicated: ${failed.outcome} ${failed.code ?? ''}`);
  };
  const processes = [...stack.processes, LOAD_GENERATOR];
  const { result: submitSeconds, used: submitting } = await withProcessorTime(processes, async () => timed(atOnce, requests, submit));
  const { result: adjudicateSeconds, used: adjudicating } = await withProcessorTime(processes, async () => timed(atOnce, submitted, adjudicate));
  return { batch, claims, submittedPerSecond: claims / submitSeconds, adjudicatedPerSecond: claims / adjudicateSeconds, submitting, adjudicating };
}

async function timed<T>(atOnce: number, items: readonly T[], work: (item: T) => Promise<void>): Promise<number> {
  const begun = performance.now();
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return (performance.now() - begun) / 1000;
}

async function memoryOf({ processes }: Stack): Promise<Record<string, number>> {
  const entries = await Promise.all(processes.map(async ({ name, pid }) => [name, Math.round(await residentMegabytes(pid))] as const));
  return Object.fromEntries(entries);
}
