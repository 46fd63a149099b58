/**
 * Works on each value, on at most `limit` at once, and gives the results in the order of the values. The first error ends
 * it: what is under way is waited for, nothing more is begun.
 */
export async function inParallel<T, R>(values: readonly T[], limit: number, work: (value: T, index: number) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(values.length);
  let next = 0;
  let failed = false;
  const worker = async (): Promise<void> => {
    while (next < values.length && !failed) {
      const index = next;
      next += 1;
      try {
        results[index] = await work(values[index] as T, index);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: Math.min(limit, values.length) }, worker));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;

  return results;
}
