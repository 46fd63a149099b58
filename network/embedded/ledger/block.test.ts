import { common } from '@hyperledger/fabric-protos';
import { createHash } from 'node:crypto';
import {
  commitHashOf,
  dataHash,
  ensureMetadata,
  envelopesOf,
  headerBytes,
  headerHash,
  headerOf,
  METADATA_SLOTS,
  newBlock,
  setCommitHash,
  setValidationCodes,
  validationCodes,
} from './block.js';

function header(number: number, previousHash: Uint8Array, data: Uint8Array): common.BlockHeader {
  const message = new common.BlockHeader();
  message.setNumber(number);
  message.setPreviousHash(previousHash);
  message.setDataHash(data);
  return message;
}

describe('a block', () => {
  it.each([
    [0, '3009020100' + '0401aa' + '0401bb'],
    [127, '300902017f' + '0401aa' + '0401bb'],
    // The top bit would make it negative, so a zero byte precedes it.
    [128, '300a02020080' + '0401aa' + '0401bb'],
    [0xffff_ffff, '300d020500ffffffff' + '0401aa' + '0401bb'],
  ])('number %d has the DER header that Fabric hashes', (number, hex) => {
    const bytes = headerBytes(header(number, Uint8Array.of(0xaa), Uint8Array.of(0xbb)));
    expect(bytes.toString('hex')).toBe(hex);
    expect(headerHash(header(number, Uint8Array.of(0xaa), Uint8Array.of(0xbb)))).toEqual(createHash('sha256').update(bytes).digest());
  });

  it('has a long-form DER length where the header is long', () => {
    expect(headerBytes(header(1, new Uint8Array(200), new Uint8Array(0))).subarray(0, 9).toString('hex')).toBe('3081d00201010481c8');
  });

  it('hashes the concatenated envelopes', () => {
    const expected = createHash('sha256').update('onetwo').digest();
    expect(dataHash([Buffer.from('one'), Buffer.from('two')])).toEqual(expected);
    expect(dataHash([])).toEqual(createHash('sha256').digest());
  });

  it('links to the one before and keeps its envelopes', () => {
    const block = newBlock(7, Uint8Array.of(1, 2), [Buffer.from('one')]);
    expect(headerOf(block).getNumber()).toBe(7);
    expect(headerOf(block).getPreviousHash_asU8()).toEqual(Uint8Array.of(1, 2));
    expect(envelopesOf(block)).toEqual([Buffer.from('one')]);
    expect(block.getMetadata()?.getMetadataList()).toHaveLength(METADATA_SLOTS);
  });

  it('keeps codes and commit hash in their metadata slots, beside the signatures', () => {
    const block = new common.Block();
    ensureMetadata(block).setMetadataList([Buffer.from('signature')]);
    setValidationCodes(block, [0, 11]);
    setCommitHash(block, Buffer.from('hash'));
    const again = common.Block.deserializeBinary(block.serializeBinary());
    expect([...validationCodes(again)]).toEqual([0, 11]);
    expect(Buffer.from(commitHashOf(again)).toString()).toBe('hash');
    expect(Buffer.from(again.getMetadata()?.getMetadataList_asU8()[0] ?? []).toString()).toBe('signature');
  });

  it('without a header is refused', () => {
    expect(() => headerOf(new common.Block())).toThrow('block without header');
  });
});
