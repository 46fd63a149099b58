import type { ChaincodeConfig } from '../../configuration/index.js';
import { ADMIN, type NetworkIdentities } from '../identities/network-identities.js';
import { withPeer } from '../peer/administer-peer.js';
import { GatewayConnection } from '../peer/gateway-connection.js';
import type { PeerClient } from '../peer/peer-client.js';
import { until } from '../processes/until.js';
import { type PeerNode, peersOf, type Topology } from '../topology/topology.js';
import { buildChaincodePackage, type ChaincodePackage, type ChaincodeSlot } from './chaincode-package.js';
import { approvals, approveArgument, approvedPackage, commitArgument, type CommittedDefinition, committedDefinitions, installedPackages, installPackage, isAsConfigured, LIFECYCLE } from './lifecycle.js';

/** A chaincode as the network runs it: what is committed, and the package that its peers dial. */
export interface DeployedChaincode {
  readonly definition: ChaincodeConfig;
  readonly package: ChaincodePackage;
  readonly slot: ChaincodeSlot;
}

/** What has to be in force, and whether it is already. */
export interface PlannedChaincode extends DeployedChaincode {
  readonly settled: boolean;
}

const COMMITTED_WITHIN_MS = 30_000;
const OTHERS_COMMIT_WITHIN_MS = 5_000;

/**
 * Brings chaincode definitions into force on a channel, as the administrator of every organisation whose peers are given:
 * of all on a network that one operator runs, of one in a consortium of many, where the others do the same for theirs.
 */
export class ChaincodeDeployment {
  constructor(
    /** The peers to act for. */
    private readonly own: Topology,
    private readonly identities: NetworkIdentities,
    /** How long the other organisations' approvals are awaited. */
    private readonly approvedWithinMs: number = COMMITTED_WITHIN_MS,
  ) {}

  /**
   * The definition, package and slot with which what is configured comes into force. A changed definition takes the next
   * sequence, and a changed version the other slot; one that is as configured is settled.
   */
  async plan(configured: ChaincodeConfig): Promise<PlannedChaincode> {
    const present = await this.inForce(configured.name);
    if (present !== undefined && isAsConfigured(present.committed, configured)) {
      return { definition: { ...configured, sequence: present.committed.sequence }, package: present.package, slot: present.slot, settled: true };
    }
    const slot = nextSlot(present, configured);
    const package_ = await buildChaincodePackage({ name: configured.name, version: configured.version, slot });
    return { definition: { ...configured, sequence: (present?.committed.sequence ?? 0) + 1 }, package: package_, slot, settled: false };
  }

  /** Installs, approves and commits what is not settled. New servers should be running by then: peers dial them at once. */
  async enact({ definition, package: package_, settled }: PlannedChaincode): Promise<void> {
    if (settled) return;
    const running = this.members().filter(({ mspId }) => runsIt(definition, mspId));
    await Promise.all(running.map(async ({ mspId }) => this.installAt(mspId, package_)));
    await Promise.all(this.members().map(async (member) => this.approveFor(member.mspId, definition, runsIt(definition, member.mspId) ? package_.id : undefined)));
    await this.commit(definition);
  }

  /** Installs a package at every peer of an organisation that lacks it. */
  async installAt(mspId: string, package_: ChaincodePackage): Promise<void> {
    await Promise.all(
      peersOf(this.own, mspId).map(async (peer) =>
        withPeer(peer, this.identities, async (client) => {
          if (!(await installedPackages(client)).includes(package_.id)) await installPackage(client, package_.bytes);
        }),
      ),
    );
  }

  /** An organisation's approval of a definition, with the package that its peers run; returns when its own peer has committed it. */
  async approveFor(mspId: string, definition: ChaincodeConfig, packageId: string | undefined): Promise<void> {
    await this.asAdmin(mspId, async (gateway) =>
      gateway.submit(this.own.channel, LIFECYCLE, 'ApproveChaincodeDefinitionForMyOrg', {
        arguments: [approveArgument(definition, packageId)],
        endorsingOrganizations: [mspId],
      }),
    );
  }

