import { rolePrincipal } from '../../identities/index.js';
import type { Membership, SignedData } from '../membership.js';

const READERS = '/Channel/Application/Readers';
const WRITERS = '/Channel/Application/Writers';

/** Fabric's default policy of each resource that this network serves. */
const policies = {
  'peer/Propose': WRITERS,
  'peer/ChaincodeToChaincode': WRITERS,
  'qscc/GetChainInfo': READERS,
  'qscc/GetBlockByNumber': READERS,
  'qscc/GetBlockByHash': READERS,
  'qscc/GetTransactionByID': READERS,
  'qscc/GetBlockByTxID': READERS,
  'cscc/GetConfigBlock': READERS,
  'cscc/GetChannelConfig': READERS,
  '_lifecycle/CommitChaincodeDefinition': WRITERS,
  '_lifecycle/QueryChaincodeDefinition': WRITERS,
  '_lifecycle/QueryChaincodeDefinitions': WRITERS,
  '_lifecycle/CheckCommitReadiness': WRITERS,
  'event/Block': READERS,
  'event/FilteredBlock': READERS,
  'gateway/CommitStatus': READERS,
  'gateway/ChaincodeEvents': READERS,
} as const;

export type Resource = keyof typeof policies;

/** True for the names that have a policy; others are refused. */
export function isResource(name: string): name is Resource {
  return Object.hasOwn(policies, name);
}

/** Who may use what of a peer: the channel's Readers and Writers, as Fabric's default access control says. */
export class AccessControl {
  constructor(
    private readonly membership: Membership,
    private readonly channel: string,
  ) {}

  /** Throws where the signer may not use the resource; the message is Fabric's. */
  check(resource: Resource, channel: string, signed: SignedData): void {
    if (channel === '') {
      throw new Error('Invalid channel ID name during check policy on signed data. Name must be different from nil.');
    }
    if (channel !== this.channel) throw new Error(`Failed to get policy manager for channel [${channel}]`);
    const policy = policies[resource];
    try {
      this.membership.checkPolicy(policy, [signed]);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error(
        `Failed evaluating policy on signed data during check policy on channel [${channel}] with policy [${policy}]: [${reason}]`,
        { cause },
      );
    }
  }

  /** The same for a call of a system chaincode: without a channel Fabric takes the policy's name for a role, and refuses it. */
  checkCall(resource: Resource, channel: string, signed: SignedData): void {
    if (channel === '') {
      throw new Error(
        `Failed getting local MSP principal during channelless check policy with policy [${policies[resource]}]: [MSP Principal role [${policies[resource]}] not recognized]`,
      );
    }
    this.check(resource, channel, signed);
  }

  /** Throws unless the signer is an administrator of the peer's own organisation. */
  checkAdministrator(mspId: string, signed: SignedData): void {
    const signer = this.membership.identity(signed.identity);
    signer.validate();
    if (!signer.satisfies(rolePrincipal(mspId, 'admin'))) {
      throw new Error(
        `Failed verifying that proposal's creator satisfies local MSP principal during channelless check policy with policy [Admins]: [The identity is not an admin under this MSP [${mspId}]: The identity does not contain OU [ADMIN], MSP: [${mspId}]]`,
      );
    }
    this.membership.verify(signer, signed);
  }
}
