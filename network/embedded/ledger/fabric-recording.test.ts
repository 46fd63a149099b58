import { common } from '@hyperledger/fabric-protos';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CollectionLookup, KeyValue, Ledger, ResultIterator, Simulator } from './api.js';
import { commitHashOf, envelopesOf, headerHash, headerOf, validationCodes } from './block.js';
import { openLedger } from './ledger.js';
import { ORG1 } from './testing/test-ledger.js';
import { readRecording, repeat } from './testing/recorded-chain.js';
import type { RecordedBlock, RecordedTransaction } from './testing/recorded-chain.js';

/** The recording's one peer is a member of every collection; `brief` lives 2 blocks in `cc` and 3 in `dd`. */
const collections: CollectionLookup = (namespace, name) => ({
  name,
  isMember: () => true,
  memberOnlyRead: false,
  memberOnlyWrite: false,
  blockToLive: name === 'brief' ? (namespace === 'cc' ? 2 : 3) : 0,
});

const fromBase64 = (text: string): Buffer => Buffer.from(text, 'base64');

describe('a chain that a Fabric peer executed', () => {
  const recording = readRecording(process.env['FABRIC_RECORDING']);
  const genesis = common.Block.deserializeBinary(fromBase64(recording.genesis));
  let directory: string;
  let ledger: Ledger;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ledger-'));
    ledger = await openLedger({
      directory,
      channel: 'testchannel',
      organisations: [ORG1],
      genesisBlock: genesis,
      collections,
      signBlock: () => Promise.resolve(),
    });
  });
  afterAll(async () => {
    await ledger.close();
    await rm(directory, { recursive: true, force: true });
  });

  it('is executed to the same bytes, codes and commit hashes', async () => {
    const privateSets = new Map<string, Buffer>();
    for (const block of recording.blocks) {
      for (const transaction of block.simulated) {
        await simulateAgain(transaction);
        if (transaction.private !== undefined) privateSets.set(transaction.txId, fromBase64(transaction.private));
      }
      await commitAgain(block, privateSets);
    }
    expect(ledger.chainInfo(ORG1).height).toBe(recording.blocks.length + 1);
  }, 120_000);

  it('ends in the same state', async () => {
    for (const namespace of ['cc', 'dd']) {
      expect(await everything((simulator) => simulator.getStateRange(namespace, '', ''))).toEqual(recorded(namespace));
      for (const collection of ['coll', 'brief', 'alpha']) {
        const held = await everything((simulator) => simulator.getPrivateDataRange(namespace, collection, '', ''));
        expect(held).toEqual(recorded(`${namespace}$$p${collection}`));
      }
    }
  });

  it('keeps the same private write sets', async () => {
    for (const [block, sets] of Object.entries(recording.private)) {
      const held = await ledger.privateData(ORG1, Number(block));
      expect([block, Object.fromEntries([...held].map(([tx, bytes]) => [tx, Buffer.from(bytes).toString('base64')]))]).toEqual([block, sets]);
    }
  });

  it('verifies', async () => {
    expect((await ledger.verify()).problems).toEqual([]);
  });

  /** Keys and values of one of the peer's namespaces, private ones included (stale values too). */
  function recorded(space: string): string[][] {
    return recording.state.filter(({ Ns }) => Ns === space).map(({ Key, Value }) => [fromBase64(Key).toString(), Value]);
  }

  async function everything(open: (simulator: Simulator) => Promise<ResultIterator<KeyValue>>): Promise<string[][]> {
    const simulator = await ledger.simulate(ORG1, 'final');
    const { results } = await (await open(simulator)).next(10_000);
    simulator.discard();
    return results.map(({ key, value }) => [key, Buffer.from(value).toString('base64')]);
  }

  async function simulateAgain(transaction: RecordedTransaction): Promise<void> {
    const simulator = await ledger.simulate(ORG1, transaction.txId);
    for (const call of transaction.ops) {
      const { error, out } = call;
      const expected = { ...(error !== undefined && { error }), ...(error === undefined && out !== undefined && { out }) };
      expect([transaction.txId, call.op, call.args, await repeat(simulator, call)]).toEqual([transaction.txId, call.op, call.args, expected]);
    }
    const result = simulator.finish();
    const encoded = {
      txId: transaction.txId,
      public: Buffer.from(result.publicReadWriteSet).toString('base64'),
      private: result.privateReadWriteSet && Buffer.from(result.privateReadWriteSet).toString('base64'),
      reads: result.privateReads.map(({ namespace, collection }) => `${namespace}/${collection}`).sort(),
      policies: result.keyPolicies
        .map(({ namespace, collection, key, policy }) => {
          const name = Buffer.from(`${namespace}/${collection}/${key}`).toString('base64');
          return `${name} ${Buffer.from(policy).toString('base64')}`;
        })
        .sort(),
    };
    expect(encoded).toEqual({
      txId: transaction.txId,
      public: transaction.public,
      private: transaction.private,
      reads: [...(transaction.reads ?? [])].sort(),
      policies: [...(transaction.policies ?? [])].sort(),
    });
  }

  async function commitAgain(recorded: RecordedBlock, privateSets: ReadonlyMap<string, Buffer>): Promise<void> {
    const expected = common.Block.deserializeBinary(fromBase64(recorded.block));
    for (const { txId, withheld } of recorded.txs) {
      const set = privateSets.get(txId);
      if (set !== undefined && withheld !== true) await ledger.storeTransient(ORG1, txId, set);
    }
    const given = recorded.txs.map((transaction) => transaction.given);
    const { block, number } = await ledger.commit(envelopesOf(expected), (_envelope, { txNumber }) => Promise.resolve(given[txNumber] ?? -1));
    const shape = (one: common.Block): unknown => ({
      number,
      hash: headerHash(headerOf(one)).toString('hex'),
      codes: [...validationCodes(one)],
      commitHash: Buffer.from(commitHashOf(one)).toString('hex'),
      bytes: Buffer.from(one.serializeBinary()).toString('base64'),
    });
    expect(shape(block)).toEqual(shape(expected));
  }
});
