import type { common, msp } from '@hyperledger/fabric-protos';
import fc from 'fast-check';
import { readPrincipal } from '../../identities/index.js';
import { SignaturePolicy } from './signature-policy.js';
import { parsePolicy } from './signature-policy-syntax.js';
import { refusal } from '../../identities/testing/refusal.js';

/** Signers by `MSP.role`, as principals see them. */
function signers(...names: readonly string[]): { satisfies(principal: msp.MSPPrincipal): boolean }[] {
  return names.map((name) => ({
    satisfies: (principal) => {
      const parsed = readPrincipal(principal);
      return parsed.kind === 'role' && (`${parsed.mspId}.${parsed.role}` === name || (parsed.role === 'member' && name.startsWith(`${parsed.mspId}.`)));
    },
  }));
}

const satisfied = (policy: string, ...names: readonly string[]): boolean => SignaturePolicy.parse(policy).isSatisfiedBy(signers(...names));

describe('encoding', () => {
  // Bytes as Fabric 3.1.5's own parser encodes the same texts.
  test.each([
    ["AND('A.peer','B.member')", '120c120a080212020800120208011a0712050a014110031a0512030a0142'],
    [`OR("Org1MSP.admin",'Org-2.x.client')`, '120c120a080112020800120208011a0d120b0a074f7267314d535010011a0d120b0a074f72672d322e781002'],
    ["OutOf(2,'A.peer','B.peer','C.orderer')", '1210120e08021202080012020801120208021a0712050a014110031a0712050a014210031a0712050a01431004'],
    ["AND('A.member', OR('B.member', AND('C.peer','D.peer')), 'E.client')", '1224122208031202080312161214080112020802120c120a08021202080012020801120208041a0712050a014310031a0712050a014410031a0512030a01421a0512030a01411a0712050a01451002'],
    ["OR(AND('A.member','A.member'),outof('1', 'B.peer'))", '121c121a0801120c120a08021202080012020801120812060801120208021a0512030a01411a0512030a01411a0712050a01421003'],
    ["OutOf(0,'A.peer','B.peer')", '120a120812020800120208011a0712050a014110031a0712050a01421003'],
    ["OutOf(3,'A.peer','B.peer')", '120c120a080312020800120208011a0712050a014110031a0712050a01421003'],
  ])('%s', (text, bytes) => {
    expect(Buffer.from(SignaturePolicy.parse(text).toSignaturePolicy().serializeBinary()).toString('hex')).toBe(bytes);
  });

  test.each([
    "'A.peer'", "AND('A.peer'", "AND('A.boss')", "XOR('A.peer')", "AND('A.peer') AND('B.peer')", 'OR()', "OutOf('A.peer')", "OutOf(-1,'A.peer')",
    "OutOf(4,'A.peer','B.peer')", "AND('A B.peer')", 'AND(A.peer)', "AND(1,'A.peer')", "and('A.peer')", "or('A.peer')", '', "AND('A.peer')#",
  ])('%s is refused', (text) => {
    expect(() => parsePolicy(text)).toThrow(refusal('POLICY_SYNTAX'));
  });
});

describe('a stated policy', () => {
  const changed = (change: (envelope: common.SignaturePolicyEnvelope) => void): common.SignaturePolicyEnvelope => {
    const envelope = SignaturePolicy.parse("OR('A.peer')").toSignaturePolicy();
    change(envelope);
    return envelope;
  };

  test.each<[string, (envelope: common.SignaturePolicyEnvelope) => void, string]>([
    ['of another version', (envelope) => { envelope.setVersion(1); }, 'This evaluator only understands messages of version 0, but version was 1'],
    ['without a rule', (envelope) => { envelope.clearRule(); }, 'Empty policy element'],
    ['of a principal that it does not name', (envelope) => { envelope.setIdentitiesList([]); }, 'identity index out of range, requested 0, but identities length is 0'],
  ])('%s is refused', (_what, change, reason) => {
    expect(() => new SignaturePolicy(changed(change))).toThrow(refusal('POLICY_INVALID', reason));
  });
});

describe('the place of a fault', () => {
  test.each([
    ["OutOf(2)", "expected ','"], ["OutOf(1.5,'A.peer')", 'unexpected character'], ["OutOf('many','A.peer')", 'OutOf needs a number first'],
    ["OutOf(99999999999999999999,'A.peer')", 'OutOf needs a number first'], ["OutOf('-1','A.peer')", 'OutOf needs a number first'],
    ["AND('A.boss')", "unrecognized token 'A.boss'"], ["AND['A.peer']", 'unexpected character'], ["AND,'A.peer')", "expected '('"], ["AND('A.peer',)", "unrecognized token ')'"],
  ])('%s: %s', (text, reason) => {
    expect(() => parsePolicy(text)).toThrow(reason);
  });
});

describe('evaluation', () => {
  test('and, or, out of', () => {
    expect(satisfied("AND('A.peer','B.peer')", 'A.peer', 'B.peer')).toBe(true);
    expect(satisfied("AND('A.peer','B.peer')", 'A.peer', 'C.peer')).toBe(false);
    expect(satisfied("OR('A.peer','B.peer')", 'B.peer')).toBe(true);
    expect(satisfied("OR('A.peer','B.peer')", 'C.peer')).toBe(false);
    expect(satisfied("OutOf(2,'A.peer','B.peer','C.peer')", 'C.peer', 'A.peer')).toBe(true);
    expect(satisfied("OutOf(2,'A.peer','B.peer','C.peer')", 'C.peer')).toBe(false);
  });

  test('a role is another than its organisation’s other roles', () => {
    expect(satisfied("OR('A.peer')", 'A.client')).toBe(false);
    expect(satisfied("OR('A.member')", 'A.client')).toBe(true);
  });

  test('a signer counts once', () => {
    expect(satisfied("AND('A.member','A.peer')", 'A.peer')).toBe(false);
    expect(satisfied("AND('A.member','A.peer')", 'A.client', 'A.peer')).toBe(true);
    expect(satisfied("OutOf(2,'A.member','A.member')", 'A.peer')).toBe(false);
  });

  test('takes the first signer that fits and does not look back, as Fabric does not', () => {
    // A.peer is used up for A.member although A.client would do, so nobody is left for A.peer.
    expect(satisfied("AND('A.member','A.peer')", 'A.peer', 'A.client')).toBe(false);
  });

  test('a gate that is not met leaves its signers to the next', () => {
    expect(satisfied("OR(AND('A.peer','B.peer'),AND('A.peer','C.peer'))", 'A.peer', 'C.peer')).toBe(true);
  });

  test('nobody can satisfy one more than there are; everybody zero', () => {
    expect(satisfied("OutOf(3,'A.peer','B.peer')", 'A.peer', 'B.peer')).toBe(false);
    expect(satisfied("OutOf(0,'A.peer')")).toBe(true);
  });

  test('more signers never hurt a policy of distinct organisations', () => {
    const names = fc.subarray(['A.peer', 'B.peer', 'C.peer', 'D.peer']);
    const policy = fc.constantFrom("AND('A.peer','B.peer')", "OutOf(2,'A.peer','B.peer','C.peer')", "OR(AND('A.peer','D.peer'),'C.peer')");
    fc.assert(fc.property(policy, names, names, (text, some, more) => {
      expect(!satisfied(text, ...some) || satisfied(text, ...new Set([...some, ...more]))).toBe(true);
    }));
  });
});
