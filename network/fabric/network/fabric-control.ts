import { readMspConfiguration, type SigningIdentity, type UserRequest } from '../../identities/index.js';
import { ChannelAdministration } from '../channel/channel-administration.js';
import { replaceMsp } from '../channel/configuration-edits.js';
import type { NetworkIdentities } from '../identities/network-identities.js';
import { chainHeight } from '../peer/peer-administration.js';
import { until } from '../processes/until.js';
import { peersOf, type Topology } from '../topology/topology.js';
import { withPeer } from '../peer/administer-peer.js';
import { awaitMembership } from './join-channel.js';
import type { NodeSupervisor } from './node-supervisor.js';

const CAUGHT_UP_WITHIN_MS = 60_000;

/** Puts organisations of a running network into the states that tests and exercises need, as far as real nodes can be put there. */
export class FabricControl {
  constructor(
    private readonly topology: Topology,
    private readonly identities: NetworkIdentities,
    private readonly nodes: NodeSupervisor,
  ) {}

  /** The organisation's peers are stopped. */
  async stop(mspId: string): Promise<void> {
    await this.nodes.stop(this.peerIds(mspId));
  }

  /** Starts the organisation's peers again and waits until everybody knows them and they have caught up. */
  async start(mspId: string): Promise<void> {
    await this.nodes.start(this.peerIds(mspId));
    await awaitMembership(this.topology.peers, this.topology, this.identities);
    await this.awaitEqualHeights();
  }

  /** Issues an identity of the organisation, or answers the one that has the name already. */
  async issue(mspId: string, request: UserRequest): Promise<SigningIdentity> {
    const organisation = this.identities.of(mspId);
    await organisation.addUser(request);
    return organisation.user(request.name);
  }

  /** Revokes an identity: its organisation's revocation list goes into the channel's configuration, signed by the organisation itself. */
  async revoke(mspId: string, userName: string): Promise<void> {
    const organisation = this.identities.of(mspId);
    await organisation.revokeUser(userName);
    const channel = new ChannelAdministration(this.topology, this.identities);
    await channel.change(replaceMsp(await readMspConfiguration(organisation.paths.msp, mspId)), [mspId]);
  }

  /** Waits until every running peer has as many blocks as the others. */
  async awaitEqualHeights(): Promise<void> {
    const equal = async (): Promise<true | undefined> => {
      const heights = await Promise.all(
        this.topology.peers.map(async (peer) => withPeer(peer, this.identities, async (client) => (await chainHeight(client, this.topology.channel)).height)),
      );
      return new Set(heights).size === 1 ? true : undefined;
    };
    await until(equal, { withinMs: CAUGHT_UP_WITHIN_MS, what: 'all peers to have the same height' });
  }

  private peerIds(mspId: string): readonly string[] {
    return peersOf(this.topology, mspId).map(({ id }) => id);
  }
}
