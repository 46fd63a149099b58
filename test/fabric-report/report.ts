import { summaryOf } from '../conformance/compare-networks.js';
import type { Behaviour } from '../conformance/behaviour.js';
import type { Comparison } from '../conformance/outcome-report.js';
import type { TestOutcome } from './jest-outcomes.js';

/** What was run, and on what. */
export interface FabricRun {
  readonly commit: string;
  readonly fabricVersion: string;
  readonly day: string;
  readonly behaviours: readonly Behaviour[];
  readonly comparisons: readonly Comparison[];
  readonly tests: readonly TestOutcome[];
}

/** Longest text of an observation in a row; the whole one is compared. */
const MOST_CHARACTERS = 160;

/** The report that is committed: what was compared, and every story and test that ran on real Fabric. */
export function reportOf({ commit, fabricVersion, day, behaviours, comparisons, tests }: FabricRun): string {
  const statements = new Map(behaviours.map(({ id, states }) => [id, states]));
  return [
    '# What was seen on real Fabric',
    '',
    `Written by \`make test-fabric\`. Commit ${commit}, Hyperledger Fabric ${fabricVersion}, ${day}.`,
    '',
    '## The embedded network against Fabric',
    '',
    `${summaryOf(comparisons)}. What both observed (messages, validation codes, events, who sees which private data) is compared whole.`,
    '',
    '| behaviour | what it says | verdict | observed on both |',
    '|---|---|---|---|',
    ...comparisons.map(({ id, verdict, reason, observed }) => row([id, statements.get(id) ?? '', reason === undefined ? verdict : `${verdict}: ${reason}`, observed ?? ''])),
    '',
    '## Stories and tests on Fabric',
    '',
    `${count(tests, 'passed')} passed, ${count(tests, 'failed')} failed, ${tests.length - count(tests, 'passed') - count(tests, 'failed')} skipped.`,
    '',
    '| file | test | outcome |',
    '|---|---|---|',
    ...tests.map(({ file, name, outcome }) => row([file.replace('/dist', '').replace(/\.js$/, '.ts'), name, outcome])),
    '',
  ].join('\n');
}

/** True where nothing differs and nothing failed. */
export function isClean({ comparisons, tests }: Pick<FabricRun, 'comparisons' | 'tests'>): boolean {
  return comparisons.every(({ verdict }) => verdict !== 'different') && count(tests, 'failed') === 0;
}

function count(tests: readonly TestOutcome[], wanted: string): number {
  return tests.filter(({ outcome }) => outcome === wanted).length;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(inCell).join(' | ')} |`;
}

function inCell(text: string): string {
  const oneLine = text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|');
  return oneLine.length > MOST_CHARACTERS ? `${oneLine.slice(0, MOST_CHARACTERS)}…` : oneLine;
}
