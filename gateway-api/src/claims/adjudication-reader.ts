import { awaitsRegistry, benefitYearOf, governingDate, isInForce, periodOn, personKey, present, pricesSetting, settingOf } from '@medaccord/domain';
import type {
  AccumulatorFile, AdjudicationItem, AdjudicationReading, BenefitPlanBody, ClaimFile, CoverageDocument, Decision, ErrorCode, FeeScheduleDocument, FeeScheduleFile,
  HistoryInput, OpaqueId, PlanDocument, ReferenceTableFile, Release, ReversalDocument, Setting,
} from '@medaccord/domain';
import { isRefusal } from '../ledger/claims-client.js';
import type { ClaimsClient } from '../ledger/claims-client.js';
import type { Gathered } from './adjudication-batches.js';
import { authorisationsNamed, originalDecision } from './originals.js';
import { accumulatorsOf } from './reopening.js';
import type { ReferenceTables } from '../reference-data/reference-tables.js';
import type { InsuredIds } from './insured-ids.js';

/** A claim that an examiner wants decided, and the holds that the examiner lifts. */
export interface ClaimToDecide {
  readonly claimId: OpaqueId;
  readonly releases: readonly Release[];
  /** The gateway decides by itself, as the registry answers what the claim was held for. */
  readonly bySystem?: true;
}

/** A claim with every document that its decision needs, as read at the own peer. */
export interface PreparedClaim extends Gathered, ClaimToDecide {
  readonly item: AdjudicationItem;
  readonly coverage: CoverageDocument;
  readonly plans: readonly PlanDocument[];
  readonly feeSchedule: FeeScheduleFile | undefined;
  readonly accumulators: readonly AccumulatorFile[];
  readonly history: readonly HistoryInput[];
  /** Editions that its plans apply; none where they apply none. */
  readonly referenceTables: readonly ReferenceTableFile[];
}

/** Why a claim is not decided now. */
export type NotPrepared =
  | { readonly claimId: OpaqueId; readonly outcome: 'ALREADY_DECIDED'; readonly decision: Decision }
  | { readonly claimId: OpaqueId; readonly outcome: 'NOT_DECIDED'; readonly code: ErrorCode; readonly input?: string };

/** Fee schedules with all their entries are large and never change under one version. */
export class FeeScheduleCache {
  readonly #files = new Map<string, Promise<FeeScheduleFile>>();

