import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gatewayProcess, houseRoot, consortiumFile, type StackEndpoints } from '@medaccord/network/cli';
import { loadConsortium } from '@medaccord/network/configuration';
import { fabricWanted, NetworkNamespaces } from '@medaccord/network/fabric/testing';
import { OrganizationPaths } from '@medaccord/network/identities';
import type { DemoFacts } from '../demo/facts.js';
import { runMainJob } from '../demo/main-job.js';
import { DEMO_EXPECTED, DEMO_FOR_REVIEW } from '../fixtures/demo-expected.js';
import { MemberMachine } from './member-machine.js';

const GATEWAY_PORT = 4001;
const TOKEN_PORT = 4010;
/** Where the other machines reach the identity provider of the office's. */
const FORWARDED_TOKEN_PORT = 4011;
const FIRST_NODE_PORT = 7000;
/** An organisation's first peer, counted from its first port (network/fabric/topology/port-plan.ts). */
const FIRST_PEER_PORT = FIRST_NODE_PORT + 20;

const config = await loadConsortium(consortiumFile);
const hostOf = (name: string): string => `${name}.members.test`;
const found = await fabricWanted('four members on machines of their own');
const binaries = found && dirname(found.directory);
const machines = binaries === undefined ? undefined : await NetworkNamespaces.create(`mas${process.pid % 1000}`, config.organisations.map(({ name }) => hostOf(name)));
const onMachines = machines === undefined ? describe.skip : describe;

onMachines('four members, each on a machine of its own, with a folder rendered by itself', () => {
  const network = join(houseRoot, 'network/dist/fabric/main.js');
  const chaincodes = join(houseRoot, 'chaincode/contracts/dist/main.js');
  let root: string;
  let members: readonly MemberMachine[];
  let facts: DemoFacts;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'medaccord-machines-'));
    await machines?.join();
    members = config.organisations.map((organisation, index) => {
      const namespace = machines?.namespaces[index];
      if (machines === undefined || namespace === undefined) throw new Error('no machine');
      return new MemberMachine(machines, namespace, organisation, join(root, organisation.name));
    });
    const topology = join(root, 'topology.yaml');
    const placements = config.organisations.map(({ name }) => `  ${name}: { host: ${hostOf(name)}, listen: 0.0.0.0, firstPort: ${FIRST_NODE_PORT} }`);
    await writeFile(topology, `consensus: bft\norganisations:\n${placements.join('\n')}\n`);
    await renderAll(topology);
    await agreeOnGenesis(topology);
    await comeTogether();
    await serve();
    facts = await runMainJob(endpoints());
  }, 600_000);

  afterAll(async () => {
    await Promise.all(members.map(async (member) => member.stop()));
    await Promise.allSettled(members.map(async (member) => member.run(network, 'down', '--directory', member.folder)));
    await machines?.remove();
    await rm(root, { recursive: true, force: true });
  }, 180_000);

  async function renderAll(topology: string): Promise<void> {
    const agreed = ['--config', consortiumFile, '--topology', topology, '--fabric', binaries ?? '', '--chaincode-server', chaincodes];
    for (const member of members) await member.run(network, 'render', '--org', member.organisation.mspId, '--out', member.folder, ...agreed);
  }

  /** The office makes the block of the others' public parts; each member puts it into its own folder. */
  async function agreeOnGenesis(topology: string): Promise<void> {
    const office = members.at(-1);
    const folder = join(root, 'genesis');
    await office?.run(network, 'genesis', ...members.map((member) => join(member.folder, 'public')), '--config', consortiumFile, '--topology', topology, '--directory', folder);
    for (const member of members) {
      await mkdir(join(member.folder, 'channel'), { recursive: true });
      await copyFile(join(folder, 'channel', 'genesis.block'), join(member.folder, 'channel', 'genesis.block'));
    }
  }

  async function comeTogether(): Promise<void> {
    await Promise.all(
      members.map(async (member) => {
        const agreed = ['--config', join(member.folder, 'consortium.yaml'), '--topology', join(member.folder, 'topology.yaml')];
        await member.run(network, 'up', '--org', member.organisation.mspId, '--wait', '240', '--directory', member.folder, ...agreed, '--chaincode-server', chaincodes);
      }),
    );
  }

  /** The identity provider on the office's machine, and every member's gateway on its own. */
  async function serve(): Promise<void> {
    const office = members.at(-1);
    await office?.serve({
      script: join(houseRoot, 'gateway-api/dist/identity-provider/main.js'),
      args: [],
      environment: { MEDACCORD_CONSORTIUM_FILE: consortiumFile, MEDACCORD_IDENTITY_PROVIDER_PORT: String(TOKEN_PORT) },
    });
    await office?.serve({ script: join(houseRoot, 'test/dist/members/forward.js'), args: [String(FORWARDED_TOKEN_PORT), String(TOKEN_PORT)], environment: {} });
    const issuersKeys = `http://${hostOf(office?.organisation.name ?? '')}:${FORWARDED_TOKEN_PORT}/jwks`;
    await Promise.all(members.map(async (member) => member.serve(gatewayOf(member, issuersKeys))));
  }

  function gatewayOf({ organisation, folder }: MemberMachine, jwksUri: string): Parameters<MemberMachine['serve']>[0] {
    const organizationsPath = join(folder, 'organizations');
    const node = new OrganizationPaths(organizationsPath, organisation.domain).node(`peer0.${organisation.domain}`);
    const { script, args, environment } = gatewayProcess(organisation, {
      config,
      directory: folder,
      organizationsPath,
      peer: { endpoint: `${hostOf(organisation.name)}:${FIRST_PEER_PORT}`, tlsCaFile: node.tlsCaCertificate },
      tokenIssuer: `http://localhost:${TOKEN_PORT}`,
      port: GATEWAY_PORT,
      clockIntervalSeconds: 0,
    });
    return { script, args, environment: { ...environment, MEDACCORD_HOST: '0.0.0.0', MEDACCORD_TOKEN_JWKS_URI: jwksUri } };
  }

  function endpoints(): StackEndpoints {
    const gateways = members.map(({ organisation: { name, mspId }, address }) => [name, { mspId, url: `http://${address}:${GATEWAY_PORT}` }] as const);
    return {
      network: 'fabric',
      channel: config.channel,
      identityProvider: `http://${members.at(-1)?.address ?? ''}:${FORWARDED_TOKEN_PORT}`,
      gateways: Object.fromEntries(gateways),
      peers: {},
      organizationsPath: '',
    };
  }

  test('complete the main job: every claim is accounted for as the table says', () => {
    expect(facts.claims.map(({ patientControlNumber, outcome }) => [patientControlNumber, outcome]).sort()).toEqual(
      Object.entries(DEMO_EXPECTED).map(([number, { outcome }]) => [number, outcome]).sort(),
    );
    expect(facts.review.map(({ patientControlNumber }) => patientControlNumber)).toEqual(DEMO_FOR_REVIEW);
  });

  test('compute every decision again, to the same bytes, and balance the remittance', () => {
    expect(facts.recomputed.sameBytes).toBe(facts.recomputed.decisions);
    const paid = facts.claims.reduce((sum, claim) => sum + (claim.paid ?? 0), 0);
    expect(facts.remittance).toMatchObject({ paid, total: paid });
  });
});
