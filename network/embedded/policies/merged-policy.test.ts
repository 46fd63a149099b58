import { refusal } from '../../identities/testing/refusal.js';
import { mergePolicies } from './merged-policy.js';
import { outOf, SignaturePolicy, signedBy } from './signature-policy.js';

describe('merged policies', () => {
  test('name each principal once and keep their gates', () => {
    const merged = mergePolicies(2, ["AND('A.peer','B.peer')", "OR('B.peer','C.peer')"].map((text) => SignaturePolicy.parse(text)));
    expect(merged.getIdentitiesList()).toHaveLength(3);
    expect(merged.getRule()?.toObject()).toEqual(
      outOf(2, [outOf(2, [signedBy(0), signedBy(1)]), outOf(1, [signedBy(1), signedBy(2)])]).toObject(),
    );
  });

  test('take no policy that refers to a principal which it does not name', () => {
    const broken = SignaturePolicy.parse("OR('A.peer')").toSignaturePolicy().clone();
    broken.setRule(signedBy(1));
    const policy = { isSatisfiedBy: () => true, refusal: () => '', toSignaturePolicy: () => broken };
    expect(() => mergePolicies(1, [policy])).toThrow(refusal('POLICY_INVALID', 'a policy refers to a principal that it does not name'));
  });
});
