import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { APPEAL_OUTCOMES, ELEMENTS, FILE_EVENTS, FILE_OUTCOMES, FILE_STATES, PROFESSIONS, PROGRAMMES, ROUTES } from '@medaccord/domain';
import type { CredentialFileDocument, Element, FileStateOn, VerificationDocument } from '@medaccord/domain';
import type { FileRecord, OwnRecord, ProvedVersion } from '../credentialing-reader.js';
import type { CredentialFileRequest, CredentialFileStep } from '../requests.js';
import { PractitionerSignatureDto } from './consents.dto.js';
import { OwnRecordDto } from './documents.dto.js';
import { SeenDto } from './seen.dto.js';

type StepOf<V extends CredentialFileStep['verb']> = Extract<CredentialFileStep, { readonly verb: V }>;

/** Whom a file is opened for, and under which recipe. */
export class CredentialFileRequestDto implements CredentialFileRequest {
  @ApiProperty({ enum: PROFESSIONS })
  profession!: CredentialFileRequest['profession'];

  @ApiProperty({ example: 'CA' })
  jurisdiction!: string;

  @ApiProperty({ description: 'For whom it is decided: a payer, or the hospital itself.' })
  payer!: string;

  @ApiProperty({ enum: FILE_EVENTS })
  event!: CredentialFileRequest['event'];

  @ApiProperty({ example: '1234567893' })
  npi!: string;

  @ApiProperty({ enum: PROGRAMMES })
  programme!: CredentialFileRequest['programme'];

  @ApiProperty({ example: 'common/2025-07' })
  recipe!: string;

  @ApiPropertyOptional({ description: 'recredential: the file that is renewed.' })
  previousFileId?: string;
}

/** A statement of the practitioner: signed, or recorded as a document. */
export class RecordAttestationDto extends SeenDto implements StepOf<'recordAttestation'> {
  @ApiProperty({ enum: ['recordAttestation'] })
  verb!: 'recordAttestation';

  @ApiProperty({ enum: ELEMENTS })
  element!: Element;

  @ApiProperty({ description: 'SHA-256 in hexadecimal of the signed statement.' })
  documentHash!: string;

  @ApiProperty({ format: 'date' })
  signedOn!: string;

  @ApiPropertyOptional({ type: PractitionerSignatureDto, description: 'Only with it the statement is the practitioner’s own act.' })
  practitioner?: PractitionerSignatureDto;
}

/** Weighs verifications for a decision on a day. */
export class AssessCredentialFileDto extends SeenDto implements StepOf<'assessCredentialFile'> {
  @ApiProperty({ enum: ['assessCredentialFile'] })
  verb!: 'assessCredentialFile';

  @ApiProperty({ format: 'date' })
  decisionOn!: string;

  @ApiProperty({ type: [String] })
  verificationIds!: string[];
}

/** The decision, with effect from now. */
export class DecideCredentialFileDto extends SeenDto implements StepOf<'decideCredentialFile'> {
  @ApiProperty({ enum: ['decideCredentialFile'] })
  verb!: 'decideCredentialFile';

  @ApiProperty({ enum: FILE_OUTCOMES })
  outcome!: StepOf<'decideCredentialFile'>['outcome'];

  @ApiProperty({ enum: ROUTES, description: 'CLEAN_FILE: by a medical director alone, where there is nothing to weigh.' })
  route!: StepOf<'decideCredentialFile'>['route'];

  @ApiProperty({ type: [String] })
  reasons!: string[];

  @ApiProperty({ type: [String] })
  conditions!: string[];
}

/** That the practitioner was told. */
export class RecordDecisionNoticeDto extends SeenDto implements StepOf<'recordDecisionNotice'> {
  @ApiProperty({ enum: ['recordDecisionNotice'] })
  verb!: 'recordDecisionNotice';

  @ApiProperty({ format: 'date' })
  sentOn!: string;
}

/** The practitioner appeals. */
export class RecordFileAppealDto extends SeenDto implements StepOf<'recordFileAppeal'> {
  @ApiProperty({ enum: ['recordFileAppeal'] })
  verb!: 'recordFileAppeal';

  @ApiProperty({ format: 'date' })
  filedOn!: string;

  @ApiProperty()
  grounds!: string;
}

/** What became of the appeal: said by another than the decision's author. */
export class DecideFileAppealDto extends SeenDto implements StepOf<'decideFileAppeal'> {
  @ApiProperty({ enum: ['decideFileAppeal'] })
  verb!: 'decideFileAppeal';

  @ApiProperty({ enum: APPEAL_OUTCOMES, description: 'OVERTURNED: the file is verified and decided anew.' })
  outcome!: StepOf<'decideFileAppeal'>['outcome'];

  @ApiProperty()
  reason!: string;
}

/** The file ends. */
export class TerminateCredentialFileDto extends SeenDto implements StepOf<'terminateCredentialFile'> {
  @ApiProperty({ enum: ['terminateCredentialFile'] })
  verb!: 'terminateCredentialFile';

  @ApiProperty()
  reason!: string;
}

/** A file, where it stands today, and the verifications that it was weighed with. */
export class FileRecordDto extends OwnRecordDto implements FileRecord {
  declare newest: CredentialFileDocument;
  declare versions: ProvedVersion<CredentialFileDocument>[];

  @ApiProperty({ enum: [...FILE_STATES, 'RECREDENTIALING_DUE', 'OVERDUE', 'LAPSED'] })
  stateToday!: FileStateOn;

  @ApiProperty({ type: [OwnRecordDto] })
  verifications!: OwnRecord<VerificationDocument>[];
}
