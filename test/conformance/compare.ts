import { join } from 'node:path';
import { type Comparison, compareReports, writeReport } from './outcome-report.js';
import { runSuite } from './run-suite.js';

// Runs every behaviour on the embedded network and on real Fabric and compares them one by one: node compare.js
// Keeps both reports under .medaccord/conformance. Ends with 1 where a behaviour differs: the embedded network is wrong then.

const FOLDER = join('.medaccord', 'conformance');

async function run(kind: 'embedded' | 'fabric'): ReturnType<typeof runSuite> {
  process.stdout.write(`${kind}: `);
  const report = await runSuite(kind, process.argv.slice(2), ({ outcome }) => { process.stdout.write({ passed: '.', failed: 'F', skipped: '-' }[outcome]); });
  process.stdout.write('\n');
  await writeReport(join(FOLDER, `${kind}.json`), report);
  return report;
}

const comparisons = compareReports(await run('embedded'), await run('fabric'));
const of = (verdict: Comparison['verdict']): readonly Comparison[] => comparisons.filter((one) => one.verdict === verdict);
for (const { id, verdict, reason = '' } of [...of('not compared'), ...of('different')]) {
  process.stdout.write(`${verdict}: ${id}\n  ${reason.replaceAll('\n', '\n  ')}\n`);
}
process.stdout.write(`${of('same').length} behaviours the same, ${of('different').length} different, ${of('not compared').length} not compared\n`);
process.exit(of('different').length === 0 ? 0 : 1);
