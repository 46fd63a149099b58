import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConsortiumConfig } from '../../configuration/index.js';
import { refusal } from '../../identities/testing/refusal.js';
import { FabricNetwork } from '../network/fabric-network.js';
import { heightOf } from '../operations/network-status.js';
import { withPeer } from '../peer/administer-peer.js';
import { GatewayConnection } from '../peer/gateway-connection.js';
import { blockByNumber } from '../peer/peer-administration.js';
import { until } from '../processes/until.js';
import { CONSORTIUM_OF_FOUR } from '../testing/consortium-of-four.js';
import { fabricHere } from '../testing/fabric-here.js';
import { serveKeyValue } from '../testing/key-value-chaincode.js';
import { missingPrivateData } from './missing-private-data.js';
import { takeSnapshot } from './snapshot.js';

const onFabric = (await fabricHere()) === undefined ? describe.skip : describe;
const BETA = 'BetaMSP';
const OWN = `_implicit_org_${BETA}`;

/** The consortium with so many peers of Beta. */
function withPeers(peers: number): ConsortiumConfig {
  return { ...CONSORTIUM_OF_FOUR, organisations: CONSORTIUM_OF_FOUR.organisations.map((one) => (one.mspId === BETA ? { ...one, peers } : one)) };
}

onFabric('a member gets more peers', () => {
  let directory: string;
  let network: FabricNetwork;
  let snapshot: string;

  const start = async (peers: number, snapshots: Readonly<Record<string, string>> = {}): Promise<FabricNetwork> =>
    FabricNetwork.start({ config: withPeers(peers), directory, startChaincode: serveKeyValue, snapshots });
  const peer = (id: string) => {
    const found = network.topology.peers.find((candidate) => candidate.id === id);
    if (found === undefined) throw new Error(`no peer ${id}`);
    return found;
  };
  const ask = async (id: string, ...args: string[]): Promise<string> =>
    withPeer(peer(id), network.identities, async (client) => Buffer.from(await client.call({ channel: 'agreed', chaincode: 'key-value', args })).toString());
  const caughtUp = async (id: string): Promise<void> => {
    await until(async () => ((await heightOf(peer(id), 'agreed', network.identities)) === (await heightOf(peer('peer0.beta.example'), 'agreed', network.identities)) ? true : undefined), { withinMs: 60_000, what: `${id} to catch up` });
  };

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'medaccord-new-peers-'));
    network = await start(1);
    const endpoint = network.peers[BETA];
    if (endpoint === undefined) throw new Error('Beta has no peer');
    const gateway = new GatewayConnection(endpoint, await network.identities.of(BETA).user('clerk'));
    await gateway.submit('agreed', 'key-value', 'put', { arguments: ['colour', 'green'] });
    await gateway.submit('agreed', 'key-value', 'putPrivate', { arguments: [OWN, 'secret'], transientData: { value: 'hidden' }, endorsingOrganizations: [BETA] });
    gateway.close();
    snapshot = await takeSnapshot(network, peer('peer0.beta.example'));
    await network.stop();
  }, 180_000);

  afterAll(async () => {
    await network.destroy();
    await rm(directory, { recursive: true, force: true });
  }, 60_000);

  test('from blocks: the same state, and private data from its sibling', async () => {
    network = await start(2);
    await caughtUp('peer1.beta.example');
    expect(await ask('peer1.beta.example', 'get', 'colour')).toBe('green');
    await until(async () => ((await missingPrivateData(peer('peer1.beta.example'), network.topology, network.identities)).length === 0 ? true : undefined), { withinMs: 60_000, what: 'private data' });
    expect(await ask('peer1.beta.example', 'getPrivate', OWN, 'secret')).toBe('hidden');
    await network.stop();
  }, 180_000);

  test('from a snapshot: the same state without the blocks of before, and private data from its siblings', async () => {
    network = await start(3, { 'peer2.beta.example': snapshot });
    await caughtUp('peer2.beta.example');
    expect(await ask('peer2.beta.example', 'get', 'colour')).toBe('green');
    await until(async () => ((await ask('peer2.beta.example', 'getPrivate', OWN, 'secret')) === 'hidden' ? true : undefined), { withinMs: 90_000, what: 'private data' });
    const first = withPeer(peer('peer2.beta.example'), network.identities, async (client) => blockByNumber(client, 'agreed', 1));
    await expect(first).rejects.toThrow(refusal('PEER_REFUSED'));
  }, 240_000);
});
