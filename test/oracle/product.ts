import type { ClaimFile, EobDocument, RemittanceBody, RemittanceDocument } from '@medaccord/domain';
import { foundConsortium, registerClinicians } from '../demo/found-consortium.js';
import { recordPlan } from '../demo/insure.js';
import type { People } from '../demo/people.js';
import type { DemoDates } from '../fixtures/demo-dates.js';
import { parts } from '../bench/claims/prepare.js';
import { suspend } from '../demo/time-story.js';
import { restrict, worldClinicians } from './clinicians.js';
import type { Step, World, WorldAuthorisation, WorldClaim, WorldEdition, WorldPerson } from './world.js';

interface Outcome {
  readonly claimId: string;
  readonly outcome: string;
  readonly reasons?: readonly string[];
  readonly code?: string;
}

/** Requests under way at once, each of other families. */
const AT_ONCE = 3;
const BATCH = 100;
/** Of one remittance. */
const PAID_AT_ONCE = 300;
const VOIDED_AT_ONCE = 100;

/** Tells the world's story through the gateways and keeps what the ledger then holds. */
export class Product {
  readonly answers: Record<string, unknown> = {};
  readonly received: Record<string, string> = {};
  readonly remittances: unknown[] = [];
  readonly #ids = new Map<string, string>();
  readonly #numbers = new Map<string, string>();
  /** Authorisations by the world's names. */
  readonly #names = new Map<string, string>();
  readonly #open = new Set<string>();
  /** Decided for the hospital and not yet remitted, and voided claims whose payment was not yet taken back. */
  readonly #unpaid = new Set<string>();
  #voided: string[] = [];
  readonly #claims = new Map<string, WorldClaim>();

  constructor(private readonly people: People, private readonly dates: DemoDates, private readonly world: World) {}

  async prepare(): Promise<void> {
    await foundConsortium(this.people);
    await registerClinicians(this.people, this.dates, Object.values(worldClinicians(this.dates)));
    await restrict(this.people, this.dates);
    const { planAdmin } = this.people;
    const planIds: string[] = [];
    for (const plan of this.world.plans) planIds.push(await recordPlan(planAdmin, plan));
    for (const feeSchedule of this.world.feeSchedules) await planAdmin.post('/v1/fee-schedules', { hospitalMsp: 'HospitalMSP', items: [{ feeSchedule }] });
    for (const edition of this.world.editions) await this.#load(edition);
    const coverages = Object.values(this.world.people).map((person) => ({
      ...insuredOf(person), known: person.known, reason: 'enrolment', ...(person.coordination === undefined ? {} : { coordination: person.coordination }),
      ...(person.known ? { family: person.family, person: person.person } : {}),
      periods: person.periods.map(({ plan, ...days }) => ({ ...days, planId: planIds[plan] })),
    }));
    await inParallel(parts(coverages, BATCH), async (items) => planAdmin.post('/v1/coverages', { items }));
    const accumulators = this.world.accumulators.map((totals) => ({ ...totals, currency: 'USD', reason: 'opening' }));
    await inParallel(parts(accumulators, BATCH), async (items) => planAdmin.post('/v1/accumulators', { items }));
    await inParallel(this.world.authorisations, async (authorisation) => this.#authorise(authorisation));
  }

  /** Loads an edition as its publisher writes it; that of exclusions is made of the list that the steward loads. */
  async #load({ table, edition, from, thru, file }: WorldEdition): Promise<void> {
    const { referenceData, exclusionSteward } = this.people;
    if (table !== 'exclusions') {
      await referenceData.upload(`/v1/reference-tables/${table}/${edition}?from=${from}${thru === undefined ? '' : `&thru=${thru}`}`, 'text/plain', file);
      return;
    }
    await exclusionSteward.upload(`/v1/exclusion-lists/LEIE/files/${this.dates.today.slice(0, 7)}/full`, 'text/csv', file);
    await referenceData.post('/v1/exclusion-lists/LEIE/editions', { edition, from });
  }

