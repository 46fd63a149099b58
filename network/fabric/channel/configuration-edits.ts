import { common, type msp, peer } from '@hyperledger/fabric-protos';
import { outOf } from '../../embedded/policies/index.js';
import { wrapMspConfiguration } from '../../identities/index.js';
import { FabricError } from '../fabric-error.js';

/** Changes a copy of a channel's configuration; `configurationDelta` then tells what to sign. */
export type ConfigurationEdit = (config: common.Config) => void;

/** The policy of the channel's members together; its path is absolute, so an organisation's own administrators do not satisfy it. */
export const MEMBERS_TOGETHER = '/Channel/Application/Admins';

const MEMBER_POLICIES = ['Readers', 'Writers', 'Admins', 'Endorsement'] as const;

/** Replaces an organisation's MSP: a new revocation list or authority. Only its own administrators may do that. */
export function replaceMsp(replacement: msp.FabricMSPConfig): ConfigurationEdit {
  return (config) => {
    const readable = replacement.clone();
    readable.setRevocationListList(replacement.getRevocationListList_asU8().map(derOf));
    setValue(organisation(config, replacement.getName()), 'MSP', wrapMspConfiguration(readable).serializeBinary());
  };
}

/** Fabric reads a revocation list as DER, or as PEM under its own label `X509 CRL` only. */
function derOf(list: Uint8Array): Uint8Array {
  const text = Buffer.from(list).toString('latin1');
  return text.startsWith('-----') ? Buffer.from(text.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64') : list;
}

/** Names the peers through which other members' peers find an organisation's. */
export function setAnchorPeers(mspId: string, anchors: readonly { readonly host: string; readonly port: number }[]): ConfigurationEdit {
  return (config) => {
    const value = new peer.AnchorPeers();
    value.setAnchorPeersList(
      anchors.map(({ host, port }) => {
        const anchor = new peer.AnchorPeer();
        anchor.setHost(host);
        anchor.setPort(port);
        return anchor;
      }),
    );
    setValue(organisation(config, mspId), 'AnchorPeers', value.serializeBinary());
  };
}

/** Puts an organisation's own policies into the members' hands, which makes a later suspension possible; it signs that itself, at onboarding. */
export function entrustPolicies(mspId: string): ConfigurationEdit {
  return (config) => {
    for (const name of MEMBER_POLICIES) memberPolicy(config, mspId, name).setModPolicy(MEMBERS_TOGETHER);
  };
}

/** Takes away everything that an organisation may do on the channel. A majority of members must sign. */
export function suspend(mspId: string): ConfigurationEdit {
  return (config) => {
    const nobody = new common.SignaturePolicyEnvelope();
    nobody.setRule(outOf(1, []));
    for (const name of MEMBER_POLICIES) {
      const policy = new common.Policy();
      policy.setType(common.Policy.PolicyType.SIGNATURE);
      policy.setValue(nobody.serializeBinary());
      memberPolicy(config, mspId, name).setPolicy(policy);
    }
  };
}

/** Gives a suspended organisation the policies that it had in an earlier configuration. */
export function reinstate(mspId: string, earlier: common.Config): ConfigurationEdit {
  return (config) => {
    for (const name of MEMBER_POLICIES) memberPolicy(config, mspId, name).setPolicy(memberPolicy(earlier, mspId, name).getPolicy());
  };
}

/** Ends an organisation's membership. Chaincode definitions and collections that name it are not changed by that. */
export function removeOrganisation(mspId: string): ConfigurationEdit {
  return (config) => {
    organisation(config, mspId); // Refuses what is no member.
    group(config, 'Application').getGroupsMap().del(mspId);
  };
}

function memberPolicy(config: common.Config, mspId: string, name: string): common.ConfigPolicy {
  const policy = organisation(config, mspId).getPoliciesMap().get(name);
  if (policy === undefined) throw new FabricError('CONFIGURATION_INVALID', `${mspId} has no policy ${name} on this channel`);
  return policy;
}

/** An organisation's group, a peer organisation's or an ordering one's. */
function organisation(config: common.Config, mspId: string): common.ConfigGroup {
  const found = group(config, 'Application').getGroupsMap().get(mspId) ?? group(config, 'Orderer').getGroupsMap().get(mspId);
  if (found === undefined) throw new FabricError('CONFIGURATION_INVALID', `${mspId} is no member of this channel`);
  return found;
}

function group(config: common.Config, name: 'Application' | 'Orderer'): common.ConfigGroup {
  const found = config.getChannelGroup()?.getGroupsMap().get(name);
  if (found === undefined) throw new FabricError('CONFIGURATION_INVALID', `the channel's configuration has no group ${name}`);
  return found;
}

function setValue(owner: common.ConfigGroup, name: string, content: Uint8Array): void {
  const value = owner.getValuesMap().get(name) ?? new common.ConfigValue();
  if (value.getModPolicy() === '') value.setModPolicy('Admins');
  value.setValue(content);
  owner.getValuesMap().set(name, value);
}
