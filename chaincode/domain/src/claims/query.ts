import { JOINT_KINDS } from '../documents/key.js';
import type { AccumulatorDocument, TotalLeaf } from '../coverage/accumulator.js';
import type { FeeScheduleDocument } from '../coverage/fee-schedule.js';
import type { FeeLeaf } from '../coverage/prices.js';
import type { AdjudicationDocument, EobDocument, StandingFact } from '../adjudication/adjudication.js';
import type { AnyDocument } from '../documents/document.js';
import type { DocumentReference } from '../documents/key.js';
import type { AppealDocument } from '../appeals/appeal.js';
import type { HistoryEntry } from '../life-cycle/claim-history.js';
import type { ClaimStanding } from '../life-cycle/claim-state.js';
import type { RoutingDocument } from '../pends/routing.js';
import type { PendDocument } from '../pends/pend.js';
import type { ReversalDocument } from '../corrections/reversal.js';
import type { PaymentDocument } from '../remittance/remittance.js';
import type { AuthorityPeriod } from '../licences/standing-query.js';
import type { PlainDate } from '../shared/dates.js';
import type { Npi, OpaqueId } from '../shared/ids.js';
import type { ErrorCode } from '../shared/error-codes.js';
import { freeText, list, object, oneOf } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import type { ClaimDocument, OpenClaim } from './claim.js';

/**
 * The queries of the claims chaincode, for evaluate only. Arguments are text; the answer is canonical JSON. Each reads
 * the implicit collection of the caller's organisation and refuses (FOREIGN_PEER) at any other organisation's peer.
 */
export const CLAIMS_QUERIES = {
  /** (commandId) → Receipt */
  readReceipt: 'readReceipt',
  /** (JSON list of keys) → (AnyDocument | null)[], in the order of the keys */
  readDocuments: 'readDocuments',
  /** (kind, id) → AnyDocument, the newest version */
  readNewest: 'readNewest',
  /** (kind, after, limit) → DocumentPage, newest versions in order of id */
  listDocuments: 'listDocuments',
  /** (kind, or `open`; the key to go on after; limit) → CopyPage: what both parties hold, byte by byte, every version, in order of key */
  listCopies: 'listCopies',
  /** (claimId) → ClaimFile */
  readClaim: 'readClaim',
  /** (claimId) → ClaimLife: its state, and what happened to it in order of time */
  readClaimLife: 'readClaimLife',
  /** Insurer: (queue, after, limit) → PendPage of waiting claims in that queue, in order of claim id */
  listPends: 'listPends',
  /** (after, limit) → OpenClaimPage, in order of claim id */
  listOpen: 'listOpen',
  /** (feeScheduleId) → FeeScheduleFile */
  readFeeSchedule: 'readFeeSchedule',
  /** Insurer: (accumulatorId) → AccumulatorFile */
  readAccumulator: 'readAccumulator',
  /** Insurer: (coverageId) → HistoryInput[] of the person's decided claims, in order of claim id */
  readHistory: 'readHistory',
  /** Insurer: (coverageId) → ImportedClaimDocument[] of the person in the system that it used before, in order of id */
  readImported: 'readImported',
  /** Insurer: (npi, from, thru) → ReviewItem[]: decided services whose provider's standing is known otherwise today */
  listForReview: 'listForReview',
  /** (claimId) → Recomputation, of the newest adjudication */
  recompute: 'recompute',
  /** (key of an adjudication to go on after, limit) → RecomputationPage of every decision held, taken-back ones too, in order of key */
  recomputeAll: 'recomputeAll',
  /** (JSON list of ReadRequest) → ReadAnswer[]: many small queries for the price of one */
  readAll: 'readAll',
} as const;

/** Queries that `readAll` takes. */
export const READ_ALL_QUERIES = ['readClaim', 'readNewest', 'readAccumulator', 'readHistory', 'readImported'] as const;

/** Most queries of one `readAll`. */
export const MOST_READS = 100;

/** One query of `readAll`. */
export interface ReadRequest {
  readonly query: (typeof READ_ALL_QUERIES)[number];
  readonly args: readonly string[];
}

/** What the query answers, or the code with which it refuses. */
export type ReadAnswer = { readonly answer: unknown } | { readonly refused: ErrorCode };

