// Prints the failed tests by name and, as the last line, the counts of jest's JSON report.
import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
for (const file of report.testResults) {
  for (const { status, fullName } of file.assertionResults) if (status === 'failed') console.log(`failed: ${fullName}`);
  if (file.status === 'failed' && file.assertionResults.length === 0) console.log(`did not run: ${file.name}`);
}
const skipped = report.numPendingTests + report.numTodoTests;
const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
console.log(`${report.numPassedTests} passed, ${failed} failed, ${skipped} skipped`);
