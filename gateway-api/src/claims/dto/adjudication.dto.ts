import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { RECOMPUTED } from '@medaccord/domain';
import type { Adjustment, AuthorityPeriod, Decision, DecisionTotals, ErrorCode, LineDecision, PracticeAuthority, Recomputation, RecomputationPage, RecomputedDecision, Release, ReviewItem } from '@medaccord/domain';
import type { DeskResult } from '../adjudication-desk.js';
import { PaymentDueDto } from './prompt-pay.dto.js';
import { ProcedureDto, QuantityDto } from './claim-content.dto.js';
import { ClaimDocumentDto, CommandProofDto, DocumentDto, DocumentReferenceDto, EnvelopeDto, OpenClaimDto } from './documents.dto.js';

const decisions = ['PAID', 'PARTIAL', 'ZERO_PAY', 'DENIED'];

/** A hold that the examiner lifts. */
export class ReleaseDto implements Release {
  @ApiProperty({ example: 'duplicate/v2' })
  rule!: string;

  @ApiPropertyOptional({ description: 'Absent: every line.' })
  line?: number;

  @ApiProperty()
  reason!: string;
}

/** A claim to decide. */
export class ClaimToDecideDto {
  @ApiProperty()
  claimId!: string;

  @ApiPropertyOptional({ type: [ReleaseDto] })
  releases?: ReleaseDto[];
}

/** Claims to decide. */
export class AdjudicateDto {
  @ApiProperty({ type: [ClaimToDecideDto], minItems: 1, maxItems: 1000, description: 'Decided in this order within a family.' })
  claims!: ClaimToDecideDto[];
}

/** What became of a claim. */
export class AdjudicatedClaimDto {
  @ApiProperty()
  claimId!: string;

  @ApiProperty({
    enum: ['ADJUDICATED', 'PENDED', 'VOIDED', 'ALREADY_DECIDED', 'NOT_DECIDED'],
    description: 'PENDED: a person has to look, see `reasons`. VOIDED: it took its original back and is itself not decided. ALREADY_DECIDED: by an earlier request. NOT_DECIDED: it could not be, see `code`.',
  })
  outcome!: 'ADJUDICATED' | 'PENDED' | 'VOIDED' | 'ALREADY_DECIDED' | 'NOT_DECIDED';

  @ApiPropertyOptional({ enum: decisions })
  decision?: Decision;

  @ApiPropertyOptional({ type: [String] })
  reasons?: string[];

  @ApiPropertyOptional({ description: 'Why it was not decided.' })
  code?: ErrorCode;

  @ApiPropertyOptional({ description: 'What was missing or doubted, such as `coverage`.' })
  input?: string;
}

/** What became of the claims, in the order of the request. */
export class AdjudicationAnswerDto {
  @ApiProperty({ type: [AdjudicatedClaimDto] })
  claims!: DeskResult['claims'];

  @ApiProperty({ type: [CommandProofDto] })
  proofs!: CommandProofDto[];
}

/** Why a line is paid less than its charge. */
export class AdjustmentDto implements Adjustment {
  @ApiProperty({ enum: ['CO', 'PR', 'OA'], description: 'Who bears it: CO the provider, PR the patient, OA neither.' })
  group!: 'CO' | 'PR' | 'OA';

  @ApiProperty({ description: 'Claim adjustment reason code.', example: '45' })
  reason!: string;

  @ApiProperty()
  amountMinor!: number;
}

/** A decision on one line: charge = paid + adjustments. */
export class LineDecisionDto implements LineDecision {
  @ApiProperty()
  number!: number;

  @ApiPropertyOptional()
  controlNumber?: string;

  @ApiProperty({ type: ProcedureDto })
  procedure!: ProcedureDto;

  @ApiProperty({ format: 'date' })
  serviceFrom!: string;

  @ApiProperty({ format: 'date' })
  serviceThru!: string;

  @ApiProperty({ type: QuantityDto })
  quantity!: QuantityDto;

  @ApiPropertyOptional()
  renderingNpi?: string;

  @ApiPropertyOptional()
  category?: string;

  @ApiProperty()
  chargeMinor!: number;

  @ApiProperty()
  allowedMinor!: number;

  @ApiProperty()
  deductibleMinor!: number;

  @ApiProperty()
  copayMinor!: number;

  @ApiProperty()
  coinsuranceMinor!: number;

  @ApiProperty()
  paidMinor!: number;

  @ApiProperty()
  denied!: boolean;

  @ApiProperty({ type: [AdjustmentDto] })
  adjustments!: AdjustmentDto[];

  @ApiProperty({ type: [String], description: 'Remittance advice remark codes.' })
  remarks!: string[];
}

/** The sums over a claim's lines. */
export class DecisionTotalsDto implements DecisionTotals {
  @ApiProperty()
  chargeMinor!: number;

  @ApiProperty()
  allowedMinor!: number;

  @ApiProperty()
  paidMinor!: number;

  @ApiProperty({ description: 'What the patient may be billed.' })
  patientMinor!: number;
}

/** What was decided. */
export class EobBodyDto {
  @ApiProperty({ type: DocumentReferenceDto })
  claim!: DocumentReferenceDto;

