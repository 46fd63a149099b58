import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { houseRoot, startEmbeddedLedger, startFabricLedger } from '@medaccord/network/cli';
import { measureBaseline, type BaselineFigures } from './baseline/measure.js';
import { measureClaims, type ClaimsFigures } from './claims/measure.js';
import { measureCredentials } from './credentials/measure.js';
import { credentialsReport } from './credentials/report.js';
import { measureExclusions } from './exclusions/measure.js';
import { exclusionsReport } from './exclusions/report.js';
import type { LoadResult } from './load.js';
import { machine } from './machine.js';
import { perItem } from './processor-time.js';

// node main.js [--only claims,credentials,exclusions] [--licences 2000] [--roster 1000] [--starts 2] [--excluded 8000] [--screened 2000]
//   [--fabric] (credentials and exclusions on real Fabric)
// The report is written to .medaccord/bench.md.

const { values } = parseArgs({ options: { only: { type: 'string' }, licences: { type: 'string', default: '2000' }, roster: { type: 'string' }, starts: { type: 'string', default: '2' }, excluded: { type: 'string', default: '8000' }, screened: { type: 'string', default: '2000' }, fabric: { type: 'boolean', default: false } } });
const startLedger = values.fabric ? startFabricLedger : startEmbeddedLedger;
const imported = Number(values.licences);
const plan = { imported, roster: Number(values.roster ?? imported / 2), licences: 20, starts: Number(values.starts), rounds: 10 };
const command = process.argv.length === 2 ? 'make bench' : `node test/dist/bench/main.js ${process.argv.slice(2).join(' ')}`;
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const seconds = 20;
const reportFile = join(houseRoot, '.medaccord', 'bench.md');

const failed = ({ failures }: LoadResult): number => Object.values(failures).reduce((sum, count) => sum + count, 0);
const rounded = (value: number): string => value.toFixed(value < 10 ? 1 : 0);

function claimsReport(baseline: BaselineFigures, claims: ClaimsFigures): string {
  const { submit, evaluate } = baseline;
  const best = Math.max(...claims.batches.map(({ adjudicatedPerSecond }) => adjudicatedPerSecond));
  return [
    '| what | per second | p50 ms | p95 ms | p99 ms | failed |',
    '|---|---|---|---|---|---|',
    `| baseline: one key per transaction, 2 of 4 endorse, 100 in flight, ${seconds} s | ${rounded(submit.perSecond)} | ${rounded(submit.p50)} | ${rounded(submit.p95)} | ${rounded(submit.p99)} | ${failed(submit)} |`,
    `| evaluate one key, 100 in flight, ${seconds} s | ${rounded(evaluate.perSecond)} | ${rounded(evaluate.p50)} | ${rounded(evaluate.p95)} | ${rounded(evaluate.p99)} | ${failed(evaluate)} |`,
    '',
    `Processor milliseconds for one transaction of the baseline: ${perItem(baseline.used, submit.completed)}.`,
    '',
    'Claims of three lines, each of its own family, through the gateways, all checks on:',
    '',
    '| batch | claims | submitted per second | adjudicated per second | processor ms to submit one | processor ms to adjudicate one |',
    '|---|---|---|---|---|---|',
    ...claims.batches.map(({ batch, claims: count, submittedPerSecond, adjudicatedPerSecond, submitting, adjudicating }) => `| ${batch} | ${count} | ${rounded(submittedPerSecond)} | ${rounded(adjudicatedPerSecond)} | ${perItem(submitting, count)} | ${perItem(adjudicating, count)} |`),
    '',
    `Network of four organisations started in ${rounded(baseline.startedInMs)} ms; the whole stack was ready in ${rounded(claims.stackReadySeconds)} s.`,
    `Resident memory after the load, in MiB: baseline network ${rounded(baseline.networkMegabytes)}; ${Object.entries(claims.megabytes).map(([name, megabytes]) => `${name} ${megabytes}`).join(', ')}.`,
    '',
    `ratio: ${(best / submit.perSecond).toFixed(2)} (best adjudicated claims per second over the baseline's transactions per second)`,
    '',
  ].join('\n');
}

/** What is measured, by the name that `--only` takes. */
const parts: Readonly<Record<string, () => Promise<string>>> = {
  claims: async () => {
    say('measuring the baseline…');
    const baseline = await measureBaseline(seconds);
    say('measuring claims…');
    return claimsReport(baseline, await measureClaims());
  },
  credentials: async () => {
    say('measuring credentials…');
    return credentialsReport(await measureCredentials(startLedger, plan, say));
  },
  exclusions: async () => {
    say('measuring the exclusion list…');
    return exclusionsReport(await measureExclusions(startLedger, { rows: Number(values.excluded), clinicians: Number(values.screened) }, say));
  },
};

const wanted = values.only?.split(',') ?? Object.keys(parts);
const unknown = wanted.filter((name) => parts[name] === undefined);
if (unknown.length > 0) throw new Error(`There is no part ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`);
const texts: string[] = [];
for (const name of wanted) texts.push((await parts[name]?.()) ?? '');
const text = [`# Figures of ${values.fabric ? 'real Fabric' : 'the embedded network'}`, '', `\`${command}\`. ${machine()}`, '', ...texts].join('\n');
await mkdir(join(houseRoot, '.medaccord'), { recursive: true });
await writeFile(reportFile, text);
process.stdout.write(`${text}\nThe report is in ${reportFile}.\n`);
