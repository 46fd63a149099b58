import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { houseRoot } from '@medaccord/network/cli';
import { measureBaseline, type BaselineFigures } from './baseline/measure.js';
import { measureClaims, type ClaimsFigures } from './claims/measure.js';
import type { LoadResult } from './load.js';
import { machine } from './machine.js';
import { perItem } from './processor-time.js';

const seconds = 20;
const reportFile = join(houseRoot, '.medaccord', 'bench.md');

const failed = ({ failures }: LoadResult): number => Object.values(failures).reduce((sum, count) => sum + count, 0);
const rounded = (value: number): string => value.toFixed(value < 10 ? 1 : 0);

function report(baseline: BaselineFigures, claims: ClaimsFigures): string {
  const { submit, evaluate } = baseline;
  const best = Math.max(...claims.batches.map(({ adjudicatedPerSecond }) => adjudicatedPerSecond));
  return [
    '# Figures of the embedded network',
    '',
    `\`make bench\`. ${machine()}`,
    '',
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

process.stderr.write('measuring the baseline…\n');
const baseline = await measureBaseline(seconds);
process.stderr.write('measuring claims…\n');
const text = report(baseline, await measureClaims());
await mkdir(join(houseRoot, '.medaccord'), { recursive: true });
await writeFile(reportFile, text);
process.stdout.write(`${text}\nThe report is in ${reportFile}.\n`);
