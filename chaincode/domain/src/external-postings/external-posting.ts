import { accumulatorId, accumulatorInputShape, FAMILY, leafKey } from '../coverage/accumulator.js';
import type { AccumulatorInput, Posting } from '../coverage/accumulator.js';
import { AccumulatorState } from '../coverage/accumulator-state.js';
import { benefitYearOf, planDocumentShape } from '../coverage/benefit-plan.js';
import type { PlanDocument } from '../coverage/benefit-plan.js';
import { coverageDocumentShape, periodOn } from '../coverage/coverage.js';
import type { CoverageDocument } from '../coverage/coverage.js';
import { recorded } from '../coverage/record-statements.js';
import { documentShape, opaqueId } from '../documents/document.js';
import type { HeldDocument, Parties, PrivateDocument } from '../documents/document.js';
import { newDocument } from '../documents/execution.js';
import type { Effects, Execution } from '../documents/execution.js';
import { documentKey } from '../documents/key.js';
import type { Sha256 } from '../shared/bytes.js';
import type { PlainDate } from '../shared/dates.js';
import { DomainError } from '../shared/errors.js';
import type { OpaqueId } from '../shared/ids.js';
import { isIncluded } from '../shared/merkle.js';
import type { Minor } from '../shared/money.js';
import { freeText, integer, list, object, oneOf, optional, plainDate, text, where } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { NO_PRECONDITIONS } from '../claims/preconditions.js';
import type { Preconditions } from '../claims/preconditions.js';

/** Where something happened that counts to the totals and is no claim on the ledger. */
export const EXTERNAL_SOURCES = ['PHARMACY', 'OTHER_PROVIDER', 'OTHER_SYSTEM'] as const;

/** What somebody paid elsewhere, and what it counts to. */
export interface ExternalEvent {
  readonly source: (typeof EXTERNAL_SOURCES)[number];
  /** The number of it there, such as a pharmacy claim's. */
  readonly reference: string;
  readonly serviceDate: PlainDate;
  readonly deductibleMinor: Minor;
  readonly outOfPocketMinor: Minor;
}

/** A posting of something off the ledger, the insurer's statement; it can be taken back once. */
export interface ExternalPostingBody extends ExternalEvent {
  readonly coverageId: OpaqueId;
  readonly accumulatorId: OpaqueId;
  readonly postings: readonly Posting[];
  readonly state: 'POSTED' | 'REVERSED';
  /** REVERSED: why. */
  readonly reason?: string;
}

/** A recorded posting, chained. */
export type ExternalPostingDocument = PrivateDocument<'external-posting', ExternalPostingBody>;

/** Insurer: plan-admin. Adds what happened off the ledger to the totals of the person and the family. */
export interface PostExternal {
  readonly verb: 'postExternal';
  readonly items: readonly { readonly id: OpaqueId; readonly coverageId: OpaqueId; readonly event: ExternalEvent }[];
  readonly coverages: readonly CoverageDocument[];
  readonly plans: readonly PlanDocument[];
  readonly accumulators: readonly AccumulatorInput[];
}

/** Insurer: plan-admin. Takes postings back. */
export interface ReverseExternal {
  readonly verb: 'reverseExternal';
  readonly items: readonly { readonly posting: ExternalPostingDocument; readonly reason: string }[];
  readonly accumulators: readonly AccumulatorInput[];
}

const eventFields = {
  source: oneOf(EXTERNAL_SOURCES), reference: freeText(1, 80), serviceDate: plainDate, deductibleMinor: integer(0, 100_000_000), outOfPocketMinor: integer(0, 100_000_000),
};

/** Reads an event; it counts to something. */
export const externalEventShape: Shape<ExternalEvent> = where(object<ExternalEvent>(eventFields), ({ deductibleMinor, outOfPocketMinor }) => deductibleMinor + outOfPocketMinor > 0, 'TOO_SMALL');

/** Reads a recorded posting. */
export const externalPostingDocumentShape: Shape<ExternalPostingDocument> = documentShape('external-posting', object<ExternalPostingBody>({
  ...eventFields,
  coverageId: opaqueId,
  accumulatorId: opaqueId,
  postings: list(object<Posting>({ leaf: text(/^[a-z0-9]{1,12}\/(deductible|out-of-pocket)$/), amountMinor: integer(Number.MIN_SAFE_INTEGER), cause: freeText(1, 100) })),
  state: oneOf(['POSTED', 'REVERSED']),
  reason: optional(freeText(1, 200)),
}));

/** Reads postings. */
export const postExternalShape: Shape<PostExternal> = object<PostExternal>({
  verb: oneOf(['postExternal']),
  items: list(object<PostExternal['items'][number]>({ id: opaqueId, coverageId: opaqueId, event: externalEventShape }), 1, 500),
  coverages: list(coverageDocumentShape, 1, 500),
  plans: list(planDocumentShape, 1, 50),
  accumulators: list(accumulatorInputShape, 1, 500),
});

