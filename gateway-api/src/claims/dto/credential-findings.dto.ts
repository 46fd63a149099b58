import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { COMPACT_RULES } from '@medaccord/domain';
import type { CompactRuleId, FoundCause, FoundEvent, LicenceFinding, LicenceKey } from '@medaccord/domain';
import { LicenceKeyDto } from '../../credentials/licences.dto.js';
import type { CredentialFindings } from '../credential-findings.js';

/** An entry in the licence's record. */
export class FoundEventDto implements FoundEvent {
  @ApiProperty({ description: 'Position in the licence’s events.' })
  sequence!: number;

  @ApiPropertyOptional({ example: 'SUSPEND', description: 'Absent in the void of another entry.' })
  action?: NonNullable<FoundEvent['action']>;

  @ApiPropertyOptional({ description: 'The board’s own number of its order.' })
  orderNumber?: string;

  @ApiPropertyOptional({ format: 'date' })
  decidedOn?: string;

  @ApiPropertyOptional({ format: 'date' })
  effectiveFrom?: string;

  @ApiPropertyOptional({ format: 'date', description: 'The last day of a fixed term, or of the licence’s validity.' })
  effectiveThru?: string;

  @ApiProperty({ format: 'date-time' })
  recordedAt!: string;
}

/** An entry in another licence’s record from which the denial follows by a compact. */
export class FoundCauseDto implements FoundCause {
  @ApiProperty({ enum: COMPACT_RULES })
  rule!: CompactRuleId;

  @ApiProperty({ type: LicenceKeyDto })
  licence!: LicenceKey;

  @ApiProperty({ type: [FoundEventDto] })
  events!: readonly FoundEvent[];
}

/** A licence that gave no authority on days of a denied line. */
export class LicenceFindingDto implements LicenceFinding {
  @ApiProperty({ description: 'Number of the line.' })
  line!: number;

  @ApiProperty({ example: '1234567893' })
  npi!: string;

  @ApiProperty({ type: LicenceKeyDto })
  licence!: LicenceKey;

  @ApiProperty({ format: 'date' })
  from!: string;

  @ApiProperty({ format: 'date' })
  thru!: string;

  @ApiProperty({ example: 'ACTIVE' })
  lifecycle!: LicenceFinding['lifecycle'];

  @ApiProperty({ type: [FoundEventDto], description: 'What the standing was folded from, in order.' })
  events!: readonly FoundEvent[];

  @ApiPropertyOptional({ type: [FoundCauseDto], description: 'What followed by a compact from other licences.' })
  causes?: readonly FoundCause[];
}

/** Why lines of a claim were denied for want of a licence. */
export class CredentialFindingsDto implements CredentialFindings {
  @ApiProperty()
  claimId!: string;

  @ApiProperty({ type: [LicenceFindingDto], description: 'Empty where no line was denied for that.' })
  findings!: readonly LicenceFinding[];
}
