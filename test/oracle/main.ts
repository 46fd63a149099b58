import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { hasPython } from './python.js';
import { runOracle } from './run-oracle.js';

const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' }, claims: { type: 'string', default: '10000' }, mutants: { type: 'boolean', default: false } } });

if (!(await hasPython())) {
  console.error('medaccord: the answer key is written in Python: python3 was not found on this machine');
  process.exitCode = 2;
} else {
  const run = await runOracle({ seed: Number(values.seed), claims: Number(values.claims), mutants: values.mutants });
  await mkdir('.medaccord', { recursive: true });
  await writeFile('.medaccord/oracle-differences.json', `${JSON.stringify(run.differences, null, 2)}\n`);
  for (const [rule, count] of Object.entries(run.fired).sort()) console.log(`${rule.padEnd(24)}${String(count).padStart(8)}`);
  console.log(`${run.totals} totals of benefit years are among what is compared`);
  if (values.mutants) console.log(`${run.mutants} constants changed in turn, ${run.unnoticed.length} without a difference${run.unnoticed.map((name) => ` ${name}`).join('')}`);
  console.log(`${run.matched} matched, ${run.differences.length} mismatched, ${run.unsupported} unsupported`);
  process.exitCode = run.differences.length + run.unsupported + run.unnoticed.length === 0 ? 0 : 1;
}
