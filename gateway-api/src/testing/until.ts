import { setTimeout as pause } from 'node:timers/promises';

const pollMs = 50;
const patienceMs = 120_000;

/** Asks again until there is an answer, for two minutes. */
export async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  const end = performance.now() + patienceMs;
  while (performance.now() < end) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await pause(pollMs);
  }
  throw new Error(`no answer within ${patienceMs} ms`);
}
