import { common, peer } from '@hyperledger/fabric-protos';
import { markDuplicates } from './block-decisions.js';
import { envelope } from './testing/envelopes.js';
import { ORG1, TestLedger } from './testing/test-ledger.js';
import type { Endorsed, Work } from './testing/test-ledger.js';
import { decodeTransaction } from './transaction.js';

const codes = peer.TxValidationCode;
const { VALID, MVCC_READ_CONFLICT, PHANTOM_READ_CONFLICT, DUPLICATE_TXID, ENDORSEMENT_POLICY_FAILURE } = codes;
const bytes = (text: string): Buffer => Buffer.from(text);

const put = (key: string, value = 'x'): Work => (simulator) => {
  simulator.setState('cc', key, bytes(value));
};
const drop = (key: string): Work => (simulator) => {
  simulator.deleteState('cc', key);
};
const readThenPut = (read: string, write: string): Work => async (simulator) => {
  await simulator.getState('cc', read);
  simulator.setState('cc', write, bytes('after read'));
};
const scan = (start: string, end: string, limit = 1000): Work => async (simulator) => {
  await (await simulator.getStateRange('cc', start, end)).next(limit);
  simulator.setState('cc', 'scanned', bytes('x'));
};

describe('the decisions about a block', () => {
  let test: TestLedger;
  beforeEach(async () => {
    test = await TestLedger.open({ coll: { members: [ORG1] } });
  });
  afterEach(async () => {
    await test.close();
  });

  async function codesOf(transactions: readonly Endorsed[]): Promise<number[]> {
    return (await test.commit(transactions)).transactions.map(({ validationCode }) => validationCode);
  }

  /** Endorses both at the same height and commits them in one block. */
  async function together(first: Work, second: Work): Promise<number[]> {
    return await codesOf([await test.endorse(first), await test.endorse(second)]);
  }

  /** Endorses both at the same height and commits them one block after the other. */
  async function inTurn(first: Work, second: Work): Promise<number[]> {
    const [a, b] = [await test.endorse(first), await test.endorse(second)];
    return [...(await codesOf([a])), ...(await codesOf([b]))];
  }

  describe.each([
    ['in one block', (...works: [Work, Work]) => together(...works)],
    ['in two blocks', (...works: [Work, Work]) => inTurn(...works)],
  ])('%s', (_name, commit) => {
    beforeEach(async () => {
      await test.commit(await Promise.all(['a', 'b', 'c', 'e'].map((key) => test.endorse(put(key)))));
    });

    it.each<[string, Work, Work, number]>([
      ['a read of a rewritten key', put('a'), readThenPut('a', 'z'), MVCC_READ_CONFLICT],
      ['a read of a deleted key', drop('a'), readThenPut('a', 'z'), MVCC_READ_CONFLICT],
      ['a read of absence that ended', put('new'), readThenPut('new', 'z'), MVCC_READ_CONFLICT],
      ['a read of another key', put('a'), readThenPut('b', 'z'), VALID],
      ['two blind writes of one key', put('a'), put('a', 'y'), VALID],
      ['an insertion into a range', put('d'), scan('a', 'e'), PHANTOM_READ_CONFLICT],
      ['a change within a range', put('b'), scan('a', 'e'), PHANTOM_READ_CONFLICT],
      ['a deletion within a range', drop('b'), scan('a', 'e'), PHANTOM_READ_CONFLICT],
      ['an insertion at the excluded end', put('e'), scan('a', 'e'), VALID],
      ['an insertion before a range', put('A'), scan('a', 'e'), VALID],
      ['an insertion behind what was read of a range', put('d'), scan('a', '', 1), VALID],
      ['a change of the last key that was read', put('b'), scan('a', '', 1), PHANTOM_READ_CONFLICT],
      ['a deletion of the last key that was read', drop('b'), scan('a', '', 1), PHANTOM_READ_CONFLICT],
      ['an insertion into an open range', put('zz'), scan('c', ''), PHANTOM_READ_CONFLICT],
    ])('%s', async (_case, first, second, expected) => {
      expect(await commit(first, second)).toEqual([VALID, expected]);
    });
  });

  it('reports a read conflict before a phantom, namespace by namespace', async () => {
    const both: Work = async (simulator) => {
      await simulator.getState('cc', 'a');
      await (await simulator.getStateRange('cc', '', '')).next(10);
      simulator.setState('cc', 'z', bytes('x'));
    };
    expect(await together(put('a'), both)).toEqual([VALID, MVCC_READ_CONFLICT]);
  });

  it('finds a phantom among more results than stand in the read set', async () => {
    await test.run((simulator) => {
      for (let index = 0; index < 200; index += 1) simulator.setState('cc', `k${String(index).padStart(3, '0')}`, bytes('x'));
    });
    expect(await together(put('other'), scan('k', 'l'))).toEqual([VALID, VALID]);
    expect(await together(put('k1005'), scan('k', 'l'))).toEqual([VALID, PHANTOM_READ_CONFLICT]);
    expect(await together(drop('k150'), scan('k', 'l'))).toEqual([VALID, PHANTOM_READ_CONFLICT]);
  });

  it('lets an invalid transaction change nothing, also for those after it', async () => {
    const stale = await test.endorse(readThenPut('a', 'b'));
    const reader = await test.endorse(readThenPut('b', 'c'));
    await test.run(put('a'));
    expect(await codesOf([stale, reader])).toEqual([MVCC_READ_CONFLICT, VALID]);
    expect(await test.text('b')).toBeUndefined();
    expect(await test.text('c')).toBe('after read');
  });

  it('takes the last of several blind writes', async () => {
    await together(put('a', 'first'), put('a', 'second'));
    expect(await test.text('a')).toBe('second');
  });

  it('keeps metadata over a write, and drops it with the key', async () => {
    await test.run(async (simulator) => {
      simulator.setState('cc', 'a', bytes('1'));
      await simulator.setStateMetadata('cc', 'a', 'VALIDATION_PARAMETER', bytes('policy'));
    });
    await test.run(put('a', '2'));
    const names = async (): Promise<string[]> => [...(await test.query((simulator) => simulator.getStateMetadata('cc', 'a'))).keys()];
    expect(await names()).toEqual(['VALIDATION_PARAMETER']);
    await test.run(async (simulator) => {
      await simulator.setStateMetadata('cc', 'a', 'other', bytes('x'));
    });
    expect(await names()).toEqual(['other']);
    expect(await test.text('a')).toBe('2');
    await test.run(drop('a'));
    await test.run(put('a', '3'));
    expect(await names()).toEqual([]);
  });

  it('ignores metadata for a key that does not exist, or that the block has deleted', async () => {
    const mark: Work = async (simulator) => {
      await simulator.setStateMetadata('cc', 'a', 'other', bytes('x'));
    };
    expect(await test.run(mark)).toBe(VALID);
    expect(await test.text('a')).toBeUndefined();
    await test.run(put('a'));
    expect(await together(drop('a'), mark)).toEqual([VALID, VALID]);
    expect(await test.text('a')).toBeUndefined();
  });

  describe('about transaction ids', () => {
    it('refuses an id that the chain knows, also from an invalid transaction', async () => {
      const valid = await test.endorse(put('a'));
      await test.commit([valid]);
      expect(await codesOf([valid])).toEqual([DUPLICATE_TXID]);
      const refused = await test.endorse(put('b'));
      await test.commit([refused], () => Promise.resolve(ENDORSEMENT_POLICY_FAILURE));
      expect(await codesOf([refused])).toEqual([DUPLICATE_TXID]);
      expect(await test.text('b')).toBeUndefined();
    });

    it('refuses the second of two in a block', async () => {
      const twice = await test.endorse(put('a', '1'));
      expect(await codesOf([twice, twice])).toEqual([VALID, DUPLICATE_TXID]);
    });

    it('keeps the place of the first', async () => {
      const transaction = await test.endorse(put('a'));
      await test.commit([transaction]);
      await test.commit([transaction]);
      expect(await test.ledger.transaction(ORG1, transaction.txId)).toMatchObject({ blockNumber: 1, validationCode: VALID });
    });

    it.each([
      ['a broken signature', codes.BAD_CREATOR_SIGNATURE, codes.BAD_CREATOR_SIGNATURE],
      ['a failed policy', ENDORSEMENT_POLICY_FAILURE, DUPLICATE_TXID],
      ['nothing else', VALID, DUPLICATE_TXID],
    ])('with %s, a known id gives the code that Fabric finds first', (_fault, given, expected) => {
      const transaction = decodeTransaction(envelope('tx', new Uint8Array(0)));
      expect(markDuplicates([transaction], [given], () => true)).toEqual([expected]);
    });

    it('knows no id where there is none', async () => {
      const nameless = decodeTransaction(envelope('', new Uint8Array(0), common.HeaderType.CONFIG));
      expect(markDuplicates([nameless, nameless], [VALID, VALID], () => true)).toEqual([VALID, VALID]);
      await test.ledger.commit([Buffer.from('garbage')], () => Promise.resolve(codes.BAD_PAYLOAD));
      expect(await test.ledger.transaction(ORG1, '')).toBeUndefined();
    });

    it('keeps the place of the first of two in a block', async () => {
      const twice = await test.endorse(put('a'));
      await test.commit([twice, twice]);
      expect(await test.ledger.transaction(ORG1, twice.txId)).toMatchObject({ validationCode: VALID });
    });

    it('counts only valid ones of the same block', () => {
      const transaction = decodeTransaction(envelope('tx', new Uint8Array(0)));
      expect(markDuplicates([transaction, transaction], [ENDORSEMENT_POLICY_FAILURE, VALID], () => false)).toEqual([
        ENDORSEMENT_POLICY_FAILURE,
        VALID,
      ]);
    });
  });

  it.each([
    ['not a read-write set', envelope('tx-a', Buffer.from('garbage')), codes.INVALID_OTHER_REASON],
    ['no action', withoutAction(), codes.NIL_TXACTION],
    ['a configuration', envelope('', new Uint8Array(0), common.HeaderType.CONFIG), VALID],
  ])('of %s is not left to the validator alone', async (_what, bad, expected) => {
    const block = await test.ledger.commit([bad], () => Promise.resolve(VALID));
    expect(block.transactions[0]?.validationCode).toBe(expected);
  });

  it('survives envelopes that are no envelopes', async () => {
    const block = await test.ledger.commit([Buffer.from('garbage')], () => Promise.resolve(codes.BAD_PAYLOAD));
    expect(block.transactions).toEqual([{ txId: '', validationCode: codes.BAD_PAYLOAD }]);
  });
});

function withoutAction(): Uint8Array {
  const message = common.Envelope.deserializeBinary(envelope('tx-b', new Uint8Array(0)));
  const payload = common.Payload.deserializeBinary(message.getPayload_asU8());
  payload.setData(new peer.Transaction().serializeBinary());
  message.setPayload(payload.serializeBinary());
  return message.serializeBinary();
}
