import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Client, credentials } from '@grpc/grpc-js';
import { common } from '@hyperledger/fabric-protos';
import { connect, hash, signers, type BlockAndPrivateDataEventsRequest, type Network } from '@hyperledger/fabric-gateway';
import type { StackEndpoints } from '@medaccord/network/cli';
import { OrganizationPaths } from '@medaccord/network/identities';

/** An organisation that looks at the channel with nothing but its own peer and identity. */
export interface Onlooker {
  readonly mspId: string;
  readonly domain: string;
}

/** Runs `look` with the official client, connected to the onlooker's own peer. */
export async function lookAs<T>(endpoints: StackEndpoints, { mspId, domain }: Onlooker, look: (network: Network) => Promise<T>): Promise<T> {
  const peer = endpoints.peers[mspId];
  if (peer === undefined) throw new Error(`no peer of ${mspId}`);
  const user = new OrganizationPaths(endpoints.organizationsPath, domain).user('gateway');
  const client = new Client(peer.endpoint, credentials.createSsl(await readFile(peer.tlsCaFile)), { 'grpc.max_receive_message_length': -1 });
  const gateway = connect({
    client,
    identity: { mspId, credentials: await readFile(user.certificate) },
    signer: signers.newPrivateKeySigner(createPrivateKey(await readFile(user.privateKey))),
    hash: hash.sha256,
  });
  try {
    return await look(gateway.getNetwork(endpoints.channel));
  } finally {
    gateway.close();
    client.close();
  }
}

/** Every block of the channel as the onlooker's peer has it, as bytes. */
export async function publicBlocks(network: Network, channel: string): Promise<Uint8Array[]> {
  const qscc = network.getContract('qscc');
  const info = common.BlockchainInfo.deserializeBinary(await qscc.evaluateTransaction('GetChainInfo', channel));
  const blocks: Uint8Array[] = [];
  for (let number = 0; number < info.getHeight(); number++) blocks.push(await qscc.evaluateTransaction('GetBlockByNumber', channel, String(number)));
  return blocks;
}

/** How many transactions' private documents of `claims` the onlooker's peer hands out, block by block, up to a height. */
export async function privateValues(network: Network, height: number): Promise<number> {
  const events = await network.getBlockAndPrivateDataEvents({ startBlock: 0n });
  let values = 0;
  let seen = 0;
  try {
    for await (const event of events) {
      values += countValues(event);
      if (++seen === height) break;
    }
  } finally {
    events.close();
  }
  return values;
}

type BlockAndPrivateData = Awaited<ReturnType<BlockAndPrivateDataEventsRequest['getEvents']>> extends AsyncIterable<infer E> ? E : never;

/** Approvals of chaincode definitions are private values too, of each organisation's own; they are not meant here. */
function countValues(event: BlockAndPrivateData): number {
  return [...event.getPrivateDataMapMap().entries()].filter(([, set]) => set.getNsPvtRwsetList().some((one) => one.getNamespace() === 'claims')).length;
}
