import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { houseRoot } from '@medaccord/network/cli';
import { FABRIC_VERSION } from '@medaccord/network/fabric';
import { FaultNetwork } from './fault-network.js';
import { FAULTS } from './faults.js';
import { InsuredFamilies } from './insured-families.js';
import { isSound, reportOf, tableOf } from './report.js';
import { playRound, type Row } from './round.js';

const reportFile = join(houseRoot, 'test/faults/REPORT.md');
const { values } = parseArgs({ options: { only: { type: 'string' }, report: { type: 'string', default: reportFile } } });
const wanted = FAULTS.filter(({ id }) => values.only?.split(',').includes(id) ?? true);

const commit = execFileSync('git', ['-C', houseRoot, 'rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function run(): Promise<readonly Row[]> {
  const network = await FaultNetwork.start((what) => { say(`starting ${what}…`); });
  const interrupted = (): void => void network.stop().finally(() => process.exit(130));
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  try {
    const families = await InsuredFamilies.found(network.people);
    const rows: Row[] = [];
    for (const fault of wanted) {
      say(`• ${fault.title}`);
      const row = await playRound(network, families, fault);
      say(`  ${row.skipped ?? row.failure ?? `${(row.secondsWithoutService ?? 0).toFixed(1)} s without service`}${row.notes.map((note) => `; ${note}`).join('')}`);
      rows.push(row);
    }
    return rows;
  } finally {
    await network.stop().catch((error: unknown) => { complain(error); });
  }
}

function complain(error: unknown): void {
  process.stderr.write(`medaccord: the fault suite failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

try {
  const rows = await run();
  say(tableOf(rows));
  await writeFile(values.report, reportOf(rows, { commit, fabric: FABRIC_VERSION, date: new Date().toISOString().slice(0, 10), processors: availableParallelism() }));
  if (!rows.every(isSound)) process.exitCode = 1;
} catch (error) {
  complain(error);
}
