import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refusal } from '../../identities/testing/refusal.js';
import { FabricNetwork } from '../network/fabric-network.js';
import { GatewayConnection } from '../peer/gateway-connection.js';
import { CONSORTIUM_OF_FOUR } from '../testing/consortium-of-four.js';
import { fabricHere } from '../testing/fabric-here.js';
import { serveKeyValue } from '../testing/key-value-chaincode.js';
import { backUp } from './back-up.js';
import type { BackupManifest } from './manifest.js';
import { missingPrivateData } from './missing-private-data.js';
import { restore } from './restore.js';

const onFabric = (await fabricHere()) === undefined ? describe.skip : describe;
const ALPHA = 'AlphaMSP';
const OWN = `_implicit_org_${ALPHA}`;

onFabric('a member with two peers and an orderer', () => {
  let folder: string;
  let network: FabricNetwork;
  let gateway: GatewayConnection;
  let manifest: BackupManifest;

  const keep = async (key: string): Promise<unknown> =>
    gateway.submit('agreed', 'key-value', 'putPrivate', { arguments: [OWN, key], transientData: { value: `value of ${key}` }, endorsingOrganizations: [ALPHA] });
  const kept = async (key: string): Promise<string> => Buffer.from(await gateway.contract('agreed', 'key-value').evaluate('getPrivate', { arguments: [OWN, key] })).toString();
  const missingAt = async (id: string): Promise<number> => {
    const peer = network.topology.peers.find((candidate) => candidate.id === id);
    if (peer === undefined) throw new Error(`no peer ${id}`);
    return (await missingPrivateData(peer, network.topology, network.identities)).length;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'medaccord-backup-'));
    network = await FabricNetwork.start({ config: CONSORTIUM_OF_FOUR, directory: join(folder, 'network'), startChaincode: serveKeyValue });
    const endpoint = network.peers[ALPHA];
    if (endpoint === undefined) throw new Error('Alpha has no peer');
    gateway = new GatewayConnection(endpoint, await network.identities.of(ALPHA).user('clerk'));
    for (const key of ['before-1', 'before-2']) await keep(key);
    manifest = await backUp(network, ALPHA, join(folder, 'backup'));
    await keep('after');
  }, 240_000);

  afterAll(async () => {
    gateway.close();
    await network.destroy();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  test('peers are backed up before the orderer, without what they make again', () => {
    expect(manifest.nodes.map(({ id }) => id)).toEqual(['peer0.alpha.example', 'peer1.alpha.example', 'orderer0.ordering.alpha.example']);
    const paths = manifest.nodes.flatMap(({ files }) => files.map(({ path }) => path));
    expect(paths.some((path) => path.includes('pvtdataStore'))).toBe(true);
    expect(paths.some((path) => path.includes('stateLeveldb'))).toBe(false);
    expect(manifest.identities.some(({ path }) => path.includes('keystore'))).toBe(true);
  });

  test('a peer whose disk is gone comes back; private data of after the backup comes from the other peer', async () => {
    await network.nodes.kill(['peer0.alpha.example']);
    await rm(network.directory.nodeData('peer0.alpha.example'), { recursive: true });
    const steps: string[] = [];
    const report = await restore(network, ALPHA, join(folder, 'backup'), ['peer0.alpha.example'], (step) => steps.push(step));
    expect(report.missing).toEqual([]);
    expect(await missingAt('peer0.alpha.example')).toBe(0);
    expect(await kept('after')).toBe('value of after');
    expect(steps.some((step) => /^peer0\.alpha\.example: block \d+ of \d+$/.test(step))).toBe(true);
  }, 180_000);

  test('when all disks are gone, what came after the backup is listed as missing, and the member works on', async () => {
    const nodes = [...network.topology.peers, ...network.topology.orderers].filter(({ organisation }) => organisation === 'alpha');
    await network.nodes.kill(nodes.map(({ id }) => id));
    for (const { id } of nodes) await rm(network.directory.nodeData(id), { recursive: true });
    const { missing } = await restore(network, ALPHA, join(folder, 'backup'));
    expect(missing.map(({ namespace, collection }) => [namespace, collection])).toEqual([['key-value', OWN]]);
    expect(await kept('before-2')).toBe('value of before-2');
    await keep('afterwards');
    expect(await kept('afterwards')).toBe('value of afterwards');
  }, 240_000);

  test('a damaged backup, another member’s and an interrupted one are refused before anything is deleted', async () => {
    const [path = ''] = manifest.nodes[0]?.files.map((file) => file.path) ?? [];
    await expect(restore(network, 'BetaMSP', join(folder, 'backup'))).rejects.toThrow(refusal('BACKUP_DAMAGED', /backup of AlphaMSP/));
    await expect(restore(network, ALPHA, join(folder, 'network'))).rejects.toThrow(refusal('BACKUP_DAMAGED', /interrupted/));
    await appendFile(join(folder, 'backup', path), 'x');
    await expect(restore(network, ALPHA, join(folder, 'backup'))).rejects.toThrow(refusal('BACKUP_DAMAGED', /is not as it was backed up/));
    expect(await kept('before-1')).toBe('value of before-1');
    await expect(backUp(network, ALPHA, join(folder, 'backup'))).rejects.toThrow(refusal('BACKUP_DAMAGED', /not empty/));
  }, 60_000);
});
