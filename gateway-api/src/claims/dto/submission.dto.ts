import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Rejection, ReceiptItem } from '@medaccord/domain';
import { UNREADABLE_REASONS, X12_ISSUE_CODES } from '../../interop/x12/index.js';
import type { Fault, UnreadableReason, X12Issue, X12IssueCode } from '../../interop/x12/index.js';
import type { ImportedClaim, ImportResult } from '../claim-import.js';
import { ClaimContentDto } from './claim-content.dto.js';
import { CommandProofDto } from './documents.dto.js';

/** Claims to submit. */
export class SubmitClaimsDto {
  @ApiProperty({ description: 'MSP id of the insurer.', example: 'InsurerMSP' })
  insurerMsp!: string;

  @ApiProperty({ type: [ClaimContentDto], minItems: 1, maxItems: 1000 })
  claims!: ClaimContentDto[];
}

/** Why the front end refuses a claim. It was never received; this is not a denial. */
export class RejectionDto implements Rejection {
  @ApiProperty({ enum: ['A3', 'A6', 'A7', 'A8'], description: 'Cannot be processed, missing, invalid, contradictory.' })
  category!: 'A3' | 'A6' | 'A7' | 'A8';

  @ApiProperty({ description: 'Claim status code.', example: '562' })
  status!: string;

  @ApiProperty({ description: 'Where in the claim.', example: '/rendering/npi' })
  path!: string;

  @ApiProperty({ example: 'provider-npi/v1' })
  rule!: string;
}

/** What became of one item of a command. */
export class ReceiptItemDto implements ReceiptItem {
  @ApiProperty()
  id!: string;

  @ApiProperty({ enum: ['RECORDED', 'ACCEPTED', 'REJECTED', 'ADJUDICATED', 'PENDED', 'VOIDED', 'REOPENED', 'ISSUED', 'HEALED'] })
  outcome!: ReceiptItem['outcome'];

  @ApiPropertyOptional()
  version?: number;

  @ApiPropertyOptional({ type: [RejectionDto] })
  rejections?: RejectionDto[];

  @ApiPropertyOptional({ enum: ['PAID', 'PARTIAL', 'ZERO_PAY', 'DENIED'] })
  decision?: 'PAID' | 'PARTIAL' | 'ZERO_PAY' | 'DENIED';

  @ApiPropertyOptional({ type: [String] })
  reasons?: string[];
}

/** What a command did. */
export class CommandAnswerDto {
  @ApiProperty({ description: 'Its receipt is found under this id.' })
  commandId!: string;

  @ApiProperty({ type: [ReceiptItemDto], description: 'In the order of the request.' })
  items!: ReceiptItemDto[];

  @ApiProperty({ type: CommandProofDto })
  proof!: CommandProofDto;
}

/** What became of a submitted claim. */
export class SubmittedClaimDto {
  @ApiProperty({ description: 'The payer’s number of the claim.' })
  claimId!: string;

  @ApiProperty({ description: 'The hospital’s own number.' })
  patientControlNumber!: string;

  @ApiProperty({ enum: ['ACCEPTED', 'REJECTED'] })
  outcome!: 'ACCEPTED' | 'REJECTED';

  @ApiPropertyOptional({ type: [RejectionDto] })
  rejections?: RejectionDto[];
}

/** What became of submitted claims, in their order. */
export class SubmissionDto {
  @ApiProperty({ type: [SubmittedClaimDto] })
  claims!: SubmittedClaimDto[];

  @ApiProperty({ type: [CommandProofDto], description: 'One per transaction.' })
  proofs!: CommandProofDto[];
}

/** The segment that makes a claim unreadable. */
export class FaultDto implements Fault {
  @ApiProperty({ enum: UNREADABLE_REASONS })
  reason!: UnreadableReason;

  @ApiProperty({ description: 'Number of the segment in the file, from 1.' })
  position!: number;

  @ApiProperty({ example: 'SV1' })
  segmentId!: string;

  @ApiPropertyOptional({ description: 'Number of the element in the segment, from 1.' })
  element?: number;
}

/** Something wrong with the file itself. */
export class X12IssueDto implements X12Issue {
  @ApiProperty({ enum: X12_ISSUE_CODES })
  code!: X12IssueCode;

  @ApiProperty({ enum: ['error', 'warning'] })
  severity!: 'error' | 'warning';

  @ApiProperty({ description: 'Number of the segment in the file, from 1.' })
  position!: number;

  @ApiProperty({ example: 'SE' })
  segmentId!: string;

  @ApiPropertyOptional()
  element?: number;

  @ApiProperty()
  message!: string;
}

/** What became of one CLM segment. */
export class ImportedClaimDto implements ImportedClaim {
  @ApiProperty({ description: 'From 1, in the order of the file’s CLM segments.' })
  number!: number;

  @ApiProperty({ description: 'Number of the CLM segment in the file, from 1.' })
  position!: number;

  @ApiProperty()
  patientControlNumber!: string;

  @ApiProperty({ enum: ['ACCEPTED', 'REJECTED', 'UNREADABLE'] })
  outcome!: 'ACCEPTED' | 'REJECTED' | 'UNREADABLE';

  @ApiPropertyOptional()
  claimId?: string;

  @ApiPropertyOptional({ type: [RejectionDto] })
  rejections?: RejectionDto[];

  @ApiPropertyOptional({ type: FaultDto })
  fault?: FaultDto;
}

/** How many claims of a file came to what. */
export class ImportCountsDto {
  @ApiProperty({ description: 'CLM segments of the file.' })
  claims!: number;

  @ApiProperty()
  accepted!: number;

  @ApiProperty()
  rejected!: number;

  @ApiProperty()
  unreadable!: number;
}

/** What became of a file. */
export class ImportDto implements ImportResult {
  @ApiProperty({ type: ImportCountsDto })
  counts!: ImportCountsDto;

  @ApiProperty({ type: [ImportedClaimDto], description: 'Every CLM segment, in the order of the file.' })
  claims!: ImportedClaimDto[];

  @ApiProperty({ type: [X12IssueDto], maxItems: 1000 })
  issues!: X12IssueDto[];

  @ApiProperty({ description: 'Issues beyond the first thousand.' })
  issuesOmitted!: number;

  @ApiProperty({ type: [CommandProofDto] })
  proofs!: CommandProofDto[];
}

/** The body of a receipt. */
export class ReceiptBodyDto {
  @ApiProperty({ example: 'submitClaims' })
  verb!: string;

  @ApiProperty({ description: 'The argument of the transaction.' })
  commandHash!: string;

  @ApiProperty({ type: [ReceiptItemDto] })
  items!: ReceiptItemDto[];
}
