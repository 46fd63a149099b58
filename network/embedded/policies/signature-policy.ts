import { common, type msp } from '@hyperledger/fabric-protos';
import { type PrincipalRole, rolePrincipal } from '../../identities/index.js';
import type { Policy, PrincipalHolder } from './policy.js';
import { PolicyError } from './policy-error.js';
import { parsePolicy, type PolicyExpression } from './signature-policy-syntax.js';

type Evaluator = (signers: readonly PrincipalHolder[], used: boolean[]) => boolean;

/** A rule over principals, as chaincodes, collections, keys and organisations state theirs. */
export class SignaturePolicy implements Policy {
  private readonly evaluate: Evaluator;

  /** Throws POLICY_INVALID where the envelope is of another version or refers to principals that it does not name. */
  constructor(private readonly envelope: common.SignaturePolicyEnvelope) {
    if (envelope.getVersion() !== 0) {
      throw new PolicyError('POLICY_INVALID', `This evaluator only understands messages of version 0, but version was ${envelope.getVersion()}`);
    }
    this.evaluate = compile(envelope.getRule(), envelope.getIdentitiesList());
  }

  /** Parses Fabric's policy syntax; throws POLICY_SYNTAX. */
  static parse(text: string): SignaturePolicy {
    return new SignaturePolicy(encodePolicy(parsePolicy(text)));
  }

  isSatisfiedBy(signers: readonly PrincipalHolder[]): boolean {
    return this.evaluate(signers, signers.map(() => false));
  }

  refusal(): string {
    return 'signature set did not satisfy policy';
  }

  toSignaturePolicy(): common.SignaturePolicyEnvelope {
    return this.envelope;
  }
}

/** A signer counts once: a rule that is met marks the signers that met it, one that is not leaves them for the next. */
function compile(rule: common.SignaturePolicy | undefined, principals: readonly msp.MSPPrincipal[]): Evaluator {
  const { TypeCase } = common.SignaturePolicy;
  if (rule?.getTypeCase() === TypeCase.SIGNED_BY) {
    return compileSignedBy(rule.getSignedBy(), principals);
  }
  const gate = rule?.getNOutOf();
  if (gate === undefined) {
    throw new PolicyError('POLICY_INVALID', 'Empty policy element');
  }
  const rules = gate.getRulesList().map((inner) => compile(inner, principals));
  return (signers, used) => {
    let met = 0;
    for (const inner of rules) {
      const attempt = [...used];
      if (inner(signers, attempt)) {
        met += 1;
        used.splice(0, used.length, ...attempt);
      }
    }
    return met >= gate.getN();
  };
}

function compileSignedBy(index: number, principals: readonly msp.MSPPrincipal[]): Evaluator {
  const principal = principals[index];
  if (principal === undefined) {
    throw new PolicyError('POLICY_INVALID', `identity index out of range, requested ${index}, but identities length is ${principals.length}`);
  }
  return (signers, used) => {
    const signer = signers.findIndex((candidate, position) => used[position] === false && candidate.satisfies(principal));
    if (signer === -1) {
      return false;
    }
    used[signer] = true;
    return true;
  };
}

/** Encodes as Fabric's tool does: the principals of inner gates are numbered before those that stand beside them. */
export function encodePolicy(expression: PolicyExpression): common.SignaturePolicyEnvelope {
  const envelope = new common.SignaturePolicyEnvelope();
  envelope.setVersion(0);
  envelope.setRule(encodeRule(expression, envelope));
  return envelope;
}

function encodeRule(expression: PolicyExpression, envelope: common.SignaturePolicyEnvelope): common.SignaturePolicy {
  if (expression.kind === 'principal') {
    envelope.addIdentities(rolePrincipal(expression.mspId, expression.role as PrincipalRole));
    return signedBy(envelope.getIdentitiesList().length - 1);
  }
  const inner = new Map(expression.rules.filter((rule) => rule.kind === 'outOf').map((rule) => [rule, encodeRule(rule, envelope)]));
  return outOf(expression.n, expression.rules.map((rule) => inner.get(rule as Extract<PolicyExpression, { kind: 'outOf' }>) ?? encodeRule(rule, envelope)));
}

/** The rule "signed by the principal of this index". */
export function signedBy(index: number): common.SignaturePolicy {
  const rule = new common.SignaturePolicy();
  rule.setSignedBy(index);
  return rule;
}

/** The rule "at least n of these". */
export function outOf(n: number, rules: readonly common.SignaturePolicy[]): common.SignaturePolicy {
  const gate = new common.SignaturePolicy.NOutOf();
  gate.setN(n);
  gate.setRulesList([...rules]);
  const rule = new common.SignaturePolicy();
  rule.setNOutOf(gate);
  return rule;
}
