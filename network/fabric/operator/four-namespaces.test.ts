import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { NetworkDirectory } from '../network-directory.js';
import { makeGenesisBlock } from '../network/prepare-network.js';
import { CONSORTIUM_OF_FOUR } from '../testing/consortium-of-four.js';
import { fabricHere } from '../testing/fabric-here.js';
import { type Namespace, NetworkNamespaces } from '../testing/network-namespaces.js';
import { resolveTopology, type TopologyPlan } from '../topology/topology.js';
import { importPublicParts } from './public-part.js';
import { renderOrganisation } from './render-organisation.js';

const run = promisify(execFile);
const script = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const members = CONSORTIUM_OF_FOUR.organisations;
const plan: TopologyPlan = {
  consensus: 'bft',
  placements: members.map(({ name }) => ({ name, host: `${name}.members.test`, listen: '0.0.0.0', firstPort: 7000 })),
};

const binaries = await fabricHere();
const machines = binaries === undefined ? undefined : await NetworkNamespaces.create(`mab${process.pid % 1000}`, plan.placements.map(({ host }) => host));
const inNamespaces = machines === undefined ? describe.skip : describe;

inNamespaces('four members, each on a machine of its own', () => {
  let root: string;
  const folderOf = (mspId: string): string => join(root, mspId);

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'medaccord-members-'));
  });

  afterAll(async () => {
    await Promise.allSettled(members.map(async ({ mspId }) => node(mspId, '../main.js', 'down', '--directory', folderOf(mspId))));
    await machines?.remove();
    await rm(root, { recursive: true, force: true });
  }, 120_000);

  /** Runs a script of this project on a member's machine and answers what it prints. */
  async function node(mspId: string, path: string, ...args: string[]): Promise<string> {
    const position = members.findIndex((member) => member.mspId === mspId);
    const machine = machines?.namespaces[position] as Namespace;
    const [program, all] = machines?.inside(machine, process.execPath, ['--disable-warning=ExperimentalWarning', script(path), ...args]) ?? ['false', []];
    return (await run(program, [...all])).stdout;
  }

  test('render their own folders, and hand out no key', async () => {
    for (const { mspId } of members) {
      await renderOrganisation({
        config: CONSORTIUM_OF_FOUR,
        plan,
        mspId,
        out: folderOf(mspId),
        fabric: dirname(binaries?.directory ?? ''),
        chaincodeProgram: { program: process.execPath, args: [script('../testing/key-value-server.js')] },
      });
    }
    const { stdout } = await run('grep', ['-rl', 'PRIVATE KEY', ...members.map(({ mspId }) => join(folderOf(mspId), 'public'))]).catch(() => ({ stdout: '' }));
    expect(stdout).toBe('');
    expect(await readFile(join(folderOf('BetaMSP'), 'README.md'), 'utf8')).toContain('| 7020 | peer0.beta.example: endorsement, gossip, gateway |');
    expect(await readFile(join(folderOf('BetaMSP'), 'systemd', 'medaccord-peer0.beta.example.service'), 'utf8')).toContain('/bin/peer node start');
  }, 60_000);

  test('make one genesis block from what they have shown each other', async () => {
    const office = new NetworkDirectory(join(root, 'office'));
    await mkdir(office.organizations, { recursive: true });
    await importPublicParts(office, members.map(({ mspId }) => join(folderOf(mspId), 'public')));
    await makeGenesisBlock(office, resolveTopology(CONSORTIUM_OF_FOUR, plan), { configtxgen: binaries?.configtxgen ?? '' });
    for (const { mspId } of members) {
      const { genesisBlock } = new NetworkDirectory(folderOf(mspId));
      await mkdir(dirname(genesisBlock), { recursive: true });
      await copyFile(office.genesisBlock, genesisBlock);
    }
  }, 30_000);

  test('come together over the network, each by its own command', async () => {
    const facts = await Promise.all(
      members.map(async ({ mspId }) => {
        const folder = folderOf(mspId);
        const agreed = ['--config', join(folder, 'consortium.yaml'), '--topology', join(folder, 'topology.yaml')];
        return node(mspId, '../main.js', 'up', '--org', mspId, '--wait', '120', '--directory', folder, ...agreed, '--chaincode-server', script('../testing/key-value-server.js'));
      }),
    );
    expect(facts.map((line) => Object.keys((JSON.parse(line) as { organisations: object }).organisations))).toEqual(members.map(({ mspId }) => [mspId]));
  }, 180_000);

  test('transact with each other', async () => {
    await node('AlphaMSP', '../testing/call-as-member.js', folderOf('AlphaMSP'), 'AlphaMSP', 'submit', 'key-value', 'put', 'greeting', 'from Alpha');
    await expect(node('DeltaMSP', '../testing/call-as-member.js', folderOf('DeltaMSP'), 'DeltaMSP', 'submit', 'key-value', 'put', 'answer', 'from Delta')).resolves.toBe('');
    await expect(node('DeltaMSP', '../testing/call-as-member.js', folderOf('DeltaMSP'), 'DeltaMSP', 'evaluate', 'key-value', 'get', 'greeting')).resolves.toBe('from Alpha');
  }, 60_000);

  test('go on while one of them cannot be reached', async () => {
    const [alpha] = machines?.namespaces ?? [];
    if (alpha === undefined) throw new Error('no machine');
    await machines?.plug(alpha, false);
    await node('BetaMSP', '../testing/call-as-member.js', folderOf('BetaMSP'), 'BetaMSP', 'submit', 'key-value', 'put', 'while', 'Alpha was away');
    await machines?.plug(alpha, true);
    for (;;) {
      const seen = await node('AlphaMSP', '../testing/call-as-member.js', folderOf('AlphaMSP'), 'AlphaMSP', 'evaluate', 'key-value', 'get', 'while');
      if (seen === 'Alpha was away') break;
    }
  }, 120_000);
});
