import type { GatewayClient } from '../../demo/gateway-client.js';
import { forgetPeak, peakMegabytes, residentMegabytes } from '../memory.js';
import { parts } from '../claims/prepare.js';
import { clinician } from './rosters.js';
import type { BenchWorld } from './world.js';

/** What a hospital's check of its whole roster took. */
export interface RosterFigures {
  readonly clinicians: number;
  readonly seconds: number;
  /** How many may do what. */
  readonly authorities: Readonly<Record<string, number>>;
  readonly changing: number;
  readonly gatewayMegabytesBefore: number;
  readonly gatewayPeakMegabytes: number;
}

const itemsPerRequest = 1000;
const atOnce = 2;

/** Enters the first clinicians in the directory, and the board says which licence is whose. */
export async function linkClinicians(world: BenchWorld, clinicians: number): Promise<number> {
  const { registrar } = world.people;
  const begun = performance.now();
  await inParts(clinicians, async (serials) => {
    const people = serials.map((serial) => ({ ...clinician(serial), family: `SAMPLE${serial}` }));
    await registrar.post('/v1/providers', { items: people.map(({ npi, family }) => ({ npi, type: 'individual', name: { family, given: 'PERSON' }, taxonomies: ['207Q00000X'] })) });
    await registrar.post('/v1/provider-licence-links', { items: people.map(({ npi, licence }) => ({ npi, licence, type: 'ASSERT' })) });
  });
  return (performance.now() - begun) / 1000;
}

/** The hospital asks for the standing of each of its clinicians. */
export async function measureRosterCheck(world: BenchWorld, clinicians: number): Promise<RosterFigures> {
  const office: GatewayClient = world.person('hospital', 'medical-staff-office');
  const asOf = new Date().toISOString().slice(0, 10);
  const authorities: Record<string, number> = {};
  let changing = 0;
  const { pid } = world.process('gateway-hospital');
  const gatewayMegabytesBefore = await residentMegabytes(pid);
  await forgetPeak(pid);
  const begun = performance.now();
  await inParts(clinicians, async (serials) => {
    const items = serials.map((serial) => ({ npi: clinician(serial).npi, jurisdiction: clinician(serial).licence.jurisdiction }));
    const answers = await office.post<readonly { authority: string; nextChangeDate: string | null }[]>('/v1/standings/check', { asOf, items });
    for (const { authority, nextChangeDate } of answers) {
      authorities[authority] = (authorities[authority] ?? 0) + 1;
      if (nextChangeDate !== null) changing += 1;
    }
  });
  const seconds = (performance.now() - begun) / 1000;
  return { clinicians, seconds, authorities, changing, gatewayMegabytesBefore, gatewayPeakMegabytes: await peakMegabytes(pid) };
}

async function inParts(count: number, work: (serials: readonly number[]) => Promise<void>): Promise<void> {
  const waiting = parts(Array.from({ length: count }, (_, serial) => serial), itemsPerRequest);
  const worker = async (): Promise<void> => {
    for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) await work(part);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
