import { writeReport } from './outcome-report.js';
import { lineOf, runSuite } from './run-suite.js';
import type { BehaviourOutcome } from './run-behaviours.js';

// Runs the behaviours on one network: node main.js [--network embedded|fabric] [--only id-prefix]... [--out file.json]
// Prints a line per behaviour and ends with 1 where one failed.

function option(name: string): readonly string[] {
  return process.argv.flatMap((argument, index) => (argument === name ? [process.argv[index + 1] ?? ''] : []));
}

const report = await runSuite(option('--network')[0], option('--only'), (outcome) => { process.stdout.write(lineOf(outcome)); });
const [out] = option('--out');
if (out !== undefined) {
  await writeReport(out, report);
}
const count = (kind: BehaviourOutcome['outcome']): number => report.outcomes.filter(({ outcome }) => outcome === kind).length;
process.stdout.write(`${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped on the ${report.network} network\n`);
process.exit(count('failed') === 0 ? 0 : 1);
