import type { Guard } from './guards.js';

/** What became of one mutant. */
export interface Verdict {
  readonly guard: Guard;
  readonly by: 'conformance' | 'unit test' | 'time' | 'nothing' | 'nothing: never decides';
  readonly test?: string;
}

/** How many came to which end, in one line. */
export function summaryOf(verdicts: readonly Verdict[]): string {
  const count = (by: Verdict['by']): number => verdicts.filter((verdict) => verdict.by === by && !isShortCut(verdict)).length;
  return (
    `${verdicts.length} guards disabled in turn: ${count('conformance')} noticed by a conformance behaviour, ${count('unit test')} by a unit test, ${count('time')} only by unit tests that no longer ended in time, ` +
    `${verdicts.filter(isShortCut).length} short cuts that change no answer, ${count('nothing')} survived, ${count('nothing: never decides')} survived because no behaviour reaches what they decide`
  );
}

/** True for a survivor that the code calls a short cut: that nothing notices is what it promises. */
function isShortCut({ guard, by }: Verdict): boolean {
  return guard.shortCut !== undefined && by.startsWith('nothing');
}

/** The report of a whole run: counts, and every survivor. */
export function reportOf(verdicts: readonly Verdict[], commit: string, day: string): string {
  const listed = (chosen: readonly Verdict[]): string => chosen.map(({ guard }) => `- ${placeOf(guard)}${guard.shortCut === undefined ? '' : ` ${guard.shortCut}`}`).join('\n');
  const survivors = (by: Verdict['by']): string => listed(verdicts.filter((verdict) => verdict.by === by && !isShortCut(verdict)));
  return `# Mutants of the embedded network

\`make mutants\`, commit ${commit}, ${day}. ${summaryOf(verdicts)}.

Lines are those of the compiled files.

## Noticed by nothing, though some behaviour reaches what they decide

Mostly checks that a later one repeats (a value that would fail where it is used next), and choices between equals.

${survivors('nothing')}

## Noticed by nothing, and no behaviour reaches what they decide

Mostly what the compiler wants to be excluded, and damage that a store does not have.

${survivors('nothing: never decides')}

## Short cuts

Noticed by nothing, as they promise: the long way gives the same answer (caches, empty sets). The code says so beside each.

${listed(verdicts.filter(isShortCut))}
`;
}

function placeOf({ file, line, text }: Guard): string {
  return `\`${file.replace(/\.js$/, '')}:${line}\` \`${text.replaceAll('`', '´')}\``;
}
