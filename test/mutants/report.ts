import type { Guard } from './guards.js';

/** What became of one mutant. */
export interface Verdict {
  readonly guard: Guard;
  readonly by: 'conformance' | 'unit test' | 'time' | 'nothing' | 'nothing: never decides';
  readonly test?: string;
}

/** How many came to which end, in one line. */
export function summaryOf(verdicts: readonly Verdict[]): string {
  const count = (by: Verdict['by']): number => verdicts.filter((verdict) => verdict.by === by).length;
  return (
    `${verdicts.length} guards disabled in turn: ${count('conformance')} noticed by a conformance behaviour, ${count('unit test')} by a unit test, ${count('time')} only by unit tests that no longer ended in time, ` +
    `${count('nothing')} survived, ${count('nothing: never decides')} survived because no test reaches what they decide`
  );
}

/** The report of a whole run: counts, and every survivor. */
export function reportOf(verdicts: readonly Verdict[], commit: string, day: string): string {
  const survivors = (by: Verdict['by']): string =>
    verdicts.filter((verdict) => verdict.by === by).map(({ guard: { file, line, text } }) => `- \`${file.replace(/\.js$/, '')}:${line}\` \`${text.replaceAll('`', '´')}\``).join('\n');
  return `# Mutants of the embedded network

\`make mutants\`, commit ${commit}, ${day}. ${summaryOf(verdicts)}.

Lines are those of the compiled files.

## Noticed by nothing, though some behaviour reaches what they decide

Mostly short cuts whose long way gives the same answer (caches, empty sets, the order in which equal peers are tried).

${survivors('nothing')}

## Noticed by nothing, because no behaviour and no unit test reaches what they decide

Mostly refusals of what no client, chaincode or orderer of these tests sends, and damage that a store does not have.

${survivors('nothing: never decides')}
`;
}
