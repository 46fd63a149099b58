import { common, peer } from '@hyperledger/fabric-protos';
import { BlockStore } from './block-store.js';
import { ensureMetadata, envelopesOf, headerHash, headerOf, setValidationCodes } from './block.js';
import { put } from './store.js';
import type { Store } from './store.js';
import { storeKeys } from './store-keys.js';
import { decodeTransaction } from './transaction.js';

const HEIGHT_BYTES = 6;

/** Stored form of a number of blocks. */
export function heightBytes(height: number): Buffer {
  const bytes = Buffer.alloc(HEIGHT_BYTES);
  bytes.writeUIntBE(height, 0, HEIGHT_BYTES);

  return bytes;
}

/** Number of blocks of the chain, 0 for a database without one. */
export function storedHeight(store: Store): number {
  return store.get(storeKeys.fact('height'))?.readUIntBE(0, HEIGHT_BYTES) ?? 0;
}

/** Number of blocks that the organisation has committed. */
export function storedHeightOf(store: Store, mspId: string): number {
  return store.get(storeKeys.height(mspId))?.readUIntBE(0, HEIGHT_BYTES) ?? 0;
}

/** Writes block 0 into an empty database; throws where the database belongs to another channel or genesis block. */
export async function ensureGenesis(store: Store, channel: string, genesis: common.Block): Promise<void> {
  if (storedHeight(store) === 0) {
    await store.write([
      put(storeKeys.fact('channel'), Buffer.from(channel)),
      put(storeKeys.fact('height'), heightBytes(1)),
      ...genesisOperations(store, genesis),
    ]);
    return;
  }
  const known = store.get(storeKeys.fact('channel'))?.toString();
  const first = new BlockStore(store).byNumber(0);
  if (known !== channel || !headerHash(headerOf(first)).equals(headerHash(headerOf(genesis)))) {
    throw new Error(`the ledger belongs to channel ${String(known)} with another genesis block`);
  }
}

function genesisOperations(store: Store, genesis: common.Block): ReturnType<BlockStore['operations']> {
  const block = common.Block.deserializeBinary(genesis.serializeBinary());
  ensureMetadata(block);
  const transactions = envelopesOf(block).map(decodeTransaction);
  const codes = transactions.map(() => peer.TxValidationCode.VALID);
  setValidationCodes(block, codes);

  return new BlockStore(store).operations(block, transactions.map(({ txId }) => txId), codes);
}
