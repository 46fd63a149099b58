import { common } from '@hyperledger/fabric-protos';
import protobuf from 'google-protobuf';
import { envelopesOf, headerHash, headerOf } from './block.js';
import { NOTHING, put } from './store.js';
import type { Store, StoreOperation } from './store.js';
import { parsePosition, positionPart, storeKeys } from './store-keys.js';

/** Where a transaction id first stands in the chain. */
export interface TransactionLocation {
  readonly blockNumber: number;
  readonly txNumber: number;
  readonly validationCode: number;
}

interface RecentBlock {
  readonly block: common.Block;
  readonly size: number;
}

const RECENT_BYTES = 32 * 1024 * 1024;
// Field numbers of common.Block and common.BlockData.
const BLOCK_DATA = 2;
const DATA_ENVELOPE = 1;

/** Blocks and their indexes by hash and transaction id. */
export class BlockStore {
  readonly #store: Store;
  readonly #recent = new Map<number, RecentBlock>();
  #recentSize = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Adds the block and its indexes to the batch; a transaction id that the chain knows already keeps its first place. */
  operations(block: common.Block, txIds: readonly string[], codes: readonly number[]): StoreOperation[] {
    const header = headerOf(block);
    const number = header.getNumber();
    const position = Buffer.alloc(6);
    position.writeUIntBE(number, 0, 6);
    const operations = [
      put(storeKeys.block(number), asBuffer(block.serializeBinary())),
      put(storeKeys.blockHash(headerHash(header)), position),
    ];
    const placed = new Set<string>();
    txIds.forEach((txId, txNumber) => {
      if (txId === '' || placed.has(txId) || this.locate(txId) !== undefined) return;
      placed.add(txId);
      operations.push(put(storeKeys.transaction(txId), Buffer.from(`${positionPart(number, txNumber)}${String(codes[txNumber] ?? 0)}`)));
    });

    return operations;
  }

  /** Keeps a block that was just written at hand, for its delivery to clients; old ones give way. */
  remember(block: common.Block): void {
    const size = envelopesOf(block).reduce((sum, envelope) => sum + envelope.length, 0);
    this.#recent.set(headerOf(block).getNumber(), { block, size });
    this.#recentSize += size;
    for (const [number, oldest] of this.#recent) {
      // Short cut: what is forgotten is read from the database again.
      if (this.#recentSize <= RECENT_BYTES || this.#recent.size === 1) return;
      this.#recent.delete(number);
      this.#recentSize -= oldest.size;
    }
  }

  /** Undefined where the database lacks the block. */
  find(blockNumber: number): common.Block | undefined {
    const recent = this.#recent.get(blockNumber);
    // Short cut: the database has it too.
    if (recent !== undefined) return recent.block;
    const bytes = this.#store.get(storeKeys.block(blockNumber));

    return bytes === undefined ? undefined : common.Block.deserializeBinary(bytes);
  }

  /** A block below the chain's height; throws where the database has lost it. */
  byNumber(blockNumber: number): common.Block {
    const block = this.find(blockNumber);
    if (block === undefined) throw new Error(`block ${blockNumber} is missing`);

    return block;
  }

  numberOfHash(hash: Uint8Array): number | undefined {
    return this.#store.get(storeKeys.blockHash(hash))?.readUIntBE(0, 6);
  }

  locate(txId: string): TransactionLocation | undefined {
    const record = this.#store.get(storeKeys.transaction(txId))?.toString();
    return record === undefined ? undefined : { ...parsePosition(record), validationCode: Number(record.slice(20)) };
  }

  /** One envelope, found without decoding the whole block; no bytes where there is none. */
  envelope(blockNumber: number, txNumber: number): Uint8Array {
    const recent = this.#recent.get(blockNumber);
    // Short cut: the database has it too.
    if (recent !== undefined) return envelopesOf(recent.block)[txNumber] ?? NOTHING;
    const block = this.#store.get(storeKeys.block(blockNumber)) ?? NOTHING;

    return nthField(nthField(block, BLOCK_DATA, 0), DATA_ENVELOPE, txNumber);
  }
}

/** The bytes of the `index`-th occurrence of a length-delimited field; none where it does not occur so often. */
function nthField(message: Uint8Array, field: number, index: number): Uint8Array {
  const reader = new protobuf.BinaryReader(message);
  let seen = 0;
  while (reader.nextField()) {
    if (reader.getFieldNumber() === field) {
      if (seen === index) return reader.readBytes();
      seen += 1;
    }
    reader.skipField();
  }

  return NOTHING;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
