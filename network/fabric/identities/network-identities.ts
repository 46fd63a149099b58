import type { ConsortiumConfig } from '../../configuration/consortium.js';
import { IdentityError, type Issuer, OrganizationTree } from '../../identities/index.js';
import { orderingDomain, ordererMspId, ownedBy, type Topology } from '../topology/topology.js';

/** Gives an organisation's certificate authority; the development authority where it gives none. */
export type IssuerOf = (organisation: { readonly mspId: string; readonly domain: string }) => Issuer | undefined;

/** Name of each organisation's administrator. */
export const ADMIN = 'Admin';

/** Whose identities are opened, and who issues them. */
export interface IdentityOptions {
  /** MSP ids of the organisations whose keys are here; all where omitted. */
  readonly own?: readonly string[];
  readonly issuerOf?: IssuerOf;
}

/** Organisations' identities: their peers' and users', and apart from these their orderers'. */
export class NetworkIdentities {
  private constructor(private readonly trees: ReadonlyMap<string, OrganizationTree>) {}

  /** Opens the identities under `organizations`, issuing what is missing of the own organisations'. */
  static async open(organizations: string, config: ConsortiumConfig, topology: Topology, { own, issuerOf = () => undefined }: IdentityOptions = {}): Promise<NetworkIdentities> {
    const trees = new Map<string, OrganizationTree>();
    const owned = config.organisations.filter(({ mspId }) => own?.includes(mspId) ?? true);
    for (const organisation of owned) {
      const peers = await openTree(organizations, 'peer', organisation, issuerOf);
      await peers.addUser({ name: ADMIN, role: 'admin' });
      for (const { name, attributes } of organisation.users) await peers.addUser({ name, attributes });
      const orderers = await openTree(organizations, 'orderer', { mspId: ordererMspId(organisation.mspId), domain: orderingDomain(organisation.domain) }, issuerOf);
      await orderers.addUser({ name: ADMIN, role: 'admin' });
      trees.set(peers.mspId, peers).set(orderers.mspId, orderers);
    }
    const identities = new NetworkIdentities(trees);
    const { peers, orderers } = ownedBy(topology, owned.map(({ mspId }) => mspId));
    for (const node of [...peers, ...orderers]) await identities.of(node.mspId).addNode(node.id, [...new Set([node.host, 'localhost', '127.0.0.1'])]);
    return identities;
  }

  /** An organisation's folder by MSP, also of its ordering MSP; throws MSP_UNKNOWN where its keys are not here. */
  of(mspId: string): OrganizationTree {
    const tree = this.trees.get(mspId);
    if (tree === undefined) throw new IdentityError('MSP_UNKNOWN', `the identities of ${mspId} are not here`);
    return tree;
  }
}

async function openTree(root: string, kind: 'peer' | 'orderer', organisation: { readonly mspId: string; readonly domain: string }, issuerOf: IssuerOf): Promise<OrganizationTree> {
  const { mspId, domain } = organisation;
  const issuer = issuerOf({ mspId, domain });
  return OrganizationTree.open({ root, domain, mspId, kind, ...(issuer === undefined ? {} : { issuer }) });
}
