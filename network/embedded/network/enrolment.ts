import { join } from 'node:path';
import type { ConsortiumConfig, OrganisationConfig } from '../../configuration/consortium.js';
import { organizationsPath, OrganizationTree } from '../../identities/index.js';
import type { SigningIdentity, TlsMaterial } from '../../identities/index.js';

/** The orderer's own organisation: no member signs blocks. */
const ORDERER_MSP = 'OrdererMSP';

/** An organisation's identities on disk and the ones that its peer works with. */
export interface EnrolledOrganisation {
  readonly mspId: string;
  readonly tree: OrganizationTree;
  readonly administrator: SigningIdentity;
  readonly peer: SigningIdentity;
  readonly tls: TlsMaterial;
}

export interface Enrolment {
  readonly organizationsPath: string;
  readonly organisations: readonly EnrolledOrganisation[];
  readonly ordererTree: OrganizationTree;
  readonly orderer: SigningIdentity;
}

/** Issues whatever identities the configuration asks for and the folder lacks; what is there is kept. */
export async function enrol(config: ConsortiumConfig, directory: string, host: string): Promise<Enrolment> {
  const root = organizationsPath(directory);
  const organisations = await Promise.all(config.organisations.map((organisation) => enrolOrganisation(organisation, root, host)));
  const domain = `orderer.${config.channel}.example`;
  const ordererTree = await OrganizationTree.open({ root, domain, mspId: ORDERER_MSP, kind: 'orderer' });
  await ordererTree.addNode(`orderer0.${domain}`);
  await ordererTree.addUser({ name: 'Admin', role: 'admin' });
  return { organizationsPath: root, organisations, ordererTree, orderer: await ordererTree.node(`orderer0.${domain}`) };
}

/** The folder of the ledger below a network's directory. */
export function ledgerPath(directory: string): string {
  return join(directory, 'ledger');
}

async function enrolOrganisation(organisation: OrganisationConfig, root: string, host: string): Promise<EnrolledOrganisation> {
  const { mspId, domain, users } = organisation;
  const tree = await OrganizationTree.open({ root, domain, mspId });
  const node = `peer0.${domain}`;
  await tree.addNode(node, [...new Set(['localhost', '127.0.0.1', host])]);
  await tree.addUser({ name: 'Admin', role: 'admin' });
  for (const { name, attributes } of users) await tree.addUser({ name, attributes });
  return { mspId, tree, administrator: await tree.user('Admin'), peer: await tree.node(node), tls: await tree.nodeTls(node) };
}
