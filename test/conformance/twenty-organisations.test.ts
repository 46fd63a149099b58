import { strict as assert } from 'node:assert';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConsortiumConfig } from '@medaccord/network/configuration';
import { ChaincodeProcess } from './world/chaincode-process.js';
import { Clients } from './world/clients.js';
import { decodeTransactions, mspIdsOf } from './world/decoded-block.js';
import { embeddedProvider } from './world/embedded-provider.js';
import type { NetworkUnderTest } from './world/network-under-test.js';

const COUNT = 20;
const mspIds = Array.from({ length: COUNT }, (_, index) => `Org${index + 1}MSP`);
const config: ConsortiumConfig = {
  channel: 'twenty',
  organisations: mspIds.map((mspId, index) => ({ name: `org${index + 1}`, mspId, domain: `org${index + 1}.example`, peers: 1, users: [{ name: 'tester', attributes: {} }] })),
  chaincodes: [{ name: 'ledger', version: '1', sequence: 1, endorsementPolicy: '/Channel/Application/Endorsement', collections: [] }],
  ordering: { maxMessageCount: 50, preferredMaxBytes: 4_000_000, batchTimeoutMs: 50 },
};

let directory: string;
let network: NetworkUnderTest;
let chaincode: ChaincodeProcess;
let clients: Clients;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'medaccord-twenty-'));
  network = await embeddedProvider.start({ config, directory });
  const [definition] = config.chaincodes;
  assert.ok(definition);
  // One process stands for the chaincode servers of all twenty: which peer asks makes no difference here.
  chaincode = await ChaincodeProcess.start(mspIds[0] ?? '', [{ chaincodeId: network.packageId(definition) }]);
  for (const mspId of mspIds) {
    await network.setChaincodeAddress(mspId, 'ledger', { address: `localhost:${chaincode.ports[0] ?? 0}` });
  }
  clients = new Clients(network);
}, 120_000);

afterAll(async () => {
  clients.close();
  await network.stop();
  await chaincode.kill();
  await rm(directory, { recursive: true, force: true });
});

test('twenty organisations agree by majority, and every one of them has the result', async () => {
  const contract = (await clients.tester('Org1MSP')).getNetwork('twenty').getContract('ledger');
  const transaction = await contract.newProposal('state:put', { arguments: ['greeting', 'to all'] }).endorse();
  const submitted = await transaction.submit();
  const status = await submitted.getStatus();
  expect(status.code).toBe(0);
  const events = await (await clients.tester('Org20MSP')).getNetwork('twenty').getBlockEvents({ startBlock: status.blockNumber });
  for await (const block of events) {
    const found = decodeTransactions(block).find(({ txId }) => txId === submitted.getTransactionId());
    expect(mspIdsOf(found?.endorsed?.endorsements ?? [])).toHaveLength(11);
    break;
  }
  events.close();
  for (const mspId of mspIds) {
    const own = (await clients.tester(mspId)).getNetwork('twenty').getContract('ledger');
    expect(Buffer.from(await own.evaluate('state:get', { arguments: ['greeting'], endorsingOrganizations: [mspId] })).toString()).toBe('to all');
  }
}, 60_000);

test('ten of twenty are no majority', async () => {
  const contract = (await clients.tester('Org2MSP')).getNetwork('twenty').getContract('ledger');
  const write = async (endorsers: readonly string[]): Promise<number> => {
    const transaction = await contract.newProposal('state:put', { arguments: ['greeting', 'to some'], endorsingOrganizations: [...endorsers] }).endorse();
    return (await (await transaction.submit()).getStatus()).code;
  };
  expect([await write(mspIds.slice(0, 10)), await write(mspIds.slice(9))]).toEqual([10, 0]);
}, 60_000);

test('a transaction of all twenty organisations’ own private data is signed by all twenty', async () => {
  const contract = (await clients.tester('Org3MSP')).getNetwork('twenty').getContract('ledger');
  const collections = JSON.stringify(mspIds.map((mspId) => `_implicit_org_${mspId}`));
  const transaction = await contract.newProposal('private:putAll', { arguments: [collections, 'key'], transientData: { value: 'shared by all' }, endorsingOrganizations: [...mspIds] }).endorse();
  expect((await (await transaction.submit()).getStatus()).code).toBe(0);
  for (const mspId of ['Org1MSP', 'Org20MSP']) {
    const own = (await clients.tester(mspId)).getNetwork('twenty').getContract('ledger');
    const value = await own.evaluate('private:get', { arguments: [`_implicit_org_${mspId}`, 'key'], endorsingOrganizations: [mspId] });
    expect(Buffer.from(value).toString()).toBe('shared by all');
  }
}, 60_000);
