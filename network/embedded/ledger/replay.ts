import { peer } from '@hyperledger/fabric-protos';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CollectionLookup } from './api.js';
import { decideBlock, markDuplicates } from './block-decisions.js';
import { draftSharedState } from './block-effects.js';
import { BlockStore } from './block-store.js';
import { commitHashOf, envelopesOf, validationCodes } from './block.js';
import { computeCommitHash } from './commit-hash.js';
import { storedHeight, storedHeightOf } from './chain.js';
import { Draft } from './draft.js';
import { validSets } from './peers.js';
import { arriveAt } from './private-data-arrival.js';
import { PrivateDataCommit } from './private-data-commit.js';
import { StoreState } from './state-view.js';
import { Store } from './store.js';
import { positionPart, storeKeys } from './store-keys.js';
import { decodeTransaction } from './transaction.js';
import type { LedgerTransaction } from './transaction.js';
import { decodeVersionedValue } from './versioned-value.js';

const { VALID, MVCC_READ_CONFLICT, PHANTOM_READ_CONFLICT, DUPLICATE_TXID } = peer.TxValidationCode;
/** Codes that the ledger itself decides: a replay decides them anew. */
const decidedByLedger = new Set<number>([MVCC_READ_CONFLICT, PHANTOM_READ_CONFLICT, DUPLICATE_TXID]);

/**
 * Executes the chain of `source` once more into an empty database and hands that to `examine`: every read check, duplicate
 * check, write, expiry and purge again, with the validator's recorded codes and the private write sets that are stored.
 */
export async function withReplay<T>(
  source: Store,
  collections: CollectionLookup,
  organisations: readonly string[],
  examine: (replayed: Store, problems: readonly string[]) => Promise<T>,
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'replay-'));
  const target = await Store.open(directory);
  try {
    const replay = new Replay(source, target, collections, organisations);
    const height = storedHeight(source);
    for (let blockNumber = 0; blockNumber < height; blockNumber += 1) await replay.block(blockNumber);

    return await examine(target, replay.problems);
  } finally {
    await target.close();
    await rm(directory, { recursive: true, force: true });
  }
}

class Replay {
  readonly problems: string[] = [];
  readonly #source: Store;
  readonly #target: Store;
  readonly #collections: CollectionLookup;
  readonly #heights: readonly { readonly mspId: string; readonly height: number }[];
  readonly #blocks: BlockStore;
  readonly #replayed: BlockStore;
  #commitHash: Uint8Array = new Uint8Array(0);

  constructor(source: Store, target: Store, collections: CollectionLookup, organisations: readonly string[]) {
    this.#source = source;
    this.#target = target;
    this.#collections = collections;
    this.#heights = organisations.map((mspId) => ({ mspId, height: storedHeightOf(source, mspId) }));
    this.#blocks = new BlockStore(source);
    this.#replayed = new BlockStore(target);
  }

  async block(blockNumber: number): Promise<void> {
    const block = this.#blocks.find(blockNumber);
    if (block === undefined) {
      this.problems.push(`block ${blockNumber} is missing`);
      return;
    }
    const transactions = envelopesOf(block).map(decodeTransaction);
    const recorded = [...validationCodes(block)];
    const state = new StoreState(this.#target);
    const given = recorded.map((code) => (decidedByLedger.has(code) ? VALID : code));
    const unique = markDuplicates(transactions, given, (txId) => this.#replayed.locate(txId) !== undefined);
    const { codes, updates } = await decideBlock(blockNumber, transactions, unique, state);
    this.#compare(blockNumber, 'validation codes', Uint8Array.from(codes), Uint8Array.from(recorded));
    if (blockNumber > 0) this.#commitHash = computeCommitHash(Uint8Array.from(codes), updates, this.#commitHash);
    this.#compare(blockNumber, 'commit hash', this.#commitHash, commitHashOf(block));

    const draft = new Draft(this.#target);
    const decided = { blockNumber, updates, valid: validSets(transactions, codes) };
    await draftSharedState(this.#target, draft, decided, state, this.#collections);
    draft.add(this.#replayed.operations(block, transactions.map(({ txId }) => txId), codes));
    await this.#private(draft, decided, transactions);
    await this.#target.writeUnsynced(draft.operations());
  }

  async #private(
    draft: Draft,
    { blockNumber, valid }: { readonly blockNumber: number; readonly valid: ReturnType<typeof validSets> },
    transactions: readonly LedgerTransaction[],
  ): Promise<void> {
    const hashedAfter = (space: string, keyHash: string): ReturnType<typeof decodeVersionedValue> | undefined => {
      const bytes = draft.get(storeKeys.state(space, keyHash));
      return bytes && decodeVersionedValue(bytes);
    };
    for (const { mspId } of this.#heights.filter(({ height }) => blockNumber < height)) {
      transactions.forEach(({ readWriteSet: set }, txNumber) => {
        const stored = set && this.#source.get(storeKeys.privateSet(mspId, positionPart(blockNumber, txNumber)));
        if (stored !== undefined) arriveAt(draft, mspId, this.#collections, stored, { blockNumber, txNumber });
      });
      await new PrivateDataCommit(this.#target, draft, mspId, { blockNumber, valid, hashedAfter }).run();
    }
  }

  #compare(blockNumber: number, what: string, replayed: Uint8Array, recorded: Uint8Array): void {
    if (Buffer.compare(replayed, recorded) === 0) return;
    const [a, b] = [replayed, recorded].map((bytes) => Buffer.from(bytes).toString('hex'));
    this.problems.push(`block ${blockNumber}: ${what} ${String(b)}, replayed ${String(a)}`);
  }
}
