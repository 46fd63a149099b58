import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { APPLICATION_BASES, APPLICATION_STATES } from '@medaccord/domain';
import type { Applicant, ApplicationBody, ApplicationFor, ApplicationState, ApplicationStep } from '@medaccord/domain';
import { GraceDto, LicenceKeyDto } from './licences.dto.js';

/** Who asks for a licence. */
export class ApplicantDto implements Applicant {
  @ApiProperty({ maxLength: 200 })
  name!: string;

  @ApiProperty({ maxLength: 100, description: 'The board’s own reference for the person, whose identity it has established.' })
  reference!: string;

  @ApiPropertyOptional({ example: '1234567893' })
  npi?: string;
}

/** What is asked for. */
export class ApplicationForDto implements ApplicationFor {
  @ApiProperty({ example: 'CA' })
  jurisdiction!: string;

  @ApiProperty({ example: 'ca-medical' })
  board!: string;

  @ApiProperty({ example: 'MD' })
  type!: string;

  @ApiProperty({ enum: APPLICATION_BASES })
  basis!: ApplicationFor['basis'];

  @ApiProperty({ type: ApplicantDto })
  applicant!: ApplicantDto;
}

/** An application to file. */
export class FileApplicationDto extends ApplicationForDto {
  @ApiProperty({ format: 'date', description: 'The day on which it came in.' })
  on!: string;
}

/** What the board does with an application next. */
export class ApplicationStepDto {
  @ApiProperty({ enum: ['UNDER_REVIEW', 'DENIED', 'WITHDRAWN'], description: 'DENIED is the board’s own decision (role board-member), with `reason` and `basisCodes`; a denied one is taken up again by UNDER_REVIEW.' })
  to!: Exclude<ApplicationStep['to'], 'ISSUED'>;

  @ApiProperty({ format: 'date' })
  on!: string;

  @ApiPropertyOptional({ maxLength: 2000 })
  reason?: string;

  @ApiPropertyOptional({ type: [String] })
  basisCodes?: string[];

  @ApiPropertyOptional({ description: 'The version that the person has seen; 412 where there is a newer one.' })
  version?: number;
}

/** The licence that an application becomes. */
export class GrantApplicationDto {
  @ApiProperty({ description: 'The number that the board gives it.', example: 'A12345' })
  number!: string;

  @ApiProperty({ format: 'date', description: 'The day of the decision.' })
  on!: string;

  @ApiProperty({ format: 'date', description: 'Not before the decision.' })
  effectiveFrom!: string;

  @ApiPropertyOptional({ format: 'date' })
  validThru?: string;

  @ApiPropertyOptional({ type: GraceDto })
  grace?: GraceDto;

  @ApiPropertyOptional()
  numberAsPrinted?: string;

  @ApiPropertyOptional({ description: 'The version that the person has seen; 412 where there is a newer one.' })
  version?: number;
}

/** One state of an application. */
export class ApplicationVersionDto extends ApplicationForDto implements ApplicationBody {
  @ApiProperty()
  version!: number;

  @ApiProperty({ enum: APPLICATION_STATES })
  state!: ApplicationState;

  @ApiProperty({ format: 'date' })
  on!: string;

  @ApiPropertyOptional()
  reason?: string;

  @ApiPropertyOptional({ type: [String] })
  basisCodes?: string[];

  @ApiPropertyOptional({ type: LicenceKeyDto })
  licence?: LicenceKeyDto;

  @ApiProperty({ format: 'date-time' })
  recordedAt!: string;

  @ApiProperty({ description: 'Who took the step, as the token names them.' })
  recordedBy!: string;

  @ApiProperty({ description: 'Of the transaction that recorded it in the board’s own collection.' })
  transactionId!: string;
}

/** An application as the board sees it. */
export class ApplicationDto {
  @ApiProperty()
  id!: string;

  @ApiProperty({ type: ApplicationVersionDto })
  newest!: ApplicationVersionDto;

  @ApiPropertyOptional({ format: 'date', description: 'Denied: the last day to report it to the National Practitioner Data Bank (45 CFR 60.5 and 60.9).' })
  reportDueOn?: string;
}

/** An application with all that was done with it, oldest first. */
export class ApplicationRecordDto extends ApplicationDto {
  @ApiProperty({ type: [ApplicationVersionDto] })
  versions!: ApplicationVersionDto[];
}

/** Applications in order of their ids. */
export class ApplicationPageDto {
  @ApiProperty({ type: [ApplicationDto] })
  items!: ApplicationDto[];

  @ApiPropertyOptional({ description: 'Pass it as `after` for the next page.' })
  next?: string;
}
