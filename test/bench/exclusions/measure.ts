import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { StartLedger } from '@medaccord/network/cli';
import { parts } from '../claims/prepare.js';
import { BenchWorld } from '../credentials/world.js';
import { bytesIn } from '../fabric/disk-figures.js';
import { upload } from '../http-upload.js';
import { forgetPeak, peakMegabytes, residentMegabytes } from '../memory.js';
import { LOAD_GENERATOR, type ProcessorTime, withProcessorTime } from '../processor-time.js';
import { exclusionFile, screenedClinicians } from './generated-list.js';

/** How much of everything. */
export interface ExclusionsPlan {
  readonly rows: number;
  readonly clinicians: number;
}

/** What one step took at the gateway. */
export interface Step {
  readonly seconds: number;
  readonly used: ProcessorTime;
  readonly megabytesBefore: number;
  readonly peakMegabytes: number;
}

export interface ExclusionsFigures extends ExclusionsPlan {
  readonly load: Step;
  /** The same file a month later, of which nothing is news. */
  readonly loadAgain: Step;
  readonly run: Step;
  /** A second run, which finds the pairs of the first recorded. */
  readonly runAgain: Step;
  readonly parts: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly gatewayBytes: number;
}

interface Summary {
  readonly parts: number;
  readonly counts: Readonly<Record<string, number>>;
}

const organisation = 'insurer';
const namedAtOnce = 1000;

/** An insurer loads a full exclusion list, names its clinicians and screens them, on a fresh network. */
export async function measureExclusions(startLedger: StartLedger, { rows, clinicians }: ExclusionsPlan, say: (text: string) => void): Promise<ExclusionsFigures> {
  const world = await BenchWorld.start(startLedger);
  try {
    const steward = world.person(organisation, 'exclusion-steward');
    const office = world.person(organisation, 'credentialing');
    const file = async (month: string): Promise<void> => {
      const path = `/v1/exclusion-lists/LEIE/files/${month}/full`;
      await upload(steward, { path, contentType: 'text/csv', idempotencyKey: randomUUID(), content: exclusionFile(rows) });
      await steward.post(`${path}/attestations`, {});
    };
    const screen = async (): Promise<Summary> =>
      upload<Summary>(office, { path: '/v1/screening/runs', contentType: 'application/json', idempotencyKey: randomUUID(), content: Readable.from([JSON.stringify({ source: 'LEIE' })]) });

    say(`loading ${rows} rows…`);
    const [load] = await step(world, async () => file('2026-01'));
    const [loadAgain] = await step(world, async () => file('2026-02'));
    say(`naming ${clinicians} clinicians…`);
    for (const part of parts(Array.from({ length: clinicians }, (_, serial) => serial), namedAtOnce)) await office.post('/v1/screening/clinicians', { items: screenedClinicians(part[0] ?? 0, part.length) });
    say('screening…');
    const [run, summary] = await step(world, screen);
    const [runAgain] = await step(world, screen);
    return { rows, clinicians, load, loadAgain, run, runAgain, ...summary, gatewayBytes: await bytesIn(`${world.directory}/gateway-${organisation}`) };
  } finally {
    await world.stop();
  }
}

async function step<T>(world: BenchWorld, work: () => Promise<T>): Promise<readonly [Step, T]> {
  const { pid } = world.process(`gateway-${organisation}`);
  const megabytesBefore = await residentMegabytes(pid);
  await forgetPeak(pid);
  const begun = performance.now();
  const { result, used } = await withProcessorTime([...world.stack.processes, LOAD_GENERATOR], work);
  return [{ seconds: (performance.now() - begun) / 1000, used, megabytesBefore, peakMegabytes: await peakMegabytes(pid) }, result];
}