  async file(client: ClaimsClient, { id, version }: FeeScheduleDocument): Promise<FeeScheduleFile> {
    const key = `${id}~${version}`;
    const known = this.#files.get(key);
    if (known !== undefined) return known;
    if (this.#files.size >= MOST_CACHED) this.#files.clear();
    const reading = client.feeSchedule(id);
    this.#files.set(key, reading);
    reading.catch(() => this.#files.delete(key));

    return reading;
  }
}

const MOST_CACHED = 8;
const PAGE = 100;

/** Reads what the decisions of one round need; each document once, as all of them must be of one moment. */
export class AdjudicationReader {
  readonly #client: ClaimsClient;
  readonly #ids: InsuredIds;
  readonly #feeSchedules: FeeScheduleCache;
  readonly #tables: ReferenceTables;
  readonly #once = new Map<string, Promise<unknown>>();

  constructor(client: ClaimsClient, ids: InsuredIds, feeSchedules: FeeScheduleCache, tables: ReferenceTables) {
    this.#client = client;
    this.#ids = ids;
    this.#feeSchedules = feeSchedules;
    this.#tables = tables;
  }

  /** The claim with its documents, or why it cannot be decided. */
  async prepare({ claimId, releases, bySystem }: ClaimToDecide): Promise<PreparedClaim | NotPrepared> {
    const file = await this.#claimFile(claimId);
    if (file === undefined) return { claimId, outcome: 'NOT_DECIDED', code: 'DOCUMENT_NOT_FOUND', input: 'claim' };
    const reopened = reopenedBy(file);
    const settled = notWaiting(file, reopened, bySystem);
    if (settled !== undefined) return settled;
    const coverageId = this.#ids.coverage(personKey(file.claim.body.content));
    const coverage = await this.#read(`coverage ${coverageId}`, () => this.#client.newestOrNone<CoverageDocument>('coverage', coverageId));
    if (coverage === undefined) return { claimId, outcome: 'NOT_DECIDED', code: 'INPUT_MISSING', input: 'coverage' };

    const withTerms = await this.#withTerms(file, coverage, releases);
    if ('outcome' in withTerms) return withTerms;
    const prepared = await this.#withTables(withTerms);
    if (prepared === undefined) return { claimId, outcome: 'NOT_DECIDED', code: 'INPUT_MISSING', input: 'reference' };
    // Another request decided the claim between the two reads: it stands among the person's decided claims by now.
    const meanwhile = reopened === undefined ? prepared.history.find(({ claim }) => claim.id === claimId) : undefined;
    if (meanwhile !== undefined) return { claimId, outcome: 'ALREADY_DECIDED', decision: meanwhile.eob.body.decision };

    return this.#withCorrection(await this.#withAuthorisations(withWaiting(prepared, file, bySystem)), reopened);
  }

  /** A decided claim with the terms of now, as it would be decided today; or why it could not be. */
  async reconsider(file: ClaimFile): Promise<PreparedClaim | NotPrepared> {
    const { claim } = file;
    const coverageId = this.#ids.coverage(personKey(claim.body.content));
    const coverage = await this.#read(`coverage ${coverageId}`, () => this.#client.newestOrNone<CoverageDocument>('coverage', coverageId));
    if (coverage === undefined) return { claimId: claim.id, outcome: 'NOT_DECIDED', code: 'INPUT_MISSING', input: 'coverage' };
    const prepared = await this.#withTerms(file, coverage, []);
    // What stood around the claim then is in its own facts.
    return 'outcome' in prepared ? prepared : { ...prepared, item: { ...prepared.item, history: [] }, history: [] };
  }

  async #withTerms({ claim }: ClaimFile, coverage: CoverageDocument, releases: readonly Release[]): Promise<PreparedClaim | NotPrepared> {
    const date = governingDate(claim.body.content, (on) => periodOn(coverage.body.periods, on) !== undefined);
    const { hospitalMsp } = claim.parties;
    const plans = await this.#plansOf(coverage);
    const insured = periodOn(coverage.body.periods, date);
    const plan = plans.find(({ id }) => id === insured?.planId);
    const accumulators = await this.#accumulatorsOf(coverage, plans, date);
    if (plan !== undefined && accumulators.length === 0) return { claimId: claim.id, outcome: 'NOT_DECIDED', code: 'INPUT_MISSING', input: 'accumulator' };
    const feeSchedule = plan === undefined ? undefined : await this.#contractFor(hospitalMsp, plan.body, settingOf(claim.body.content), date);
    const history = coverage.body.known ? await this.#read(`history ${coverage.id}`, () => this.#client.history(coverage.id)) : [];
    const imported = coverage.body.known ? await this.#read(`imported ${coverage.id}`, () => this.#client.imported(coverage.id)) : [];
    const item: AdjudicationItem = {
      claim,
      coverageId: coverage.id,
      ...(feeSchedule === undefined ? {} : { feeScheduleId: feeSchedule.document.id }),
      history: history.map((earlier) => earlier.claim.id),
      ...(imported.length === 0 ? {} : { imported }),
      releases,
    };

    return { claimId: claim.id, releases, hospitalMsp, family: coverage.body.familyId ?? coverage.id, item, coverage, plans, feeSchedule, accumulators, history, referenceTables: [] };
  }

  /** With the editions that the claim's plans apply; undefined where this gateway does not keep the entries of one. */
  async #withTables(prepared: PreparedClaim): Promise<PreparedClaim | undefined> {
    if (prepared.plans.every(({ body }) => body.edits === undefined)) return prepared;
    const editions = await this.#read('editions', () => this.#tables.editions(this.#client));
    const referenceTables = await this.#tables.filesFor(editions, prepared.plans, prepared.item.claim.body.content);

    return referenceTables && { ...prepared, referenceTables };
  }

  /** The authorisations that the claim names; none where it names none. */
  async #withAuthorisations(prepared: PreparedClaim): Promise<PreparedClaim> {
    const authorisations = await authorisationsNamed(this.#client, prepared.item.claim.body.content);

    return authorisations.length === 0 ? prepared : { ...prepared, item: { ...prepared.item, authorisations } };
  }