  /** Commits a definition that every organisation approved, unless another organisation has, and waits until the own peers have it. */
  async commit(definition: ChaincodeConfig): Promise<void> {
    await this.awaitApprovals(definition);
    const [first] = this.members();
    if (first === undefined) return;
    await this.commitAs(first, definition);
    await this.atEveryPeer(`${definition.name} to be defined at`, COMMITTED_WITHIN_MS, async (client) => this.isCommitted(client, definition));
  }

  /** Several organisations may try at once; one succeeds, and the others see that it did. */
  private async commitAs(member: PeerNode, definition: ChaincodeConfig): Promise<void> {
    try {
      await this.asAdmin(member.mspId, async (gateway) =>
        gateway.submit(this.own.channel, LIFECYCLE, 'CommitChaincodeDefinition', { arguments: [commitArgument(definition)] }),
      );
    } catch (error) {
      const done = async (): Promise<true | undefined> => withPeer(member, this.identities, async (client) => ((await this.isCommitted(client, definition)) ? true : undefined));
      await until(done, { withinMs: OTHERS_COMMIT_WITHIN_MS, what: `${definition.name} to be committed by another organisation` }).catch(() => {
        throw error;
      });
    }
  }

  private async isCommitted(client: PeerClient, { name, sequence }: ChaincodeConfig): Promise<boolean> {
    const committed = await committedDefinitions(client, this.own.channel);
    return committed.some((definition) => definition.name === name && definition.sequence >= sequence);
  }

  /** An approval is known where its organisation's peer is; the others endorse the commit only once they have seen it. */
  private async awaitApprovals(definition: ChaincodeConfig): Promise<void> {
    await this.atEveryPeer(`every approval of ${definition.name} to be known at`, this.approvedWithinMs, async (client) => {
      if (await this.isCommitted(client, definition)) return true;
      const approved = await approvals(client, this.own.channel, definition);
      return [...approved.values()].every(Boolean);
    });
  }

  private async atEveryPeer(what: string, withinMs: number, holds: (client: PeerClient) => Promise<boolean>): Promise<void> {
    await Promise.all(
      this.own.peers.map(async (peer) =>
        withPeer(peer, this.identities, async (client) => until(async () => ((await holds(client)) ? true : undefined), { withinMs, what: `${what} ${peer.id}` })),
      ),
    );
  }

  private async inForce(name: string): Promise<InForce | undefined> {
    const [first] = this.members();
    if (first === undefined) return undefined;
    return withPeer(first, this.identities, async (client) => {
      const committed = (await committedDefinitions(client, this.own.channel)).find((definition) => definition.name === name);
      return committed === undefined ? undefined : { committed, ...(await this.approvedSlot(name, committed.version, committed.sequence)) };
    });
  }

  /** The slot of a committed definition is the one whose package some organisation approved. */
  private async approvedSlot(name: string, version: string, sequence: number): Promise<{ slot: ChaincodeSlot; package: ChaincodePackage }> {
    const approved = await Promise.all(
      this.members().map(async (member) => withPeer(member, this.identities, async (client) => approvedPackage(client, this.own.channel, { name, sequence }))),
    );
    const green = await buildChaincodePackage({ name, version, slot: 'green' });
    if (approved.includes(green.id)) return { slot: 'green', package: green };
    return { slot: 'blue', package: await buildChaincodePackage({ name, version, slot: 'blue' }) };
  }

  private async asAdmin(mspId: string, action: (gateway: GatewayConnection) => Promise<unknown>): Promise<void> {
    const organisation = this.identities.of(mspId);
    const [peer] = peersOf(this.own, mspId);
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
    return this.own.peers.filter(({ index }) => index === 0);
  }
}

interface InForce {
  readonly committed: CommittedDefinition;
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
