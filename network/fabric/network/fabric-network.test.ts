import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProposalOptions } from '@hyperledger/fabric-gateway';
import { ChannelAdministration } from '../channel/channel-administration.js';
import { entrustPolicies, reinstate, suspend } from '../channel/configuration-edits.js';
import { samplesOf } from '../operations/metrics.js';
import { WATCHED } from '../operations/watched.js';
import { networkStatus } from '../operations/network-status.js';
import { withPeer } from '../peer/administer-peer.js';
import { GatewayConnection } from '../peer/gateway-connection.js';
import { chainHeight } from '../peer/peer-administration.js';
import { isRunning } from '../processes/native-process.js';
import { ProcessBook } from '../processes/process-book.js';
import { until } from '../processes/until.js';
import { CONSORTIUM_OF_FOUR } from '../testing/consortium-of-four.js';
import { fabricHere } from '../testing/fabric-here.js';
import { serveKeyValue } from '../testing/key-value-chaincode.js';
import { FabricNetwork } from './fabric-network.js';

const binaries = await fabricHere();
const onFabric = binaries === undefined ? describe.skip : describe;
const [KEY_VALUE] = CONSORTIUM_OF_FOUR.chaincodes;

onFabric('four organisations on real Fabric', () => {
  let directory: string;
  let network: FabricNetwork;

  const start = async (version = '1.0.0'): Promise<FabricNetwork> => {
    const chaincodes = CONSORTIUM_OF_FOUR.chaincodes.map((chaincode) => ({ ...chaincode, version }));
    return FabricNetwork.start({ config: { ...CONSORTIUM_OF_FOUR, chaincodes }, directory, startChaincode: serveKeyValue });
  };

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'medaccord-fabric-'));
    network = await start();
  }, 120_000);

  afterAll(async () => {
    await network.destroy();
    await rm(directory, { recursive: true, force: true });
  }, 60_000);

  async function connected<T>(mspId: string, user: string, action: (gateway: GatewayConnection) => Promise<T>): Promise<T> {
    const endpoint = network.peers[mspId];
    if (endpoint === undefined) throw new Error(`no peer of ${mspId}`);
    const gateway = new GatewayConnection(endpoint, await network.identities.of(mspId).user(user));
    try {
      return await action(gateway);
    } finally {
      gateway.close();
    }
  }

  const submit = async (mspId: string, name: string, options: ProposalOptions, user = 'clerk'): Promise<Uint8Array> =>
    connected(mspId, user, async (gateway) => gateway.submit('agreed', 'key-value', name, options));
  const evaluate = async (mspId: string, name: string, ...args: string[]): Promise<string> =>
    connected(mspId, 'clerk', async (gateway) => Buffer.from(await gateway.contract('agreed', 'key-value').evaluate(name, { arguments: args })).toString());

  /** Calls one peer alone, as its administrator. */
  async function askPeer(id: string, ...args: string[]): Promise<string> {
    const peer = network.topology.peers.find((candidate) => candidate.id === id);
    if (peer === undefined) throw new Error(`no peer ${id}`);
    return withPeer(peer, network.identities, async (client) => Buffer.from(await client.call({ channel: 'agreed', chaincode: 'key-value', args })).toString());
  }

  test('nodes report every metric that is watched', async () => {
    for (const { at, metrics } of WATCHED.filter((one) => one.at !== 'gateway')) {
      const text = await (await network.nodes.operations(at === 'peer' ? 'peer0.alpha.example' : 'orderer0.ordering.alpha.example')).metrics();
      expect(metrics.filter((name) => samplesOf(text, name).length === 0)).toEqual([]);
    }
  });

  test('a transaction is endorsed by a majority and committed at every peer', async () => {
    await submit('AlphaMSP', 'put', { arguments: ['colour', 'green'] });
    for (const { id } of network.topology.peers) {
      await expect(until(async () => ((await askPeer(id, 'get', 'colour')) === 'green' ? true : undefined), { withinMs: 10_000, what: `the key at ${id}` })).resolves.toBe(true);
    }
  }, 30_000);

  test('a private value reaches both peers of its organisation, and no other organisation', async () => {
    await submit('AlphaMSP', 'putPrivate', { arguments: ['_implicit_org_AlphaMSP', 'secret'], transientData: { value: 'for Alpha alone' }, endorsingOrganizations: ['AlphaMSP'] });
    for (const id of ['peer0.alpha.example', 'peer1.alpha.example']) {
      const arrived = until(async () => ((await askPeer(id, 'getPrivate', '_implicit_org_AlphaMSP', 'secret')) === 'for Alpha alone' ? true : undefined), { withinMs: 20_000, what: `the value at ${id}` });
      await expect(arrived).resolves.toBe(true);
    }
    await expect(askPeer('peer0.beta.example', 'getPrivate', '_implicit_org_AlphaMSP', 'secret')).rejects.toMatchObject({ code: 'PEER_REFUSED' });
  }, 60_000);

  test('its status names one leader, every height, what each member runs, and when certificates expire', async () => {
    const status = await networkStatus(network.own, network.identities);
    expect(status.nodes.map(({ healthy }) => healthy)).toEqual(status.nodes.map(() => true));
    expect(status.nodes.filter(({ leads }) => leads)).toHaveLength(1);
    expect(Math.max(...status.nodes.map(({ lag = 99 }) => lag))).toBeLessThan(5);
    expect(status.chaincodes.map(({ mspId, name, version, sequence }) => [mspId, name, version, sequence])).toEqual(CONSORTIUM_OF_FOUR.organisations.map(({ mspId }) => [mspId, 'key-value', '1.0.0', 1]));
    expect(status.expiries).toHaveLength(8);
    await network.nodes.kill(['orderer0.ordering.delta.example']);
    const without = await networkStatus(network.own, network.identities);
    expect(without.nodes.find(({ healthy }) => !healthy)).toEqual({ id: 'orderer0.ordering.delta.example', kind: 'orderer', mspId: 'DeltaOrdererMSP', healthy: false });
    await network.nodes.start();
  }, 60_000);

  test('a node’s log level is changed while it runs', async () => {
    const operations = await network.nodes.operations('peer0.beta.example');
    await operations.setLogSpecification('gossip=error:warn');
    await expect(operations.logSpecification()).resolves.toBe('gossip=error:warn');
    await operations.setLogSpecification('warn');
  });

  test('a peer that was killed catches up', async () => {
    await network.nodes.kill(['peer0.gamma.example']);
    await submit('BetaMSP', 'put', { arguments: ['while', 'gamma was away'] });
    await network.control.start('GammaMSP');
    await expect(askPeer('peer0.gamma.example', 'get', 'while')).resolves.toBe('gamma was away');
  }, 90_000);

  test('new code is rolled out while the old serves', async () => {
    if (KEY_VALUE === undefined) throw new Error('no chaincode');
    const before = network.chaincodeId('key-value');
    await network.updateDefinition({ ...KEY_VALUE, version: '2.0.0' });
    const after = network.chaincodeId('key-value');
    expect(after).not.toBe(before);
    for (const { id } of network.topology.peers) await expect(askPeer(id, 'version')).resolves.toBe(after);
    await expect(evaluate('DeltaMSP', 'get', 'colour')).resolves.toBe('green');
  }, 60_000);

  test('a revoked identity is refused, another of the same organisation is not', async () => {
    await network.control.issue('BetaMSP', { name: 'leaver' });
    await submit('BetaMSP', 'put', { arguments: ['left', 'not yet'] }, 'leaver');
    await network.control.revoke('BetaMSP', 'leaver');
    await expect(submit('BetaMSP', 'put', { arguments: ['left', 'yes'] }, 'leaver')).rejects.toThrow();
    await submit('BetaMSP', 'put', { arguments: ['left', 'a colleague'] });
  }, 60_000);

  test('a member is suspended by a majority, not by one, and reinstated', async () => {
    const channel = new ChannelAdministration(network.topology, network.identities);
    await channel.change(entrustPolicies('DeltaMSP'), ['DeltaMSP']);
    const earlier = await channel.current();
    await expect(channel.change(suspend('DeltaMSP'), ['AlphaMSP'], ['DeltaMSP'])).rejects.toMatchObject({ code: 'ORDERER_REFUSED' });
    await channel.change(suspend('DeltaMSP'), ['AlphaMSP', 'BetaMSP', 'GammaMSP'], ['DeltaMSP']);
    const trio = ['AlphaMSP', 'BetaMSP', 'GammaMSP'];
    await expect(submit('DeltaMSP', 'put', { arguments: ['suspended', 'still here'], endorsingOrganizations: trio })).rejects.toThrow();
    await submit('AlphaMSP', 'put', { arguments: ['suspended', 'delta'], endorsingOrganizations: trio });
    await channel.change(reinstate('DeltaMSP', earlier), trio);
    await until(async () => submit('DeltaMSP', 'put', { arguments: ['suspended', 'nobody'], endorsingOrganizations: trio }), { withinMs: 60_000, what: 'Delta to write again' });
  }, 150_000);

  test('what one network has started, nothing of it runs after it was stopped; started again, it has all its data', async () => {
    const book = await ProcessBook.open(network.directory.processes);
    const started = await book.running();
    expect(started).toHaveLength(9);
    await network.stop();
    await expect(Promise.all(started.map(isRunning))).resolves.toEqual(started.map(() => false));
    network = await start('2.0.0');
    await expect(evaluate('BetaMSP', 'get', 'while')).resolves.toBe('gamma was away');
    const heights = await Promise.all(network.topology.peers.map(async (peer) => withPeer(peer, network.identities, async (client) => (await chainHeight(client, 'agreed')).height)));
    expect(Math.min(...heights)).toBeGreaterThan(10);
  }, 120_000);
});