/** Reads the argument of `readAll`. */
export const readRequestsShape: Shape<readonly ReadRequest[]> = list(object<ReadRequest>({ query: oneOf(READ_ALL_QUERIES), args: list(freeText(1, 200), 1, 2) }), 1, MOST_READS);

/** Some documents of one kind; `next` continues after the last of them. */
export interface DocumentPage {
  readonly items: readonly AnyDocument[];
  readonly next?: string;
}

/** Some claims that wait; `next` continues after the last of them. */
export interface OpenClaimPage {
  readonly items: readonly OpenClaim[];
  readonly next?: OpaqueId;
}

/** All that there is about one claim, newest versions. */
export interface ClaimFile {
  readonly claim: ClaimDocument;
  readonly open: OpenClaim | null;
  readonly adjudication: AdjudicationDocument | null;
  readonly eob: EobDocument | null;
  readonly payment: PaymentDocument | null;
  /** The newest decision that was taken back; a newer decision may stand after it. */
  readonly reversal: ReversalDocument | null;
  /** What a person does with it while it waits. */
  readonly pend: PendDocument | null;
}

/** Some claims that wait in a queue; `next` continues after the last claim that was looked at. */
export interface PendPage {
  readonly items: readonly { readonly open: OpenClaim; readonly routing: RoutingDocument; readonly pend: PendDocument | null }[];
  readonly next?: OpaqueId;
}

/** Where a claim stands, what a person does with it now, and how it came there. */
export interface ClaimLife {
  readonly standing: ClaimStanding;
  readonly appeal: AppealDocument | null;
  readonly history: readonly HistoryEntry[];
}

/** A fee schedule with every entry, from which proofs are made. */
export interface FeeScheduleFile {
  readonly document: FeeScheduleDocument;
  readonly entries: readonly FeeLeaf[];
}

/** An accumulator with every leaf, from which proofs are made. */
export interface AccumulatorFile {
  readonly document: AccumulatorDocument;
  readonly leaves: readonly TotalLeaf[];
}

/** A decided service whose provider's standing has come to be known otherwise since. */
export interface ReviewItem {
  readonly claimId: OpaqueId;
  readonly adjudicationVersion: number;
  readonly npi: Npi;
  readonly jurisdiction: string;
  readonly from: PlainDate;
  readonly thru: PlainDate;
  readonly decidedWith: readonly AuthorityPeriod[];
  readonly knownNow: readonly AuthorityPeriod[];
}

/** An adjudication computed again from what it names. */
export interface Recomputation {
  readonly recorded: readonly DocumentReference[];
  readonly recomputed: readonly DocumentReference[];
  /** The licences as known then, asked of the registry today, gave the standings that the decision used. */
  readonly standingsAgree: boolean;
  readonly standings: readonly StandingFact[];
  /** All bytes are the same. */
  readonly same: boolean;
}

/** What came of computing a stored decision again. */
export const RECOMPUTED = [
  'SAME',
  'DIFFERENT', // other bytes, or the registry knows that past otherwise
  'ALTERED', // what is stored is not what both parties recorded on the ledger
  'NOT_HELD', // the claim or the explanation of benefits is no longer held: erased, or lost
  'UNKNOWN_RULE', // this build lacks the rule set
] as const;

/** A stored decision, computed again. */
export interface RecomputedDecision {
  /** Of the adjudication. */
  readonly key: string;
  readonly outcome: (typeof RECOMPUTED)[number];
}

/** Some stored decisions, computed again; `next` continues after the last of them. */
export interface RecomputationPage {
  readonly items: readonly RecomputedDecision[];
  readonly next?: string;
  /** On the last page: claims that both parties erased, whose decisions are no longer there. */
  readonly erased?: number;
}

/** A document as one party holds it. */
export interface DocumentCopy {
  readonly key: string;
  /** Canonical JSON; its SHA-256 stands in the block. */
  readonly bytes: string;
}

/** A part of what a party holds, and the key to go on after. */
export interface CopyPage {
  readonly items: readonly DocumentCopy[];
  readonly next?: string;
}

/** What both parties hold and can therefore give each other back: documents by kind, and the list of open claims. */
export const COPIED_KINDS = [...JOINT_KINDS, 'receipt', 'open'] as const;
