import { createHash } from 'node:crypto';
import { common } from '@hyperledger/fabric-protos';
import { readConsenters } from './read-consenters.js';
import { readTransaction, signerOf } from './read-transaction.js';
import type { ReadTransaction, Signed, Signer } from './read-transaction.js';

/** A transaction with its place in the chain. `code` is the peer's word: 0 for valid. */
export interface PlacedTransaction extends ReadTransaction {
  readonly blockNumber: number;
  readonly place: number;
  readonly code: number;
}

/** A block as any member has it. */
export interface ReadBlock {
  readonly number: number;
  readonly previousHash: string;
  /** SHA-256 over the header's ASN.1 form, in hexadecimal: what the next block names. */
  readonly hash: string;
  /** Whether the header names the data that stand here. */
  readonly holdsItsData: boolean;
  readonly transactions: readonly PlacedTransaction[];
  /** Orderers' signatures over the header; `consenter` names the signer where only a number does. */
  readonly signatures: readonly (Omit<Signed, keyof Signer> & { readonly signer: Signer | undefined; readonly consenter: number | undefined })[];
  /** Number of the block with the configuration under which this one was ordered. */
  readonly lastConfig: number;
  /** A configuration's consenters by their number; undefined in any other block. */
  readonly consenters: ReadonlyMap<number, Signer> | undefined;
}

/** Reads `common.Block`, as Fabric's own tools fetch it. Throws where the bytes are none. */
export function readBlock(bytes: Uint8Array): ReadBlock {
  const block = common.Block.deserializeBinary(bytes);
  const header = block.getHeader();
  if (header === undefined) throw new Error('a block without header');
  const envelopes = block.getData()?.getDataList_asU8() ?? [];
  const slots = block.getMetadata()?.getMetadataList_asU8() ?? [];
  const codes = slots[common.BlockMetadataIndex.TRANSACTIONS_FILTER] ?? new Uint8Array();
  const number = header.getNumber();

  return {
    number,
    previousHash: Buffer.from(header.getPreviousHash_asU8()).toString('hex'),
    hash: createHash('sha256').update(headerBytes(header)).digest('hex'),
    holdsItsData: createHash('sha256').update(Buffer.concat(envelopes)).digest().equals(header.getDataHash_asU8()),
    transactions: envelopes.flatMap((envelope, place) => {
      const read = readTransaction(envelope);

      return read === undefined ? [] : [{ ...read, blockNumber: number, place, code: codes[place] ?? 255 }];
    }),
    ...readSignatures(slots[common.BlockMetadataIndex.SIGNATURES] ?? new Uint8Array(), header),
    consenters: envelopes.length === 1 ? readConsenters(envelopes[0] ?? new Uint8Array()) : undefined,
  };
}

function readSignatures(slot: Uint8Array, header: common.BlockHeader): Pick<ReadBlock, 'signatures' | 'lastConfig'> {
  const metadata = common.Metadata.deserializeBinary(slot);
  const value = metadata.getValue_asU8();
  const signatures = metadata.getSignaturesList().map((one) => {
    const [named, numbered] = [one.getSignatureHeader_asU8(), one.getIdentifierHeader_asU8()];
    const signer = named.length === 0 ? undefined : signerOf(common.SignatureHeader.deserializeBinary(named).getCreator_asU8());
    const consenter = numbered.length === 0 ? undefined : common.IdentifierHeader.deserializeBinary(numbered).getIdentifier();

    return { signer, consenter, data: Buffer.concat([value, named.length === 0 ? numbered : named, headerBytes(header)]), signature: one.getSignature_asU8() };
  });
  const lastConfig = common.OrdererBlockMetadata.deserializeBinary(value).getLastConfig()?.getIndex() ?? 0;

  return { signatures, lastConfig };
}

/** The ASN.1 DER sequence of number, previous hash and data hash: what links blocks and what orderers sign. */
function headerBytes(header: common.BlockHeader): Buffer {
  return der(0x30, Buffer.concat([der(0x02, unsigned(header.getNumber())), der(0x04, header.getPreviousHash_asU8()), der(0x04, header.getDataHash_asU8())]));
}

/** Two hashes and a number are shorter than 128 bytes, so that one byte tells the length. */
function der(tag: number, content: Uint8Array): Buffer {
  return Buffer.concat([Uint8Array.of(tag, content.length), content]);
}

/** Big-endian; a first bit that is set would read as a minus sign. */
function unsigned(value: number): Uint8Array {
  const digits = value.toString(16);
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');

  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Uint8Array.of(0), bytes]) : bytes;
}
