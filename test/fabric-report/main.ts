import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { houseRoot } from '@medaccord/network/cli';
import { FABRIC_VERSION, findFabricBinaries } from '@medaccord/network/fabric';
import { BEHAVIOURS } from '../conformance/behaviours.js';
import { compareNetworks, summaryOf } from '../conformance/compare-networks.js';
import { runTests } from './jest-outcomes.js';
import { isClean, reportOf } from './report.js';

// Everything that runs on real Fabric: node main.js
// Writes REPORT.md beside this file's source. Ends with 1 where a behaviour differs from the embedded network or a test fails.

const reportFile = join(houseRoot, 'test', 'fabric-report', 'REPORT.md');

/** Tests that run on real Fabric where MEDACCORD_NETWORK says so, or that run on nothing else. */
const FOLDERS = ['network/dist/fabric', 'test/dist/conformance/fabric-tools', 'test/dist/scenarios', 'test/dist/members', 'test/dist/operations'];

async function testFabric(): Promise<void> {
  await findFabricBinaries();
  const comparisons = await compareNetworks([]);
  process.stdout.write(`${summaryOf(comparisons)}\n`);
  const tests = await runTests(houseRoot, FOLDERS, join(houseRoot, '.medaccord', 'fabric-tests.json'));
  const day = new Date().toISOString().slice(0, 10);
  await writeFile(reportFile, reportOf({ commit: commit(), fabricVersion: FABRIC_VERSION, day, behaviours: BEHAVIOURS, comparisons, tests }));
  process.stdout.write(`The report is in ${reportFile}; commit it.\n`);
  process.exit(isClean({ comparisons, tests }) ? 0 : 1);
}

function commit(): string {
  return execFileSync('git', ['rev-parse', '--short=12', 'HEAD'], { cwd: houseRoot, encoding: 'utf8' }).trim();
}

try {
  await testFabric();
} catch (error) {
  process.stderr.write(`medaccord: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
