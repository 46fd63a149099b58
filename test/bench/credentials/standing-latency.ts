import type { LicenceKey } from '@medaccord/domain';
import { orderByTwo, registerBoardOfficers } from '../../demo/board-orders.js';
import { licencePath } from '../../demo/found-consortium.js';
import type { GatewayClient } from '../../demo/gateway-client.js';
import type { LedgerClient } from '../baseline/client.js';
import { BENCH_BOARD, type BenchWorld } from './world.js';

/** Milliseconds of single questions, one at a time. */
export interface Latencies {
  readonly plain: number[];
  readonly standing: number[];
}

/** By how they are asked: through the gateway (HTTP), or at the peer with the official client. */
export interface LatencyFigures {
  readonly events: number;
  /** Nothing where the network is not started again. */
  readonly firstAfterStart: Latencies;
  /** Each licence for the first time since a start, a plain question before each. */
  readonly cold: Readonly<Record<Way, Latencies>>;
  readonly warm: Readonly<Record<Way, Latencies>>;
}

export const WAYS = ['gateway', 'peer'] as const;
export type Way = (typeof WAYS)[number];

/** How many licences, starts, and rounds over all licences when they are warm. */
export interface LatencyPlan {
  readonly licences: number;
  readonly starts: number;
  readonly rounds: number;
}

const licenceOf = (serial: number): LicenceKey => ({ ...BENCH_BOARD, type: 'MD', number: `LONG-${serial}` });
const firstYear = 2020;
const cycles = 7;
const stepsOfCycle = 7;
/** The issue and what its cycles add. */
export const EVENTS = 1 + cycles * stepsOfCycle;

/** A year of a much disciplined licence: `first` is the position of its first event. */
function cycle(index: number, first: number): readonly object[] {
  const year = firstYear + index;
  const basis = { basisCodes: ['BENCH'] };
  return [
    { kind: 'INITIAL', action: { type: 'RESTRICT', restrictionCodes: ['NO-OPIOIDS', 'CHAPERONE'], effectiveFrom: `${year}-01-10`, effectiveThru: `${year}-11-30`, automaticReinstatement: true, ...basis } },
    { kind: 'STAY', target: first, action: { type: 'STAY', by: 'COURT', effectiveFrom: `${year}-02-01`, effectiveThru: `${year}-03-01`, codes: ['CHAPERONE'] } },
    { kind: 'STAY_LIFTED', target: first + 1, action: { type: 'LIFT_STAY', effectiveFrom: `${year}-02-20` } },
    { kind: 'REVISION', target: first, action: { type: 'RESTRICT', restrictionCodes: ['NO-SURGERY'], effectiveFrom: `${year}-04-01`, effectiveThru: `${year}-12-31`, automaticReinstatement: true, ...basis } },
    { kind: 'APPEAL', target: first, action: { type: 'APPEAL', effectiveFrom: `${year}-02-05` } },
    { kind: 'INITIAL', action: { type: 'ENCUMBER', encumbrance: 'PROBATION', effectiveFrom: `${year}-05-01`, automaticReinstatement: false, ...basis } },
    { kind: 'VOID', target: first + 5 },
  ];
}

/**
 * Licences of fifty events each: restrictions stayed, revised and appealed, probations that a court made void; and one
 * more, which the first question after a start is about.
 */
export async function issueLongLicences(world: BenchWorld, asked: number): Promise<void> {
  const { people } = world;
  const licences = asked + 1;
  await registerBoardOfficers(people);
  await people.registrar.post('/v1/licences', { items: Array.from({ length: licences }, (_, serial) => ({ licence: licenceOf(serial), effectiveFrom: '2012-01-01', validThru: '2029-12-31', status: 'ACTIVE' })) });
  for (let done = 0; done < cycles; done += 2) {
    const expectedSequence = 1 + done * stepsOfCycle;
    const steps = [done, done + 1].filter((index) => index < cycles).flatMap((index) => cycle(index, 2 + index * stepsOfCycle));
    await Promise.all(Array.from({ length: licences }, (_, serial) => orderByTwo(people, licenceOf(serial), { expectedSequence, steps, order: { number: `BENCH-${serial}-${done}`, decidedOn: '2026-01-02' } })));
  }
}

/** Asks plain questions and standings in turn: after each start each licence once (cold), then over and over (warm). */
export async function measureStandings(world: BenchWorld, { licences, starts, rounds }: LatencyPlan, mayRestart: boolean): Promise<LatencyFigures> {
  const figures: LatencyFigures = { events: EVENTS, firstAfterStart: nothing(), cold: { gateway: nothing(), peer: nothing() }, warm: { gateway: nothing(), peer: nothing() } };
  const serials = Array.from({ length: licences }, (_, serial) => serial);
  for (let start = 0; start < starts; start += 1) {
    if (mayRestart) await world.restart();
    const desk = await Desk.open(world);
    if (mayRestart) await desk.measureFirst(figures.firstAfterStart, licenceOf(licences), start);
    for (const serial of serials) await desk.measure(WAYS[serial % WAYS.length] ?? 'peer', figures.cold, licenceOf(serial));
    for (let round = 0; round < rounds; round += 1) {
      for (const way of WAYS) for (const serial of serials) await desk.measure(way, figures.warm, licenceOf(serial));
    }
    desk.close();
  }
  return figures;
}

const nothing = (): Latencies => ({ plain: [], standing: [] });

/** Who asks: a hospital and an insurer at their gateways, and the official client at the insurer's peer. */
class Desk {
  readonly #parties: readonly [GatewayClient, GatewayClient];
  readonly #client: LedgerClient;

  private constructor(parties: readonly [GatewayClient, GatewayClient], client: LedgerClient) {
    this.#parties = parties;
    this.#client = client;
  }

  static async open(world: BenchWorld): Promise<Desk> {
    const parties = [world.person('insurer', 'examiner'), world.person('hospital', 'biller')] as const;
    await Promise.all(parties.map(async (party) => party.token()));
    return new Desk(parties, await world.client());
  }

  /** Each question at a party that has asked nothing yet; at the next start they change places. */
  async measureFirst({ plain, standing }: Latencies, licence: LicenceKey, start: number): Promise<void> {
    const [one, other] = start % 2 === 0 ? this.#parties : ([this.#parties[1], this.#parties[0]] as const);
    plain.push(await timed(() => one.get(PLAIN_PATH)));
    standing.push(await timed(() => other.get(standingPath(licence))));
  }

  async measure(way: Way, figures: Readonly<Record<Way, Latencies>>, licence: LicenceKey): Promise<void> {
    const [party] = this.#parties;
    const { contract } = this.#client;
    figures[way].plain.push(await timed(() => (way === 'gateway' ? party.get(PLAIN_PATH) : contract.evaluateTransaction('readClock'))));
    figures[way].standing.push(await timed(() => (way === 'gateway' ? party.get(standingPath(licence)) : contract.evaluateTransaction('standing', JSON.stringify({ licence, asOf: AS_OF })))));
  }

  close(): void {
    this.#client.close();
  }
}

/** One key. */
const PLAIN_PATH = '/v1/clock';
/** Among the years of the licence's events. */
const AS_OF = '2024-05-15';
const standingPath = (licence: LicenceKey): string => `${licencePath(licence)}/standing?asOf=${AS_OF}`;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
