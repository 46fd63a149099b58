import type { AppealDocument } from '../appeals/appeal.js';
import type { Decision, EobDocument } from '../adjudication/adjudication.js';
import type { ClaimDocument, OpenClaim } from '../claims/claim.js';
import type { ReversalDocument } from '../corrections/reversal.js';
import type { PaymentDocument, RemittanceDocument } from '../remittance/remittance.js';
import { VOIDS } from '../claims/frequency.js';

/** Where a claim stands. The state is stored nowhere: it follows from the documents that there are. */
export const CLAIM_STATES = [
  'ACCEPTED', 'PENDED', 'IN_ADJUDICATION', 'ADJUDICATED', 'FINALIZED', 'PAYMENT_ISSUED', 'APPEALED', 'REVERSED', 'CORRECTED', 'VOIDED', 'VOID_CARRIED_OUT',
] as const;

/** Where a claim stands. */
export type ClaimState = (typeof CLAIM_STATES)[number];

/** The newest documents about a claim, as far as its state follows from them. */
export interface ClaimDocuments {
  readonly claim: ClaimDocument;
  readonly open: OpenClaim | null;
  readonly eob: EobDocument | null;
  readonly payment: PaymentDocument | null;
  readonly reversal: ReversalDocument | null;
  readonly appeal: AppealDocument | null;
  /** The remittance of the payment. */
  readonly remittance: RemittanceDocument | null;
}

/** A claim's state, and what came of it where it is decided. */
export interface ClaimStanding {
  readonly state: ClaimState;
  readonly decision?: Decision;
}

/**
 * Who takes a claim from one state to another: the verb, which names the role. A rejected claim has no state: it was never
 * received (A3 to A8), and what is wrong with a file is its gateway's answer.
 */
export interface Transition {
  readonly from: ClaimState | 'RECEIVED';
  readonly to: ClaimState | 'REJECTED';
  readonly by: string;
}

/** Every transition that there is; a test compares it with what commands do. */
export const TRANSITIONS: readonly Transition[] = [
  { from: 'RECEIVED', to: 'REJECTED', by: 'submitClaims' },
  { from: 'RECEIVED', to: 'ACCEPTED', by: 'submitClaims' },
  { from: 'ACCEPTED', to: 'ADJUDICATED', by: 'adjudicateClaims' },
  { from: 'ACCEPTED', to: 'PENDED', by: 'adjudicateClaims' },
  { from: 'PENDED', to: 'ADJUDICATED', by: 'adjudicateClaims' },
  { from: 'PENDED', to: 'PENDED', by: 'adjudicateClaims' },
  { from: 'ADJUDICATED', to: 'FINALIZED', by: 'issueRemittance' },
  { from: 'ADJUDICATED', to: 'PAYMENT_ISSUED', by: 'issueRemittance' },
  { from: 'ADJUDICATED', to: 'IN_ADJUDICATION', by: 'reopenClaims' },
  { from: 'ADJUDICATED', to: 'APPEALED', by: 'fileAppeal' },
  { from: 'FINALIZED', to: 'PAYMENT_ISSUED', by: 'confirmPayment' },
  { from: 'FINALIZED', to: 'APPEALED', by: 'fileAppeal' },
  { from: 'FINALIZED', to: 'IN_ADJUDICATION', by: 'reopenClaims' },
  { from: 'FINALIZED', to: 'CORRECTED', by: 'adjudicateClaims' },
  { from: 'FINALIZED', to: 'VOIDED', by: 'adjudicateClaims' },
  { from: 'PAYMENT_ISSUED', to: 'APPEALED', by: 'fileAppeal' },
  { from: 'PAYMENT_ISSUED', to: 'IN_ADJUDICATION', by: 'reopenClaims' },
  { from: 'PAYMENT_ISSUED', to: 'CORRECTED', by: 'adjudicateClaims' },
  { from: 'PAYMENT_ISSUED', to: 'VOIDED', by: 'adjudicateClaims' },
  { from: 'APPEALED', to: 'ADJUDICATED', by: 'decideAppeal' },
  { from: 'APPEALED', to: 'FINALIZED', by: 'decideAppeal' },
  { from: 'APPEALED', to: 'PAYMENT_ISSUED', by: 'decideAppeal' },
  { from: 'APPEALED', to: 'PAYMENT_ISSUED', by: 'withdrawAppeal' },
  { from: 'APPEALED', to: 'IN_ADJUDICATION', by: 'reopenClaims' },
  { from: 'IN_ADJUDICATION', to: 'ADJUDICATED', by: 'adjudicateClaims' },
  { from: 'IN_ADJUDICATION', to: 'PENDED', by: 'adjudicateClaims' },
  { from: 'ACCEPTED', to: 'VOID_CARRIED_OUT', by: 'adjudicateClaims' },
  { from: 'PENDED', to: 'VOID_CARRIED_OUT', by: 'adjudicateClaims' },
];

/** Where a claim stands, from its newest documents alone. */
export function claimStanding(documents: ClaimDocuments): ClaimStanding {
  const { open, eob } = documents;
  if (open !== null) return { state: waitingState(open) };
  if (eob === null) return { state: documents.claim.body.content.frequency === VOIDS ? 'VOID_CARRIED_OUT' : 'ACCEPTED' };
  return { state: decidedState(documents, eob), decision: eob.body.decision };
}

function waitingState({ state }: OpenClaim): ClaimState {
  if (state === 'PENDED') return 'PENDED';
  return state === 'REOPENED' ? 'IN_ADJUDICATION' : 'ACCEPTED';
}

function decidedState({ payment, reversal, appeal, remittance }: ClaimDocuments, { version }: EobDocument): ClaimState {
  if (reversal?.version === version) return reversedState(reversal);
  if (appeal !== null && isAppealed(appeal, version)) return 'APPEALED';
  if (payment?.version !== version) return 'ADJUDICATED';
  return remittance?.body.payment.traceNumber === undefined ? 'FINALIZED' : 'PAYMENT_ISSUED';
}

/** An appeal against this version waits, or overturned it and the claim was not opened again yet. */
function isAppealed({ body: { state, adjudication } }: AppealDocument, version: number): boolean {
  return (state === 'FILED' || state === 'OVERTURNED') && adjudication.key.endsWith(`~${version}`);
}

function reversedState({ body: { cause } }: ReversalDocument): ClaimState {
  if (cause === 'VOID') return 'VOIDED';
  return cause === 'REPLACEMENT' ? 'CORRECTED' : 'REVERSED';
}