  /** The hospital asks, and the insurer approves units, refuses, or has not decided yet. */
  async #authorise({ name, person, approved, ...services }: WorldAuthorisation): Promise<void> {
    const insured = this.world.people[person];
    if (insured === undefined) throw new Error(`${name} is of nobody`);
    const { items: [asked] } = await this.people.biller.post<{ items: readonly { id: string }[] }>('/v1/authorisations', { insurerMsp: 'InsurerMSP', ...insuredOf(insured), ...services, urgent: false, clock: 'erisa' });
    this.#names.set(name, asked?.id ?? '');
    if (approved !== null) await this.people.examiner.post(`/v1/authorisations/${asked?.id ?? ''}/decision`, { unitsApproved: approved, reason: 'looked at' });
  }

  /** What is used of each limit in the end, of every year in which somebody was treated while insured: by family, year and leaf. */
  async totals(): Promise<Readonly<Record<string, number>>> {
    const used: Record<string, number> = {};
    const questions = new Map<string, { readonly name: string; readonly date: string }>();
    for (const { person: name, content } of this.#claims.values()) {
      for (const { serviceFrom: date } of content.lines) questions.set(`${name} ${date.slice(0, 7)}`, { name, date });
    }
    await inParallel([...questions.values()], async ({ name, date }) => {
      const person = this.world.people[name];
      if (person === undefined) return;
      const { benefitYear, totals } = await this.people.planAdmin.post<{ benefitYear?: string; totals: readonly { leaf: string; usedMinor: number }[] }>('/v1/eligibility', { ...insuredOf(person), date });
      for (const { leaf, usedMinor } of totals) used[[person.family, benefitYear, leaf].join('|')] = usedMinor;
    });
    return used;
  }

  async run(step: Step): Promise<void> {
    switch (step.kind) {
      case 'claims': return this.#claimsStep(step.name, step.claims);
      case 'release': return this.#releaseStep(step.name, step.rules);
      case 'suspend': await suspend(this.people, this.dates); return;
      case 'reopen': return this.#reopenStep(step);
      case 'remit': return this.#remitStep(step.paidOn);
    }
  }

  async #claimsStep(name: string, claims: readonly WorldClaim[]): Promise<void> {
    await inParallel(byFamily(claims), async (batch) => {
      const contents = batch.map((claim) => this.#contentOf(claim));
      const answer = await this.people.biller.post<{ claims: readonly Outcome[] }>('/v1/claims', { insurerMsp: 'InsurerMSP', claims: contents });
      answer.claims.forEach((outcome, index) => { this.#take(batch[index], outcome); });
      await this.#decide(name, batch.flatMap(({ number }) => (this.#open.has(number) ? [number] : [])), []);
    });
  }

  /** The claim with the ids that the payer gave to what it names. */
  #contentOf({ content, original }: WorldClaim): object {
    const named = (value: object): object => ({
      ...value, ...Object.fromEntries(Object.entries(value).flatMap(([key, text]) => (typeof text === 'string' && ['priorAuthorisation', 'referral'].includes(key) ? [[key, this.#names.get(text) ?? text]] : []))),
    });
    return { ...named(content), lines: content.lines.map(named), ...(original === undefined ? {} : { originalReference: this.#ids.get(original) }) };
  }

  #take(claim: WorldClaim | undefined, { claimId, outcome }: Outcome): void {
    if (claim === undefined) return;
    this.#claims.set(claim.number, claim);
    if (outcome !== 'ACCEPTED') throw new Error(`the front end refuses ${claim.number} (${claim.kind})`);
    this.#ids.set(claim.number, claimId);
    this.#numbers.set(claimId, claim.number);
    this.#open.add(claim.number);
  }

  async #releaseStep(name: string, rules: readonly string[]): Promise<void> {
    const held = [...this.#open].flatMap((number) => { const claim = this.#claims.get(number); return claim?.releasable === true ? [claim] : []; });
    const releases = rules.map((rule) => ({ rule, reason: 'looked at' }));
    await inParallel(byFamily(held), async (batch) => this.#decide(name, batch.map(({ number }) => number), releases));
  }

  async #decide(name: string, numbers: readonly string[], releases: readonly object[]): Promise<void> {
    if (numbers.length === 0) return;
    const claims = numbers.map((number) => ({ claimId: this.#ids.get(number), releases }));
    const answer = await this.people.examiner.post<{ claims: readonly Outcome[] }>('/v1/adjudications', { claims });
    await Promise.all(answer.claims.map(async (outcome) => this.#keep(name, outcome)));
  }

  async #keep(name: string, { claimId, outcome, reasons = [], code }: Outcome): Promise<void> {
    const number = this.#numbers.get(claimId) ?? claimId;
    const { claim, eob } = await this.people.examiner.get<ClaimFile>(`/v1/claims/${claimId}`);
    this.received[number] = claim.recorded.at;
    this.answers[`${name} ${number}`] = answerOf({ outcome, reasons, code }, eob);
    this.#settle(number, outcome);
  }

  /** Remembers what the next remittance has to pay or take back. */
  #settle(number: string, outcome: string): void {
    if (outcome !== 'ADJUDICATED' && outcome !== 'VOIDED') return;
    this.#open.delete(number);
    const { original, content } = this.#claims.get(number) ?? {};
    if (outcome === 'VOIDED' && original !== undefined) this.#voided.push(original);
    if (outcome === 'ADJUDICATED' && content?.benefitsAssigned === true) this.#unpaid.add(number);
  }

  async #reopenStep({ name, numbers, cause }: Extract<Step, { kind: 'reopen' }>): Promise<void> {
    const decided = numbers.filter((number) => this.#ids.has(number) && !this.#open.has(number));
    for (const number of decided) {
      const claimId = this.#ids.get(number) ?? '';
      if (cause === 'APPEAL') {
        await this.people.denials.post(`/v1/claims/${claimId}/appeals`, { track: 'provider-dispute', level: 'FIRST', urgent: false, grounds: 'look again', evidence: [] });
        await this.people.supervisor.post(`/v1/claims/${claimId}/appeals/decision`, { state: 'OVERTURNED', reason: 'looked at again' });
      }
      await this.people.supervisor.post('/v1/reopenings', { claims: [{ claimId, cause, reason: 'again' }] });
      this.#open.add(number);
      this.#unpaid.delete(number);
      await this.#decide(name, [number], []);
    }
  }

  async #remitStep(date: string): Promise<void> {
    const run = { claims: 0, paid: 0, reversals: 0, reversed: 0, interest: 0, total: 0 };
    const payment = { method: 'ACH', traceNumber: 'ORACLE', date };
    const idsOf = (numbers: readonly string[]): readonly (string | undefined)[] => numbers.map((number) => this.#ids.get(number));
    // What is owed first, so that it is taken from all that is paid, as in one remittance.
    const voids = [...parts(this.#voided, VOIDED_AT_ONCE)].map((numbers) => ({ claimIds: [], reversedClaimIds: idsOf(numbers) }));
    for (const request of [...voids, ...[...parts([...this.#unpaid], PAID_AT_ONCE)].map((numbers) => ({ claimIds: idsOf(numbers) }))]) {
      const { totalMinor } = await this.people.finance.post<RemittanceBody>('/v1/remittances/preview', { payment, ...request });
      const issued = await this.people.finance.post<{ remittanceId: string }>('/v1/remittances', { payment: { ...payment, method: totalMinor === 0 ? 'NON' : 'ACH' }, ...request, totalMinor });
      const { remittance } = await this.people.biller.get<{ remittance: RemittanceDocument }>(`/v1/remittances/${issued.remittanceId}`);
      const { claims, reversals, providerAdjustments } = remittance.body;
      run.claims += claims.length;
      run.paid += claims.reduce((sum, { paidMinor }) => sum + paidMinor, 0);
      run.reversals += reversals.length;
      run.reversed += reversals.reduce((sum, { paidMinor }) => sum + paidMinor, 0);
      run.interest -= providerAdjustments.reduce((sum, { code, amountMinor }) => sum + (code === 'L6' ? amountMinor : 0), 0);
      run.total += remittance.body.totalMinor;
    }
    this.#unpaid.clear();
    this.#voided = [];
    this.remittances.push(run);
  }
}

function answerOf({ outcome, reasons, code }: { readonly outcome: string; readonly reasons: readonly string[]; readonly code: string | undefined }, eob: EobDocument | null): unknown {
  if (outcome === 'PENDED') return { outcome, reasons: [...new Set(reasons)].sort() };
  if (outcome !== 'ADJUDICATED' || eob === null) return { outcome, ...(code === undefined ? {} : { code }) };
  const { decision, totals, lines } = eob.body;
  return {
    outcome, decision, paid: totals.paidMinor,
    lines: lines.map((line) => ({
      number: line.number, denied: line.denied, allowed: line.allowedMinor, deductible: line.deductibleMinor, copay: line.copayMinor, coinsurance: line.coinsuranceMinor, paid: line.paidMinor,
      adjustments: Object.fromEntries(line.adjustments.flatMap(({ group, reason, amountMinor }) => (amountMinor === 0 ? [] : [[`${group}-${reason}`, amountMinor]]))),
      remarks: [...line.remarks].sort(),
    })),
  };
}

function insuredOf({ memberId, dependant, person, birthDate }: WorldPerson): object {
  return { memberId, ...(dependant ? { dependant: { birthDate, givenName: `P${person}` } } : {}) };
}

/** Batches in which every family stands whole and in order. */
function byFamily(claims: readonly WorldClaim[]): WorldClaim[][] {
  const families = new Map<number, WorldClaim[]>();
  for (const claim of claims) families.set(claim.family, [...(families.get(claim.family) ?? []), claim]);
  const batches: WorldClaim[][] = [[]];
  for (const family of families.values()) {
    if ((batches.at(-1)?.length ?? 0) + family.length > BATCH) batches.push([]);
    batches.at(-1)?.push(...family);
  }
  return batches.filter(({ length }) => length > 0);
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
