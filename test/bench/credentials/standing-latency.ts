import type { LicenceKey, Standing } from '@medaccord/domain';
import { orderByTwo, registerBoardOfficers } from '../../demo/board-orders.js';
import { licencePath } from '../../demo/found-consortium.js';
import type { GatewayClient } from '../../demo/gateway-client.js';
import type { People } from '../../demo/people.js';
import type { LedgerClient } from '../baseline/client.js';
import { BENCH_BOARD, type BenchWorld, OTHER_BOARDS } from './world.js';

/** Milliseconds of single questions, one at a time: for the clock, for a licence, and for one that is in a compact. */
export interface Latencies {
  readonly plain: number[];
  readonly standing: number[];
  readonly inCompact: number[];
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
/** The licence with as many events that is in the medical compact, its principal licence, and another state's. */
const inCompact = (serial: number): LicenceKey => ({ ...BENCH_BOARD, type: 'MD', number: `COMPACT-${serial}` });
const principalOf = (serial: number): LicenceKey => ({ ...OTHER_BOARDS[0], type: 'MD', number: `COMPACT-${serial}` });
const fellowOf = (serial: number): LicenceKey => ({ ...OTHER_BOARDS[1], type: 'MD', number: `COMPACT-${serial}` });
const firstYear = 2020;
const cycles = 7;
const stepsOfCycle = 7;
/** The place of the appeal in a cycle. */
const OTHER_STEP = 4;
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
 * Licences of fifty events each: restrictions stayed, revised and appealed, probations that a court made void. As many again are
 * in a compact, which suspends them twice: with the principal licence, and for ninety days after another state's order. One of
 * each more than asked for, which the first question after a start is about.
 */
export async function issueLongLicences({ people }: BenchWorld, asked: number): Promise<void> {
  const serials = Array.from({ length: asked + 1 }, (_, serial) => serial);
  await registerBoardOfficers(people);
  const licences = serials.flatMap((serial) => [licenceOf(serial), inCompact(serial), principalOf(serial), fellowOf(serial)]);
  await people.registrar.post('/v1/licences', { items: licences.map((licence) => ({ licence, effectiveFrom: '2012-01-01', validThru: '2029-12-31', status: 'ACTIVE' })) });
  await Promise.all(serials.map(async (serial) => {
    await disciplined(people, licenceOf(serial), { kind: 'APPEAL', target: 2, action: { type: 'APPEAL', effectiveFrom: `${firstYear}-02-05` } });
    await disciplined(people, inCompact(serial), designation(serial));
    await order(people, principalOf(serial), [suspension('2024-01-10')], '2024-01-09');
    await order(people, fellowOf(serial), [designation(serial), suspension('2024-05-02')], '2024-05-01');
  }));
}

const designation = (serial: number): object => ({ kind: 'INITIAL', action: { type: 'DESIGNATE_PRINCIPAL', effectiveFrom: `${firstYear}-02-05`, rule: 'imlc/1', principal: principalOf(serial) } });
const suspension = (effectiveFrom: string): object => ({ kind: 'INITIAL', action: { type: 'SUSPEND', summary: false, effectiveFrom, automaticReinstatement: false, basisCodes: ['BENCH'] } });

async function order({ disciplinaryOfficer }: People, licence: LicenceKey, steps: readonly object[], decidedOn: string): Promise<void> {
  await disciplinaryOfficer.post(`${licencePath(licence)}/orders`, { expectedSequence: 1, steps, order: { number: 'BENCH', decidedOn } });
}

/** All the cycles of a licence, two to an order; one event of the first one is another's. */
async function disciplined(people: People, licence: LicenceKey, other: object): Promise<void> {
  for (let done = 0; done < cycles; done += 2) {
    const steps = [done, done + 1].filter((index) => index < cycles).flatMap((index) => cycle(index, 2 + index * stepsOfCycle));
    await orderByTwo(people, licence, { expectedSequence: 1 + done * stepsOfCycle, steps: done === 0 ? steps.with(OTHER_STEP, other) : steps, order: { number: `BENCH-${done}`, decidedOn: '2026-01-02' } });
  }
}

/** Asks plain questions and standings in turn: after each start each licence once (cold), then over and over (warm). */
export async function measureStandings(world: BenchWorld, { licences, starts, rounds }: LatencyPlan, mayRestart: boolean): Promise<LatencyFigures> {
  const figures: LatencyFigures = { events: EVENTS, firstAfterStart: nothing(), cold: { gateway: nothing(), peer: nothing() }, warm: { gateway: nothing(), peer: nothing() } };
  const serials = Array.from({ length: licences }, (_, serial) => serial);
  for (let start = 0; start < starts; start += 1) {
    if (mayRestart) await world.restart();
    const desk = await Desk.open(world);
    if (mayRestart) await desk.measureFirst(figures.firstAfterStart, licences, start);
    for (const serial of serials) await desk.measure(WAYS[serial % WAYS.length] ?? 'peer', figures.cold, serial);
    for (let round = 0; round < rounds; round += 1) {
      for (const way of WAYS) for (const serial of serials) await desk.measure(way, figures.warm, serial);
    }
    await desk.assertCascades();
    desk.close();
  }
  return figures;
}

const nothing = (): Latencies => ({ plain: [], standing: [], inCompact: [] });

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

  /** Two questions, each at a party that has asked nothing yet; at the next starts they change their order and places. */
  async measureFirst({ plain, standing }: Latencies, serial: number, start: number): Promise<void> {
    const [one, other] = start % 4 < 2 ? this.#parties : ([this.#parties[1], this.#parties[0]] as const);
    const askClock = async (): Promise<unknown> => plain.push(await timed(() => one.get(PLAIN_PATH)));
    const askStanding = async (): Promise<unknown> => standing.push(await timed(() => other.get(standingPath(licenceOf(serial)))));
    for (const ask of start % 2 === 0 ? [askClock, askStanding] : [askStanding, askClock]) await ask();
  }

  /** All three questions, one after the other. */
  async measure(way: Way, figures: Readonly<Record<Way, Latencies>>, serial: number): Promise<void> {
    const { plain, standing, inCompact: related } = figures[way];
    plain.push(await timed(() => this.#askClock(way)));
    standing.push(await timed(() => this.#askStanding(way, licenceOf(serial))));
    related.push(await timed(() => this.#askStanding(way, inCompact(serial))));
  }

  async #askClock(way: Way): Promise<unknown> {
    return way === 'gateway' ? this.#parties[0].get(PLAIN_PATH) : this.#client.contract.evaluateTransaction('readClock');
  }

  async #askStanding(way: Way, licence: LicenceKey): Promise<unknown> {
    return way === 'gateway' ? this.#parties[0].get(standingPath(licence)) : this.#client.contract.evaluateTransaction('standing', JSON.stringify({ licence, asOf: AS_OF }));
  }

  /** What is measured is what was meant: both cascades weigh on a licence in the compact, none on the other. */
  async assertCascades(): Promise<void> {
    const answers = await Promise.all([licenceOf(0), inCompact(0)].map(async (licence) => this.#parties[0].get<Standing>(standingPath(licence))));
    const [alone, related] = answers.map(({ knownAt, derived }) => [knownAt, derived?.length ?? 0].join(' events, derived '));
    if (alone !== `${EVENTS} events, derived 0` || related !== `${EVENTS} events, derived 2`) throw new Error(`the licences of the benchmark have ${alone ?? ''}, and ${related ?? ''}`);
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
