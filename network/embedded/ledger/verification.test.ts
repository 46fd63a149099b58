import { Store } from './store.js';
import { put, remove } from './store.js';
import type { StoreOperation } from './store.js';
import { storeKeys } from './store-keys.js';
import { BlockStore } from './block-store.js';
import { setValidationCodes } from './block.js';
import { ORG1, ORG2, TestLedger } from './testing/test-ledger.js';
import { encodeVersionedValue } from './versioned-value.js';

const bytes = (text: string): Buffer => Buffer.from(text);
const forged = encodeVersionedValue({ value: bytes('forged'), metadata: undefined, version: { blockNumber: 1, txNumber: 0 } });

describe('verification', () => {
  let test: TestLedger;
  beforeEach(async () => {
    test = await TestLedger.open({ shared: { members: [ORG1, ORG2] } });
    const write = (value: string) =>
      test.endorse(async (simulator) => {
        await simulator.getState('cc', 'a');
        simulator.setState('cc', 'a', bytes(value));
        simulator.setPrivateData('cc', 'shared', 'p', bytes(value));
      });
    await test.commit([await write('1'), await write('2')]);
    await test.commit([await write('3')]);
  });
  afterEach(async () => {
    await test.close();
  });

  /** Writes into the database behind the ledger's back. */
  async function tamper(change: (store: Store) => StoreOperation[]): Promise<string[]> {
    await test.ledger.close();
    const store = await Store.open(test.directory);
    await store.write(change(store));
    await store.close();
    await test.reopen().catch(() => undefined);
    return [...(await test.ledger.verify()).problems];
  }

  it('finds nothing to complain about, and a fingerprint of the state', async () => {
    const { height, stateFingerprint, problems } = await test.ledger.verify();
    expect(problems).toEqual([]);
    expect(height).toBe(3);
    expect(stateFingerprint).toMatch(/^[0-9a-f]{64}$/);
    await test.run((simulator) => {
      simulator.setState('cc', 'b', bytes('x'));
    });
    expect((await test.ledger.verify()).stateFingerprint).not.toBe(stateFingerprint);
  });

  it.each<[string, (store: Store) => StoreOperation[], RegExp]>([
    ['a changed value', () => [put(storeKeys.state('cc', 'a'), forged)], /state s cc [0-9a-f]+ differs/],
    ['an invented value', () => [put(storeKeys.state('cc', 'z'), forged)], /state s cc [0-9a-f]+ differs/],
    ['a lost value', () => [remove(storeKeys.state('cc', 'a'))], /of the replay is missing/],
    ['a changed private value', () => [put(storeKeys.privateState(ORG2, 'cc$$pshared', 'p'), forged)], /state p Org2MSP cc\$\$pshared [0-9a-f]+ differs/],
    ['a lost private value', () => [remove(storeKeys.privateState(ORG1, 'cc$$pshared', 'p'))], /of the replay is missing/],
    [
      'a code that was changed afterwards',
      (store) => {
        const block = new BlockStore(store).find(1);
        if (block === undefined) throw new Error('no block');
        setValidationCodes(block, [0, 0]);
        return [put(storeKeys.block(1), Buffer.from(block.serializeBinary()))];
      },
      /block 1: validation codes 0000, replayed 000b/,
    ],
    [
      'an envelope that was changed afterwards',
      (store) => {
        const block = new BlockStore(store).find(1);
        if (block === undefined) throw new Error('no block');
        block.getData()?.addData(bytes('more'));
        return [put(storeKeys.block(1), Buffer.from(block.serializeBinary()))];
      },
      /block 1: data hash does not match/,
    ],
    ['a lost index entry', () => [remove(storeKeys.transaction('tx000001'))], /block 1: a transaction is not found by its id/],
  ])('finds %s', async (_what, change, problem) => {
    const problems = await tamper(change);
    expect(problems.join('\n')).toMatch(problem);
    expect(problems.join('\n')).not.toContain('forged');
  });
});
