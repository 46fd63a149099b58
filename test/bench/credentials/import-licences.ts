import { randomUUID } from 'node:crypto';
import type { EventEnvelope } from '@medaccord/domain';
import type { GatewayClient } from '../../demo/gateway-client.js';
import { bytesIn } from '../fabric/disk-figures.js';
import { upload } from '../http-upload.js';
import { forgetPeak, peakMegabytes, residentMegabytes } from '../memory.js';
import { LOAD_GENERATOR, type ProcessorTime, withProcessorTime } from '../processor-time.js';
import { countOf, rosterOf } from './rosters.js';
import { BENCH_BOARD, BENCH_TYPES, type BenchWorld } from './world.js';

/** What the import of the rosters of a board took. */
export interface ImportFigures {
  readonly licences: number;
  /** While requests were under way; not the time in which the gateway was started again. */
  readonly seconds: number;
  /** Licences on the ledger when the gateway was killed. */
  readonly killedAt: number;
  /** What the answers count, over all rosters. */
  readonly counts: Readonly<Record<string, number>>;
  /** Licences that the ledger told of, each as often as it was issued. */
  readonly onLedger: number;
  readonly unmappedWords: number;
  /** Processor time of the rosters that were not interrupted, and their licences. */
  readonly used: ProcessorTime;
  readonly uninterrupted: number;
  readonly gatewayMegabytesBefore: number;
  readonly gatewayPeakMegabytes: number;
  readonly networkPeakMegabytes: number;
  /** Bytes that the gateway's folder grew by. */
  readonly gatewayBytes: number;
}

interface Answer {
  readonly counts: Readonly<Record<string, number>>;
  readonly unmapped: readonly { readonly word: string }[];
}

const progressMs = 2000;

/** Imports licences as rosters of their types through the board's gateway; kills it once in the midst of the first. */
export async function measureImport(world: BenchWorld, licences: number, say: (text: string) => void): Promise<ImportFigures> {
  const client = await world.client();
  const issued = await followIssued(client, licences, say);
  const before = await residentMegabytes(world.process(gatewayName).pid);
  await forgetPeak(world.process(gatewayName).pid);
  const bytesBefore = await bytesIn(gatewayFolder(world));
  const run = new ImportRun(world, licences);
  try {
    const [first, ...rest] = BENCH_TYPES;
    const killedAt = await run.importInterrupted(first, issued);
    await forgetPeak(world.process(gatewayName).pid);
    const { used } = await withProcessorTime([...world.stack.processes.filter(({ name }) => name !== gatewayName), world.process(gatewayName), LOAD_GENERATOR], async () => {
      for (const type of rest) await run.import(type);
    });
    await issued.until(licences);
    return {
      licences,
      seconds: run.seconds,
      killedAt,
      counts: run.counts,
      onLedger: issued.count(),
      unmappedWords: run.unmapped.size,
      used,
      uninterrupted: licences - countOf(first, licences),
      gatewayMegabytesBefore: before,
      gatewayPeakMegabytes: Math.max(run.peak, await peakMegabytes(world.process(gatewayName).pid)),
      networkPeakMegabytes: await networkPeak(world),
      gatewayBytes: (await bytesIn(gatewayFolder(world))) - bytesBefore,
    };
  } finally {
    issued.close();
    client.close();
  }
}

const gatewayName = 'gateway-licensing-board';
const gatewayFolder = ({ directory }: BenchWorld): string => `${directory}/${gatewayName}`;

async function networkPeak({ stack }: BenchWorld): Promise<number> {
  const network = stack.processes.find(({ name }) => name === 'embedded-network');
  return network === undefined ? Number.NaN : peakMegabytes(network.pid);
}

class ImportRun {
  readonly counts: Record<string, number> = {};
  readonly unmapped = new Set<string>();
  seconds = 0;
  peak = 0;
  readonly #world: BenchWorld;
  readonly #licences: number;

  constructor(world: BenchWorld, licences: number) {
    this.#world = world;
    this.#licences = licences;
  }

  async import(type: string, idempotencyKey: string = randomUUID()): Promise<void> {
    const { counts, unmapped } = await this.#timed(() => this.#send(type, idempotencyKey));
    for (const [name, count] of Object.entries(counts)) this.counts[name] = (this.counts[name] ?? 0) + count;
    for (const { word } of unmapped) this.unmapped.add(word);
  }

  /** Kills the gateway when a third of the roster is on the ledger, and sends the same request again; answers how many were there. */
  async importInterrupted(type: string, issued: Issued): Promise<number> {
    const key = randomUUID();
    const whole = countOf(type, this.#licences);
    let killedAt = 0;
    await this.#timed(async () => {
      const broken = this.#send(type, key).then(() => undefined, () => undefined);
      await Promise.race([issued.until(Math.ceil(whole / 3)), broken]);
      killedAt = issued.count();
    });
    this.peak = await peakMegabytes(this.#world.process(gatewayName).pid);
    await this.#world.killAndRestartGateway('licensing-board');
    await this.import(type, key);
    return killedAt;
  }

  async #send(type: string, idempotencyKey: string): Promise<Answer> {
    const registrar: GatewayClient = this.#world.person('licensing-board', 'registrar');
    const query = new URLSearchParams({ ...BENCH_BOARD, type, importBatch: `bench-${type.toLowerCase()}`, recordedOn: new Date().toISOString().slice(0, 10) });
    return upload<Answer>(registrar, { path: `/v1/licences/import?${query.toString()}`, contentType: 'text/csv', idempotencyKey, content: rosterOf(type, this.#licences) });
  }

  async #timed<T>(work: () => Promise<T>): Promise<T> {
    const begun = performance.now();
    try {
      return await work();
    } finally {
      this.seconds += (performance.now() - begun) / 1000;
    }
  }
}

/** How many licences the ledger has told of since it was followed. */
interface Issued {
  count(): number;
  until(count: number): Promise<void>;
  close(): void;
}

/** Follows the registry's events and says how far the import is. */
async function followIssued({ network }: Awaited<ReturnType<BenchWorld['client']>>, whole: number, say: (text: string) => void): Promise<Issued> {
  const stream = await network.getChaincodeEvents('registry');
  let count = 0;
  let wake = (): void => undefined;
  const reading = (async (): Promise<void> => {
    for await (const { payload } of stream) {
      const { events } = JSON.parse(new TextDecoder().decode(payload)) as EventEnvelope;
      count += events.filter(({ type }) => type === 'licence.issued.v1').length;
      wake();
    }
  })();
  const timer = setInterval(() => { say(`${count} of ${whole} licences are on the ledger…`); }, progressMs);
  return {
    count: () => count,
    until: async (wanted) => {
      while (count < wanted) await new Promise<void>((resolve) => { wake = resolve; });
    },
    close: () => {
      clearInterval(timer);
      stream.close();
      void reading.catch(() => undefined);
    },
  };
}
