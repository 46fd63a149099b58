import type { ChaincodeConfig } from '../../configuration/index.js';
import { ADMIN, type NetworkIdentities } from '../identities/network-identities.js';
import { withPeer } from '../peer/administer-peer.js';
import { GatewayConnection } from '../peer/gateway-connection.js';
import { until } from '../processes/until.js';
import { type PeerNode, peersOf, type Topology } from '../topology/topology.js';
import { buildChaincodePackage, type ChaincodePackage, type ChaincodeSlot } from './chaincode-package.js';
import { approvals, approveArgument, approvedPackage, commitArgument, committedDefinitions, installedPackages, installPackage, isAsConfigured, LIFECYCLE } from './lifecycle.js';

/** A chaincode as the network runs it: what is committed, and the package that its peers dial. */
export interface DeployedChaincode {
  readonly definition: ChaincodeConfig;
  readonly package: ChaincodePackage;
  readonly slot: ChaincodeSlot;
}

const COMMITTED_WITHIN_MS = 30_000;

/**
 * Brings chaincode definitions into force on a channel: installs the packages, lets every organisation approve and commits.
 * Acts as every organisation's administrator, so it is for networks that one operator runs; in a consortium of many, each
 * calls `installAt` and `approveFor` for itself.
 */
export class ChaincodeDeployment {
  constructor(
    private readonly topology: Topology,
    private readonly identities: NetworkIdentities,
  ) {}

  /**
   * Makes what is configured the definition in force; a chaincode whose definition is as configured is left alone. A
   * changed one takes the next sequence, and a changed version the other slot.
   */
  async deploy(configured: ChaincodeConfig): Promise<DeployedChaincode> {
    const present = await this.inForce(configured.name);
    if (present !== undefined && isAsConfigured(present.committed, configured)) {
      return { definition: { ...configured, sequence: present.committed.sequence }, package: present.package, slot: present.slot };
    }
    const definition = { ...configured, sequence: (present?.committed.sequence ?? 0) + 1 };
    const slot = nextSlot(present, definition);
    const package_ = await buildChaincodePackage({ name: definition.name, version: definition.version, slot });
    await this.installEverywhere(definition, package_);
    await Promise.all(this.members().map(async (member) => this.approveFor(member.mspId, definition, runsIt(definition, member.mspId) ? package_.id : undefined)));
    await this.commit(definition);
    return { definition, package: package_, slot };
  }

  /** Installs a package at every peer of an organisation that lacks it. */
  async installAt(mspId: string, package_: ChaincodePackage): Promise<void> {
    await Promise.all(
      peersOf(this.topology, mspId).map(async (peer) =>
        withPeer(peer, this.identities, async (client) => {
          if (!(await installedPackages(client)).includes(package_.id)) await installPackage(client, package_.bytes);
        }),
      ),
    );
  }

  /** An organisation's approval of a definition, with the package that its peers run; returns when its own peer has committed it. */
  async approveFor(mspId: string, definition: ChaincodeConfig, packageId: string | undefined): Promise<void> {
    await this.asAdmin(mspId, async (gateway) =>
      gateway.submit(this.topology.channel, LIFECYCLE, 'ApproveChaincodeDefinitionForMyOrg', {
        arguments: [approveArgument(definition, packageId)],
        endorsingOrganizations: [mspId],
      }),
    );
  }

  /** Commits a definition that enough organisations approved, and waits until every peer has it. */
  async commit(definition: ChaincodeConfig): Promise<void> {
    await this.awaitApprovals(definition);
    const [first] = this.members();
    if (first === undefined) return;
    await this.asAdmin(first.mspId, async (gateway) =>
      gateway.submit(this.topology.channel, LIFECYCLE, 'CommitChaincodeDefinition', { arguments: [commitArgument(definition)] }),
    );
    await this.atEveryPeer(`${definition.name} to be defined at`, async (client) => {
      const committed = await committedDefinitions(client, this.topology.channel);
      return committed.some(({ name, sequence }) => name === definition.name && sequence >= definition.sequence);
    });
  }