  @ApiProperty()
  patientControlNumber!: string;

  @ApiProperty()
  currency!: string;

  @ApiProperty({ enum: decisions })
  decision!: Decision;

  @ApiProperty({ type: DecisionTotalsDto })
  totals!: DecisionTotalsDto;

  @ApiProperty({ type: [LineDecisionDto] })
  lines!: LineDecisionDto[];

  @ApiPropertyOptional({ type: DocumentReferenceDto, description: 'The reversal of an earlier, final decision that this one comes after.' })
  corrects?: DocumentReferenceDto;

  @ApiPropertyOptional({ enum: ['member'], description: 'Whom the payment goes to where it is not the hospital.' })
  payee?: 'member';

  @ApiPropertyOptional({ type: PaymentDueDto, description: 'By when it is to be paid.' })
  due?: PaymentDueDto;
}

/** A recorded explanation of benefits. */
export class EobDocumentDto extends EnvelopeDto {
  @ApiProperty({ type: EobBodyDto })
  body!: EobBodyDto;
}

/** All that there is about one claim. */
export class ClaimFileDto {
  @ApiProperty({ type: ClaimDocumentDto })
  claim!: ClaimDocumentDto;

  @ApiProperty({ type: OpenClaimDto, nullable: true, description: 'Null where it waits no longer.' })
  open!: OpenClaimDto | null;

  @ApiProperty({ type: DocumentDto, nullable: true, description: 'By which rules and facts it was decided.' })
  adjudication!: DocumentDto | null;

  @ApiProperty({ type: EobDocumentDto, nullable: true })
  eob!: EobDocumentDto | null;

  @ApiProperty({ type: DocumentDto, nullable: true, description: 'The remittance that paid it.' })
  payment!: DocumentDto | null;

  @ApiProperty({ type: DocumentDto, nullable: true, description: 'The newest decision that was taken back; a newer one may stand after it.' })
  reversal!: DocumentDto | null;

  @ApiProperty({ type: DocumentDto, nullable: true, description: 'What a person does with it while it waits.' })
  pend!: DocumentDto | null;
}

/** A decision and what it rests on. */
export class AdjudicationFileDto {
  @ApiProperty({ type: DocumentDto })
  adjudication!: DocumentDto;

  @ApiProperty({ type: EobDocumentDto })
  eob!: EobDocumentDto;

  @ApiProperty({ type: DocumentDto, nullable: true })
  payment!: DocumentDto | null;
}

/** A decision computed again from what it names. */
export class RecomputationDto implements Recomputation {
  @ApiProperty({ type: [DocumentReferenceDto] })
  recorded!: DocumentReferenceDto[];

  @ApiProperty({ type: [DocumentReferenceDto] })
  recomputed!: DocumentReferenceDto[];

  @ApiProperty({ description: 'The registry, asked for the licences as known then, gives the standings that the decision used.' })
  standingsAgree!: boolean;

  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } })
  standings!: Recomputation['standings'];

  @ApiProperty({ description: 'All bytes are the same.' })
  same!: boolean;
}

/** A stored decision, computed again. */
export class RecomputedDecisionDto implements RecomputedDecision {
  @ApiProperty({ description: 'Of the adjudication.' })
  key!: string;

  @ApiProperty({
    enum: RECOMPUTED,
    description: 'SAME, or: DIFFERENT bytes come out; what is stored was ALTERED, as the hashes on the ledger show; claim or explanation is NOT_HELD any more; this build lacks the rule set (UNKNOWN_RULE).',
  })
  outcome!: RecomputedDecision['outcome'];
}

/** Some stored decisions, computed again. */
export class RecomputationPageDto implements RecomputationPage {
  @ApiProperty({ type: [RecomputedDecisionDto] })
  items!: RecomputedDecisionDto[];

  @ApiPropertyOptional({ description: 'Key to go on after; absent at the end.' })
  next?: string;

  @ApiPropertyOptional({ description: 'On the last page: claims that both parties erased, whose decisions are no longer there.' })
  erased?: number;
}

/** Days through which a provider's authority is the same. */
export class AuthorityPeriodDto implements AuthorityPeriod {
  @ApiProperty({ format: 'date' })
  from!: string;

  @ApiProperty({ format: 'date' })
  thru!: string;

  @ApiProperty({ enum: ['FULL', 'LIMITED', 'NONE', 'UNKNOWN'] })
  authority!: PracticeAuthority;
}

/** A decided service whose provider's standing has come to be known otherwise since. It stands; a person looks at it. */
export class ReviewItemDto implements ReviewItem {
  @ApiProperty()
  claimId!: string;

  @ApiProperty()
  adjudicationVersion!: number;

  @ApiProperty()
  npi!: string;

  @ApiProperty()
  jurisdiction!: string;

  @ApiProperty({ format: 'date' })
  from!: string;

  @ApiProperty({ format: 'date' })
  thru!: string;

  @ApiProperty({ type: [AuthorityPeriodDto] })
  decidedWith!: AuthorityPeriodDto[];

  @ApiProperty({ type: [AuthorityPeriodDto] })
  knownNow!: AuthorityPeriodDto[];
}
