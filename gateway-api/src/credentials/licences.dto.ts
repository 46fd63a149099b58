import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ENCUMBRANCE_TYPES, ISSUE_STATUSES, LIFECYCLES } from '@medaccord/domain';
import type { Encumbrance, Grace, IssueLicence, Licence, LicenceKey, LicenceSource, Lifecycle, PracticeAuthority, ReportSource, SourceReport, SourceState, Standing } from '@medaccord/domain';
import { ProofDto } from '../http/batch.dto.js';

/** What names a licence. */
export class LicenceKeyDto implements LicenceKey {
  @ApiProperty({ example: 'CA' })
  jurisdiction!: string;

  @ApiProperty({ description: 'Id of the board’s unit.', example: 'ca-medical' })
  board!: string;

  @ApiProperty({ example: 'MD' })
  type!: string;

  @ApiProperty({ description: 'In normal form: upper case, without blanks.', example: 'A12345' })
  number!: string;
}

/** Where a licence came from, if it is older than the ledger. */
export class LicenceSourceDto implements LicenceSource {
  @ApiPropertyOptional({ description: 'The roster’s own word for its status.' })
  status?: string;

  @ApiPropertyOptional()
  importBatch?: string;

  @ApiPropertyOptional({ format: 'date' })
  recordedOn?: string;
}

/** The days after expiry. */
export class GraceDto implements Grace {
  @ApiProperty({ format: 'date', description: 'The last day of grace.' })
  thru!: string;

  @ApiProperty({ description: 'Whether the board lets the holder practise meanwhile.' })
  practice!: boolean;
}

/** One licence to issue. */
export class IssueLicenceDto implements Omit<IssueLicence, 'actionId'> {
  @ApiPropertyOptional({ description: 'Id of the action in the board’s own system, 32 hexadecimal digits; derived from the Idempotency-Key where left out.' })
  actionId?: string;

  @ApiProperty({ type: LicenceKeyDto })
  licence!: LicenceKeyDto;

  @ApiProperty({ format: 'date' })
  effectiveFrom!: string;

  @ApiPropertyOptional({ format: 'date', description: 'The last day on which it is valid.' })
  validThru?: string;

  @ApiPropertyOptional({ type: GraceDto })
  grace?: GraceDto;

  @ApiProperty({ enum: ISSUE_STATUSES, description: 'UNKNOWN: the roster’s own word could not be mapped; never taken for active.' })
  status!: IssueLicence['status'];

  @ApiPropertyOptional({ description: 'As the board prints it.' })
  numberAsPrinted?: string;

  @ApiPropertyOptional({ description: 'The holder’s name as on the board’s public roster.' })
  holder?: string;

  @ApiPropertyOptional({ type: LicenceSourceDto })
  source?: LicenceSourceDto;
}

/** Licences to issue. */
export class IssueLicencesDto {
  @ApiProperty({ type: [IssueLicenceDto], maxItems: 1000 })
  items!: IssueLicenceDto[];
}

/** The particulars of a licence. */
export class LicenceDto implements Licence {
  @ApiProperty({ enum: ['licence/v1'] })
  schema!: 'licence/v1';

  @ApiProperty({ type: LicenceKeyDto })
  licence!: LicenceKeyDto;

  @ApiProperty({ description: 'MSP id of the organisation whose board issued it.' })
  issuer!: string;

  @ApiPropertyOptional()
  numberAsPrinted?: string;

  @ApiPropertyOptional()
  holder?: string;

  @ApiPropertyOptional({ type: LicenceSourceDto })
  source?: LicenceSourceDto;
}

/** A licence with all that happened to it. */
export class LicenceRecordDto {
  @ApiProperty({ type: LicenceDto })
  licence!: LicenceDto;

  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true }, description: 'Events in their order; an event is never edited. Of a sealed one only `sequence` and `sealed` are told.' })
  events!: object[];

  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true }, description: 'What is wrong with the recorded events, if anything.' })
  faults!: object[];
}

/** An open action of discipline. */
export class EncumbranceDto implements Encumbrance {
  @ApiProperty({
    enum: ENCUMBRANCE_TYPES,
    description: 'A revocation only while it is stayed; otherwise the lifecycle tells it.',
  })
  type!: Encumbrance['type'];

  @ApiProperty({ format: 'date' })
  from!: string;

  @ApiPropertyOptional({ format: 'date' })
  thru?: string;

  @ApiProperty({ type: [String] })
  codes!: string[];

  @ApiProperty({ description: 'Sequence number of the board’s action.' })
  action!: number;

  @ApiPropertyOptional({ enum: [true], type: Boolean, description: 'Without effect meanwhile.' })
  stayed?: true;

  @ApiPropertyOptional({ enum: [true], type: Boolean, description: 'An appeal is pending, which changes nothing.' })
  appealed?: true;
}

/** How fresh a board’s word is. */
export class SourceStateDto implements SourceState {
  @ApiProperty({ format: 'date-time', description: 'Up to then the board had recorded all that it decided.' })
  through!: string;

  @ApiProperty({ enum: ['CURRENT', 'STALE', 'SILENT'], description: 'STALE after two days, SILENT after seven.' })
  state!: SourceState['state'];
}

/** A board’s report. */
export class ReportSourceDto implements ReportSource {
  @ApiProperty({ description: 'Id of the board’s unit.', example: 'ca-medical' })
  board!: string;

  @ApiProperty({ format: 'date-time' })
  through!: string;
}

/** A board’s report as it is recorded. */
export class SourceReportDto extends ReportSourceDto implements SourceReport {
  @ApiProperty({ enum: ['source-report/v1'] })
  schema!: 'source-report/v1';

  @ApiProperty()
  mspId!: string;

  @ApiProperty()
  sequence!: number;
}

/** What became of a report. */
export class SourceReportOutcomeDto {
  @ApiProperty({ enum: ['REPORTED', 'ALREADY_RECORDED'] })
  outcome!: 'REPORTED' | 'ALREADY_RECORDED';

  @ApiProperty({ type: SourceReportDto })
  report!: SourceReportDto;

  @ApiProperty({ type: ProofDto })
  proof!: ProofDto;
}

/** What a licence permits on a date. */
export class StandingDto implements Standing {
  @ApiProperty({ type: LicenceKeyDto })
  licence!: LicenceKeyDto;

  @ApiProperty({ format: 'date' })
  asOf!: string;

  @ApiProperty({ description: 'The last event that was taken into account.' })
  knownAt!: number;

  @ApiProperty({ enum: LIFECYCLES })
  lifecycle!: Lifecycle;

  @ApiProperty({ type: [EncumbranceDto] })
  encumbrances!: EncumbranceDto[];

  @ApiProperty({ enum: ['FULL', 'LIMITED', 'NONE', 'UNKNOWN'] })
  authority!: PracticeAuthority;

  @ApiProperty({ type: [String], description: 'Ids of the events that were folded.' })
  provenance!: string[];

  @ApiProperty({ type: String, format: 'date', nullable: true, description: 'The first later day on which the answer differs.' })
  nextChangeDate!: string | null;

  @ApiPropertyOptional({ type: SourceStateDto, description: 'Where the board reports. Of days that a silent board’s word does not cover the authority is UNKNOWN.' })
  source?: SourceStateDto;
}
