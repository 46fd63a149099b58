import { FABRIC_VERSION } from '@medaccord/network/fabric';
import type { LoadResult } from '../load.js';
import { machine } from '../machine.js';
import type { BenchSettings } from './bench-ledger.js';
import type { BlockFigures } from './blocks.js';
import type { BatchPlan } from './claims-load.js';
import { type DiskFigures, LEDGER_PARTS } from './disk-figures.js';
import type { ProcessFigures } from './process-figures.js';

/** One measurement with what it cost. */
export interface Measured {
  readonly what: string;
  /** Items of one call: keys of the baseline, claims of a request. */
  readonly perCall: number;
  readonly load: LoadResult;
  readonly blocks: BlockFigures;
  readonly processes: readonly ProcessFigures[];
  readonly disk: DiskFigures;
}

/** One size of request. */
export interface ClaimsRow {
  readonly plan: BatchPlan;
  readonly submit: Measured;
  readonly adjudicate: Measured;
  /** Claims that were read again at both parties, and how many were decided with the same documents. */
  readonly readAgain: number;
  readonly sameAtBoth: number;
}

/** All figures of a run. */
export interface BenchFigures {
  readonly seconds: number;
  readonly settings: BenchSettings;
  readonly readySeconds: number;
  readonly baseline: readonly Measured[];
  readonly claims: readonly ClaimsRow[];
}

const rounded = (value: number): string => value.toFixed(value < 10 ? 1 : 0);
const itemsPerSecond = ({ load, perCall }: Measured): number => load.perSecond * perCall;

/** The report; its last line is the ratio of the best adjudicated claims per second to the baseline's transactions per second. */
export function reportOf({ seconds, settings, readySeconds, baseline, claims }: BenchFigures): string {
  const all = [...baseline, ...claims.flatMap(({ submit, adjudicate }) => [submit, adjudicate])];
  const best = Math.max(...claims.map(({ adjudicate }) => itemsPerSecond(adjudicate)));
  return [
    '# Figures on real Fabric',
    '',
    `\`make bench-fabric\`. ${machine()} Hyperledger Fabric ${FABRIC_VERSION}, four organisations with six peers and four SmartBFT orderers as native processes, LevelDB, TLS.`,
    `Up to ${seconds} s each, on one network${Object.keys(settings).length === 0 ? '' : ` with ${JSON.stringify(settings)}`}. The stack was ready in ${rounded(readySeconds)} s.`,
    '',
    'Baseline: one key per transaction through the contract API and the official client, endorsed by any two members. Claims: three lines, each its own',
    'family, through the gateways, all checks on; latencies are those of a request until its transaction is committed.',
    '',
    '| what | transactions/s | items/s | seconds | p50 ms | p95 ms | p99 ms | failed |',
    '|---|---|---|---|---|---|---|---|',
    ...all.map((one) => `| ${one.what} | ${rounded(one.load.perSecond)} | ${rounded(itemsPerSecond(one))} | ${rounded(one.load.seconds)} | ${rounded(one.load.p50)} | ${rounded(one.load.p95)} | ${rounded(one.load.p99)} | ${failuresOf(one.load)} |`),
    '',
    ...claims.map(({ plan, readAgain, sameAtBoth }) => `Batches of ${plan.batch}, ${plan.atOnce} at once: ${sameAtBoth} of ${readAgain} claims read again are decided with the same documents at both parties.`),
    '',
    '| what | blocks | transactions in the median block | median KiB | largest KiB | validation codes |',
    '|---|---|---|---|---|---|',
    ...all.map(({ what, blocks }) => `| ${what} | ${blocks.count} | ${blocks.medianTransactions} | ${rounded(blocks.medianKilobytes)} | ${rounded(blocks.largestKilobytes)} | ${JSON.stringify(blocks.codes)} |`),
    '',
    ...growthTable(claims),
    '',
    ...processTable([bestOf(baseline), ...(claims.length > 0 ? [bestOf(claims.map(({ adjudicate }) => adjudicate))] : [])]),
    '',
    `ratio: ${(best / itemsPerSecond(bestOf(baseline))).toFixed(2)}`,
    '',
  ].join('\n');
}

/** Peers whose growth is told: of a party, and of a member that only keeps the blocks. */
const PARTY = 'peer0.insurer.';
const BYSTANDER = 'peer0.licensing-board.';
/** For the projection. */
const CLAIMS_A_YEAR = 1_000_000;
const YEARS = 5;

/** What one claim, submitted and adjudicated, leaves on disks. */
function growthTable(claims: readonly ClaimsRow[]): readonly string[] {
  const parts = Object.keys(LEDGER_PARTS) as (keyof typeof LEDGER_PARTS)[];
  const bytes = ({ submit, adjudicate }: ClaimsRow, peer: string, part: keyof typeof LEDGER_PARTS): number =>
    [submit, adjudicate].reduce((sum, { disk, load, perCall }) => sum + (Object.entries(disk).find(([name]) => name.startsWith(peer))?.[1][part] ?? 0) / Math.max(1, load.completed * perCall), 0);
  const total = (row: ClaimsRow, peer: string): number => parts.reduce((sum, part) => sum + bytes(row, peer, part), 0);
  const kilobytes = (value: number): string => (value / 1024).toFixed(1);
  const projected = (value: number): string => `${((value * CLAIMS_A_YEAR * YEARS) / 1024 ** 3).toFixed(0)} GiB`;
  return [
    `Growth by a claim, submitted and adjudicated, in KiB; and by ${CLAIMS_A_YEAR.toLocaleString('en-US')} claims a year in ${YEARS} years:`,
    '',
    `| claims a request | ${parts.map((part) => `party's peer: ${LEDGER_PARTS[part]}`).join(' | ')} | in all | in ${YEARS} years | other member's peer | in ${YEARS} years |`,
    `|---|${parts.map(() => '---|').join('')}---|---|---|---|`,
    ...claims.map((row) => `| ${row.plan.batch} | ${parts.map((part) => kilobytes(bytes(row, PARTY, part))).join(' | ')} | ${kilobytes(total(row, PARTY))} | ${projected(total(row, PARTY))} | ${kilobytes(total(row, BYSTANDER))} | ${projected(total(row, BYSTANDER))} |`),
  ];
}

function bestOf(all: readonly Measured[]): Measured {
  return all.reduce((best, one) => (itemsPerSecond(one) > itemsPerSecond(best) ? one : best));
}

function failuresOf({ failures }: LoadResult): string {
  const entries = Object.entries(failures);
  return entries.length === 0 ? '0' : entries.map(([name, count]) => `${count} × ${name}`).join('; ');
}

/** Cores and memory of each process in the best runs. */
function processTable(runs: readonly Measured[]): readonly string[] {
  const names = runs[0]?.processes.map(({ name }) => name) ?? [];
  const cell = (run: Measured, name: string): string => {
    const figures = run.processes.find((one) => one.name === name);
    return figures === undefined ? ' | ' : `${figures.cores.toFixed(2)} | ${rounded(figures.megabytes)}`;
  };
  return [
    `| process | ${runs.map(({ what }) => `cores, ${what} | MiB`).join(' | ')} |`,
    `|---|${runs.map(() => '---|---').join('|')}|`,
    ...names.map((name) => `| ${name} | ${runs.map((run) => cell(run, name)).join(' | ')} |`),
  ];
}
