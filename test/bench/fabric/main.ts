import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { consortiumFile, freePorts, houseRoot, startStack, type Stack } from '@medaccord/network/cli';
import { findFabricBinaries } from '@medaccord/network/fabric';
import { OrganizationPaths } from '@medaccord/network/identities';
import { peopleOf, type People } from '../../demo/people.js';
import { demoDates, type DemoDates } from '../../fixtures/demo-dates.js';
import { connectBaseline, type BaselineClient } from '../baseline/client.js';
import { insureMembers, prepareConsortium } from '../claims/prepare.js';
import { load } from '../load.js';
import { benchLedger } from './bench-ledger.js';
import { withBlockFigures } from './blocks.js';
import { measureAdjudicate, measureSubmit, readAtBoth, type BatchPlan } from './claims-load.js';
import { withDiskFigures } from './disk-figures.js';
import { withProcessFigures } from './process-figures.js';
import { reportOf, type ClaimsRow, type Measured } from './report.js';

// Measures claims on real Fabric beside the baseline, in one run on one network:
// node main.js [--seconds 60] [--only 1,10] [--batch-timeout ms] [--max-messages n] [--validator-pool n] [--key-by-key] [--logging info]
// The report is written to .medaccord/bench-fabric.md.

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, 'batch-timeout': { type: 'string' }, 'max-messages': { type: 'string' }, only: { type: 'string' }, 'validator-pool': { type: 'string' }, 'key-by-key': { type: 'boolean' }, logging: { type: 'string' } },
});
const seconds = Number(values.seconds);
const settings = {
  ...(values['batch-timeout'] === undefined ? {} : { batchTimeoutMs: Number(values['batch-timeout']) }),
  ...(values['max-messages'] === undefined ? {} : { maxMessageCount: Number(values['max-messages']) }),
  ...(values['validator-pool'] === undefined ? {} : { validatorPoolSize: Number(values['validator-pool']) }),
  ...(values['key-by-key'] === true ? { batchMessages: false } : {}),
  ...(values.logging === undefined ? {} : { logging: values.logging }),
};

/** Concurrencies at which the baseline is tried; the best one counts. */
const BASELINE_IN_FLIGHT = [50, 100, 200, 300] as const;
/** More claims per second than were ever seen at a size: so many members are insured before it is measured. */
const PLANS: readonly (BatchPlan & { readonly mostPerSecond: number })[] = [
  { batch: 1, atOnce: 32, mostPerSecond: 50 },
  { batch: 10, atOnce: 16, mostPerSecond: 200 },
  { batch: 50, atOnce: 8, mostPerSecond: 300 },
  { batch: 100, atOnce: 6, mostPerSecond: 300 },
];
/** Claims of each size that are read again at both parties. */
const READ_AGAIN = 500;

const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

interface Bench {
  readonly directory: string;
  readonly stack: Stack;
  readonly people: People;
  readonly dates: DemoDates;
  readonly client: BaselineClient;
}

/** Everything about one measurement: the load's figures, the processes' and the blocks'. */
async function measured<T extends { readonly load: Measured['load'] }>({ directory, stack, client }: Bench, what: string, perCall: number, work: () => Promise<T>): Promise<{ readonly result: T; readonly figures: Measured }> {
  say(`measuring ${what}…`);
  const { result: { result: { result, blocks }, processes }, disk } = await withDiskFigures(directory, async () => withProcessFigures(directory, stack, async () => withBlockFigures(client.network, work)));
  return { result, figures: { what, perCall, load: result.load, blocks, processes, disk } };
}

async function measureBaseline(bench: Bench): Promise<readonly Measured[]> {
  const put = (prefix: string) => async (index: number): Promise<void> => {
    await bench.client.contract.submitTransaction('put', `${prefix}-${index}`, 'value');
  };
  await load(50, Math.min(5, seconds), put('warm'));
  const all: Measured[] = [];
  for (const inFlight of BASELINE_IN_FLIGHT) {
    const what = `baseline, ${inFlight} in flight`;
    const { figures } = await measured(bench, what, 1, async () => ({ load: await load(inFlight, seconds, put(`key-${inFlight}`)) }));
    all.push(figures);
  }
  return all;
}

async function measureClaims(bench: Bench): Promise<readonly ClaimsRow[]> {
  const { people, dates } = bench;
  const planId = await prepareConsortium(people, dates);
  const rows: ClaimsRow[] = [];
  let first = 0;
  for (const plan of PLANS.filter(({ batch }) => values.only === undefined || values.only.split(',').includes(String(batch)))) {
    const range = { first, count: Math.ceil((plan.mostPerSecond * seconds) / plan.batch) * plan.batch };
    first += range.count;
    say(`insuring ${range.count} members…`);
    await insureMembers(people, dates, planId, range);
    const submitted = await measured(bench, `submit, ${plan.batch} a request`, plan.batch, async () => measureSubmit(people, dates, plan, range, seconds));
    const decided = await measured(bench, `adjudicate, ${plan.batch} a request`, plan.batch, async () => measureAdjudicate(people, plan, submitted.result.batches, seconds));
    const sample = decided.result.decided.slice(0, READ_AGAIN);
    rows.push({ plan, submit: submitted.figures, adjudicate: decided.figures, readAgain: sample.length, sameAtBoth: await readAtBoth(people, sample, 8) });
  }
  return rows;
}

async function connect(stack: Stack): Promise<BaselineClient> {
  const { channel, peers, organizationsPath } = stack.endpoints;
  const peer = peers['InsurerMSP'];
  if (peer === undefined) throw new Error('the network has no insurer');
  const user = new OrganizationPaths(organizationsPath, 'insurer.medaccord.example').user('gateway');
  return connectBaseline({ channel, mspId: 'InsurerMSP', peer: { endpoint: peer.endpoint, tlsCaCert: readFileSync(peer.tlsCaFile, 'utf8') }, user });
}

async function bench(): Promise<string> {
  await findFabricBinaries();
  const directory = await mkdtemp(join(tmpdir(), 'medaccord-bench-fabric-'));
  const begun = performance.now();
  const stack = await startStack({ consortiumFile, directory, ports: freePorts, startLedger: benchLedger(settings), clockIntervalSeconds: 0, progress: (what) => { say(`starting ${what}…`); } });
  const readySeconds = (performance.now() - begun) / 1000;
  const interrupted = (): void => void stack.stop().finally(() => process.exit(130));
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  try {
    const running: Bench = { directory, stack, people: peopleOf(stack.endpoints), dates: demoDates(new Date().toISOString().slice(0, 10)), client: await connect(stack) };
    const baseline = await measureBaseline(running);
    const claims = await measureClaims(running);
    running.client.close();
    return reportOf({ seconds, settings, readySeconds, baseline, claims });
  } finally {
    await stack.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

try {
  const text = await bench();
  const file = join(houseRoot, '.medaccord', 'bench-fabric.md');
  await mkdir(join(houseRoot, '.medaccord'), { recursive: true });
  await writeFile(file, text);
  process.stdout.write(`The report is in ${file}.\n\n${text}`);
  process.exit(0);
} catch (error) {
  process.stderr.write(`medaccord: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
