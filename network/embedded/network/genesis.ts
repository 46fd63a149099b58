import { common } from '@hyperledger/fabric-protos';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConsortiumConfig } from '../../configuration/consortium.js';
import { readMspConfiguration } from '../../identities/index.js';
import { buildChannelConfig, buildGenesisBlock } from '../channel-config/index.js';
import { ABSOLUTE_MAX_BYTES } from '../ordering/orderer.js';
import type { Enrolment } from './enrolment.js';

/** The channel's block 0: made at the first start, the same ever after. */
export async function genesisBlock(config: ConsortiumConfig, enrolment: Enrolment, directory: string): Promise<common.Block> {
  const path = join(directory, 'genesis.block');
  const stored = await readFile(path).catch(() => undefined);
  if (stored) return common.Block.deserializeBinary(stored);
  const block = await buildBlock(config, enrolment);
  await writeFile(`${path}.new`, block.serializeBinary());
  await rename(`${path}.new`, path);
  return block;
}

async function buildBlock({ channel, ordering }: ConsortiumConfig, enrolment: Enrolment): Promise<common.Block> {
  const members = await Promise.all(
    enrolment.organisations.map(async ({ mspId, tree }) => ({ msp: await readMspConfiguration(tree.paths.msp, mspId) })),
  );
  const { ordererTree } = enrolment;
  const orderer = { msp: await readMspConfiguration(ordererTree.paths.msp, ordererTree.mspId), endpoints: [] };
  const { maxMessageCount, preferredMaxBytes, batchTimeoutMs } = ordering;
  const batch = { maxMessageCount, preferredMaxBytes, absoluteMaxBytes: ABSOLUTE_MAX_BYTES, timeoutMs: batchTimeoutMs };
  return buildGenesisBlock(channel, buildChannelConfig({ members, orderers: [orderer], batch }));
}
