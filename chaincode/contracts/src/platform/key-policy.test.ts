import { common, msp } from '@hyperledger/fabric-protos';
import { ownerAndOneOther } from './key-policy.js';

/** Whether these organisations' peers together satisfy the policy, read from its bytes. */
function satisfied(bytes: Uint8Array, signers: readonly string[]): boolean {
  const envelope = common.SignaturePolicyEnvelope.deserializeBinary(bytes);
  const identities = envelope.getIdentitiesList().map((principal) => msp.MSPRole.deserializeBinary(principal.getPrincipal_asU8()));
  const holds = (policy: common.SignaturePolicy): boolean => {
    const nOutOf = policy.getNOutOf();
    if (nOutOf !== undefined) return nOutOf.getRulesList().filter(holds).length >= nOutOf.getN();
    return signers.includes(identities[policy.getSignedBy()]?.getMspIdentifier() ?? 'nobody');
  };
  const rule = envelope.getRule();
  return rule !== undefined && holds(rule);
}

describe('the policy of a licence’s keys', () => {
  const members = ['BoardMSP', 'HospitalMSP', 'InsurerMSP', 'OfficeMSP', 'OtherMSP'];
  const policy = ownerAndOneOther('BoardMSP', members);

  test.each([
    [['BoardMSP', 'HospitalMSP'], true],
    [['OtherMSP', 'BoardMSP'], true],
    [['HospitalMSP', 'InsurerMSP', 'OfficeMSP'], true],
    [['BoardMSP'], false],
    [['HospitalMSP', 'InsurerMSP'], false],
    [['BoardMSP', 'StrangerMSP'], false],
    [[], false],
  ])('of %p says %p', (signers, expected) => {
    expect(satisfied(policy, signers)).toBe(expected);
  });

  test('asks for peers, and has the same bytes whatever the order of the members', () => {
    const roles = common.SignaturePolicyEnvelope.deserializeBinary(policy).getIdentitiesList().map((principal) => msp.MSPRole.deserializeBinary(principal.getPrincipal_asU8()).getRole());
    expect(new Set(roles)).toEqual(new Set([msp.MSPRole.MSPRoleType.PEER]));
    expect(ownerAndOneOther('BoardMSP', [...members].reverse())).toEqual(policy);
  });

  test('is a bare signature policy: a wrapped one would make the key unwritable for good', () => {
    const envelope = common.SignaturePolicyEnvelope.deserializeBinary(policy);
    expect([envelope.hasRule(), Buffer.from(envelope.serializeBinary()).equals(Buffer.from(policy))]).toEqual([true, true]);
  });

  test('can still be satisfied where the owner is the only member, or no member any more', () => {
    expect(satisfied(ownerAndOneOther('BoardMSP', ['BoardMSP']), ['BoardMSP'])).toBe(true);
    expect(satisfied(ownerAndOneOther('GoneMSP', members), ['HospitalMSP', 'InsurerMSP', 'OfficeMSP', 'OtherMSP'])).toBe(true);
  });
});
