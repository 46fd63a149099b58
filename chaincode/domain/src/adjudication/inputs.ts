import { governingDate, personKey } from '../claims/claim.js';
import type { ClaimDocument, OpenClaim } from '../claims/claim.js';
import type { AdjudicateClaims, AdjudicationItem, HistoryInput } from '../claims/command.js';
import { accumulatorId } from '../coverage/accumulator.js';
import type { AccumulatorInput } from '../coverage/accumulator.js';
import { benefitYearOf } from '../coverage/benefit-plan.js';
import type { PlanDocument } from '../coverage/benefit-plan.js';
import { periodOn } from '../coverage/coverage.js';
import type { CoverageDocument } from '../coverage/coverage.js';
import type { FeeInput, FeeScheduleDocument } from '../coverage/fee-schedule.js';
import type { AnyDocument } from '../documents/document.js';
import type { Sha256 } from '../shared/bytes.js';
import { DomainError } from '../shared/errors.js';
import { present } from '../shared/present.js';
import { assertReversible, reversalDocuments } from '../corrections/reversible.js';
import type { AuthorisationDocument } from '../authorisations/authorisation.js';
import type { ImportedClaimDocument } from '../imports/import.js';
import type { PendDocument } from '../pends/pend.js';
import type { ReversalDocument, ReversalInput } from '../corrections/reversal.js';
import { inputKey, provedEntry } from '../reference-data/entry-input.js';
import type { ReferenceInput } from '../reference-data/entry-input.js';
import type { ReferenceTableDocument } from '../reference-data/reference-table.js';
import type { DecisionFacts, FeeFact } from './adjudication.js';
import type { ReferenceEntryFact, ReferenceQuestion } from './reference-facts.js';
import { isAbsent, isIncluded } from '../shared/merkle.js';

/** One claim to decide, with the documents that concern it. */
export interface ClaimInputs {
  readonly claim: ClaimDocument;
  readonly coverage: CoverageDocument;
  /** Absent where the insurer does not know the person. */
  readonly plan?: PlanDocument;
  /** First day of the benefit year of the earliest insured service, or of the admission. */
  readonly benefitYear?: string;
  readonly feeSchedule?: FeeScheduleDocument;
  readonly accumulator?: AccumulatorInput;
  readonly history: readonly HistoryInput[];
  /** Claims of the person in the system that the insurer used before. */
  readonly imported?: readonly ImportedClaimDocument[];
  readonly releases: AdjudicationItem['releases'];
  readonly externalHolds?: AdjudicationItem['externalHolds'];
  /** The claim as it waits, where the insurer's system decides it by itself. */
  readonly held?: OpenClaim;
  /** Prior authorisations that the claim names. */
  readonly authorisations?: readonly AuthorisationDocument[];
  /** What was asked and lifted while the claim waited. */
  readonly pend?: PendDocument;
  /** The final decision that this claim replaces or voids. */
  readonly original?: ReversalInput;
  /** The reversal of this claim's own last decision, after which it was opened again. */
  readonly reopened?: ReversalDocument;
}

/** The documents of an adjudicating command by their ids, and the entries by their keys. */
export class AdjudicationInputs {
  readonly #body: AdjudicateClaims;
  readonly #sha256: Sha256;
  readonly #coverages: ReadonlyMap<string, CoverageDocument>;
  readonly #plans: ReadonlyMap<string, PlanDocument>;
  readonly #feeSchedules: ReadonlyMap<string, FeeScheduleDocument>;
  readonly #accumulators: ReadonlyMap<string, AccumulatorInput>;
  readonly #history: ReadonlyMap<string, HistoryInput>;
  readonly #fees: ReadonlyMap<string, FeeInput>;
  readonly #entries: ReadonlyMap<string, ReferenceInput>;
  #claims: readonly ClaimInputs[] | undefined;

  constructor(body: AdjudicateClaims, sha256: Sha256) {
    this.#body = body;
    this.#sha256 = sha256;
    this.#coverages = byId(body.coverages, ({ id }) => id);
    this.#plans = byId(body.plans, ({ id }) => id);
    this.#feeSchedules = byId(body.feeSchedules, ({ id }) => id);
    this.#accumulators = byId(body.accumulators, ({ document }) => document.id);
    this.#history = byId(body.history, ({ claim }) => claim.id);
    this.#entries = byId(body.entries ?? [], (input) => `${input.tableId}~${inputKey(input)}`);
    this.#fees = byId(body.fees, (fee) => `${fee.feeScheduleId}~${fee.type === 'listed' ? fee.inclusion.leaf.key : fee.key}`);
  }

