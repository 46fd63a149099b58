import { common, peer } from '@hyperledger/fabric-protos';
import type { ChannelPolicies } from './channel-policies.js';
import type { Policy } from './policy.js';
import { PolicyError } from './policy-error.js';
import { encodePolicy, SignaturePolicy } from './signature-policy.js';
import { parsePolicy } from './signature-policy-syntax.js';

/** Reads a serialised `peer.ApplicationPolicy`; throws POLICY_INVALID or POLICY_UNKNOWN. */
export function readApplicationPolicy(bytes: Uint8Array, channel: ChannelPolicies): Policy {
  let policy: peer.ApplicationPolicy;
  try {
    policy = peer.ApplicationPolicy.deserializeBinary(bytes);
  } catch (cause) {
    throw new PolicyError('POLICY_INVALID', 'failed to unmarshal ApplicationPolicy bytes', { cause });
  }
  const signaturePolicy = policy.getSignaturePolicy();
  if (signaturePolicy !== undefined) {
    return new SignaturePolicy(signaturePolicy);
  }
  const path = policy.getChannelConfigPolicyReference();
  if (path === '') {
    throw new PolicyError('POLICY_INVALID', 'unsupported policy type');
  }
  const found = channel.find(path);
  if (found === undefined) {
    throw new PolicyError('POLICY_UNKNOWN', `failed to retrieve policy for reference ${path}`);
  }
  return found;
}

/**
 * Encodes an endorsement policy as configuration files write it: the path of a channel policy where it starts with a
 * slash, otherwise Fabric's signature policy syntax. Throws POLICY_SYNTAX.
 */
export function encodeApplicationPolicy(text: string): peer.ApplicationPolicy {
  const policy = new peer.ApplicationPolicy();
  if (text.startsWith('/')) {
    policy.setChannelConfigPolicyReference(text);
  } else {
    policy.setSignaturePolicy(encodePolicy(parsePolicy(text)));
  }
  return policy;
}

/** Reads a key-level policy: a bare `common.SignaturePolicyEnvelope`; throws POLICY_INVALID where the bytes are none. */
export function readKeyPolicy(bytes: Uint8Array): Policy {
  try {
    return new SignaturePolicy(common.SignaturePolicyEnvelope.deserializeBinary(bytes));
  } catch (cause) {
    throw new PolicyError('POLICY_INVALID', 'the key-level policy is no signature policy', { cause });
  }
}
