import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { hasPython } from './python.js';
import { runOracle } from './run-oracle.js';

const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' }, claims: { type: 'string', default: '10000' }, gaps: { type: 'boolean', default: false } } });

if (!(await hasPython())) {
  console.error('medaccord: the answer key is written in Python: python3 was not found on this machine');
  process.exitCode = 2;
} else {
  const run = await runOracle({ seed: Number(values.seed), claims: Number(values.claims), gaps: values.gaps });
  await mkdir('.medaccord', { recursive: true });
  await writeFile('.medaccord/oracle-differences.json', `${JSON.stringify(run.differences, null, 2)}\n`);
  for (const [rule, count] of Object.entries(run.fired).sort()) console.log(`${rule.padEnd(24)}${String(count).padStart(8)}`);
  console.log(`${run.matched} matched, ${run.differences.length} mismatched, ${run.unsupported} unsupported`);
  process.exitCode = run.differences.length === 0 && run.unsupported === 0 ? 0 : 1;
}
