import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import type { ConsortiumConfig } from '../../configuration/index.js';
import { writeWhole } from '../../identities/tree/durable-file.js';
import { chaincodeProcessName, type ChaincodeProgram, serverEnvironment } from '../chaincode/chaincode-process.js';
import { assignServers, type ChaincodeServerAssignment } from '../chaincode/chaincode-server.js';
import { buildChaincodePackage } from '../chaincode/chaincode-package.js';
import { FabricError } from '../fabric-error.js';
import { type IssuerOf, NetworkIdentities } from '../identities/network-identities.js';
import { NetworkDirectory } from '../network-directory.js';
import { nodeEnvironment } from '../network/node-environment.js';
import { writeNodeConfigurations } from '../network/prepare-network.js';
import { isPeer, ownedBy, resolveTopology, type Topology, type TopologyPlan } from '../topology/topology.js';
import { composeFile, type ContainerService } from './compose-file.js';
import { environmentFile } from './environment-file.js';
import { instructions } from './instructions.js';
import { exportPublicPart } from './public-part.js';
import { serviceUnit, unitFile } from './service-units.js';

/** What to render, and what the organisation's host will look like. */
export interface RenderOptions {
  readonly config: ConsortiumConfig;
  readonly plan: TopologyPlan;
  readonly mspId: string;
  /** Folder to fill; identities that are in it are kept. */
  readonly out: string;
  /** Where the folder will be on the organisation's host; where it is now where omitted. */
  readonly at?: string;
  /** Unpacked Fabric release on the host: `bin` and `builders` are below it. */
  readonly fabric: string;
  /** Serves the chaincodes on the host. */
  readonly chaincodeProgram: ChaincodeProgram;
  /** Folder that a chaincode's container needs besides the rendered one. */
  readonly chaincodeFolder?: string;
  readonly issuerOf?: IssuerOf;
  readonly logging?: string;
}

/**
 * Writes everything that one organisation needs to run its own nodes on its own hosts: identities, node configurations,
 * systemd units, a compose file with the official images, and instructions. Throws TOPOLOGY_INVALID.
 */
export async function renderOrganisation(options: RenderOptions): Promise<void> {
  const { config, plan, mspId } = options;
  if (!config.organisations.some((organisation) => organisation.mspId === mspId)) {
    throw new FabricError('TOPOLOGY_INVALID', `the consortium has no member ${mspId}`);
  }
  const directory = new NetworkDirectory(options.out);
  const home = new NetworkDirectory(options.at ?? options.out);
  const topology = resolveTopology(config, plan);
  const own = ownedBy(topology, [mspId]);
  const identities = await NetworkIdentities.open(directory.organizations, config, topology, { own: [mspId], ...(options.issuerOf === undefined ? {} : { issuerOf: options.issuerOf }) });
  await writeWhole(directory.topology, `${JSON.stringify(topology, null, 2)}\n`);
  await writeWhole(join(directory.root, 'consortium.yaml'), stringify(config));
  await writeWhole(join(directory.root, 'topology.yaml'), planFile(plan));
  await writeNodeConfigurations(directory, own, { ccaasBuilder: join(resolve(options.fabric), 'builders', 'ccaas') }, home);
  await exportPublicPart(directory, own, join(directory.root, 'public'));
  const services = [...(await nodeServices(options, own, identities, directory, home)), ...(await chaincodeServices(options, own, identities, directory, home))];
  await writeServices(services, options, directory, home);
  await writeWhole(join(directory.root, 'README.md'), instructions({ mspId, own, topology, home: home.root, services: services.map(({ id }) => id) }));
}

async function nodeServices({ fabric, logging = 'warn' }: RenderOptions, own: Topology, identities: NetworkIdentities, directory: NetworkDirectory, home: NetworkDirectory): Promise<ContainerService[]> {
  const services: ContainerService[] = [];
  for (const node of [...own.orderers, ...own.peers]) {
    await writeWhole(directory.nodeEnvironment(node.id), environmentFile(await nodeEnvironment(node, identities, home, logging)), 'secret');
    const kind = isPeer(node) ? 'peer' : 'orderer';
    const command = [join(resolve(fabric), 'bin', kind), ...(isPeer(node) ? ['node', 'start'] : [])];
    services.push({ id: node.id, kind, description: `Hyperledger Fabric ${kind} ${node.id}`, command, environmentFile: home.nodeEnvironment(node.id) });
  }
  return services;
}

/** The first version's servers, in the slot where every chaincode begins. */
async function chaincodeServices({ config, chaincodeProgram }: RenderOptions, own: Topology, identities: NetworkIdentities, directory: NetworkDirectory, home: NetworkDirectory): Promise<ContainerService[]> {
  const services: ContainerService[] = [];
  for (const definition of config.chaincodes) {
    const package_ = await buildChaincodePackage({ name: definition.name, version: definition.version, slot: 'blue' });
    await mkdir(join(directory.root, 'packages'), { recursive: true });
    await writeFile(join(directory.root, 'packages', `${package_.label}.tar.gz`), package_.bytes);
    for (const assignment of await assignServers({ definition, package: package_, slot: 'blue' }, own, identities, directory)) {
      services.push(await chaincodeService(assignment, chaincodeProgram, directory, home));
    }
  }
  return services;
}

async function chaincodeService(assignment: ChaincodeServerAssignment, { program, args }: ChaincodeProgram, directory: NetworkDirectory, home: NetworkDirectory): Promise<ContainerService> {
  const id = chaincodeProcessName(assignment);
  const atHome = (file: string): string => join(home.root, file.slice(directory.root.length));
  const tls = { certificate: atHome(assignment.tls.certificate), privateKey: atHome(assignment.tls.privateKey), caCertificate: atHome(assignment.tls.caCertificate) };
  await writeWhole(directory.nodeEnvironment(id), environmentFile(serverEnvironment({ ...assignment, tls })));
  return { id, kind: 'chaincode', description: `Chaincode ${assignment.chaincode} of ${assignment.peerId}`, command: [program, ...args, assignment.chaincode], environmentFile: home.nodeEnvironment(id) };
}

async function writeServices(services: readonly ContainerService[], { chaincodeFolder }: RenderOptions, directory: NetworkDirectory, home: NetworkDirectory): Promise<void> {
  const systemd = join(directory.root, 'systemd');
  for (const service of services) await writeWhole(unitFile(systemd, service), serviceUnit(service));
  const folders = chaincodeFolder === undefined ? [home.root] : [home.root, resolve(chaincodeFolder)];
  await writeWhole(join(directory.root, 'compose.yaml'), composeFile(services, folders));
}

function planFile({ consensus, placements }: TopologyPlan): string {
  return stringify({ consensus, organisations: Object.fromEntries(placements.map(({ name, ...placement }) => [name, placement])) });
}
