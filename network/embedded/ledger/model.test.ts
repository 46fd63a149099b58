import fc from 'fast-check';
import type { Simulator } from './api.js';
import { TestLedger, ORG1 } from './testing/test-ledger.js';
import type { Endorsed } from './testing/test-ledger.js';
import { SlowModel } from './testing/slow-model.js';
import type { ModelCall } from './testing/slow-model.js';

const KEYS = ['a', 'b', 'c', 'd', 'é', '\u{1f642}'];
const key = fc.constantFrom(...KEYS);
const bound = fc.constantFrom('', ...KEYS);
const call: fc.Arbitrary<ModelCall> = fc.oneof(
  fc.record({ kind: fc.constant('get' as const), key }),
  fc.record({ kind: fc.constant('put' as const), key, value: fc.constantFrom('1', '2', '3') }),
  fc.record({ kind: fc.constant('delete' as const), key }),
  fc.record({ kind: fc.constant('range' as const), start: bound, end: bound, limit: fc.integer({ min: 0, max: 4 }) }),
  fc.record({ kind: fc.constant('getHash' as const), key }),
  fc.record({ kind: fc.constant('putPrivate' as const), key, value: fc.constantFrom('1', '2', '3') }),
  fc.record({ kind: fc.constant('deletePrivate' as const), key }),
);
const transaction = fc.array(call, { minLength: 1, maxLength: 5 });

/**
 * A history: each round endorses some transactions at the current height, then orders some of those that wait (by their
 * place in the queue), so that blocks mix fresh and stale ones.
 */
const history = fc.array(
  fc.record({
    endorse: fc.array(transaction, { minLength: 0, maxLength: 4 }),
    order: fc.array(fc.nat(9), { minLength: 1, maxLength: 4 }),
  }),
  { minLength: 1, maxLength: 8 },
);

async function perform(simulator: Simulator, calls: readonly ModelCall[]): Promise<void> {
  for (const one of calls) {
    if (one.kind === 'get') await simulator.getState('cc', one.key);
    else if (one.kind === 'put') simulator.setState('cc', one.key, Buffer.from(one.value));
    else if (one.kind === 'delete') simulator.deleteState('cc', one.key);
    else if (one.kind === 'range') await (await simulator.getStateRange('cc', one.start, one.end)).next(one.limit);
    else if (one.kind === 'getHash') await simulator.getPrivateDataHash('cc', 'coll', one.key);
    else if (one.kind === 'putPrivate') simulator.setPrivateData('cc', 'coll', one.key, Buffer.from(one.value));
    else simulator.deletePrivateData('cc', 'coll', one.key);
  }
}

/** What the ledger shows: every public key, and every private key by value. */
async function contents(test: TestLedger): Promise<Record<string, string>> {
  return await test.query(async (simulator) => {
    const all: Record<string, string> = {};
    const { results } = await (await simulator.getStateRange('cc', '', '')).next(1000);
    for (const found of results) all[found.key] = Buffer.from(found.value).toString();
    for (const name of KEYS) {
      const value = await simulator.getPrivateData('cc', 'coll', name);
      if (value !== undefined) all[`private ${name}`] = Buffer.from(value).toString();
    }
    return all;
  });
}

describe('any history of transactions', () => {
  it('is decided as by the slow and obvious model, and equals its replay', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (rounds) => {
        const test = await TestLedger.open({ coll: { members: [ORG1] } }, [ORG1]);
        const model = new SlowModel();
        const waiting: { readonly endorsed: Endorsed; readonly seen: ReturnType<SlowModel['endorse']> }[] = [];
        for (const { endorse, order } of rounds) {
          for (const calls of endorse) {
            const endorsed = await test.endorse((simulator) => perform(simulator, calls));
            waiting.push({ endorsed, seen: model.endorse(calls) });
          }
          const block = order.flatMap((place) => waiting.splice(place % Math.max(1, waiting.length), 1));
          const { transactions } = await test.commit(block.map(({ endorsed }) => endorsed));
          expect(transactions.map(({ validationCode }) => validationCode)).toEqual(model.commit(block.map(({ seen }) => seen)));
          expect(await contents(test)).toEqual(model.contents());
        }
        expect((await test.ledger.verify()).problems).toEqual([]);
        await test.close();
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});
