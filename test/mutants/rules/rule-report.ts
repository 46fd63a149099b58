import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

// Writes RULES.md beside the guards' report out of what StrykerJS found: node rule-report.js, after a whole run.

/** What StrykerJS's JSON report says of one changed rule, as far as it is looked at. */
interface Mutant {
  readonly status: 'Killed' | 'Timeout' | 'Survived' | 'NoCoverage' | 'Ignored' | 'CompileError' | 'RuntimeError';
  readonly location: { readonly start: { readonly line: number } };
}

type Report = Readonly<Record<string, { readonly mutants: readonly Mutant[] }>>;

const SOURCES = 'chaincode/domain/src/';
const root = join(import.meta.dirname, '..', '..', '..', '..');

/** The report of a whole run: counts by folder, and where each survivor stands. */
export function ruleReport(files: Report, commit: string, day: string): string {
  const all = Object.values(files).flatMap(({ mutants }) => mutants);
  return `# Mutants of the rules

\`make mutants\`, commit ${commit}, ${day}. ${counted(all)}.

A survivor is a change of a rule that no test of the domain notices; a change that nothing reaches is listed with them. What is
computed while a module loads (tables, shapes of input) is not changed: it would need a process of its own for each change.

| folder | changes | noticed | survived | not reached |
|---|--:|--:|--:|--:|
${[...byFolder(files)].map(([folder, mutants]) => `| ${folder} | ${tried(mutants)} | ${noticed(mutants)} | ${count(mutants, 'Survived')} | ${count(mutants, 'NoCoverage')} |`).join('\n')}

## Survivors, by line

${Object.entries(files).flatMap(([file, { mutants }]) => survivorsOf(file, mutants)).join('\n')}
`;
}

function counted(mutants: readonly Mutant[]): string {
  return `${tried(mutants)} changes tried: ${noticed(mutants)} noticed, ${count(mutants, 'Survived')} survived, ${count(mutants, 'NoCoverage')} not reached by any test; ${count(mutants, 'Ignored')} not tried`;
}

function byFolder(files: Report): ReadonlyMap<string, readonly Mutant[]> {
  const folders = new Map<string, readonly Mutant[]>();
  for (const [file, { mutants }] of Object.entries(files)) {
    const folder = file.slice(SOURCES.length).split('/', 1)[0] ?? '';
    folders.set(folder, [...(folders.get(folder) ?? []), ...mutants]);
  }
  return folders;
}

function survivorsOf(file: string, mutants: readonly Mutant[]): readonly string[] {
  const lines = new Map<number, number>();
  for (const { status, location } of mutants) {
    if (status === 'Survived' || status === 'NoCoverage') lines.set(location.start.line, (lines.get(location.start.line) ?? 0) + 1);
  }
  const told = [...lines].sort(([left], [right]) => left - right).map(([line, times]) => (times === 1 ? `${line}` : `${line} (${times})`));
  return told.length === 0 ? [] : [`- \`${file.slice(SOURCES.length)}\`: ${told.join(', ')}`];
}

function tried(mutants: readonly Mutant[]): number {
  return mutants.length - count(mutants, 'Ignored') - count(mutants, 'CompileError');
}

function noticed(mutants: readonly Mutant[]): number {
  return count(mutants, 'Killed') + count(mutants, 'Timeout') + count(mutants, 'RuntimeError');
}

function count(mutants: readonly Mutant[], status: Mutant['status']): number {
  return mutants.filter((mutant) => mutant.status === status).length;
}

if (process.argv[1] === import.meta.filename) {
  const { files } = JSON.parse(await readFile(join(root, '.medaccord', 'mutants-domain.json'), 'utf8')) as { readonly files: Report };
  const commit = execFileSync('git', ['rev-parse', '--short=12', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  await writeFile(join(root, 'test', 'mutants', 'RULES.md'), ruleReport(files, commit, new Date().toISOString().slice(0, 10)));
}
