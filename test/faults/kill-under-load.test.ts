import { createServer } from 'node:net';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, credentials } from '@grpc/grpc-js';
import { connect, type Gateway, signers } from '@hyperledger/fabric-gateway';
import { common } from '@hyperledger/fabric-protos';
import type { ConsortiumConfig } from '@medaccord/network/configuration';
import { verifyStoredLedger } from '@medaccord/network/embedded/ledger';
import { OrganizationTree } from '@medaccord/network/identities';
import { ChaincodeProcess } from '../conformance/world/chaincode-process.js';
import { decodeTransactions } from '../conformance/world/decoded-block.js';
import { NetworkProcess, type ReadyNetwork } from './network-process.js';
import { SteadyWorker } from './steady-worker.js';

const KILLS = 20;
const WORKERS = 8;
const CHAINCODE = 'counters';
const mspIds = ['AlphaMSP', 'BetaMSP', 'GammaMSP'] as const;
const collections = JSON.stringify(mspIds.map((mspId) => `_implicit_org_${mspId}`));
const config: ConsortiumConfig = {
  channel: 'faults',
  organisations: mspIds.map((mspId) => ({ name: mspId.replace('MSP', '').toLowerCase(), mspId, domain: domainOf(mspId), peers: 1, users: [{ name: 'tester', attributes: {} }] })),
  chaincodes: [{ name: CHAINCODE, version: '1', sequence: 1, endorsementPolicy: '/Channel/Application/Endorsement', collections: [] }],
  ordering: { maxMessageCount: 50, preferredMaxBytes: 4_000_000, batchTimeoutMs: 20 },
};

let directory: string;
let chaincodes: readonly ChaincodeProcess[] = [];
let network: NetworkProcess;
const closers: (() => void)[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'medaccord-faults-'));
  const configFile = join(directory, 'consortium.json');
  await writeFile(configFile, JSON.stringify(config));
  chaincodes = await Promise.all(mspIds.map((mspId) => ChaincodeProcess.start(mspId, [{ chaincodeId: `${CHAINCODE}:1` }])));
  network = new NetworkProcess({
    configFile,
    directory: join(directory, 'network'),
    ports: Object.fromEntries(await Promise.all(mspIds.map(async (mspId) => [mspId, await freePort()]))) as Record<string, number>,
    chaincodes: Object.fromEntries(mspIds.map((mspId, index) => [mspId, { [CHAINCODE]: `localhost:${chaincodes[index]?.ports[0] ?? 0}` }])),
  });
}, 60_000);

afterAll(async () => {
  closers.forEach((close) => { close(); });
  await network.stop();
  await Promise.all(chaincodes.map((process) => process.kill()));
  await rm(directory, { recursive: true, force: true });
});

test(`${KILLS} kills under load: nothing acknowledged is lost, nothing counts twice, and the state is what the blocks say`, async () => {
  const ready = await network.start();
  const workers = await Promise.all(Array.from({ length: WORKERS }, (_, index) => worker(ready, mspIds[index % mspIds.length] ?? 'AlphaMSP', `counter-${index}`)));
  const done = workers.map((one) => one.run());
  for (let kill = 0; kill < KILLS; kill += 1) {
    const before = acknowledgements(workers);
    // Killed at a moment of chance, but not before the load has taken effect again.
    while (acknowledgements(workers) < before + 2 * WORKERS) {
      await pause(10);
    }
    await pause(Math.random() * 200);
    await network.kill();
    await network.start();
  }
  workers.forEach((one) => { one.end(); });
  await Promise.all(done);

  await expectCounts(ready, workers);
  await network.stop();
  const stored = await verifyStoredLedger({ directory: join(directory, 'network', 'ledger'), organisations: mspIds, collections: () => undefined });
  expect(stored.problems).toEqual([]);
  const unknown = workers.reduce((sum, one) => sum + one.unknown, 0);
  process.stderr.write(`${KILLS} kills, ${acknowledgements(workers)} increments acknowledged, ${unknown} outcomes unknown at first, ${stored.height} blocks\n`);
  expect(unknown).toBeGreaterThan(0);
}, 600_000);

/** Every counter stands at its acknowledged increments, and every acknowledged transaction is valid in the chain once. */
async function expectCounts(ready: ReadyNetwork, workers: readonly SteadyWorker[]): Promise<void> {
  for (const mspId of mspIds) {
    const contract = (await gatewayOf(ready, mspId)).getNetwork(config.channel).getContract(CHAINCODE);
    for (const { counter, acknowledged } of workers) {
      const value = Buffer.from(await contract.evaluate('state:get', { arguments: [counter], endorsingOrganizations: [mspId] })).toString();
      expect([mspId, counter, value.length]).toEqual([mspId, counter, acknowledged]);
    }
  }
  const valid = await validTransactions(await gatewayOf(ready, 'AlphaMSP'));
  const counts = workers.flatMap(({ transactions }) => transactions).map((txId) => valid.filter((other) => other === txId).length);
  expect(counts.every((count) => count === 1)).toBe(true);
  expect(new Set(valid).size).toBe(valid.length);
}

async function validTransactions(gateway: Gateway): Promise<readonly string[]> {
  const events = await gateway.getNetwork(config.channel).getBlockEvents({ startBlock: 0n });
  const info = await gateway.getNetwork(config.channel).getContract('qscc').evaluate('GetChainInfo', { arguments: [config.channel] });
  const height = common.BlockchainInfo.deserializeBinary(info).getHeight();
  const valid: string[] = [];
  for await (const block of events) {
    valid.push(...decodeTransactions(block).filter(({ code }) => code === 0).map(({ txId }) => txId));
    if (block.getHeader()?.getNumber() === height - 1) {
      break;
    }
  }
  events.close();
  return valid;
}

async function worker(ready: ReadyNetwork, mspId: string, counter: string): Promise<SteadyWorker> {
  const gateway = await gatewayOf(ready, mspId);
  return new SteadyWorker(gateway, gateway.getNetwork(config.channel).getContract(CHAINCODE), counter, collections);
}

async function gatewayOf({ peers, organizationsPath }: ReadyNetwork, mspId: string): Promise<Gateway> {
  const tree = await OrganizationTree.open({ root: organizationsPath, domain: domainOf(mspId), mspId });
  const identity = await tree.user('tester');
  const peer = peers[mspId];
  // Short back-off: the client shall meet the network as soon as it is there again.
  const client = new Client(peer?.endpoint ?? '', credentials.createSsl(Buffer.from(peer?.tlsCaCert ?? '')), { 'grpc.initial_reconnect_backoff_ms': 100, 'grpc.max_reconnect_backoff_ms': 200 });
  const deadline = (): { deadline: number } => ({ deadline: Date.now() + 5_000 });
  const gateway = connect({
    client,
    identity: { mspId, credentials: Buffer.from(identity.certificate) },
    signer: signers.newPrivateKeySigner(identity.privateKey),
    evaluateOptions: deadline,
    endorseOptions: deadline,
    submitOptions: deadline,
    commitStatusOptions: deadline,
  });
  closers.push(() => { gateway.close(); client.close(); });
  return gateway;
}

function acknowledgements(workers: readonly SteadyWorker[]): number {
  return workers.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
}

function domainOf(mspId: string): string {
  return `${mspId.replace('MSP', '').toLowerCase()}.example`;
}

/** A port that is free now; the network takes it again after every kill. */
async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
