import type { common } from '@hyperledger/fabric-protos';
import { FabricError } from '../fabric-error.js';
import { ADMIN, type NetworkIdentities } from '../identities/network-identities.js';
import { ordererAdministration } from '../orderer/administer-orderer.js';
import { withPeer } from '../peer/administer-peer.js';
import { configurationBlock } from '../peer/peer-administration.js';
import { until } from '../processes/until.js';
import type { Topology } from '../topology/topology.js';
import { configurationDelta } from './configuration-delta.js';
import type { ConfigurationEdit } from './configuration-edits.js';
import { copyConfiguration, readConfiguration, signUpdate, updateEnvelope } from './configuration-update.js';

const IN_FORCE_WITHIN_MS = 60_000;

/** Reads and changes the configuration of a channel whose members' administrators are at hand. */
export class ChannelAdministration {
  constructor(
    private readonly topology: Topology,
    private readonly identities: NetworkIdentities,
  ) {}

  /** The configuration in force, as the first peer has it. */
  async current(): Promise<common.Config> {
    const [first] = this.topology.peers;
    if (first === undefined) throw new FabricError('TOPOLOGY_INVALID', 'a network without peers has no configuration');
    return withPeer(first, this.identities, async (client) => readConfiguration(await configurationBlock(client, this.topology.channel)));
  }

  /** What an edit of the configuration in force changes: the bytes that members sign. Throws CONFIGURATION_UNCHANGED. */
  async propose(edit: ConfigurationEdit): Promise<Uint8Array> {
    const current = await this.current();
    const wanted = copyConfiguration(current);
    edit(wanted);
    return configurationDelta(this.topology.channel, current, wanted).serializeBinary();
  }

  /**
   * Submits an update with the signatures of these organisations' administrators, and waits until every peer has it in
   * force, those of `except` left out (a suspended organisation's get no more blocks). Throws ORDERER_REFUSED where the
   * signatures do not suffice, or the configuration has changed since the proposal.
   */
  async submit(update: Uint8Array, signers: readonly string[], except: readonly string[] = []): Promise<void> {
    const before = (await this.current()).getSequence();
    const administrators = await Promise.all(signers.map(async (mspId) => this.identities.of(mspId).user(ADMIN)));
    const [submitter] = administrators;
    if (submitter === undefined) throw new FabricError('CONFIGURATION_INVALID', 'an update needs at least one signature');
    const signatures = administrators.map((administrator) => signUpdate(administrator, update));
    await this.order(updateEnvelope(this.topology.channel, update, signatures, submitter));
    await this.awaitSequence(before + 1, except);
  }

  /** Proposes and submits in one step. */
  async change(edit: ConfigurationEdit, signers: readonly string[], except: readonly string[] = []): Promise<void> {
    await this.submit(await this.propose(edit), signers, except);
  }

  /** The first orderer that answers takes the update; a refusal of one is a refusal of all. */
  private async order(envelope: Uint8Array): Promise<void> {
    let failure: unknown;
    for (const orderer of this.topology.orderers) {
      try {
        await (await ordererAdministration(orderer, this.identities)).update(envelope);
        return;
      } catch (error) {
        if (!(error instanceof FabricError) || error.code !== 'ORDERER_UNREACHABLE') throw error;
        failure = error; // The next may answer.
      }
    }
    throw new FabricError('ORDERER_UNREACHABLE', 'no orderer could be reached', { cause: failure });
  }

  private async awaitSequence(sequence: number, except: readonly string[]): Promise<void> {
    const awaited = this.topology.peers.filter(({ mspId }) => !except.includes(mspId));
    await Promise.all(
      awaited.map(async (peer) =>
        withPeer(peer, this.identities, async (client) => {
          const inForce = async (): Promise<true | undefined> =>
            readConfiguration(await configurationBlock(client, this.topology.channel)).getSequence() >= sequence ? true : undefined;
          await until(inForce, { withinMs: IN_FORCE_WITHIN_MS, what: `configuration ${sequence} to be in force at ${peer.id}` });
        }),
      ),
    );
  }
}
