import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { COMPACT_RULES, ENCUMBRANCE_TYPES, ISSUE_STATUSES, LIFECYCLES } from '@medaccord/domain';
import type { CompactMember, CompactRuleId, CompactView, DerivedCause, DerivedEffect, Designation, Encumbrance, Grace, IssueLicence, Licence, LicenceKey, LicenceSource, Lifecycle, PracticeAuthority, RelatedPosition, ReportSource, SourceReport, SourceState, Standing } from '@medaccord/domain';
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

/** Why a licence is under something that its own board did not order. */
export class DerivedCauseDto implements DerivedCause {
  @ApiProperty({ enum: COMPACT_RULES, description: 'Version of the compact’s rules.' })
  rule!: CompactRuleId;

  @ApiProperty({ type: LicenceKeyDto })
  licence!: LicenceKeyDto;

  @ApiProperty({ description: 'Sequence number of the event there; 0 where that licence is not on the ledger.' })
  event!: number;
}

/** What follows for a licence from the events of another one, by a compact. */
export class DerivedEffectDto implements DerivedEffect {
  @ApiProperty({
    enum: [...ENCUMBRANCE_TYPES, 'PRIVILEGE_INACTIVE', 'PRIVILEGE_UNKNOWN'],
    description: 'PRIVILEGE_INACTIVE: the home licence does not carry a multistate privilege; PRIVILEGE_UNKNOWN: what it permits is not known.',
  })
  type!: DerivedEffect['type'];

  @ApiProperty({ format: 'date' })
  from!: string;

  @ApiPropertyOptional({ format: 'date' })
  thru?: string;

  @ApiProperty({ type: [String] })
  codes!: string[];

  @ApiPropertyOptional({ enum: [true], type: Boolean, description: 'Without effect meanwhile, as the causing act is stayed.' })
  stayed?: true;

  @ApiProperty({ type: DerivedCauseDto })
  causedBy!: DerivedCauseDto;
}

/** Which licence is the principal one in a compact, and through which days. */
export class DesignationDto implements Designation {
  @ApiProperty({ enum: COMPACT_RULES })
  rule!: CompactRuleId;

  @ApiProperty({ type: LicenceKeyDto })
  principal!: LicenceKeyDto;

  @ApiProperty({ format: 'date' })
  from!: string;

  @ApiPropertyOptional({ format: 'date' })
  thru?: string;
}

/** One licence of a compact. */
export class CompactMemberDto implements CompactMember {
  @ApiProperty({ type: LicenceKeyDto })
  licence!: LicenceKeyDto;

  @ApiProperty({ description: 'Position of its last event; 0 where it is not on the ledger, so that nothing follows from it.' })
  knownAt!: number;

  @ApiProperty({ type: [DesignationDto], description: 'By its own board.' })
  designations!: DesignationDto[];
}

/** A licence in its compact. */
export class CompactViewDto implements CompactView {
  @ApiProperty({ format: 'date' })
  asOf!: string;

  @ApiProperty({ type: [DerivedEffectDto], description: 'What follows for it on that day from the others.' })
  derived!: DerivedEffectDto[];

  @ApiProperty({ type: [CompactMemberDto], description: 'Itself and all that are related to it.' })
  licences!: CompactMemberDto[];
}

/** A licence with all that happened to it. */
export class LicenceRecordDto {
  @ApiProperty({ type: LicenceDto })
  licence!: LicenceDto;

  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true }, description: 'Events in their order; an event is never edited. Of a sealed one only `sequence` and `sealed` are told.' })
  events!: object[];

  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true }, description: 'What is wrong with the recorded events, if anything.' })
  faults!: object[];

  @ApiPropertyOptional({ type: CompactViewDto, description: 'Today, where it is in a compact.' })
  compact?: CompactViewDto;
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

  @ApiPropertyOptional({ format: 'date', description: 'The last day for the hearing of a summary suspension.' })
  hearingBy?: string;

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

/** How far the events of a related licence were taken into account. */
export class RelatedPositionDto implements RelatedPosition {
  @ApiProperty({ type: LicenceKeyDto })
  licence!: LicenceKeyDto;

  @ApiProperty()
  knownAt!: number;

  @ApiPropertyOptional({ format: 'date', description: 'The last day that the word of that licence’s silent board covered.' })
  silentAfter?: string;
}

/** What a licence permits on a date. */
export class StandingDto implements Standing {
  @ApiProperty({ type: LicenceKeyDto })
  licence!: LicenceKeyDto;

  @ApiProperty({ format: 'date' })
  asOf!: string;

  @ApiProperty({ description: 'The last event that was taken into account.' })
  knownAt!: number;

  @ApiPropertyOptional({ description: 'The last event of the licence’s class that was taken into account, where the class has any.' })
  classKnownAt?: number;

  @ApiProperty({ enum: LIFECYCLES })
  lifecycle!: Lifecycle;

  @ApiProperty({ type: [EncumbranceDto] })
  encumbrances!: EncumbranceDto[];

  @ApiPropertyOptional({ type: [DerivedEffectDto], description: 'What follows by a compact from other licences; counted in lifecycle and authority.' })
  derived?: DerivedEffectDto[];

  @ApiPropertyOptional({ type: [RelatedPositionDto], description: 'Of the licences that a compact relates to it.' })
  related?: RelatedPositionDto[];

  @ApiProperty({ enum: ['FULL', 'LIMITED', 'NONE', 'UNKNOWN'], description: 'UNKNOWN also on a day on which it changes at an hour.' })
  authority!: PracticeAuthority;

  @ApiPropertyOptional({ enum: [true], type: Boolean, description: 'An application for renewal waits for the board.' })
  renewalPending?: true;

  @ApiProperty({ type: [String], description: 'Ids of the events that were folded.' })
  provenance!: string[];

  @ApiProperty({ type: String, format: 'date', nullable: true, description: 'The first later day on which the answer differs.' })
  nextChangeDate!: string | null;

  @ApiPropertyOptional({ type: SourceStateDto, description: 'Where the board reports. Of days that a silent board’s word does not cover the authority is UNKNOWN.' })
  source?: SourceStateDto;
}
