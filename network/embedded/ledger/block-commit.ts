import type { common } from '@hyperledger/fabric-protos';
import type { CollectionLookup, CommittedBlock, TransactionValidator } from './api.js';
import { draftSharedState } from './block-effects.js';
import type { DecidedBlock } from './block-effects.js';
import { decideBlock, markDuplicates } from './block-decisions.js';
import type { BlockStore } from './block-store.js';
import { validateBlock } from './block-validation.js';
import { commitHashOf, headerHash, headerOf, newBlock, setCommitHash, setValidationCodes } from './block.js';
import { heightBytes } from './chain.js';
import { computeCommitHash } from './commit-hash.js';
import { Draft } from './draft.js';
import type { Organisation } from './organisation.js';
import { committedBlock, validSets } from './peers.js';
import type { Peers } from './peers.js';
import { distributePrivateData } from './private-data-arrival.js';
import { writesPrivateData } from './read-write-set.js';
import type { StateHistory } from './state-history.js';
import type { Store } from './store.js';
import { storeKeys } from './store-keys.js';
import { decodeTransaction } from './transaction.js';
import type { LedgerTransaction } from './transaction.js';
import { RETENTION_BLOCKS } from './transient-store.js';
import type { TransientStore } from './transient-store.js';
import { committedValue } from './update-batch.js';
import type { UpdateBatch } from './update-batch.js';
import type { VersionedValue } from './versioned-value.js';

/** The parts of a ledger that a commit works on. */
export interface CommitParts {
  readonly store: Store;
  readonly blocks: BlockStore;
  readonly states: StateHistory;
  readonly peers: Peers;
  readonly transient: TransientStore;
  readonly collections: CollectionLookup;
  readonly signBlock: (block: common.Block) => Promise<void>;
}

/** The commit of one block: everything that it changes lands in one batch, or nothing does. */
export class BlockCommit {
  readonly #parts: CommitParts;
  readonly #envelopes: readonly Uint8Array[];
  readonly #validate: TransactionValidator;
  readonly #transactions: readonly LedgerTransaction[];
  readonly #number: number;
  readonly #draft: Draft;

  constructor(parts: CommitParts, envelopes: readonly Uint8Array[], validate: TransactionValidator) {
    this.#parts = parts;
    this.#envelopes = envelopes;
    this.#validate = validate;
    this.#transactions = envelopes.map(decodeTransaction);
    this.#number = parts.states.newest.height;
    this.#draft = new Draft(parts.store);
  }

  async run(): Promise<CommittedBlock> {
    const { block, previous } = this.#build();
    await this.#parts.signBlock(block);
    const { codes, updates } = await this.#decide();
    setValidationCodes(block, codes);
    setCommitHash(block, computeCommitHash(Uint8Array.from(codes), updates, commitHashOf(previous)));
    const decided = { blockNumber: this.#number, updates, valid: validSets(this.#transactions, codes) };
    await draftSharedState(this.#parts.store, this.#draft, decided, this.#parts.states.newest, this.#parts.collections);
    this.#draft.add(this.#parts.blocks.operations(block, this.#txIds(), codes));
    this.#draft.put(storeKeys.fact('height'), heightBytes(this.#number + 1));
    const committing = await this.#draftPrivateData(decided);
    await this.#parts.store.write(this.#draft.operations());

    return this.#publish(block, codes, updates, committing);
  }

  #build(): { readonly block: common.Block; readonly previous: common.Block } {
    const previous = this.#parts.blocks.byNumber(this.#number - 1);
    return { block: newBlock(this.#number, headerHash(headerOf(previous)), this.#envelopes), previous };
  }

  async #decide(): Promise<{ readonly codes: number[]; readonly updates: UpdateBatch }> {
    const state = this.#parts.states.newest;
    const given = await validateBlock(this.#number, this.#envelopes, this.#transactions, state, this.#validate);
    const isCommitted = (txId: string): boolean => this.#parts.blocks.locate(txId) !== undefined;
    const unique = markDuplicates(this.#transactions, given, isCommitted);

    return await decideBlock(this.#number, this.#transactions, unique, state);
  }

  /** Values arrive at every member, also at one that lags; only those that are up to date commit them now. */
  async #draftPrivateData({ updates, valid, blockNumber }: DecidedBlock): Promise<Organisation[]> {
    const { peers, collections, transient } = this.#parts;
    for (const [txNumber, { txId, readWriteSet: set }] of this.#transactions.entries()) {
      // Short cut: without private writes there is nothing to hand out.
      if (set === undefined || !writesPrivateData(set)) continue;
      const entries = await transient.of(txId);
      distributePrivateData(this.#draft, peers.all, collections, { set, blockNumber, txNumber }, entries);
    }
    const committing = peers.upToDate();
    const hashedAfter = this.#hashedAfter(updates);
    for (const organisation of committing) await peers.commit(this.#draft, organisation, { blockNumber, valid, hashedAfter });
    await this.#draftTransientRemoval();

    return committing;
  }

  #hashedAfter(updates: UpdateBatch): (space: string, keyHash: string) => VersionedValue | undefined {
    return (space, keyHash) => {
      const update = updates.get(space, keyHash);
      return update === undefined ? this.#parts.states.newest.get(space, keyHash) : committedValue(update);
    };
  }

  async #draftTransientRemoval(): Promise<void> {
    const { transient } = this.#parts;
    this.#draft.add(await transient.removalOf(this.#txIds()));
    // Short cut: looked at now and then, as nothing asks for what is old.
    if (this.#number % RETENTION_BLOCKS !== 0) return;
    this.#draft.add(await transient.removalBelow(this.#number - RETENTION_BLOCKS));
  }

  #publish(block: common.Block, codes: readonly number[], updates: UpdateBatch, committing: readonly Organisation[]): CommittedBlock {
    const { blocks, states, peers, store, transient } = this.#parts;
    const committed = committedBlock(this.#number, block, this.#transactions, codes);
    transient.forget(this.#txIds());
    blocks.remember(block);
    states.append(this.#number + 1, store.snapshot(), updates);
    for (const organisation of committing) peers.advance(organisation, committed);

    return committed;
  }

  #txIds(): string[] {
    return this.#transactions.map(({ txId }) => txId);
  }
}
