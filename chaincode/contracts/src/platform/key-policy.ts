import { common, msp } from '@hyperledger/fabric-protos';
import { majorityOf } from '@medaccord/domain';

/**
 * Bytes of a key-level endorsement policy: OR(AND(owner, any one other member), a majority of the members). The owner's
 * peer alone cannot write what the rules forbid; no other single member can veto; and where the owner has gone, the rest
 * can still act.
 *
 * Fabric takes the bytes of a bare SignaturePolicyEnvelope here. Wrapped in an ApplicationPolicy it would be accepted now
 * and then make the key unwritable for good.
 */
export function ownerAndOneOther(owner: string, members: readonly string[]): Uint8Array {
  const all = [...new Set([...members, owner])].sort((left, right) => (left < right ? -1 : 1));
  const others = all.filter((mspId) => mspId !== owner);
  const signedBy = (mspId: string): common.SignaturePolicy => signed(all.indexOf(mspId));
  const majority = outOf(majorityOf(all.length), all.map(signedBy));
  const rule = others.length === 0 ? majority : outOf(1, [outOf(2, [signedBy(owner), outOf(1, others.map(signedBy))]), majority]);
  const envelope = new common.SignaturePolicyEnvelope();
  envelope.setVersion(0);
  envelope.setRule(rule);
  envelope.setIdentitiesList(all.map(peerOf));
  return envelope.serializeBinary();
}

function signed(identity: number): common.SignaturePolicy {
  const policy = new common.SignaturePolicy();
  policy.setSignedBy(identity);
  return policy;
}

function outOf(count: number, rules: readonly common.SignaturePolicy[]): common.SignaturePolicy {
  const nOutOf = new common.SignaturePolicy.NOutOf();
  nOutOf.setN(count);
  nOutOf.setRulesList([...rules]);
  const policy = new common.SignaturePolicy();
  policy.setNOutOf(nOutOf);
  return policy;
}

function peerOf(mspId: string): msp.MSPPrincipal {
  const role = new msp.MSPRole();
  role.setMspIdentifier(mspId);
  role.setRole(msp.MSPRole.MSPRoleType.PEER);
  const principal = new msp.MSPPrincipal();
  principal.setPrincipalClassification(msp.MSPPrincipal.Classification.ROLE);
  principal.setPrincipal(role.serializeBinary());
  return principal;
}
