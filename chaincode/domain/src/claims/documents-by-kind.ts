import type { AdjudicationDocument, EobDocument } from '../adjudication/adjudication.js';
import type { AccumulatorDocument, AccumulatorLeavesDocument } from '../coverage/accumulator.js';
import type { PlanDocument } from '../coverage/benefit-plan.js';
import type { CoverageDocument } from '../coverage/coverage.js';
import type { FeeScheduleDocument, FeeSchedulePage } from '../coverage/fee-schedule.js';
import type { ErasureDocument } from '../erasure/erasure.js';
import type { ReversalDocument } from '../corrections/reversal.js';
import type { DocumentKind } from '../documents/key.js';
import type { Receipt } from '../documents/receipt.js';
import type { AttemptDocument } from '../alone/attempt.js';
import type { DisputeDocument } from '../alone/dispute.js';
import type { LodgedDocument } from '../alone/lodged.js';
import type { UnilateralDocument } from '../alone/unilateral.js';
import type { ExternalPostingDocument } from '../external-postings/external-posting.js';
import type { ImportDocument, ImportedClaimDocument } from '../imports/import.js';
import type { MandateDocument } from '../mandates/mandate.js';
import type { NoticeDocument } from '../notices/notice.js';
import type { ParticipationDocument, PayerContractDocument } from '../payer-contracts/payer-contract.js';
import type { ReviewListDocument } from '../review-lists/review-list.js';
import type { CoverageChangeDocument } from '../coverage-changes/coverage-change.js';
import type { EligibilityDocument } from '../eligibility/eligibility.js';
import type { AppealDocument } from '../appeals/appeal.js';
import type { AuthorisationDocument } from '../authorisations/authorisation.js';
import type { RoutingDocument } from '../pends/routing.js';
import type { PendDocument } from '../pends/pend.js';
import type { AcknowledgementDocument } from '../remittance/acknowledge-remittance.js';
import type { PayeeAccountDocument } from '../remittance/payee-account.js';
import type { PaymentDocument, RemittanceDocument, RepaymentDocument } from '../remittance/remittance.js';
import type { ReferenceTableDocument } from '../reference-data/reference-table.js';
import { DomainError } from '../shared/errors.js';
import type { ClaimDocument } from './claim.js';

/** The type of a recorded document by its kind. */
export interface DocumentByKind {
  readonly claim: ClaimDocument;
  readonly adjudication: AdjudicationDocument;
  readonly eob: EobDocument;
  readonly reversal: ReversalDocument;
  readonly payment: PaymentDocument;
  readonly repayment: RepaymentDocument;
  readonly 'payee-account': PayeeAccountDocument;
  readonly acknowledgement: AcknowledgementDocument;
  readonly appeal: AppealDocument;
  readonly pend: PendDocument;
  readonly routing: RoutingDocument;
  readonly authorisation: AuthorisationDocument;
  readonly remittance: RemittanceDocument;
  readonly erasure: ErasureDocument;
  readonly 'fee-schedule': FeeScheduleDocument;
  readonly 'fee-schedule-page': FeeSchedulePage;
  readonly 'reference-table': ReferenceTableDocument;
  readonly coverage: CoverageDocument;
  readonly plan: PlanDocument;
  readonly accumulator: AccumulatorDocument;
  readonly 'accumulator-leaves': AccumulatorLeavesDocument;
  readonly attempt: AttemptDocument;
  readonly lodged: LodgedDocument;
  readonly unilateral: UnilateralDocument;
  readonly dispute: DisputeDocument;
  readonly 'payer-contract': PayerContractDocument;
  readonly participation: ParticipationDocument;
  readonly 'external-posting': ExternalPostingDocument;
  readonly 'imported-claim': ImportedClaimDocument;
  readonly import: ImportDocument;
  readonly mandate: MandateDocument;
  readonly notice: NoticeDocument;
  readonly 'review-list': ReviewListDocument;
  readonly eligibility: EligibilityDocument;
  readonly 'coverage-change': CoverageChangeDocument;
  readonly receipt: Receipt;
}

/**
 * A stored document of that kind, as this chaincode wrote it. Every schema ever written is read here; so far each kind
 * has one. Throws UNKNOWN_SCHEMA for any other.
 */
export function readStored<K extends DocumentKind>(kind: K, json: string): DocumentByKind[K] {
  const stored = JSON.parse(json) as { readonly schema?: unknown };
  if (stored.schema !== `${kind}/v1`) throw new DomainError('UNKNOWN_SCHEMA', { kind });
  return stored as DocumentByKind[K];
}
