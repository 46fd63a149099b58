import { peer } from '@hyperledger/fabric-protos';
import { ValidationParameterUpdated } from './api.js';
import type { TransactionValidator } from './api.js';
import { keyHashOf } from './sha256.js';
import { ORG1, TestLedger } from './testing/test-ledger.js';
import type { Endorsed, Work } from './testing/test-ledger.js';

const { VALID, ENDORSEMENT_POLICY_FAILURE, MVCC_READ_CONFLICT } = peer.TxValidationCode;
const bytes = (text: string): Buffer => Buffer.from(text);
const keyHash = Buffer.from(keyHashOf('p'), 'hex');

describe('validation of a block', () => {
  let test: TestLedger;
  beforeEach(async () => {
    test = await TestLedger.open({ coll: { members: [ORG1] } });
    await test.run(policy('first'));
  });
  afterEach(async () => {
    await test.close();
  });

  function policy(value: string): Work {
    return async (simulator) => {
      simulator.setState('cc', 'a', bytes('x'));
      await simulator.setStateMetadata('cc', 'a', 'VALIDATION_PARAMETER', bytes(value));
      simulator.setPrivateData('cc', 'coll', 'p', bytes('x'));
      await simulator.setPrivateDataMetadata('cc', 'coll', 'p', 'VALIDATION_PARAMETER', bytes(value));
    };
  }

  const write: Work = (simulator) => {
    simulator.setState('cc', 'a', bytes('y'));
  };

  async function codesOf(transactions: readonly Endorsed[], validate: TransactionValidator): Promise<number[]> {
    return (await test.commit(transactions, validate)).transactions.map(({ validationCode }) => validationCode);
  }

  /** A validator that looks up both policies of every transaction. */
  function looking(seen: string[], codes: readonly number[] = []): TransactionValidator {
    return async (_envelope, { txNumber }, parameters) => {
      const found = [await parameters.ofKey('cc', 'a'), await parameters.ofPrivateKeyHash('cc', 'coll', keyHash)];
      seen.push(...found.map((value) => (value === undefined ? 'none' : Buffer.from(value).toString())));
      return codes[txNumber] ?? VALID;
    };
  }

  it('goes in block order, with position and envelope', async () => {
    const transactions = [await test.endorse(write), await test.endorse(write), await test.endorse(write)];
    const seen: unknown[] = [];
    await test.commit(transactions, (envelope, position) => {
      seen.push([position, transactions.findIndex((transaction) => transaction.envelope === envelope)]);
      return Promise.resolve(VALID);
    });
    expect(seen).toEqual([0, 1, 2].map((index) => [{ blockNumber: 2, txNumber: index }, index]));
  });

  it('sees the committed policies of public and private keys', async () => {
    const seen: string[] = [];
    await test.commit([await test.endorse(write)], looking(seen));
    expect(seen).toEqual(['first', 'first']);
    await test.run(policy('second'));
    await test.commit([await test.endorse(write)], looking(seen));
    expect(seen.slice(2)).toEqual(['second', 'second']);
  });

  it('knows no policy where there is none', async () => {
    await test.run((simulator) => {
      simulator.deleteState('cc', 'a');
      simulator.deletePrivateData('cc', 'coll', 'p');
    });
    const seen: string[] = [];
    await test.commit([await test.endorse(write)], looking(seen));
    expect(seen).toEqual(['none', 'none']);
  });

  it('fails what depends on a policy that the block has changed', async () => {
    const transactions = [await test.endorse(policy('second')), await test.endorse(write)];
    expect(await codesOf(transactions, looking([]))).toEqual([VALID, ENDORSEMENT_POLICY_FAILURE]);
    expect(await test.text('a')).toBe('x');
  });

  it('fails it also where the changing transaction loses a read conflict later, as Fabric does', async () => {
    const changing = await test.endorse(async (simulator) => {
      await simulator.getState('cc', 'a');
      await policy('second')(simulator);
    });
    const writing = await test.endorse(write);
    await test.run(write);
    expect(await codesOf([changing, writing], looking([]))).toEqual([MVCC_READ_CONFLICT, ENDORSEMENT_POLICY_FAILURE]);
  });

  it('does not mind a change that validation has refused', async () => {
    const transactions = [await test.endorse(policy('second')), await test.endorse(write)];
    expect(await codesOf(transactions, looking([], [ENDORSEMENT_POLICY_FAILURE]))).toEqual([ENDORSEMENT_POLICY_FAILURE, VALID]);
  });

  it('does not mind a rewrite or deletion of the value', async () => {
    const transactions = [await test.endorse(write), await test.endorse(write)];
    expect(await codesOf(transactions, looking([]))).toEqual([VALID, VALID]);
  });

  it('tells the validator why', async () => {
    const transactions = [await test.endorse(policy('second')), await test.endorse(write)];
    const errors: unknown[] = [];
    await test.commit(transactions, async (_envelope, _position, parameters) => {
      await parameters.ofKey('cc', 'a').catch((error: unknown) => errors.push(error));
      return VALID;
    });
    expect(errors).toEqual([expect.any(ValidationParameterUpdated)]);
  });

  it('that breaks down commits nothing, and the next block takes the number', async () => {
    const failing = test.commit([await test.endorse(write)], () => Promise.reject(new Error('broken')));
    await expect(failing).rejects.toThrow('broken');
    expect(test.ledger.chainInfo(ORG1).height).toBe(2);
    expect((await test.commit([await test.endorse(write)])).number).toBe(2);
  });
});
