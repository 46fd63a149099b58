import { common } from '@hyperledger/fabric-protos';
import { refusal } from '../../identities/testing/refusal.js';
import { encodeImplicitMeta, ImplicitMetaPolicy } from './implicit-meta-policy.js';
import { SignaturePolicy } from './signature-policy.js';

const { Rule } = common.ImplicitMetaPolicy;
const anyone = SignaturePolicy.parse("OutOf(0,'A.peer')");
const nobody = SignaturePolicy.parse("OutOf(2,'A.peer')");

describe('an implicit policy', () => {
  test.each([['ANY Readers', Rule.ANY], ['ALL Writers', Rule.ALL], ['MAJORITY Endorsement', Rule.MAJORITY]])('%s', (text, rule) => {
    const policy = encodeImplicitMeta(text);
    expect([policy.getRule(), policy.getSubPolicy()]).toEqual([rule, text.split(' ')[1]]);
  });

  test.each(['MOST Readers', 'ANY', 'ANY Readers twice', ''])('%j is refused', (text) => {
    expect(() => encodeImplicitMeta(text)).toThrow(refusal('POLICY_SYNTAX', `expected two space separated tokens, but got '${text}'`));
  });

  test.each([
    ['ANY', 1, 3, true], ['ANY', 0, 3, false], ['ALL', 3, 3, true], ['ALL', 2, 3, false], ['MAJORITY', 2, 3, true], ['MAJORITY', 2, 4, false],
    // Of no groups each rule is met.
    ['ANY', 0, 0, true], ['ALL', 0, 0, true], ['MAJORITY', 0, 0, true],
  ])('%s with %i of %i met', (rule, met, groups, expected) => {
    const policies = Array.from({ length: groups }, (_, index) => (index < met ? anyone : nobody));
    expect(new ImplicitMetaPolicy(encodeImplicitMeta(`${rule} Readers`), policies).isSatisfiedBy([])).toBe(expected);
  });
});
