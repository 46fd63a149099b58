import { inParallel } from './in-parallel.js';

/** A promise that is settled from outside, so that a test decides what is under way. */
function gate(): { readonly passed: Promise<void>; open(): void } {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => { open = resolve; });

  return { passed, open: () => { open(); } };
}

describe('working in parallel', () => {
  test('keeps the order of the values and the limit', async () => {
    const gates = [gate(), gate(), gate()];
    const running: number[] = [];
    const work = inParallel([0, 1, 2], 2, async (value) => {
      running.push(value);
      await gates[value]?.passed;
      return value * 10;
    });

    expect(running).toEqual([0, 1]);
    gates[1]?.open();
    await gates[1]?.passed;
    await new Promise(setImmediate);
    expect(running).toEqual([0, 1, 2]);
    gates[2]?.open();
    gates[0]?.open();
    expect(await work).toEqual([0, 10, 20]);
  });

  test('after an error begins nothing more and waits for what is under way', async () => {
    const slow = gate();
    const seen: number[] = [];
    const work = inParallel([0, 1, 2, 3], 2, async (value) => {
      seen.push(value);
      if (value === 1) throw new Error('one');
      await slow.passed;
    });
    await new Promise(setImmediate);
    slow.open();

    await expect(work).rejects.toThrow('one');
    expect(seen).toEqual([0, 1]);
  });

  test('of nothing is nothing', async () => {
    expect(await inParallel([], 4, () => Promise.reject(new Error('never')))).toEqual([]);
  });
});
