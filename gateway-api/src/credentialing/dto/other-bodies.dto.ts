import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { MATCH_STATES, RECORDED_AS } from '@medaccord/domain';
import type { ConsentBody, ExclusionMatchBody, RosterBody, RosterRow } from '@medaccord/domain';
import { PractitionerSignatureDto, ReleaseDto } from './consents.dto.js';
import { RosterRowDto } from './delegations.dto.js';
import { ExclusionMatchRequestDto } from './exclusion-matches.dto.js';

/** When and why a release was taken back. */
export class WithdrawnDto {
  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty()
  reason!: string;

  @ApiPropertyOptional({ type: PractitionerSignatureDto, description: 'There where it is the practitioner’s own act.' })
  practitioner?: PractitionerSignatureDto;
}

/** The body of a release. */
export class ConsentBodyDto extends ReleaseDto implements ConsentBody {
  @ApiProperty({ enum: RECORDED_AS, description: 'The practitioner’s own act only where signed.' })
  recordedAs!: ConsentBody['recordedAs'];

  @ApiPropertyOptional({ type: WithdrawnDto })
  withdrawn?: WithdrawnDto;
}

/** The answer to a row. */
export class AcknowledgementDto {
  @ApiProperty({ enum: ['ACCEPTED', 'REJECTED'] })
  answer!: 'ACCEPTED' | 'REJECTED';

  @ApiPropertyOptional()
  reason?: string;

  @ApiProperty()
  by!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;
}

/** A row with its answer. */
export class AnsweredRowDto extends RosterRowDto implements RosterRow {
  @ApiPropertyOptional({ type: AcknowledgementDto })
  acknowledgement?: AcknowledgementDto;
}

/** The body of a delegate’s list. */
export class RosterBodyDto implements RosterBody {
  @ApiProperty()
  delegationId!: string;

  @ApiProperty({ example: '2026-03' })
  month!: string;

  @ApiProperty({ type: [AnsweredRowDto] })
  rows!: AnsweredRowDto[];
}

/** What a person said of a pair. */
export class MatchDecisionDto {
  @ApiProperty()
  by!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty()
  reason!: string;

  @ApiPropertyOptional()
  evidenceHash?: string;
}

/** The body of a pair that a screening found. */
export class ExclusionMatchBodyDto extends ExclusionMatchRequestDto implements ExclusionMatchBody {
  @ApiProperty({ enum: MATCH_STATES })
  state!: ExclusionMatchBody['state'];

  @ApiPropertyOptional({ type: MatchDecisionDto })
  decision?: MatchDecisionDto;
}
