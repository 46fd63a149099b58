import type { ConsortiumConfig } from '../../configuration/consortium.js';
import { IdentityError, type Issuer, OrganizationTree } from '../../identities/index.js';
import { orderingDomain, ordererMspId, type Topology } from '../topology/topology.js';

/** Gives an organisation's certificate authority; the development authority where it gives none. */
export type IssuerOf = (organisation: { readonly mspId: string; readonly domain: string }) => Issuer | undefined;

/** Name of each organisation's administrator. */
export const ADMIN = 'Admin';

/** Every organisation's identities: its peers' and users', and apart from these its orderers'. */
export class NetworkIdentities {
  private constructor(private readonly trees: ReadonlyMap<string, OrganizationTree>) {}

  /** Opens the identities under `organizations`, issuing what is missing. */
  static async open(organizations: string, config: ConsortiumConfig, topology: Topology, issuerOf: IssuerOf = () => undefined): Promise<NetworkIdentities> {
    const trees = new Map<string, OrganizationTree>();
    for (const organisation of config.organisations) {
      const peers = await openTree(organizations, 'peer', organisation, issuerOf);
      await peers.addUser({ name: ADMIN, role: 'admin' });
      for (const { name, attributes } of organisation.users) await peers.addUser({ name, attributes });
      const orderers = await openTree(organizations, 'orderer', { mspId: ordererMspId(organisation.mspId), domain: orderingDomain(organisation.domain) }, issuerOf);
      await orderers.addUser({ name: ADMIN, role: 'admin' });
      trees.set(peers.mspId, peers).set(orderers.mspId, orderers);
    }
    const identities = new NetworkIdentities(trees);
    for (const node of [...topology.peers, ...topology.orderers]) await identities.of(node.mspId).addNode(node.id, [...new Set([node.host, 'localhost', '127.0.0.1'])]);
    return identities;
  }

  /** An organisation's folder by MSP, also of its ordering MSP; throws MSP_UNKNOWN. */
  of(mspId: string): OrganizationTree {
    const tree = this.trees.get(mspId);
    if (tree === undefined) throw new IdentityError('MSP_UNKNOWN', `no organisation of this network is ${mspId}`);
    return tree;
  }
}

async function openTree(root: string, kind: 'peer' | 'orderer', organisation: { readonly mspId: string; readonly domain: string }, issuerOf: IssuerOf): Promise<OrganizationTree> {
  const { mspId, domain } = organisation;
  const issuer = issuerOf({ mspId, domain });
  return OrganizationTree.open({ root, domain, mspId, kind, ...(issuer === undefined ? {} : { issuer }) });
}
