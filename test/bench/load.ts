import { performance } from 'node:perf_hooks';
import { percentile } from './statistics.js';

/** What a closed-loop load of fixed concurrency achieved. */
export interface LoadResult {
  readonly perSecond: number;
  /** From the first call to the last answer. */
  readonly seconds: number;
  readonly completed: number;
  readonly failures: Readonly<Record<string, number>>;
  /** Milliseconds from call to answer. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/**
 * Keeps `inFlight` calls of `work` going for `seconds`, awaits what is then under way, and counts every answer over the time
 * until the last one: slow calls lose no more by the end than quick ones. With `most`, it ends after so many calls.
 */
export async function load(inFlight: number, seconds: number, work: (index: number) => Promise<void>, most = Number.POSITIVE_INFINITY): Promise<LoadResult> {
  const latencies: number[] = [];
  const failures: Record<string, number> = {};
  const start = performance.now();
  const end = start + seconds * 1000;
  let next = 0;

  async function worker(): Promise<void> {
    while (performance.now() < end && next < most) {
      const begun = performance.now();
      try {
        await work(next++);
        latencies.push(performance.now() - begun);
      } catch (error) {
        const name = error instanceof Error ? `${error.name}: ${error.message.slice(0, 80)}` : String(error);
        failures[name] = (failures[name] ?? 0) + 1;
      }
    }
  }

  await Promise.all(Array.from({ length: inFlight }, worker));
  const lasted = (performance.now() - start) / 1000;
  return {
    perSecond: latencies.length / lasted,
    seconds: lasted,
    completed: latencies.length,
    failures,
    p50: percentile(latencies, 0.5),
    p95: percentile(latencies, 0.95),
    p99: percentile(latencies, 0.99),
  };
}
