import type { BenefitPlanBody, PlanDocument } from '../coverage/benefit-plan.js';
import type { AccumulatorInput } from '../coverage/accumulator.js';
import type { CoverageBody, CoverageDocument } from '../coverage/coverage.js';
import type { FeeInput, FeeScheduleBody, FeeScheduleDocument } from '../coverage/fee-schedule.js';
import type { NewPrices, ShareOfCharges } from '../coverage/prices.js';
import type { EobDocument, ExternalHold, Release } from '../adjudication/adjudication.js';
import type { AuthorisationDocument } from '../authorisations/authorisation.js';
import type { ReversalDocument, ReversalInput } from '../corrections/reversal.js';
import type { Parties } from '../documents/document.js';
import type { ReferenceInput } from '../reference-data/entry-input.js';
import type { RecordReferenceTables } from '../reference-data/record-reference-tables.js';
import type { ReferenceTableDocument } from '../reference-data/reference-table.js';
import type { RoutePend } from '../pends/routing.js';
import type { PendDocument } from '../pends/pend.js';
import type { LifeCycleCommand } from '../life-cycle/commands.js';
import type { SurroundingCommand } from '../surroundings/commands.js';
import type { ImportedClaimDocument } from '../imports/import.js';
import type { MandateDocument } from '../mandates/mandate.js';
import type { IssueRemittance } from '../remittance/commands.js';
import type { PlainDate } from '../shared/dates.js';
import type { OpaqueId } from '../shared/ids.js';
import type { Currency, Minor } from '../shared/money.js';
import type { ClaimContent, ClaimDocument, OpenClaim } from './claim.js';

/** The person behind a command, as its organisation's gateway states it, and the role in which the person acts. */
export interface CommandActor {
  readonly id: string;
  readonly role: string;
}

/** A new version of a document: 1, or one more than the newest. */
export interface VersionedItem<Body> {
  readonly id: OpaqueId;
  readonly version: number;
  readonly body: Body;
}

/** Insurer, plan-admin. Writes plans into the insurer's collection. */
export interface RecordPlans {
  readonly verb: 'recordPlans';
  readonly items: readonly VersionedItem<BenefitPlanBody>[];
}

/** Insurer, plan-admin. Writes coverages, also the statement that a person is not known. */
export interface RecordCoverages {
  readonly verb: 'recordCoverages';
  readonly items: readonly VersionedItem<CoverageBody>[];
}

/** A family's totals in a benefit year as they begin (or begin anew, with the reason). */
export interface OpeningTotals {
  readonly familyId: OpaqueId;
  readonly benefitYear: PlainDate;
  readonly currency: Currency;
  readonly version: number;
  readonly reason: string;
  /** Every person's and the family's leaves, in order of their names. */
  readonly totals: readonly { readonly leaf: string; readonly usedMinor: Minor }[];
}

/** Insurer, plan-admin. Writes accumulators with all their leaves. */
export interface RecordAccumulators {
  readonly verb: 'recordAccumulators';
  readonly items: readonly OpeningTotals[];
}

/** A fee schedule before its prices are committed. */
export interface NewFeeSchedule extends Omit<FeeScheduleBody, 'prices'> {
  readonly prices: NewPrices | ShareOfCharges;
}

/** Insurer, plan-admin; both parties' peers endorse. Writes the prices of the contract between them. */
export interface RecordFeeSchedules {
  readonly verb: 'recordFeeSchedules';
  readonly items: readonly VersionedItem<NewFeeSchedule>[];
}

/** One claim to take in. */
export interface SubmissionItem {
  readonly claimId: OpaqueId;
  readonly claim: ClaimContent;
  /** The claim that a correction (frequency 3, 4, 5, 7, 8) names; absent where there is none, which the ledger checks. */
  readonly original?: ClaimDocument;
  /** The contract that accepts a bill of a part of a stay (frequencies 2 to 5 of institutions); without one it is rejected. */
  readonly contract?: FeeScheduleDocument;
  /** Explanations of benefits of the payers before this one, as `otherPayers` names them: newest, and not taken back. */
  readonly priorEobs?: readonly EobDocument[];
}

/** Hospital, biller. Takes in claims or rejects them; outcome per claim in the receipt. */
export interface SubmitClaims {
  readonly verb: 'submitClaims';
  readonly items: readonly SubmissionItem[];
}

