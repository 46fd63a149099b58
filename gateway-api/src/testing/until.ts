import { setTimeout as pause } from 'node:timers/promises';

const pollMs = 50;

/** Asks again until there is an answer; the test's own time limit ends it. */
export async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await pause(pollMs);
  }
}
