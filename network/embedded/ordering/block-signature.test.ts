import { common } from '@hyperledger/fabric-protos';
import type { SigningIdentity } from '../../identities/index.js';
import { signBlock } from './block-signature.js';

test.each([
  ['header', (block: common.Block) => { block.clearHeader(); }],
  ['metadata', (block: common.Block) => { block.clearMetadata(); }],
])('a block without %s is not signed', (_part, change) => {
  const block = new common.Block();
  block.setHeader(new common.BlockHeader());
  block.setMetadata(new common.BlockMetadata());
  change(block);
  expect(() => { signBlock(block, {} as unknown as SigningIdentity, 0); }).toThrow('a block has a header and metadata before it is signed');
});