/** One claim to decide; the other documents are found by these ids among the command's. */
export interface AdjudicationItem {
  readonly claim: ClaimDocument;
  readonly coverageId: OpaqueId;
  /** Absent where the person is not known or not covered. */
  readonly feeScheduleId?: OpaqueId;
  /** Earlier claims of the person that the insurer considered; each stands in `history`. */
  readonly history: readonly OpaqueId[];
  /** Claims of the system that the insurer used before; of this person. */
  readonly imported?: readonly ImportedClaimDocument[];
  /** Holds that the examiner lifts. */
  readonly releases: readonly Release[];
  /** What reviews of the insurer, off the ledger, want a person to look at before it is decided. */
  readonly externalHolds?: readonly ExternalHold[];
  /** The claim as it waits, proved, where the insurer's system decides it by itself; absent where a person decides. */
  readonly held?: OpenClaim;
  /** Prior authorisations that the claim names, and a referral that is one. */
  readonly authorisations?: readonly AuthorisationDocument[];
  /** The claim's pend where it has one: what a supervisor lifted, and when the clock stood still. */
  readonly pend?: PendDocument;
  /** Frequency 7 and 8: the final decision that the claim takes back; absent while there is none. */
  readonly original?: ReversalInput;
  /** The reversal of this claim's own last decision, where it is decided again. */
  readonly reopened?: ReversalDocument;
}

/** An earlier claim with what was decided. */
export interface HistoryInput {
  readonly claim: ClaimDocument;
  readonly eob: EobDocument;
}

/** Insurer, claims-examiner; service for claims that waited for the registry alone. Decides claims in this order, each one after the totals that the ones before it left. */
export interface AdjudicateClaims {
  readonly verb: 'adjudicateClaims';
  readonly items: readonly AdjudicationItem[];
  readonly coverages: readonly CoverageDocument[];
  readonly plans: readonly PlanDocument[];
  readonly feeSchedules: readonly FeeScheduleDocument[];
  readonly fees: readonly FeeInput[];
  readonly accumulators: readonly AccumulatorInput[];
  readonly history: readonly HistoryInput[];
  /** Editions of the tables that the plans apply, and what they say of the claims' codes. */
  readonly referenceTables?: readonly ReferenceTableDocument[];
  readonly entries?: readonly ReferenceInput[];
}

/**
 * Either party. Makes the caller's own copies equal to the other party's: `bytes` is the other's copy as stored (UTF-8),
 * or null where the other has none. It cannot change the other's copy.
 */
export interface Heal {
  readonly verb: 'heal';
  readonly items: readonly { readonly key: string; readonly bytes: string | null }[];
}

/** What a command asks for. */
export type CommandBody =
  | RecordReferenceTables | RecordPlans | RecordCoverages | RecordAccumulators | RecordFeeSchedules
  | SubmitClaims | AdjudicateClaims | IssueRemittance | Heal | RoutePend | LifeCycleCommand | SurroundingCommand;

/** The verbs of the claims chaincode. */
export type Verb = CommandBody['verb'];

/**
 * What a client sends in the transient map under `command`, as canonical JSON. Its SHA-256 in hexadecimal is the
 * transaction's only argument: the creator's signature covers it, and the block shows nothing else.
 */
export interface Command<B extends CommandBody = CommandBody> {
  readonly schema: 'command/v1';
  /** Random, or keyed by the request's idempotency key, so that a resend is recognised. */
  readonly commandId: OpaqueId;
  /** Hexadecimal, 16 bytes or more, random or keyed likewise. Every document's salt is derived from it. */
  readonly salt: string;
  readonly actor: CommandActor;
  /** By which mandate the actor, an agent's person, acts in the organisation's name. */
  readonly mandate?: MandateDocument;
  /** Exactly one insurer; and the hospital, except for the insurer's own statements. */
  readonly parties: Parties;
  readonly body: B;
}

/** The field of the transient map that carries the command. */
export const TRANSIENT_COMMAND = 'command';

/** The one event of the claims chaincode; it has no payload. */
export const CLAIMS_CHANGED = 'claims.changed.v1';

/** The one submitting transaction of the claims chaincode. */
export const APPLY = 'apply';
