import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { APPEAL_OUTCOMES, ELEMENTS, FILE_EVENTS, FILE_OUTCOMES, FILE_STATES, PROFESSIONS, PROGRAMMES, RECORDED_AS, ROUTES, SHORTCOMINGS } from '@medaccord/domain';
import type { Attested, CredentialFileAppeal, CredentialFileBody, Element, FileDecision, Gap, Verified } from '@medaccord/domain';
import { PractitionerSignatureDto } from './consents.dto.js';

/** A statement of the practitioner. */
export class AttestedDto implements Attested {
  @ApiProperty({ enum: ELEMENTS })
  element!: Element;

  @ApiProperty({ description: 'SHA-256 in hexadecimal.' })
  documentHash!: string;

  @ApiProperty({ format: 'date' })
  signedOn!: string;

  @ApiProperty({ enum: RECORDED_AS, description: 'The practitioner’s own act only where signed.' })
  recordedAs!: Attested['recordedAs'];

  @ApiProperty()
  recordedBy!: string;

  @ApiPropertyOptional({ type: PractitionerSignatureDto })
  practitioner?: PractitionerSignatureDto;
}

/** A reviewed verification that the file rests on. */
export class VerifiedDto implements Verified {
  @ApiProperty({ enum: ELEMENTS })
  element!: Element;

  @ApiProperty()
  verificationId!: string;

  @ApiProperty({ minimum: 1 })
  version!: number;
}

/** An element that keeps the file from a decision, and why. */
export class GapDto implements Gap {
  @ApiProperty({ enum: ELEMENTS })
  element!: Element;

  @ApiProperty({ enum: [...SHORTCOMINGS, 'MISSING'] })
  why!: Gap['why'];
}

/** The decision on a file. */
export class FileDecisionDto implements FileDecision {
  @ApiProperty({ enum: FILE_OUTCOMES })
  outcome!: FileDecision['outcome'];

  @ApiProperty({ enum: ROUTES })
  route!: FileDecision['route'];

  @ApiProperty()
  by!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ type: [String] })
  reasons!: string[];

  @ApiProperty({ type: [String] })
  conditions!: string[];

  @ApiProperty({ description: 'The practitioner may appeal.' })
  appealable!: boolean;

  @ApiProperty({ description: 'The policy under which the verifications were fresh.', example: 'ncqa-accreditation/2025-07' })
  policy!: string;
}

/** What became of an appeal. */
export class AppealRulingDto {
  @ApiProperty({ enum: APPEAL_OUTCOMES })
  outcome!: (typeof APPEAL_OUTCOMES)[number];

  @ApiProperty()
  by!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty()
  reason!: string;
}

/** The practitioner’s objection to the decision. */
export class CredentialFileAppealDto implements CredentialFileAppeal {
  @ApiProperty({ format: 'date' })
  filedOn!: string;

  @ApiProperty()
  grounds!: string;

  @ApiPropertyOptional({ type: AppealRulingDto })
  decided?: AppealRulingDto;
}

/** The file whose decision is renewed. */
export class PreviousFileDto {
  @ApiProperty()
  fileId!: string;

  @ApiProperty({ format: 'date' })
  decidedOn!: string;
}

/** When the practitioner was told. */
export class NoticeDto {
  @ApiProperty({ format: 'date' })
  sentOn!: string;

  @ApiProperty({ description: 'After the programme’s days.' })
  late!: boolean;
}

/** The body of a credential file. */
export class CredentialFileBodyDto implements CredentialFileBody {
  @ApiProperty({ example: '1234567893' })
  npi!: string;

  @ApiProperty({ enum: PROFESSIONS })
  profession!: CredentialFileBody['profession'];

  @ApiProperty({ example: 'CA' })
  jurisdiction!: string;

  @ApiProperty()
  payer!: string;

  @ApiProperty({ enum: FILE_EVENTS })
  event!: CredentialFileBody['event'];

  @ApiProperty({ enum: PROGRAMMES })
  programme!: CredentialFileBody['programme'];

  @ApiProperty({ example: 'common/2025-07' })
  recipe!: string;

  @ApiProperty({ enum: ELEMENTS, isArray: true })
  required!: Element[];

  @ApiProperty({ enum: FILE_STATES })
  state!: CredentialFileBody['state'];

  @ApiProperty({ format: 'date-time' })
  openedAt!: string;

  @ApiPropertyOptional({ type: PreviousFileDto })
  previous?: PreviousFileDto;

  @ApiPropertyOptional({ format: 'date' })
  plannedDecisionOn?: string;

  @ApiProperty({ type: [AttestedDto] })
  attested!: AttestedDto[];

  @ApiProperty({ type: [VerifiedDto] })
  verified!: VerifiedDto[];

  @ApiProperty({ type: [GapDto] })
  gaps!: GapDto[];

  @ApiPropertyOptional({ type: FileDecisionDto })
  decision?: FileDecisionDto;

  @ApiPropertyOptional({ type: NoticeDto })
  notice?: NoticeDto;

  @ApiPropertyOptional({ type: [CredentialFileAppealDto] })
  appeals?: CredentialFileAppealDto[];

  @ApiPropertyOptional({ format: 'date', description: 'By when the next decision has to be made.' })
  nextDueOn?: string;

  @ApiPropertyOptional()
  closedFor?: string;
}
