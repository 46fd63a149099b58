import { common } from '@hyperledger/fabric-protos';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConsortiumConfig } from '../../configuration/consortium.js';
import { readMspConfiguration } from '../../identities/index.js';
import { transactionsOf } from '../blocks/block-transactions.js';
import { buildChannelConfig, buildGenesisBlock, readConfigBlock } from '../channel-config/index.js';
import { ABSOLUTE_MAX_BYTES } from '../ordering/orderer.js';
import type { Enrolment } from './enrolment.js';

/**
 * Throws where the folder holds the network of another configuration: its channel and organisations stand in the genesis
 * block. Asked before anything is written there.
 */
export async function refuseOtherNetwork({ channel, organisations }: ConsortiumConfig, directory: string): Promise<void> {
  const stored = await storedGenesis(directory);
  if (!stored) return;
  const config = readConfigBlock(stored);
  const known = transactionsOf(stored)[0]?.channelHeader.getChannelId();
  const members = config?.getChannelGroup()?.getGroupsMap().get('Application')?.getGroupsMap();
  const strangers = organisations.filter(({ mspId }) => members?.has(mspId) !== true).map(({ mspId }) => mspId);
  if (known === channel && strangers.length === 0) return;
  const difference = known === channel ? `it knows nothing of ${strangers.join(', ')}` : `its channel is ${known ?? 'unreadable'}`;
  throw new Error(`${directory} holds the network of another configuration: ${difference}; choose another folder`);
}

/** The channel's block 0: made at the first start, the same ever after. */
export async function genesisBlock(config: ConsortiumConfig, enrolment: Enrolment, directory: string): Promise<common.Block> {
  const stored = await storedGenesis(directory);
  if (stored) return stored;
  const path = genesisPath(directory);
  const block = await buildBlock(config, enrolment);
  await writeFile(`${path}.new`, block.serializeBinary());
  await rename(`${path}.new`, path);
  return block;
}

async function storedGenesis(directory: string): Promise<common.Block | undefined> {
  const bytes = await readFile(genesisPath(directory)).catch(() => undefined);
  return bytes && common.Block.deserializeBinary(bytes);
}

function genesisPath(directory: string): string {
  return join(directory, 'genesis.block');
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
