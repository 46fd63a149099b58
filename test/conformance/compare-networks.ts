import { join } from 'node:path';
import { type Comparison, compareReports, type OutcomeReport, writeReport } from './outcome-report.js';
import { runSuite } from './run-suite.js';

/** Where the outcomes of both networks are kept. */
const FOLDER = join('.medaccord', 'conformance');
const SIGNS = { passed: '.', failed: 'F', skipped: '-' } as const;

/** Runs the behaviours (those with one of the prefixes, or all) on the embedded network and on real Fabric, and compares them one by one. */
export async function compareNetworks(prefixes: readonly string[]): Promise<readonly Comparison[]> {
  return compareReports(await run('embedded', prefixes), await run('fabric', prefixes));
}

async function run(kind: 'embedded' | 'fabric', prefixes: readonly string[]): Promise<OutcomeReport> {
  process.stdout.write(`${kind}: `);
  const report = await runSuite(kind, prefixes, ({ outcome }) => { process.stdout.write(SIGNS[outcome]); });
  process.stdout.write('\n');
  await writeReport(join(FOLDER, `${kind}.json`), report);
  return report;
}

/** Comparisons that came out so. */
export function withVerdict(comparisons: readonly Comparison[], verdict: Comparison['verdict']): readonly Comparison[] {
  return comparisons.filter((one) => one.verdict === verdict);
}

/** How many are the same, different and not compared. */
export function summaryOf(comparisons: readonly Comparison[]): string {
  const count = (verdict: Comparison['verdict']): number => withVerdict(comparisons, verdict).length;
  return `${count('same')} behaviours the same, ${count('different')} different, ${count('not compared')} not compared`;
}
