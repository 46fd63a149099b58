import { common, type msp } from '@hyperledger/fabric-protos';
import type { Policy } from './policy.js';
import { PolicyError } from './policy-error.js';
import { outOf, signedBy } from './signature-policy.js';

/** One signature policy that asks for `n` of these policies, over one list of distinct principals. */
export function mergePolicies(n: number, policies: readonly Policy[]): common.SignaturePolicyEnvelope {
  const envelope = new common.SignaturePolicyEnvelope();
  const known = new Map<string, number>();
  const rules = policies.map((policy) => {
    const inner = policy.toSignaturePolicy();
    const numbers = inner.getIdentitiesList().map((principal) => numberOf(principal, envelope, known));
    return renumber(inner.getRule(), numbers);
  });
  envelope.setRule(outOf(n, rules));
  return envelope;
}

function numberOf(principal: msp.MSPPrincipal, envelope: common.SignaturePolicyEnvelope, known: Map<string, number>): number {
  const key = Buffer.from(principal.serializeBinary()).toString('base64');
  const existing = known.get(key);
  if (existing !== undefined) {
    return existing;
  }
  envelope.addIdentities(principal);
  known.set(key, known.size);
  return known.size - 1;
}

function renumber(rule: common.SignaturePolicy | undefined, numbers: readonly number[]): common.SignaturePolicy {
  const gate = rule?.getNOutOf();
  if (gate !== undefined) {
    return outOf(gate.getN(), gate.getRulesList().map((inner) => renumber(inner, numbers)));
  }
  const number = rule === undefined ? undefined : numbers[rule.getSignedBy()];
  if (number === undefined) {
    throw new PolicyError('POLICY_INVALID', 'a policy refers to a principal that it does not name');
  }
  return signedBy(number);
}
