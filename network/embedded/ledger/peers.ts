import type { CommittedBlock } from './api.js';
import type { BlockStore } from './block-store.js';
import { envelopesOf, validationCodes } from './block.js';
import { heightBytes, storedHeightOf } from './chain.js';
import { Draft } from './draft.js';
import { Organisation } from './organisation.js';
import { PrivateDataCommit } from './private-data-commit.js';
import type { PrivateBlock } from './private-data-commit.js';
import type { ReadWriteSet } from './read-write-set.js';
import type { StateHistory } from './state-history.js';
import { OrganisationView } from './state-view.js';
import type { Store, StoreSnapshot } from './store.js';
import { storeKeys } from './store-keys.js';
import { decodeTransaction } from './transaction.js';
import type { LedgerTransaction } from './transaction.js';

type CommitListener = (mspId: string, block: CommittedBlock) => void;

/** The organisations' peers: who is at which height, and how one that fell behind catches up. */
export class Peers {
  readonly #store: Store;
  readonly #blocks: BlockStore;
  readonly #states: StateHistory;
  readonly #organisations: ReadonlyMap<string, Organisation>;
  readonly #listeners = new Set<CommitListener>();

  constructor(store: Store, blocks: BlockStore, states: StateHistory, mspIds: readonly string[]) {
    this.#store = store;
    this.#blocks = blocks;
    this.#states = states;
    this.#organisations = new Map(mspIds.map((mspId) => [mspId, new Organisation(mspId, this.#view(mspId, states.newest.height, states.newest.snapshot.retain()))]));
  }

  get all(): Organisation[] {
    return [...this.#organisations.values()];
  }

  /** Throws for an organisation that is not of the channel. */
  of(mspId: string): Organisation {
    const organisation = this.#organisations.get(mspId);
    if (organisation === undefined) throw new Error(`unknown organisation ${mspId}`);
    return organisation;
  }

  onCommit(listener: CommitListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Organisations that commit the newest block together with the ledger. */
  upToDate(): Organisation[] {
    return this.all.filter(({ paused, height }) => !paused && height === this.#states.newest.height);
  }

  /** Adds to the block's batch what the block does at one organisation. */
  async commit(draft: Draft, { mspId }: Organisation, block: PrivateBlock): Promise<void> {
    await new PrivateDataCommit(this.#store, draft, mspId, block).run();
    draft.put(storeKeys.height(mspId), heightBytes(block.blockNumber + 1));
  }

  /** Shows the organisation the state after the block that it committed together with the ledger. */
  advance(organisation: Organisation, block: CommittedBlock): void {
    this.#advance(organisation, block, this.#states.newest.snapshot.retain());
  }

  #advance(organisation: Organisation, block: CommittedBlock, privateSnapshot: StoreSnapshot): void {
    organisation.advance(this.#view(organisation.mspId, block.number + 1, privateSnapshot));
    this.#states.forgetBelow(Math.min(...this.all.map(({ height }) => height)));
    for (const listener of this.#listeners) notify(listener, organisation.mspId, block);
  }

  /** A fresh look at the organisation's private state, where something but a block has changed it. */
  refresh(organisation: Organisation): void {
    organisation.advance(this.#view(organisation.mspId, organisation.height, this.#store.snapshot()));
  }

  /** Commits, block by block, what the organisation has missed. */
  async catchUp(organisation: Organisation): Promise<void> {
    while (!organisation.paused && organisation.height < this.#states.newest.height) {
      const committed = await this.#commitOne(organisation, organisation.height);
      // Its private data was written after the shared state's snapshot.
      this.#advance(organisation, committed, this.#store.snapshot());
    }
  }

  /** Brings peers that were behind when the process ended to the chain's height. */
  async recover(): Promise<void> {
    for (const organisation of this.all) {
      for (let next = Math.max(1, storedHeightOf(this.#store, organisation.mspId)); next < this.#states.newest.height; next += 1) {
        await this.#commitOne(organisation, next);
      }
      this.refresh(organisation);
    }
  }

  async #commitOne(organisation: Organisation, blockNumber: number): Promise<CommittedBlock> {
    const block = this.#blocks.byNumber(blockNumber);
    const transactions = envelopesOf(block).map(decodeTransaction);
    const codes = [...validationCodes(block)];
    const after = this.#states.at(blockNumber + 1);
    const draft = new Draft(this.#store);
    await this.commit(draft, organisation, {
      blockNumber,
      valid: validSets(transactions, codes),
      hashedAfter: (space, keyHash) => after.get(space, keyHash),
    });
    await this.#store.write(draft.operations());

    return committedBlock(blockNumber, block, transactions, codes);
  }

  #view(mspId: string, height: number, privateSnapshot: StoreSnapshot): OrganisationView {
    const state = this.#states.at(height);
    state.snapshot.retain();

    return new OrganisationView(mspId, state, privateSnapshot);
  }
}

/** The block is committed whatever a listener does; its error surfaces as an uncaught one. */
function notify(listener: CommitListener, mspId: string, block: CommittedBlock): void {
  try {
    listener(mspId, block);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

/** Read-write sets of the valid transactions by their number. */
export function validSets(transactions: readonly LedgerTransaction[], codes: readonly number[]): Map<number, ReadWriteSet> {
  const valid = new Map<number, ReadWriteSet>();
  transactions.forEach(({ readWriteSet }, txNumber) => {
    if (codes[txNumber] === 0 && readWriteSet !== undefined) valid.set(txNumber, readWriteSet);
  });

  return valid;
}

/** A block as listeners get it. */
export function committedBlock(
  number: number,
  block: CommittedBlock['block'],
  transactions: readonly LedgerTransaction[],
  codes: readonly number[],
): CommittedBlock {
  return {
    number,
    block,
    transactions: transactions.map(({ txId }, index) => ({ txId, validationCode: codes[index] ?? 0 })),
  };
}