  /** What the claim takes back first, with the totals that this gives back. */
  async #withCorrection(prepared: PreparedClaim, reopened: ReversalDocument | undefined): Promise<PreparedClaim> {
    if (reopened !== undefined) return { ...prepared, item: { ...prepared.item, reopened } };
    const original = await originalDecision(this.#client, prepared.item.claim.body.content);
    if (original === undefined) return prepared;
    const known = new Set(prepared.accumulators.map(({ document }) => document.id));
    const others = (await accumulatorsOf(this.#client, [original])).filter(({ document }) => !known.has(document.id));
    const withoutOriginal = prepared.item.history.filter((claimId) => claimId !== original.claim.id);

    return {
      ...prepared,
      item: { ...prepared.item, original, history: withoutOriginal },
      accumulators: [...prepared.accumulators, ...others],
      history: prepared.history.filter(({ claim }) => claim.id !== original.claim.id),
    };
  }

  /** Every plan that the coverage names: which of them a claim falls under is the rules' matter. */
  async #plansOf(coverage: CoverageDocument): Promise<readonly PlanDocument[]> {
    const ids = [...new Set(coverage.body.periods.map(({ planId }) => planId))];

    return Promise.all(ids.map((id) => this.#read(`plan ${id}`, () => this.#client.newest<PlanDocument>('plan', id))));
  }

  async #accumulatorsOf({ body: { familyId } }: CoverageDocument, plans: readonly PlanDocument[], date: string): Promise<readonly AccumulatorFile[]> {
    if (familyId === undefined) return [];
    const years = [...new Set(plans.map((plan) => benefitYearOf(plan.body, date)))];
    const files = await Promise.all(years.map((year) => this.#read(`accumulator ${familyId} ${year}`, () => this.#client.accumulator(familyId, year))));

    return files.filter((file) => file !== undefined);
  }

  /** The contract with a hospital for a plan's network and a kind of claim that was in force on a date; else its prices outside the network. */
  async #contractFor(hospitalMsp: string, { network }: BenefitPlanBody, setting: Setting, date: string): Promise<FeeScheduleFile | undefined> {
    const contracts = await this.#read('contracts', () => this.#contracts());
    const contract = contractAmong(contracts, { hospitalMsp, network, setting, date });

    return contract === undefined ? undefined : this.#feeSchedules.file(this.#client, contract);
  }

  async #contracts(): Promise<readonly FeeScheduleDocument[]> {
    const found: FeeScheduleDocument[] = [];
    for (let after: string | undefined = ''; after !== undefined; ) {
      const page = await this.#client.list('fee-schedule', after, PAGE);
      found.push(...(page.items as readonly FeeScheduleDocument[]));
      after = page.next;
    }

    return found;
  }

  async #claimFile(claimId: OpaqueId): Promise<ClaimFile | undefined> {
    try {
      return await this.#client.claim(claimId);
    } catch (error) {
      if (isRefusal(error, 'DOCUMENT_NOT_FOUND')) return undefined;
      throw error;
    }
  }

  async #read<T>(name: string, reading: () => Promise<T>): Promise<T> {
    const known = (this.#once.get(name) as Promise<T> | undefined) ?? reading();
    this.#once.set(name, known);

    return known;
  }
}

/** Which contract prices a claim: one that fits, of the network before one for hospitals outside it. */
export function contractAmong(
  contracts: readonly FeeScheduleDocument[], { hospitalMsp, network, setting, date }: { readonly hospitalMsp: string; readonly network: string; readonly setting: Setting; readonly date: string },
): FeeScheduleDocument | undefined {
  const fitting = contracts.filter(({ parties, body }) => parties.hospitalMsp === hospitalMsp && body.network === network && pricesSetting(body, setting) && isInForce(body, date));

  return fitting.find(({ body }) => body.outOfNetwork === undefined) ?? fitting[0];
}

/** Why a claim is not to be decided now; undefined where it waits for that. */
function notWaiting({ claim: { id: claimId }, eob, open }: ClaimFile, reopened: ReversalDocument | undefined, bySystem: true | undefined): NotPrepared | undefined {
  if (eob !== null && reopened === undefined) return { claimId, outcome: 'ALREADY_DECIDED', decision: eob.body.decision };
  if (open === null) return { claimId, outcome: 'NOT_DECIDED', code: 'CLAIM_NOT_OPEN' };

  return bySystem === true && !awaitsRegistry(open) ? { claimId, outcome: 'NOT_DECIDED', code: 'PEND_NOT_OPEN' } : undefined;
}

/** How the claim waits: what a supervisor lifted, when the clock stood still; for the system's own decision, that it is held. */
function withWaiting(prepared: PreparedClaim, { pend, open }: ClaimFile, bySystem: true | undefined): PreparedClaim {
  const held = bySystem === true ? (open ?? undefined) : undefined;

  return { ...prepared, item: { ...prepared.item, ...present('pend', pend ?? undefined), ...present('held', held) } };
}

/** The reversal after which a decided claim waits again. */
function reopenedBy({ open, eob, reversal }: ClaimFile): ReversalDocument | undefined {
  return open !== null && reversal !== null && reversal.version === eob?.version ? reversal : undefined;
}

/** The documents of several claims together, each once. */
export function readingOf(claims: readonly PreparedClaim[]): AdjudicationReading {
  const once = <T>(values: readonly T[], idOf: (value: T) => string): readonly T[] => [...new Map(values.map((value) => [idOf(value), value])).values()];

  return {
    items: claims.map(({ item }) => item),
    coverages: once(claims.map(({ coverage }) => coverage), ({ id }) => id),
    plans: once(claims.flatMap(({ plans }) => plans), ({ id }) => id),
    feeSchedules: once(claims.flatMap(({ feeSchedule }) => feeSchedule ?? []), ({ document }) => document.id),
    accumulators: once(claims.flatMap(({ accumulators }) => accumulators), ({ document }) => document.id),
    history: once(claims.flatMap(({ history }) => history), ({ claim }) => claim.id),
    referenceTables: once(claims.flatMap(({ referenceTables }) => referenceTables), ({ document }) => document.id),
  };
}