  /** Every document that must be the newest recorded one, once each. */
  documents(): readonly AnyDocument[] {
    const { items, coverages, plans, feeSchedules, accumulators, history, referenceTables = [] } = this.#body;
    const cited = history.flatMap(({ claim, eob }) => [claim, eob]);
    const corrections = items.flatMap(({ original, reopened, pend, authorisations = [], imported = [] }) => [...authorisations, ...imported, ...(pend === undefined ? [] : [pend]), ...(original === undefined ? [] : reversalDocuments(original)), ...(reopened === undefined ? [] : [reopened])]);
    return [...items.map(({ claim }) => claim), ...corrections, ...referenceTables, ...coverages, ...plans, ...feeSchedules, ...accumulators.map(({ document }) => document), ...cited];
  }

  /** The claims of the command with what concerns them; throws INPUT_MISSING or INPUT_MISMATCH with the item's place. */
  claims(): readonly ClaimInputs[] {
    return (this.#claims ??= this.#body.items.map((item, index) => this.#claim(item, String(index))));
  }

  /**
   * The proved entry of a schedule: null where it is proved to have none. Throws INPUT_MISSING without a proof and
   * PROOF_INVALID where it does not hold.
   */
  fee({ id, body }: FeeScheduleDocument, key: string): FeeFact {
    const input = this.#fees.get(`${id}~${key}`);
    if (input === undefined) throw new DomainError('INPUT_MISSING', { input: 'fee' });
    const root = body.prices.type === 'share-of-charges' ? '' : body.prices.root;
    const holds = input.type === 'listed' ? isIncluded(root, input.inclusion, this.#sha256) : isAbsent(root, key, input.absence, this.#sha256);
    if (!holds) throw new DomainError('PROOF_INVALID', { input: 'fee' });
    return { key, fee: input.type === 'listed' ? input.inclusion.leaf.value : null };
  }

  /** Editions of reference tables, in the order of the command. */
  tables(): readonly ReferenceTableDocument[] {
    return this.#body.referenceTables ?? [];
  }

  /** The editions that a decision's facts name, to be cited. */
  tablesIn({ reference }: Pick<DecisionFacts, 'reference'>): readonly ReferenceTableDocument[] {
    return this.tables().filter(({ id }) => reference?.tables.some(({ tableId }) => tableId === id));
  }

  /** The proved entry of a table; throws INPUT_MISSING without a proof and PROOF_INVALID where it does not hold. */
  entry({ document, key }: ReferenceQuestion): ReferenceEntryFact {
    const input = this.#entries.get(`${document.id}~${key}`);
    if (input === undefined) throw new DomainError('INPUT_MISSING', { input: 'reference' });
    return { tableId: document.id, key, entry: provedEntry(document, input, this.#sha256) };
  }

  #claim({ claim, coverageId, feeScheduleId, history, imported, releases, externalHolds, held, original, reopened, pend, authorisations }: AdjudicationItem, place: string): ClaimInputs {
    const coverage = found(this.#coverages.get(coverageId), 'coverage', place);
    if (coverage.body.personKey !== personKey(claim.body.content)) throw new DomainError('INPUT_MISMATCH', { input: 'coverage', items: [place] });
    const insured = this.#insured(claim, coverage, place);
    return {
      claim,
      coverage,
      ...insured,
      ...(feeScheduleId !== undefined && { feeSchedule: found(this.#feeSchedules.get(feeScheduleId), 'feeSchedule', place) }),
      history: history.filter((claimId) => claimId !== original?.claim.id).map((claimId) => this.#historyOf(claim, claimId, place)),
      ...present('imported', imported && importedOf(coverage, imported, place)),
      releases: [...releases, ...(pend?.body.releases ?? [])],
      ...present('externalHolds', externalHolds),
      ...present('held', held),
      ...present('authorisations', authorisations && authorisationsOf(claim, authorisations, place)),
      ...present('pend', pend && pendOf(claim, pend, place)),
      ...present('original', original && this.#original(claim, original, place)),
      ...present('reopened', reopened && reopenedOf(claim, reopened, place)),
    };
  }

  #insured(claim: ClaimDocument, { body: { periods, familyId } }: CoverageDocument, place: string): Pick<ClaimInputs, 'plan' | 'benefitYear' | 'accumulator'> {
    const date = governingDate(claim.body.content, (on) => periodOn(periods, on) !== undefined);
    // Without insurance on the day, the latest plan before it (else the first) still says where the insurer's clocks stand.
    const period = periodOn(periods, date) ?? periods.findLast(({ from }) => from <= date) ?? periods[0];
    if (period === undefined || familyId === undefined) return {};
    const plan = found(this.#plans.get(period.planId), 'plan', place);
    const benefitYear = benefitYearOf(plan.body, date);
    const accumulator = this.#accumulators.get(accumulatorId(familyId, benefitYear, this.#sha256));
    if (accumulator !== undefined) this.#assertConcerns(accumulator, familyId, benefitYear, place);
    return { plan, benefitYear, ...(accumulator && { accumulator }) };
  }

  #assertConcerns({ document: { body }, leaves }: AccumulatorInput, familyId: string, benefitYear: string, place: string): void {
    if (body.familyId !== familyId || body.benefitYear !== benefitYear) throw new DomainError('INPUT_MISMATCH', { input: 'accumulator', items: [place] });
    if (!leaves.every((leaf) => isIncluded(body.root, leaf, this.#sha256))) throw new DomainError('PROOF_INVALID', { input: 'accumulator', items: [place] });
  }

  /** The original that the claim names, whose totals are proved where they travel. */
  #original(claim: ClaimDocument, original: ReversalInput, place: string): ReversalInput {
    if (claim.body.content.originalReference !== original.claim.id) throw new DomainError('INPUT_MISMATCH', { input: 'original', items: [place] });
    assertReversible(original, this.#accumulators, place, this.#sha256);
    return original;
  }

  #historyOf(claim: ClaimDocument, claimId: string, place: string): HistoryInput {
    const input = found(this.#history.get(claimId), 'history', place);
    const isOfPerson = personKey(input.claim.body.content) === personKey(claim.body.content);
    if (!isOfPerson || input.eob.id !== claimId || claimId === claim.id) throw new DomainError('INPUT_MISMATCH', { input: 'history', items: [place] });
    return input;
  }
}

/** Inputs of commands that were looked at already: they are asked for before and while a command is carried out. */
const known = new WeakMap<AdjudicateClaims, AdjudicationInputs>();

/** The inputs of a command; the same ones each time. */
export function inputsOf(body: AdjudicateClaims, sha256: Sha256): AdjudicationInputs {
  const inputs = known.get(body) ?? new AdjudicationInputs(body, sha256);
  known.set(body, inputs);
  return inputs;
}

function authorisationsOf(claim: ClaimDocument, documents: readonly AuthorisationDocument[], place: string): readonly AuthorisationDocument[] {
  const isOfPerson = documents.every(({ body }) => body.request.personKey === personKey(claim.body.content));
  if (!isOfPerson) throw new DomainError('INPUT_MISMATCH', { input: 'authorisation', items: [place] });
  return documents;
}

function importedOf(coverage: CoverageDocument, documents: readonly ImportedClaimDocument[], place: string): readonly ImportedClaimDocument[] {
  if (documents.some(({ body }) => body.coverageId !== coverage.id)) throw new DomainError('INPUT_MISMATCH', { input: 'imported', items: [place] });
  return documents;
}

function pendOf(claim: ClaimDocument, pend: PendDocument, place: string): PendDocument {
  if (pend.id !== claim.id) throw new DomainError('INPUT_MISMATCH', { input: 'pend', items: [place] });
  return pend;
}

function reopenedOf(claim: ClaimDocument, reopened: ReversalDocument, place: string): ReversalDocument {
  if (reopened.id !== claim.id || reopened.body.correctedBy !== undefined) throw new DomainError('INPUT_MISMATCH', { input: 'reopened', items: [place] });
  return reopened;
}

function byId<T>(values: readonly T[], idOf: (value: T) => string): ReadonlyMap<string, T> {
  const map = new Map(values.map((value) => [idOf(value), value]));
  if (map.size !== values.length) throw new DomainError('INPUT_MISMATCH', { input: 'duplicate' });
  return map;
}

function found<T>(value: T | undefined, input: string, place: string): T {
  if (value === undefined) throw new DomainError('INPUT_MISSING', { input, items: [place] });
  return value;
}
