import { peer } from '@hyperledger/fabric-protos';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CollectionInfo, CommittedBlock, Ledger, LedgerOptions, Simulator, TransactionValidator } from '../api.js';
import { openLedger } from '../ledger.js';
import { CHANNEL, envelope, genesisBlock } from './envelopes.js';

export const [ORG1, ORG2, ORG3] = ['Org1MSP', 'Org2MSP', 'Org3MSP'] as const;
const { VALID } = peer.TxValidationCode;

/** An endorsed transaction that waits to be ordered. */
export interface Endorsed {
  readonly txId: string;
  readonly envelope: Uint8Array;
}

export type Work = (simulator: Simulator) => Promise<void> | void;

/** Says VALID to everything: what the protocol side checks is not at stake. */
export const acceptAll: TransactionValidator = () => Promise.resolve(VALID);

/** Collections of chaincode `cc` by name: members, and blocks to live. */
export type TestCollections = Readonly<Record<string, Partial<Omit<CollectionInfo, 'isMember'>> & { readonly members: readonly string[] }>>;

/** A ledger in a directory of its own, with a validator that accepts everything unless a test says otherwise. */
export class TestLedger {
  readonly directory: string;
  readonly options: LedgerOptions;
  ledger: Ledger;
  #transactions = 0;

  private constructor(options: LedgerOptions, ledger: Ledger) {
    this.directory = options.directory;
    this.options = options;
    this.ledger = ledger;
  }

  static async open(collections: TestCollections = {}, organisations: readonly string[] = [ORG1, ORG2, ORG3]): Promise<TestLedger> {
    const options: LedgerOptions = {
      directory: await mkdtemp(join(tmpdir(), 'ledger-')),
      channel: CHANNEL,
      organisations,
      genesisBlock: genesisBlock(),
      collections: (namespace, name) => (namespace === 'cc' ? collectionInfo(collections, name) : undefined),
      signBlock: () => Promise.resolve(),
    };

    return new TestLedger(options, await openLedger(options));
  }

  /** Simulates at the organisation and leaves the private writes in its transient store. */
  async endorse(work: Work, mspId: string = ORG1, txId = this.nextTxId()): Promise<Endorsed> {
    const simulator = await this.ledger.simulate(mspId, txId);
    try {
      await work(simulator);
      const { publicReadWriteSet, privateReadWriteSet } = simulator.finish();
      if (privateReadWriteSet !== undefined) await this.ledger.storeTransient(mspId, txId, privateReadWriteSet);
      return { txId, envelope: envelope(txId, publicReadWriteSet) };
    } finally {
      simulator.discard();
    }
  }

  async commit(transactions: readonly Endorsed[], validate: TransactionValidator = acceptAll): Promise<CommittedBlock> {
    return await this.ledger.commit(transactions.map((transaction) => transaction.envelope), validate);
  }

  /** Endorses and commits one transaction; answers its validation code. */
  async run(work: Work, mspId: string = ORG1): Promise<number> {
    const block = await this.commit([await this.endorse(work, mspId)]);
    return block.transactions[0]?.validationCode ?? -1;
  }

  /** Reads without leaving a trace. */
  async query<T>(work: (simulator: Simulator) => Promise<T>, mspId: string = ORG1, creator?: string): Promise<T> {
    const simulator = await this.ledger.simulate(mspId, this.nextTxId(), creator);
    try {
      return await work(simulator);
    } finally {
      simulator.discard();
    }
  }

  async text(key: string, mspId: string = ORG1): Promise<string | undefined> {
    const value = await this.query((simulator) => simulator.getState('cc', key), mspId);
    return value && Buffer.from(value).toString();
  }

  async reopen(changes: Partial<LedgerOptions> = {}): Promise<void> {
    await this.ledger.close();
    this.ledger = await openLedger({ ...this.options, ...changes });
  }

  async close(): Promise<void> {
    await this.ledger.close();
    await rm(this.directory, { recursive: true, force: true });
  }

  nextTxId(): string {
    this.#transactions += 1;
    return `tx${String(this.#transactions).padStart(6, '0')}`;
  }
}

function collectionInfo(collections: TestCollections, name: string): CollectionInfo | undefined {
  const collection = collections[name];
  if (collection === undefined) return undefined;
  const { members, ...rest } = collection;

  return { name, memberOnlyRead: false, memberOnlyWrite: false, blockToLive: 0, ...rest, isMember: (mspId) => members.includes(mspId) };
}
