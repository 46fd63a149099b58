import type { common } from '@hyperledger/fabric-protos';
import type {
  ChainInfo,
  CollectionLookup,
  CommittedBlock,
  Ledger,
  LedgerOptions,
  LedgerVerification,
  MissingPrivateData,
  Simulator,
  StoredTransaction,
  TransactionValidator,
} from './api.js';
import { BlockStore } from './block-store.js';
import { headerHash, headerOf } from './block.js';
import { BlockCommit } from './block-commit.js';
import { ensureGenesis, storedHeight } from './chain.js';
import { CollectionAccess, withImplicitCollections } from './collection-access.js';
import { historyOf } from './history.js';
import { Peers } from './peers.js';
import { missingPrivateData, Reconciliation } from './reconciliation.js';
import { SerialQueue } from './serial-queue.js';
import { LedgerSimulator } from './simulator.js';
import { StateHistory } from './state-history.js';
import { Store } from './store.js';
import { parsePosition, storeKeys } from './store-keys.js';
import { TransientStore } from './transient-store.js';
import { verifyLedger } from './verification.js';

/** Opens the ledger in the directory, creating it with the genesis block where there is none. */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  const store = await Store.open(options.directory);
  try {
    await ensureGenesis(store, options.channel, options.genesisBlock);
    const ledger = new EmbeddedLedger(options, store, await TransientStore.open(store));
    await ledger.recover();
    return ledger;
  } catch (error) {
    await store.close();
    throw error;
  }
}

class EmbeddedLedger implements Ledger {
  readonly channel: string;
  readonly #options: LedgerOptions;
  readonly #collections: CollectionLookup;
  readonly #store: Store;
  readonly #blocks: BlockStore;
  readonly #states: StateHistory;
  readonly #peers: Peers;
  readonly #transient: TransientStore;
  /** Commits, catching up and reconciliation write one after the other. */
  readonly #writes = new SerialQueue();

  constructor(options: LedgerOptions, store: Store, transient: TransientStore) {
    this.channel = options.channel;
    this.#options = options;
    this.#collections = withImplicitCollections(options.collections, options.organisations);
    this.#store = store;
    this.#blocks = new BlockStore(store);
    this.#states = new StateHistory(storedHeight(store), store.snapshot());
    this.#peers = new Peers(store, this.#blocks, this.#states, options.organisations);
    this.#transient = transient;
  }

  async recover(): Promise<void> {
    await this.#peers.recover();
  }

  chainInfo(mspId: string): ChainInfo {
    const { height } = this.#peers.of(mspId);
    const header = headerOf(this.#blocks.byNumber(height - 1));

    return { height, currentBlockHash: headerHash(header), previousBlockHash: header.getPreviousHash_asU8() };
  }

  // eslint-disable-next-line @typescript-eslint/require-await
  async blockByNumber(mspId: string, blockNumber: number): Promise<common.Block | undefined> {
    return blockNumber < this.#peers.of(mspId).height ? this.#blocks.byNumber(blockNumber) : undefined;
  }

  async blockByHash(mspId: string, hash: Uint8Array): Promise<common.Block | undefined> {
    const number = this.#blocks.numberOfHash(hash);
    return number === undefined ? undefined : await this.blockByNumber(mspId, number);
  }

  // eslint-disable-next-line @typescript-eslint/require-await
  async transaction(mspId: string, txId: string): Promise<StoredTransaction | undefined> {
    const location = this.#blocks.locate(txId);
    if (location === undefined || location.blockNumber >= this.#peers.of(mspId).height) return undefined;
    const envelope = this.#blocks.envelope(location.blockNumber, location.txNumber);

    return { envelope, validationCode: location.validationCode, blockNumber: location.blockNumber };
  }

  async privateData(mspId: string, blockNumber: number): Promise<ReadonlyMap<number, Uint8Array>> {
    if (blockNumber >= this.#peers.of(mspId).height) return new Map();
    const stored = await this.#store.iterate(storeKeys.privateSetsOfBlock(mspId, blockNumber)).all();

    return new Map(stored.map(([key, bytes]) => [parsePosition(key.slice(-20)).txNumber, bytes]));
  }

  whenCommitted(mspId: string, blockNumber: number, signal?: AbortSignal): Promise<void> {
    return this.#peers.of(mspId).whenCommitted(blockNumber, signal);
  }

  // eslint-disable-next-line @typescript-eslint/require-await
  async simulate(mspId: string, txId: string, creatorMspId?: string): Promise<Simulator> {
    const view = this.#peers.of(mspId).view.retain();
    const access = new CollectionAccess(this.channel, this.#collections, creatorMspId);

    return new LedgerSimulator(view, txId, access, (at, namespace, key) => historyOf(this.#blocks, at, namespace, key));
  }

  async storeTransient(mspId: string, txId: string, privateReadWriteSet: Uint8Array): Promise<void> {
    const { height } = this.#peers.of(mspId);
    await this.#transient.add(txId, { mspId, height, privateReadWriteSet });
  }

  commit(envelopes: readonly Uint8Array[], validate: TransactionValidator): Promise<CommittedBlock> {
    const parts = {
      store: this.#store,
      blocks: this.#blocks,
      states: this.#states,
      peers: this.#peers,
      transient: this.#transient,
      collections: this.#collections,
      signBlock: this.#options.signBlock,
    };

    return this.#writes.run(() => new BlockCommit(parts, envelopes, validate).run());
  }

  // eslint-disable-next-line @typescript-eslint/require-await
  async committedState(mspId: string, namespace: string, key: string): Promise<Uint8Array | undefined> {
    return this.#peers.of(mspId).view.state.get(namespace, key)?.value;
  }

  onCommit(listener: (mspId: string, block: CommittedBlock) => void): () => void {
    return this.#peers.onCommit(listener);
  }

  pause(mspId: string): void {
    this.#peers.of(mspId).paused = true;
  }

  async resume(mspId: string): Promise<void> {
    const organisation = this.#peers.of(mspId);
    organisation.paused = false;
    await this.#writes.run(() => this.#peers.catchUp(organisation));
  }

  stripPrivateData(mspId: string, on: boolean): void {
    this.#peers.of(mspId).stripped = on;
  }

  missingPrivateData(mspId: string): Promise<readonly MissingPrivateData[]> {
    return missingPrivateData(this.#store, mspId, this.#peers.of(mspId).height);
  }

  reconcile(mspId: string): Promise<number> {
    const organisation = this.#peers.of(mspId);

    return this.#writes.run(async () => {
      const { organisations } = this.#options;
      const left = await new Reconciliation(this.#store, this.#collections, organisation.view, organisations).run();
      this.#peers.refresh(organisation);
      return left;
    });
  }

  verify(): Promise<LedgerVerification> {
    return this.#writes.run(() => verifyLedger(this.#store, this.#options.organisations, this.#collections));
  }

  async close(): Promise<void> {
    await this.#writes.idle();
    await this.#store.close();
  }
}
