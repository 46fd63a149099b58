import { common } from '@hyperledger/fabric-protos';
import { readMspConfiguration } from '../../identities/index.js';
import type { SigningIdentity, UserRequest } from '../../identities/index.js';
import { withMsp } from '../channel-config/index.js';
import { transactionHeader } from '../transactions/sign-proposal.js';
import type { Channel } from './channel.js';
import type { Enrolment } from './enrolment.js';
import type { Organisation } from './organisation.js';

/** Puts organisations of a running network into the states that tests and exercises need. */
export class NetworkControl {
  constructor(
    private readonly channel: Channel,
    private readonly enrolment: Enrolment,
    private readonly organisations: ReadonlyMap<string, Organisation>,
  ) {}

  /** The organisation's peer falls behind: it commits nothing until it is resumed. */
  pause(mspId: string): void {
    this.channel.ledger.pause(this.#organisation(mspId).peer.mspId);
  }

  /** Resolves when the organisation's peer has caught up. */
  async resume(mspId: string): Promise<void> {
    await this.channel.ledger.resume(this.#organisation(mspId).peer.mspId);
  }

  /** The organisation's endpoint refuses connections, and no other organisation's gateway reaches its peer. */
  stop(mspId: string): void {
    this.#organisation(mspId).stop();
  }

  /** Opens the endpoint of a stopped organisation again, at the same address. */
  async start(mspId: string): Promise<void> {
    await this.#organisation(mspId).start();
  }

  /** The organisation's peer misses the private data of later blocks, until `false` is passed. */
  stripPrivateData(mspId: string, on = true): void {
    this.channel.ledger.stripPrivateData(this.#organisation(mspId).peer.mspId, on);
  }

  /** Fetches what the organisation's peer misses from other members; answers how much is still missing. */
  async reconcile(mspId: string): Promise<number> {
    return this.channel.ledger.reconcile(this.#organisation(mspId).peer.mspId);
  }

  /** Issues an identity of the organisation, or answers the one that has the name already. */
  async issue(mspId: string, request: UserRequest): Promise<SigningIdentity> {
    const { tree } = this.#organisation(mspId).enrolled;
    await tree.addUser(request);
    return tree.user(request.name);
  }

  /** Revokes an identity: its organisation's revocation list goes into the channel's configuration. */
  async revoke(mspId: string, userName: string): Promise<void> {
    const { tree } = this.#organisation(mspId).enrolled;
    await tree.revokeUser(userName);
    const next = withMsp(this.channel.membership.configuration, await readMspConfiguration(tree.paths.msp, mspId));
    await this.channel.reconfigure(this.#configTransaction(next));
  }

  #configTransaction(config: common.Config): Uint8Array {
    const { orderer } = this.enrolment;
    const content = new common.ConfigEnvelope();
    content.setConfig(config);
    const payload = new common.Payload();
    payload.setHeader(transactionHeader(common.HeaderType.CONFIG, this.channel.name, orderer));
    payload.setData(content.serializeBinary());
    const envelope = new common.Envelope();
    envelope.setPayload(payload.serializeBinary());
    envelope.setSignature(orderer.sign(envelope.getPayload_asU8()));
    return envelope.serializeBinary();
  }

  #organisation(mspId: string): Organisation {
    const organisation = this.organisations.get(mspId);
    if (!organisation) throw new Error(`no organisation of this network has the MSP id ${mspId}`);
    return organisation;
  }
}
