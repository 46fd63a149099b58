import { common } from '@hyperledger/fabric-protos';
import { sha256 } from './sha256.js';

/** Slots of `BlockMetadata` (`common.BlockMetadataIndex`); LAST_CONFIG and ORDERER stay empty since Fabric 2. */
export const METADATA_SLOTS = 5;
const { TRANSACTIONS_FILTER, COMMIT_HASH } = common.BlockMetadataIndex;

/** SHA-256 over the ASN.1 DER sequence (number, previous hash, data hash): the hash that links blocks. */
export function headerHash(header: common.BlockHeader): Buffer {
  return sha256(headerBytes(header));
}

/** The ASN.1 DER sequence of a header: what block signatures cover (after the slot's value and signature header). */
export function headerBytes(header: common.BlockHeader): Buffer {
  const fields = [
    der(0x02, integerContent(header.getNumber())),
    der(0x04, header.getPreviousHash_asU8()),
    der(0x04, header.getDataHash_asU8()),
  ];
  return der(0x30, Buffer.concat(fields));
}

/** SHA-256 over the concatenated envelopes. */
export function dataHash(envelopes: readonly Uint8Array[]): Buffer {
  return sha256(...envelopes);
}

/** A block with header and data, and empty metadata slots. */
export function newBlock(number: number, previousHash: Uint8Array, envelopes: readonly Uint8Array[]): common.Block {
  const header = new common.BlockHeader();
  header.setNumber(number);
  header.setPreviousHash(previousHash);
  header.setDataHash(dataHash(envelopes));
  const data = new common.BlockData();
  data.setDataList([...envelopes]);
  const block = new common.Block();
  block.setHeader(header);
  block.setData(data);
  ensureMetadata(block);

  return block;
}

/** Adds the metadata slots that the block lacks. */
export function ensureMetadata(block: common.Block): common.BlockMetadata {
  const metadata = block.getMetadata() ?? new common.BlockMetadata();
  const slots = metadata.getMetadataList_asU8();
  while (slots.length < METADATA_SLOTS) slots.push(new Uint8Array(0));
  metadata.setMetadataList(slots);
  block.setMetadata(metadata);

  return metadata;
}

/** The block's header; throws where a block has none. */
export function headerOf(block: common.Block): common.BlockHeader {
  const header = block.getHeader();
  if (header === undefined) throw new Error('block without header');
  return header;
}

/** Serialized envelopes of the block, in order. */
export function envelopesOf(block: common.Block): Uint8Array[] {
  return block.getData()?.getDataList_asU8() ?? [];
}

/** Validation codes, one per transaction (slot TRANSACTIONS_FILTER). */
export function validationCodes(block: common.Block): Uint8Array {
  return slot(block, TRANSACTIONS_FILTER);
}

/** Writes the validation codes, one byte per transaction. */
export function setValidationCodes(block: common.Block, codes: readonly number[]): void {
  setSlot(block, TRANSACTIONS_FILTER, Uint8Array.from(codes));
}

/** The chained commit hash, empty on block 0. */
export function commitHashOf(block: common.Block): Uint8Array {
  const bytes = slot(block, COMMIT_HASH);
  return bytes.length === 0 ? bytes : common.Metadata.deserializeBinary(bytes).getValue_asU8();
}

/** Writes the commit hash, wrapped in `common.Metadata` as the peer does. */
export function setCommitHash(block: common.Block, hash: Uint8Array): void {
  const metadata = new common.Metadata();
  metadata.setValue(hash);
  setSlot(block, COMMIT_HASH, metadata.serializeBinary());
}

function slot(block: common.Block, index: number): Uint8Array {
  return block.getMetadata()?.getMetadataList_asU8()[index] ?? new Uint8Array(0);
}

function setSlot(block: common.Block, index: number, bytes: Uint8Array): void {
  const metadata = ensureMetadata(block);
  const slots = metadata.getMetadataList_asU8();
  slots[index] = bytes;
  metadata.setMetadataList(slots);
}

function integerContent(value: number): Uint8Array {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  // A set top bit would read as a negative number.
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Uint8Array.of(0), bytes]) : bytes;
}

function der(tag: number, content: Uint8Array): Buffer {
  return Buffer.concat([Uint8Array.of(tag, ...derLength(content.length)), content]);
}

function derLength(length: number): number[] {
  if (length < 0x80) return [length];
  const digits: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  return [0x80 | digits.length, ...digits];
}