/** Reads postings to take back. */
export const reverseExternalShape: Shape<ReverseExternal> = object<ReverseExternal>({
  verb: oneOf(['reverseExternal']),
  items: list(object<ReverseExternal['items'][number]>({ posting: externalPostingDocumentShape, reason: freeText(1, 200) }), 1, 500),
  accumulators: list(accumulatorInputShape, 1, 500),
});

/** What postings rest on: the newest statements and totals. */
export function postingPreconditions({ coverages, plans, accumulators }: PostExternal): Preconditions {
  return { ...NO_PRECONDITIONS, documents: [...coverages, ...plans, ...accumulators.map(({ document }) => document)] };
}

/**
 * Adds each event to the totals of its benefit year. Throws COVERAGE_NOT_IN_FORCE for a person who was not insured that day,
 * INPUT_MISSING without the statements or totals that it needs, and PROOF_INVALID.
 */
export function postExternal({ items, coverages, plans, accumulators }: PostExternal, parties: Parties, execution: Execution): Effects {
  const states = provedStates(accumulators, execution.sha256);
  const documents = items.map(({ id, coverageId, event }, index): ExternalPostingDocument => {
    const coverage = found(coverages.find((one) => one.id === coverageId), 'coverage', index);
    const { familyId = '', person = '', periods } = coverage.body;
    const planId = periodOn(periods, event.serviceDate)?.planId;
    if (planId === undefined) throw new DomainError('COVERAGE_NOT_IN_FORCE', { items: [String(index)] });
    const plan = found(plans.find((one) => one.id === planId), 'plan', index);
    const totalsId = accumulatorId(familyId, benefitYearOf(plan.body, event.serviceDate), execution.sha256);
    const name = { id, version: 1 };
    const postings = postingsOf(event, person, documentKey({ kind: 'external-posting', ...name }));
    found(states.get(totalsId), 'accumulator', index).post(postings);
    return newDocument(execution, 'external-posting', name, parties, { ...event, coverageId, accumulatorId: totalsId, postings, state: 'POSTED' as const });
  });
  return { ...recorded(documents), documents: [...documents, ...nextTotals(states, execution)] };
}

/** What taking back rests on: the newest postings and totals. */
export function reversingPreconditions({ items, accumulators }: ReverseExternal): Preconditions {
  return { ...NO_PRECONDITIONS, documents: [...items.map(({ posting }) => posting), ...accumulators.map(({ document }) => document)] };
}

/** Takes postings back, each once. Throws POSTING_REVERSED, INPUT_MISSING without its totals, and PROOF_INVALID. */
export function reverseExternal({ items, accumulators }: ReverseExternal, parties: Parties, execution: Execution): Effects {
  const states = provedStates(accumulators, execution.sha256);
  const documents = items.map(({ posting, reason }, index): ExternalPostingDocument => {
    const { id, version, body } = posting;
    if (body.state !== 'POSTED') throw new DomainError('POSTING_REVERSED', { items: [String(index)] });
    const name = { id, version: version + 1 };
    const cause = documentKey({ kind: 'external-posting', ...name });
    const postings = body.postings.map(({ leaf, amountMinor }) => ({ leaf, amountMinor: -amountMinor, cause }));
    found(states.get(body.accumulatorId), 'accumulator', index).post(postings);
    return newDocument(execution, 'external-posting', name, parties, { ...body, postings, state: 'REVERSED' as const, reason });
  });
  return { ...recorded(documents), documents: [...documents, ...nextTotals(states, execution)] };
}

function postingsOf({ deductibleMinor, outOfPocketMinor }: ExternalEvent, person: string, cause: string): readonly Posting[] {
  const amounts = [['deductible', deductibleMinor], ['out-of-pocket', outOfPocketMinor]] as const;
  return [person, FAMILY].flatMap((owner) => amounts.filter(([, amountMinor]) => amountMinor !== 0).map(([bucket, amountMinor]) => ({ leaf: leafKey(owner, bucket), amountMinor, cause })));
}

function provedStates(accumulators: readonly AccumulatorInput[], sha256: Sha256): ReadonlyMap<string, AccumulatorState> {
  const holds = accumulators.every(({ document, leaves }) => leaves.every((leaf) => isIncluded(document.body.root, leaf, sha256)));
  if (!holds) throw new DomainError('PROOF_INVALID', { input: 'accumulator' });
  return new Map(accumulators.map((input) => [input.document.id, new AccumulatorState(input)]));
}

function nextTotals(states: ReadonlyMap<string, AccumulatorState>, execution: Execution): readonly HeldDocument[] {
  return [...states.values()].flatMap((state) => state.nextVersion(execution) ?? []);
}

function found<T>(value: T | undefined, input: string, place: number): T {
  if (value === undefined) throw new DomainError('INPUT_MISSING', { input, items: [String(place)] });
  return value;
}
