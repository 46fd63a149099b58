import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { DELEGATED_FUNCTIONS } from '@medaccord/domain';
import type { DelegationBody, RosterRow } from '@medaccord/domain';
import type { DelegationStep, RosterRequest, RosterStep } from '../requests.js';
import { SeenDto } from './seen.dto.js';

/** An agreement under which somebody credentials in the organisation's name. */
export class DelegationDto implements DelegationBody {
  @ApiProperty()
  delegate!: string;

  @ApiProperty({ enum: DELEGATED_FUNCTIONS, isArray: true })
  functions!: DelegationBody['functions'];

  @ApiProperty({ format: 'date' })
  from!: string;

  @ApiPropertyOptional({ format: 'date' })
  thru?: string;

  @ApiProperty()
  subDelegated!: boolean;

  @ApiProperty({ description: 'SHA-256 in hexadecimal of the signed agreement.' })
  documentHash!: string;

  @ApiProperty({ type: [String], format: 'date', description: 'Audits so far, ascending; none is ever taken away.' })
  audits!: string[];
}

/** The agreement as it is from now on: an audit, an end. */
export class RecordDelegationDto extends SeenDto implements DelegationStep {
  @ApiProperty({ enum: ['recordDelegation'] })
  verb!: 'recordDelegation';

  @ApiProperty({ type: DelegationDto })
  delegation!: DelegationDto;
}

/** One clinician of a list. */
export class RosterRowDto implements Omit<RosterRow, 'acknowledgement'> {
  @ApiProperty({ minimum: 1 })
  row!: number;

  @ApiProperty({ example: '1234567893' })
  npi!: string;

  @ApiProperty({ enum: ['ADDED', 'KEPT', 'REMOVED'] })
  change!: RosterRow['change'];

  @ApiProperty({ format: 'date' })
  decidedOn!: string;
}

/** A delegate's list of a month. */
export class RosterRequestDto implements RosterRequest {
  @ApiProperty()
  delegationId!: string;

  @ApiProperty({ example: '2026-03' })
  month!: string;

  @ApiProperty({ type: [RosterRowDto] })
  rows!: RosterRowDto[];
}

/** The answer to one row. */
export class RosterAnswerDto {
  @ApiProperty({ minimum: 1 })
  row!: number;

  @ApiProperty({ enum: ['ACCEPTED', 'REJECTED'] })
  answer!: 'ACCEPTED' | 'REJECTED';

  @ApiPropertyOptional({ description: 'Needed for a rejection.' })
  reason?: string;
}

/** Answers to rows, one by one. */
export class AcknowledgeRosterDto extends SeenDto implements RosterStep {
  @ApiProperty({ enum: ['acknowledgeRoster'] })
  verb!: 'acknowledgeRoster';

  @ApiProperty({ type: [RosterAnswerDto] })
  answers!: RosterAnswerDto[];
}
