import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ITEM_STATES, PRIVILEGE_KINDS, STAGES } from '@medaccord/domain';
import type { AdverseAction, AuthorityTask, Fppe, PrivilegeItem, PrivilegesBody, Proxy, StageStep } from '@medaccord/domain';
import { NewFppeDto, NewItemDto } from './privileges.dto.js';

/** A focused evaluation. */
export class FppeDto extends NewFppeDto implements Fppe {
  @ApiProperty({ format: 'date' })
  from!: string;

  @ApiPropertyOptional({ enum: ['COMPLETED', 'EXTENDED', 'EXTERNAL_REVIEW'] })
  outcome?: NonNullable<Fppe['outcome']>;
}

/** One privilege. */
export class PrivilegeItemDto extends NewItemDto implements PrivilegeItem {
  @ApiProperty({ enum: ITEM_STATES })
  state!: PrivilegeItem['state'];

  @ApiPropertyOptional()
  modification?: string;

  @ApiPropertyOptional({ type: FppeDto })
  fppe?: FppeDto;
}

/** Who recommended what. */
export class StageStepDto implements StageStep {
  @ApiProperty({ enum: STAGES })
  stage!: StageStep['stage'];

  @ApiProperty()
  by!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty()
  recommendation!: string;
}

/** On whose decision telemedicine privileges rest. */
export class ProxyDto implements Proxy {
  @ApiProperty()
  site!: string;

  @ApiProperty()
  agreementHash!: string;

  @ApiProperty()
  listHash!: string;
}

/** An ongoing evaluation. */
export class OppeDto {
  @ApiProperty({ format: 'date' })
  on!: string;

  @ApiProperty()
  by!: string;

  @ApiProperty({ enum: ['CONTINUE', 'FOCUS'] })
  outcome!: 'CONTINUE' | 'FOCUS';
}

/** The report to the data bank. */
export class NpdbReportDto {
  @ApiProperty()
  controlNumber!: string;

  @ApiProperty({ format: 'date' })
  sentOn!: string;

  @ApiProperty()
  late!: boolean;
}

/** Something against the clinician. */
export class AdverseActionDto implements AdverseAction {
  @ApiProperty({ enum: ['SUSPENSION', 'RESTRICTION', 'RESIGNED_UNDER_INVESTIGATION'] })
  type!: AdverseAction['type'];

  @ApiProperty({ type: [String] })
  codes!: string[];

  @ApiProperty({ format: 'date' })
  from!: string;

  @ApiPropertyOptional({ format: 'date' })
  thru?: string;

  @ApiPropertyOptional({ format: 'date' })
  reportDueOn?: string;

  @ApiPropertyOptional({ type: NpdbReportDto })
  report?: NpdbReportDto;
}

/** A look that a person has to take. */
export class AuthorityTaskDto implements AuthorityTask {
  @ApiProperty({ format: 'date-time' })
  openedAt!: string;

  @ApiProperty({ enum: ['LICENCE_UNKNOWN', 'LICENCE_LIMITED'] })
  cause!: AuthorityTask['cause'];
}

/** The body of a set of privileges. */
export class PrivilegesBodyDto implements PrivilegesBody {
  @ApiProperty({ example: '1234567893' })
  npi!: string;

  @ApiProperty({ example: 'CA' })
  jurisdiction!: string;

  @ApiProperty()
  formVersion!: string;

  @ApiProperty({ enum: PRIVILEGE_KINDS })
  kind!: PrivilegesBody['kind'];

  @ApiPropertyOptional({ type: ProxyDto })
  proxy?: ProxyDto;

  @ApiProperty({ enum: STAGES })
  stage!: PrivilegesBody['stage'];

  @ApiProperty({ type: [PrivilegeItemDto] })
  items!: PrivilegeItemDto[];

  @ApiProperty({ type: [StageStepDto] })
  steps!: StageStepDto[];

  @ApiProperty({ format: 'date' })
  requestedOn!: string;

  @ApiPropertyOptional({ format: 'date' })
  appliedOn?: string;

  @ApiPropertyOptional({ format: 'date' })
  from?: string;

  @ApiPropertyOptional({ format: 'date' })
  thru?: string;

  @ApiProperty({ type: [OppeDto] })
  oppe!: OppeDto[];

  @ApiPropertyOptional({ format: 'date' })
  oppeDueOn?: string;

  @ApiProperty({ type: [AdverseActionDto] })
  adverse!: AdverseActionDto[];

  @ApiProperty({ type: [AuthorityTaskDto] })
  tasks!: AuthorityTaskDto[];
}
