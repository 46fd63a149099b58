import Table from 'cli-table3';
import type { Row } from './round.js';

/** Where and when the suite ran. */
export interface Circumstances {
  readonly commit: string;
  readonly fabric: string;
  readonly date: string;
  readonly processors: number;
}

const HEAD = ['fault', 'seconds without service', 'claims told', 'lost', 'doubled', 'copies that differ', '503', '202', 'no answer', 'false or other answers'];

/** True where nothing was lost, doubled, or answered otherwise than honestly, and service was back when it is promised. */
export function isSound({ skipped, failure, answers, findings, secondsWithoutService = 0, backWithinSeconds = Infinity }: Row): boolean {
  if (skipped !== undefined) return true;
  if (failure !== undefined || findings === undefined) return false;
  const wrong = findings.lost.length + findings.doubled.length + findings.different.length + (answers?.dishonest.length ?? 0);
  return wrong === 0 && secondsWithoutService <= backWithinSeconds;
}

/** The table for a terminal. */
export function tableOf(rows: readonly Row[]): string {
  const table = new Table({ head: HEAD, style: { head: [], border: [], compact: true }, wordWrap: true, colWidths: [48] });
  for (const row of rows) table.push([...cells(row)]);
  return table.toString();
}

/** The same as Markdown, with what was noted. */
export function reportOf(rows: readonly Row[], { commit, fabric, date, processors }: Circumstances): string {
  const notes = rows.flatMap(({ title, notes: noted, failure, answers }) => [...noted, ...(failure === undefined ? [] : [`failed: ${failure}`]), ...(answers?.reasons ?? []), ...new Set(answers?.dishonest ?? [])].map((note) => `- ${title}: ${note}`));
  return [
    '# Faults of real Fabric',
    '',
    `Written by \`make faults-fabric\` on ${date}: commit ${commit}, Fabric ${fabric}, ${processors} processors for everything.`,
    '',
    'Seconds without service are the longest time in which nothing was acknowledged, from the fault until service was steady again.',
    'Told claims are those that a hospital was told were accepted or an insurer that they were adjudicated.',
    '',
    `| ${HEAD.join(' | ')} |`,
    `|${HEAD.map((_, index) => (index === 0 ? '---|' : '---:|')).join('')}`,
    ...rows.map((row) => `| ${cells(row).join(' | ')} |`),
    ...(notes.length === 0 ? [] : ['', ...notes]),
    '',
  ].join('\n');
}

function cells({ title, skipped, failure, secondsWithoutService = 0, answers, findings }: Row): readonly string[] {
  if (skipped !== undefined) return [title, `skipped: ${skipped}`, ...HEAD.slice(2).map(() => '')];
  const seconds = failure === undefined ? secondsWithoutService.toFixed(1) : 'failed';
  return [title, seconds, ...foundCells(findings), ...answerCells(answers)];
}

function foundCells(findings: Row['findings']): readonly string[] {
  if (findings === undefined) return ['?', '?', '?', '?'];
  const { told, lost, doubled, different } = findings;
  return [told, lost.length, doubled.length, different.length].map(String);
}

function answerCells(answers: Row['answers']): readonly string[] {
  if (answers === undefined) return ['?', '?', '?', '?'];
  const { unavailable, pending, silent, dishonest } = answers;
  return [unavailable, pending, silent, dishonest.length].map(String);
}
