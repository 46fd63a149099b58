import type { BlockStore } from './block-store.js';
import { historyOf } from './history.js';
import type { OrganisationView } from './state-view.js';
import { positionPart } from './store-keys.js';
import { peer } from '@hyperledger/fabric-protos';
import { ORG1, TestLedger } from './testing/test-ledger.js';

const bytes = (text: string): Buffer => Buffer.from(text);

describe('the history of a key', () => {
  let test: TestLedger;
  beforeEach(async () => {
    test = await TestLedger.open();
  });
  afterEach(async () => {
    await test.close();
  });

  const write = (key: string, value: string) =>
    test.endorse((simulator) => {
      simulator.setState('cc', key, bytes(value));
    });

  async function history(key: string, mspId: string = ORG1): Promise<[string, string, boolean][]> {
    return await test.query(async (simulator) => {
      const { results } = await (await simulator.getHistory('cc', key)).next(100);
      return results.map(({ txId, value, isDelete }) => [txId, Buffer.from(value).toString(), isDelete]);
    }, mspId);
  }

  it('is newest first, deletions included, invalid transactions not', async () => {
    const [one, two, refused] = [await write('a', '1'), await write('a', '2'), await write('a', 'no')];
    await test.commit([one, two]);
    await test.commit([refused], () => Promise.resolve(peer.TxValidationCode.ENDORSEMENT_POLICY_FAILURE));
    const gone = await test.endorse((simulator) => {
      simulator.deleteState('cc', 'a');
    });
    await test.commit([await write('b', 'other'), gone]);
    expect(await history('a')).toEqual([
      [gone.txId, '', true],
      [two.txId, '2', false],
      [one.txId, '1', false],
    ]);
  });

  it('carries the time of the proposal', async () => {
    await test.commit([await write('a', '1')]);
    const [first] = await test.query(async (simulator) => (await (await simulator.getHistory('cc', 'a')).next(1)).results);
    expect(first?.timestamp).toEqual(new Date(Date.UTC(2026, 10, 21)));
  });

  it('is not confused by keys that contain or continue each other', async () => {
    for (const key of ['a', 'ab', 'a\0', '\0a\0b\0']) await test.commit([await write(key, key)]);
    for (const key of ['a', 'ab', 'a\0', '\0a\0b\0']) expect((await history(key)).map(([, value]) => value)).toEqual([key]);
  });

  it('is not part of the read set', async () => {
    await test.commit([await write('a', '1')]);
    const reader = await test.endorse(async (simulator) => {
      await (await simulator.getHistory('cc', 'a')).next(10);
      simulator.setState('cc', 'copy', bytes('x'));
    });
    await test.commit([await write('a', '2')]);
    expect((await test.commit([reader])).transactions[0]?.validationCode).toBe(peer.TxValidationCode.VALID);
  });

  it('ends at the height of the organisation', async () => {
    await test.commit([await write('a', '1')]);
    test.ledger.pause(ORG1);
    await test.commit([await write('a', '2')]);
    expect((await history('a')).map(([, value]) => value)).toEqual(['1']);
    expect((await history('a', 'Org2MSP')).map(([, value]) => value)).toEqual(['2', '1']);
  });

  it('comes in batches', async () => {
    for (const value of ['1', '2', '3']) await test.commit([await write('a', value)]);
    await test.query(async (simulator) => {
      const iterator = await simulator.getHistory('cc', 'a');
      expect(await iterator.next(2)).toMatchObject({ results: [{ value: bytes('3') }, { value: bytes('2') }], hasMore: true });
      expect(await iterator.next(2)).toMatchObject({ results: [{ value: bytes('1') }], hasMore: false });
    });
  });
});

test('an entry whose write is in no block is refused with the words of the peer', async () => {
  const position = positionPart(3, 1);
  const reader = { next: () => Promise.resolve([`history ${position}`, Buffer.alloc(0)]), close: () => undefined };
  const blocks = { envelope: () => new Uint8Array(0) } as unknown as BlockStore;
  const view = { state: { snapshot: { iterate: () => reader } } } as unknown as OrganisationView;
  await expect(historyOf(blocks, view, 'cc', 'key').next()).rejects.toThrow('no namespace or key is found for namespace cc and key key with decoded blockNum 3 and tranNum 1');
});
