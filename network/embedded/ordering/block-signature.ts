import { common } from '@hyperledger/fabric-protos';
import { randomBytes } from 'node:crypto';
import type { SigningIdentity } from '../../identities/index.js';
import { headerBytes } from './header-bytes.js';

/** Signs a block as Fabric's orderer does: over the metadata's value, its own signature header and the block header. */
export function signBlock(block: common.Block, orderer: SigningIdentity, lastConfigBlock: number): void {
  const header = block.getHeader();
  const slots = block.getMetadata()?.getMetadataList_asU8();
  if (!header || !slots) throw new Error('a block has a header and metadata before it is signed');
  const lastConfig = new common.LastConfig();
  lastConfig.setIndex(lastConfigBlock);
  const value = new common.OrdererBlockMetadata();
  value.setLastConfig(lastConfig);
  const valueBytes = value.serializeBinary();

  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(orderer.serialize());
  signatureHeader.setNonce(randomBytes(24));
  const signatureHeaderBytes = signatureHeader.serializeBinary();

  const signature = new common.MetadataSignature();
  signature.setSignatureHeader(signatureHeaderBytes);
  signature.setSignature(orderer.sign(Buffer.concat([valueBytes, signatureHeaderBytes, headerBytes(header)])));

  const metadata = new common.Metadata();
  metadata.setValue(valueBytes);
  metadata.setSignaturesList([signature]);
  slots[common.BlockMetadataIndex.SIGNATURES] = metadata.serializeBinary();
  block.getMetadata()?.setMetadataList(slots);
}