  private async installEverywhere(definition: ChaincodeConfig, package_: ChaincodePackage): Promise<void> {
    const running = this.members().filter(({ mspId }) => runsIt(definition, mspId));
    await Promise.all(running.map(async ({ mspId }) => this.installAt(mspId, package_)));
  }

  /** An approval is known where its organisation's peer is; the others endorse the commit only once they have seen it. */
  private async awaitApprovals(definition: ChaincodeConfig): Promise<void> {
    await this.atEveryPeer(`every approval of ${definition.name} to be known at`, async (client) => {
      const approved = await approvals(client, this.topology.channel, definition);
      return [...approved.values()].every(Boolean);
    });
  }

  private async atEveryPeer(what: string, holds: (client: Parameters<Parameters<typeof withPeer>[2]>[0]) => Promise<boolean>): Promise<void> {
    await Promise.all(
      this.topology.peers.map(async (peer) =>
        withPeer(peer, this.identities, async (client) =>
          until(async () => ((await holds(client)) ? true : undefined), { withinMs: COMMITTED_WITHIN_MS, what: `${what} ${peer.id}` }),
        ),
      ),
    );
  }

  private async inForce(name: string): Promise<InForce | undefined> {
    const [first] = this.members();
    if (first === undefined) return undefined;
    return withPeer(first, this.identities, async (client) => {
      const committed = (await committedDefinitions(client, this.topology.channel)).find((definition) => definition.name === name);
      return committed === undefined ? undefined : { committed, ...(await this.approvedSlot(name, committed.version, committed.sequence)) };
    });
  }

  /** The slot of a committed definition is the one whose package some organisation approved. */
  private async approvedSlot(name: string, version: string, sequence: number): Promise<{ slot: ChaincodeSlot; package: ChaincodePackage }> {
    const approved = await Promise.all(
      this.members().map(async (member) => withPeer(member, this.identities, async (client) => approvedPackage(client, this.topology.channel, { name, sequence }))),
    );
    const green = await buildChaincodePackage({ name, version, slot: 'green' });
    if (approved.includes(green.id)) return { slot: 'green', package: green };
    return { slot: 'blue', package: await buildChaincodePackage({ name, version, slot: 'blue' }) };
  }

  private async asAdmin(mspId: string, action: (gateway: GatewayConnection) => Promise<unknown>): Promise<void> {
    const organisation = this.identities.of(mspId);
    const [peer] = peersOf(this.topology, mspId);
    if (peer === undefined) return;
    const gateway = new GatewayConnection({ endpoint: `${peer.host}:${peer.port}`, tlsCaCert: organisation.issuer.authorities.tls }, await organisation.user(ADMIN));
    try {
      await action(gateway);
    } finally {
      gateway.close();
    }
  }

  /** The first peer of every organisation. */
  private members(): readonly PeerNode[] {
    return this.topology.peers.filter(({ index }) => index === 0);
  }
}

interface InForce {
  readonly committed: { readonly version: string; readonly sequence: number; readonly name: string; readonly validationParameter: Uint8Array; readonly collections: Uint8Array };
  readonly package: ChaincodePackage;
  readonly slot: ChaincodeSlot;
}

/** True where the organisation's peers run the chaincode. */
export function runsIt({ installedAt }: ChaincodeConfig, mspId: string): boolean {
  return installedAt === undefined || installedAt.includes(mspId);
}

/** Other code gets the other slot; the same code under a new policy keeps its servers. */
function nextSlot(present: InForce | undefined, { version }: ChaincodeConfig): ChaincodeSlot {
  if (present === undefined) return 'blue';
  if (present.committed.version === version) return present.slot;
  return present.slot === 'blue' ? 'green' : 'blue';
}
