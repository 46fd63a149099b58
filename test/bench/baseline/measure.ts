import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OrganizationPaths } from '@medaccord/network/identities';
import { load, type LoadResult } from '../load.js';
import { residentMegabytes } from '../memory.js';
import { LOAD_GENERATOR, type ProcessorTime, withProcessorTime } from '../processor-time.js';
import { connectBaseline, type BaselineClient } from './client.js';
import { baselineChannel, baselineMspId, startBaselineNetwork, type BaselineNetwork } from './network.js';

/** What the baseline achieves: the measure of every other figure of the report. */
export interface BaselineFigures {
  readonly startedInMs: number;
  readonly submit: LoadResult;
  /** Processor time of all submitted transactions. */
  readonly used: ProcessorTime;
  readonly evaluate: LoadResult;
  /** Resident megabytes of the network's process after the load. */
  readonly networkMegabytes: number;
}

const inFlight = 100;
const warmUpSeconds = 5;

/** One key per transaction and one read per query, at 100 in flight, on a fresh network of four organisations. */
export async function measureBaseline(seconds: number): Promise<BaselineFigures> {
  const directory = await mkdtemp(join(tmpdir(), 'medaccord-bench-'));
  const network = await startBaselineNetwork(directory);
  try {
    const client = await connectAsAlpha(network);
    await load(inFlight, warmUpSeconds, put(client, 'warm'));
    const { result: submit, used } = await withProcessorTime([...network.processes, LOAD_GENERATOR], async () => load(inFlight, seconds, put(client, 'key')));
    const evaluate = await load(inFlight, seconds, async () => {
      await client.contract.evaluateTransaction('get', 'key-0');
    });
    client.close();
    const pid = network.processes.find(({ name }) => name === 'embedded-network')?.pid ?? 0;
    return { startedInMs: network.startedInMs, submit, used, evaluate, networkMegabytes: await residentMegabytes(pid) };
  } finally {
    await network.stop();
    await rm(directory, { recursive: true });
  }
}

async function connectAsAlpha({ peers, organizationsPath }: BaselineNetwork): Promise<BaselineClient> {
  const mspId = baselineMspId('alpha');
  const peer = peers[mspId];
  if (peer === undefined) throw new Error(`no peer of ${mspId}`);
  return connectBaseline({ channel: baselineChannel, mspId, peer, user: new OrganizationPaths(organizationsPath, 'alpha.example').user('client') });
}

function put({ contract }: BaselineClient, prefix: string): (index: number) => Promise<void> {
  return async (index) => {
    await contract.submitTransaction('put', `${prefix}-${index}`, 'value');
  };
}
