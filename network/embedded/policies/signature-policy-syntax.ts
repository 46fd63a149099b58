import { PolicyError } from './policy-error.js';

/** A parsed policy text: a principal `MSP.role` or "n out of these". */
export type PolicyExpression =
  | { readonly kind: 'principal'; readonly mspId: string; readonly role: string }
  | { readonly kind: 'outOf'; readonly n: number; readonly rules: readonly PolicyExpression[] };

const TOKEN = /\s*(?:([A-Za-z]+)|(\d+)|'([^']*)'|"([^"]*)"|([(),]))/y;
const PRINCIPAL = /^([A-Za-z0-9.-]+)\.(admin|member|client|peer|orderer)$/;
/** As Fabric 3 reads them: `and` and `or` in lower case are operators to its parser, and refused. */
const GATES: ReadonlyMap<string, 'and' | 'or' | 'outof'> = new Map([
  ['And', 'and'], ['AND', 'and'],
  ['Or', 'or'], ['OR', 'or'],
  ['OutOf', 'outof'], ['outof', 'outof'], ['OUTOF', 'outof'],
]);

type Token = { readonly kind: 'word' | 'text' | 'mark'; readonly value: string } | { readonly kind: 'number'; readonly value: number };

/**
 * Parses Fabric's policy syntax: `AND('A.peer', OR('B.member', OutOf(2, 'C.admin', 'D.client', 'E.orderer')))`.
 * Throws POLICY_SYNTAX with the place of the fault.
 */
export function parsePolicy(text: string): PolicyExpression {
  const parser = new Parser(tokens(text), text);
  return parser.policy();
}

function tokens(text: string): readonly Token[] {
  const result: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) {
      throw new PolicyError('POLICY_SYNTAX', `unexpected character at ${at} in policy string '${text}'`);
    }
    result.push(toToken(match));
  }
  return result;
}

function toToken([, word, number, single, double, mark]: RegExpExecArray): Token {
  if (word !== undefined) {
    return { kind: 'word', value: word };
  }
  if (number !== undefined) {
    return { kind: 'number', value: Number(number) };
  }
  const quoted = single ?? double;
  return quoted === undefined ? { kind: 'mark', value: mark ?? '' } : { kind: 'text', value: quoted };
}

class Parser {
  private position = 0;

  constructor(
    private readonly input: readonly Token[],
    private readonly text: string,
  ) {}

  policy(): PolicyExpression {
    const expression = this.gate();
    if (this.position !== this.input.length) {
      throw this.fault('unexpected text after the policy');
    }
    return expression;
  }

  private gate(): PolicyExpression {
    const gate = this.gateName();
    this.mark('(');
    const explicit = gate === 'outof' ? this.count() : undefined;
    const rules = this.rules(explicit !== undefined);
    const n = explicit ?? (gate === 'and' ? rules.length : 1);
    // One more than there are rules is allowed: the way in which Fabric writes a rule that nobody satisfies.
    if (n > rules.length + 1) {
      throw this.fault(`invalid t-out-of-n predicate, t ${n}, n ${rules.length}`);
    }
    return { kind: 'outOf', n, rules };
  }

  private gateName(): 'and' | 'or' | 'outof' {
    const name = this.next();
    const gate = name?.kind === 'word' ? GATES.get(name.value) : undefined;
    if (gate === undefined) {
      throw this.fault(`unrecognized token '${name?.value ?? ''}'`);
    }
    return gate;
  }

  private rules(commaFirst: boolean): PolicyExpression[] {
    const rules: PolicyExpression[] = [];
    if (commaFirst) {
      this.mark(',');
    }
    do {
      rules.push(this.rule());
    } while (this.next()?.value === ',');
    this.position -= 1;
    this.mark(')');
    return rules;
  }

  private rule(): PolicyExpression {
    const token = this.input[this.position];
    if (token?.kind !== 'text') {
      return this.gate();
    }
    this.position += 1;
    const match = PRINCIPAL.exec(token.value);
    if (match === null) {
      throw this.fault(`unrecognized token '${token.value}'`);
    }
    const [, mspId = '', role = ''] = match;
    return { kind: 'principal', mspId, role };
  }

  private count(): number {
    const token = this.next();
    const value = token?.kind === 'number' || token?.kind === 'text' ? Number(token.value) : NaN;
    if (!Number.isSafeInteger(value) || value < 0) {
      throw this.fault('OutOf needs a number first');
    }
    return value;
  }

  private mark(value: string): void {
    const token = this.next();
    if (token?.kind !== 'mark' || token.value !== value) {
      throw this.fault(`expected '${value}'`);
    }
  }

  private next(): Token | undefined {
    const token = this.input[this.position];
    this.position += 1;
    return token;
  }

  private fault(reason: string): PolicyError {
    return new PolicyError('POLICY_SYNTAX', `${reason} in policy string '${this.text}'`);
  }
}
