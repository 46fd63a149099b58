import ts from 'typescript';

/** One place where the network decides: what happens when the decision is taken away is one mutant. */
export interface Guard {
  readonly id: number;
  /** Compiled file, relative to the package's `dist`. */
  readonly file: string;
  readonly line: number;
  /** The condition, as it stands in the compiled code. */
  readonly text: string;
  /** `exit`: an `if` that refuses or leaves; `part`: one operand of a condition joined by `&&` or `||`. */
  readonly kind: 'exit' | 'part';
  /** Why it changes no answer, where a comment `// Short cut: …` before its statement says so. */
  readonly shortCut?: string;
}

/** Code with a switch at every guard. */
export interface InstrumentedCode {
  readonly code: string;
  readonly guards: readonly Guard[];
}

/** What the instrumented code calls; see `guard-switch.ts`. Read once per module, because it stands in hot paths. */
const PRELUDE = [
  'const __off = globalThis.process.env.MEDACCORD_MUTANT;',
  'const __log = globalThis.process.env.MEDACCORD_GUARDS_HELD, __noted = new Set();',
  "const __note = (id) => { if (!__noted.has(id)) { __noted.add(id); globalThis.process.getBuiltinModule('node:fs').appendFileSync(__log, `${id}\\n`); } return true; };",
  'const __alone = (id, held) => __off === String(id) ? false : held && __log !== undefined ? __note(id) : held;',
  'const __guard = (id, held) => globalThis.__medaccordGuards === undefined ? __alone(id, held) : globalThis.__medaccordGuards(id, held);',
  // An operand keeps its value, because it may be more than true or false.
  'const __part = (id, neutral, value) => __guard(id, Boolean(value) !== neutral) === (Boolean(value) !== neutral) ? value : neutral;',
].join(' ');

interface Edit {
  readonly position: number;
  readonly text: string;
  readonly closes: boolean;
}

/** Puts a switch at every guard of a compiled file. */
export function instrument(file: string, source: string, firstId: number): InstrumentedCode {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.ES2023, true, ts.ScriptKind.JS);
  const guards: Guard[] = [];
  const edits: Edit[] = [];
  const add = (node: ts.Expression, kind: Guard['kind'], wrap: (id: number) => readonly [string, string]): void => {
    const id = firstId + guards.length;
    const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree));
    const shortCut = shortCutOf(node, source);
    guards.push({ id, file, line: line + 1, text: node.getText(tree).replaceAll(/\s+/g, ' ').slice(0, 120), kind, ...(shortCut === undefined ? {} : { shortCut }) });
    const [before, after] = wrap(id);
    edits.push({ position: node.getStart(tree), text: before, closes: false }, { position: node.getEnd(), text: after, closes: true });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isIfStatement(node) && node.elseStatement === undefined && leaves(node.thenStatement)) {
      add(node.expression, 'exit', (id) => [`__guard(${id}, !!(`, '))']);
    }
    for (const operand of operands(node)) {
      add(operand.expression, 'part', (id) => [`__part(${id}, ${operand.neutral}, `, ')']);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return { code: `${PRELUDE} ${apply(source, edits)}`, guards };
}

/** What the comment before the guard's statement says, where it calls it a short cut. */
function shortCutOf(node: ts.Node, source: string): string | undefined {
  const statement = ts.findAncestor(node, ts.isStatement);
  const comments = statement === undefined ? [] : (ts.getLeadingCommentRanges(source, statement.getFullStart()) ?? []);
  return comments.map(({ pos, end }) => /^\/\/ Short cut: (.*)$/.exec(source.slice(pos, end))?.[1]).find((reason) => reason !== undefined);
}

/** True for a statement that ends in leaving: a refusal, an early answer, the next turn of a loop. */
function leaves(statement: ts.Statement): boolean {
  if (ts.isBlock(statement)) {
    const last = statement.statements.at(-1);
    return last !== undefined && leaves(last);
  }
  return ts.isThrowStatement(statement) || ts.isReturnStatement(statement) || ts.isContinueStatement(statement) || ts.isBreakStatement(statement);
}

/** Both sides of `a && b` (nothing to say: true) and of `a || b` (false); sides that are such an expression themselves have their own. */
function operands(node: ts.Node): readonly { readonly expression: ts.Expression; readonly neutral: boolean }[] {
  if (!ts.isBinaryExpression(node)) {
    return [];
  }
  const { kind } = node.operatorToken;
  if (kind !== ts.SyntaxKind.AmpersandAmpersandToken && kind !== ts.SyntaxKind.BarBarToken) {
    return [];
  }
  const neutral = kind === ts.SyntaxKind.AmpersandAmpersandToken;
  return [node.left, node.right].filter((side) => !isJoined(side)).map((expression) => ({ expression, neutral }));
}

function isJoined(node: ts.Expression): boolean {
  const inner = ts.isParenthesizedExpression(node) ? node.expression : node;
  return ts.isBinaryExpression(inner) && [ts.SyntaxKind.AmpersandAmpersandToken, ts.SyntaxKind.BarBarToken].includes(inner.operatorToken.kind);
}

/** Later positions first, so that the earlier ones stay right; of equal ones the inner closes before the outer opens. */
function apply(source: string, edits: readonly Edit[]): string {
  return edits
    .map((edit, order) => ({ ...edit, order }))
    .sort((a, b) => b.position - a.position || (a.closes ? a.order - b.order : b.order - a.order))
    .reduce((code, { position, text }) => code.slice(0, position) + text + code.slice(position), source);
}
