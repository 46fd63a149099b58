import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { APPEAL_LEVELS, APPEAL_TRACKS, CLAIM_STATES, REOPENING_CAUSES } from '@medaccord/domain';
import type { Attachment, ClaimLife, ClaimState, Decision, Deposit, DisputedClaim, HistoryEntry, PendPage, RefundLetter } from '@medaccord/domain';
import type {
  AcknowledgementRequest, AnswerContent, AppealDecisionRequest, AppealRequest, QuestionRequest, RefundDemandRequest, ReleaseRequest, RoutingRequest,
} from '../life-cycle-requests.js';
import type { ClaimToReopen } from '../reopening.js';
import { ReleaseDto } from './adjudication.dto.js';
import { DocumentDto, OpenClaimDto, RecorderDto } from './documents.dto.js';

/** A claim whose decision is to be taken back. */
export class ClaimToReopenDto implements ClaimToReopen {
  @ApiProperty()
  claimId!: string;

  @ApiProperty({ enum: REOPENING_CAUSES, description: 'APPEAL needs an appeal that overturned the decision.' })
  cause!: ClaimToReopen['cause'];

  @ApiProperty({ maxLength: 500 })
  reason!: string;
}

/** Claims to open again. */
export class ReopenClaimsDto {
  @ApiProperty({ type: [ClaimToReopenDto], minItems: 1, maxItems: 500 })
  claims!: ClaimToReopenDto[];
}

/** Where a claim stands. */
export class ClaimStandingDto {
  @ApiProperty({ enum: CLAIM_STATES })
  state!: ClaimState;

  @ApiPropertyOptional({ enum: ['PAID', 'PARTIAL', 'ZERO_PAY', 'DENIED'] })
  decision?: Decision;
}

/** One thing that happened to a claim. */
export class HistoryEntryDto implements HistoryEntry {
  @ApiProperty({ description: 'The document that was written.' })
  key!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty()
  txId!: string;

  @ApiProperty({ type: RecorderDto })
  by!: RecorderDto;

  @ApiPropertyOptional({ description: 'What it says in a word: a state, a cause, a decision.' })
  says?: string;

  @ApiPropertyOptional()
  ruleSet?: string;

  @ApiPropertyOptional({ type: [String] })
  rules?: string[];
}

/** Where a claim stands, and how it came there. */
export class ClaimLifeDto implements ClaimLife {
  @ApiProperty({ type: ClaimStandingDto })
  standing!: ClaimStandingDto;

  @ApiProperty({ type: DocumentDto, nullable: true })
  appeal!: ClaimLife['appeal'];

  @ApiProperty({ type: [HistoryEntryDto], description: 'In the order of time.' })
  history!: HistoryEntryDto[];
}

/** A level of an appeal. */
export class AppealRequestDto implements AppealRequest {
  @ApiProperty({ enum: APPEAL_TRACKS, description: 'A member’s appeal is filed by the insurer, a provider’s dispute by the hospital.' })
  track!: AppealRequest['track'];

  @ApiProperty({ enum: APPEAL_LEVELS })
  level!: AppealRequest['level'];

  @ApiProperty({ description: 'Health would suffer by waiting.' })
  urgent!: boolean;

  @ApiProperty({ maxLength: 2000 })
  grounds!: string;

  @ApiProperty({ type: [String], description: 'SHA-256 of documents that stay outside.' })
  evidence!: string[];
}

/** What is decided on an appeal. */
export class AppealDecisionDto implements AppealDecisionRequest {
  @ApiProperty({ enum: ['UPHELD', 'OVERTURNED'] })
  state!: AppealDecisionRequest['state'];

  @ApiProperty({ maxLength: 2000 })
  reason!: string;
}

/** Why an appeal is withdrawn. */
export class WithdrawalDto {
  @ApiProperty({ maxLength: 2000 })
  reason!: string;
}

/** Where a held claim goes. */
export class RoutingDto implements RoutingRequest {
  @ApiProperty({ example: 'medical-review' })
  queue!: string;

  @ApiPropertyOptional()
  assignee?: string;

  @ApiProperty({ type: [String] })
  reasons!: string[];

  @ApiProperty({ format: 'date' })
  dueOn!: string;
}

/** What is asked for. */
export class QuestionDto implements QuestionRequest {
  @ApiProperty({ enum: ['provider', 'patient'] })
  of!: 'provider' | 'patient';

  @ApiProperty({ type: [String], example: ['M127'] })
  codes!: string[];

  @ApiProperty({ format: 'date' })
  dueOn!: string;
}

/** A document that stays outside. */
export class AttachmentDto implements Attachment {
  @ApiProperty()
  controlNumber!: string;

  @ApiProperty({ description: 'Of the document, in hexadecimal.' })
  sha256!: string;
}

/** What came in. */
export class AnswerDto implements AnswerContent {
  @ApiPropertyOptional({ maxLength: 2000 })
  note?: string;

  @ApiProperty({ type: [AttachmentDto] })
  attachments!: AttachmentDto[];
}

/** Holds to lift. */
export class ReleasesDto implements ReleaseRequest {
  @ApiProperty({ type: [ReleaseDto], minItems: 1 })
  releases!: ReleaseDto[];
}

/** A claim in a queue. */
export class QueuedClaimDto {
  @ApiProperty({ type: OpenClaimDto })
  open!: OpenClaimDto;

  @ApiProperty({ type: DocumentDto, description: 'Where it lies: the insurer’s own statement.' })
  routing!: PendPage['items'][number]['routing'];

  @ApiProperty({ type: DocumentDto, nullable: true, description: 'What both parties know: asked, answered, lifted.' })
  pend!: PendPage['items'][number]['pend'];
}

/** Some claims in a queue. */
export class PendPageDto implements PendPage {
  @ApiProperty({ type: [QueuedClaimDto] })
  items!: QueuedClaimDto[];

  @ApiPropertyOptional({ description: 'Give it as `after` to continue.' })
  next?: string;
}

/** The number under which the money moved. */
export class ConfirmationDto {
  @ApiProperty({ maxLength: 50 })
  traceNumber!: string;
}

/** What the hospital finds in its bank's statement. */
export class DepositDto implements Deposit {
  @ApiProperty()
  amountMinor!: number;

  @ApiProperty()
  traceNumber!: string;

  @ApiProperty({ format: 'date' })
  on!: string;
}

/** A claim with which the hospital does not agree. */
export class DisputedClaimDto implements DisputedClaim {
  @ApiProperty()
  claimId!: string;

  @ApiProperty({ maxLength: 500 })
  reason!: string;
}

/** What arrived for a remittance. */
export class AcknowledgementDto implements AcknowledgementRequest {
  @ApiPropertyOptional({ type: DepositDto, description: 'Absent: nothing arrived.' })
  deposit?: DepositDto;

  @ApiProperty({ type: [DisputedClaimDto] })
  disputed!: DisputedClaimDto[];
}

/** A letter. */
export class RefundLetterDto implements RefundLetter {
  @ApiProperty({ format: 'date' })
  sentOn!: string;

  @ApiProperty({ format: 'date' })
  dueOn!: string;

  @ApiProperty({ maxLength: 500 })
  reason!: string;
}

/** Money that is asked back by letter. */
export class RefundDemandDto implements RefundDemandRequest {
  @ApiProperty()
  claimId!: string;

  @ApiProperty({ minimum: 1, description: 'At most what the claim was paid, over all letters.' })
  amountMinor!: number;

  @ApiProperty({ type: RefundLetterDto })
  letter!: RefundLetterDto;
}
