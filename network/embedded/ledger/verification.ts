import { createHash } from 'node:crypto';
import type { CollectionLookup, LedgerOptions, LedgerVerification } from './api.js';
import { BlockStore } from './block-store.js';
import { dataHash, envelopesOf, headerHash, headerOf, validationCodes } from './block.js';
import { storedHeight, storedHeightOf } from './chain.js';
import { withImplicitCollections } from './collection-access.js';
import { withReplay } from './replay.js';
import { keyHashOf, sameBytes, sha256 } from './sha256.js';
import { hashedSpaceBeside } from './spaces.js';
import { Store } from './store.js';
import { keyParts, stateKeyOf, storeKeys } from './store-keys.js';
import type { KeyRange } from './store-keys.js';
import { decodeTransaction } from './transaction.js';
import { sameVersion } from './version.js';
import { decodeVersionedValue } from './versioned-value.js';

/** Checks the chain of blocks and its indexes, and the stored state against a replay of all blocks. */
export async function verifyLedger(store: Store, organisations: readonly string[], collections: CollectionLookup): Promise<LedgerVerification> {
  const height = storedHeight(store);
  const problems = chainProblems(store, height);
  await withReplay(store, collections, organisations, async (replayed, found) => {
    problems.push(...found);
    problems.push(...(await differences(store, replayed, storeKeys.allState(), () => false)));
    problems.push(...(await differences(store, replayed, storeKeys.allPrivateState(), (key, value) => isVouchedFor(store, height, key, value))));
  });

  return { height, stateFingerprint: await stateFingerprint(store), problems };
}

/** SHA-256 (hex) over every key and value of public, hashed and private state. */
export async function stateFingerprint(store: Store): Promise<string> {
  const digest = createHash('sha256');
  for (const range of [storeKeys.allState(), storeKeys.allPrivateState()]) {
    const reader = store.iterate(range);
    for (let entry = await reader.next(); entry !== undefined; entry = await reader.next()) {
      digest.update(`${entry[0].length}:${entry[0]}${entry[1].length}:`).update(entry[1]);
    }
  }

  return digest.digest('hex');
}

function chainProblems(store: Store, height: number): string[] {
  const blocks = new BlockStore(store);
  const problems: string[] = [];
  let previous: Uint8Array = new Uint8Array(0);
  for (let number = 0; number < height; number += 1) {
    const block = blocks.find(number);
    if (block === undefined) return [...problems, `block ${number} is missing`];
    const header = headerOf(block);
    const envelopes = envelopesOf(block);
    const check = (holds: boolean, what: string): void => {
      if (!holds) problems.push(`block ${number}: ${what}`);
    };
    check(header.getNumber() === number, 'wrong number');
    check(number === 0 || sameBytes(header.getPreviousHash_asU8(), previous), 'previous hash does not match');
    check(sameBytes(header.getDataHash_asU8(), dataHash(envelopes)), 'data hash does not match');
    check(validationCodes(block).length === envelopes.length, 'validation codes do not match the transactions');
    previous = headerHash(header);
    check(blocks.numberOfHash(previous) === number, 'not found by its hash');
    check(envelopes.every((envelope) => isIndexed(blocks, envelope, number)), 'a transaction is not found by its id');
  }

  return problems;
}

function isIndexed(blocks: BlockStore, envelope: Uint8Array, number: number): boolean {
  const { txId } = decodeTransaction(envelope);
  const location = txId === '' ? undefined : blocks.locate(txId);

  return txId === '' || (location !== undefined && location.blockNumber <= number);
}

async function differences(
  stored: Store,
  replayed: Store,
  range: KeyRange,
  isExplained: (key: string, value: Buffer) => boolean,
): Promise<string[]> {
  const problems: string[] = [];
  const actual = stored.iterate(range);
  for (let entry = await actual.next(); entry !== undefined; entry = await actual.next()) {
    const [key, value] = entry;
    if (replayed.get(key)?.equals(value) !== true && !isExplained(key, value)) problems.push(`state ${name(key)} differs from the replay`);
  }
  const expected = replayed.iterate(range);
  for (let entry = await expected.next(); entry !== undefined; entry = await expected.next()) {
    if (stored.get(entry[0]) === undefined) problems.push(`state ${name(entry[0])} of the replay is missing`);
  }

  return problems;
}

/** Names a record without its key, which may be private. */
function name(storeKey: string): string {
  const [kind, ...rest] = keyParts(storeKey);
  return [kind, ...rest.slice(0, kind === 'p' ? 2 : 1), keyHashOf(storeKey).slice(0, 12)].join(' ');
}

/**
 * A private value outlives the write set that brought it where a change of its metadata alone has renewed it; the hash on
 * the channel then vouches for it.
 */
function isVouchedFor(store: Store, height: number, storeKey: string, bytes: Buffer): boolean {
  const [, mspId = '', space = ''] = keyParts(storeKey);
  if (storedHeightOf(store, mspId) !== height) return true;
  const recorded = store.get(storeKeys.state(hashedSpaceBeside(space), keyHashOf(stateKeyOf(storeKey, 3))));
  const hash = recorded && decodeVersionedValue(recorded);
  const held = decodeVersionedValue(bytes);

  return hash !== undefined && sameVersion(hash.version, held.version) && sameBytes(hash.value, sha256(held.value));
}

/**
 * Verifies a ledger that nobody has open, as a fault test does after it killed the process. Peers that were behind stay
 * where they are.
 */
export async function verifyStoredLedger(
  options: Pick<LedgerOptions, 'directory' | 'organisations' | 'collections'>,
): Promise<LedgerVerification> {
  const store = await Store.open(options.directory);
  try {
    return await verifyLedger(store, options.organisations, withImplicitCollections(options.collections, options.organisations));
  } finally {
    await store.close();
  }
}
