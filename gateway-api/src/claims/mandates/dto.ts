import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Agent, MandateBody } from '@medaccord/domain';

/** Who acts. */
export class AgentDto implements Agent {
  @ApiProperty()
  name!: string;

  @ApiPropertyOptional()
  taxId?: string;
}

/** What a principal lets an agent do. */
export class MandateDto implements MandateBody {
  @ApiProperty({ type: AgentDto })
  agent!: AgentDto;

  @ApiProperty({ type: [String], description: 'The agent’s people, by the subject of their tokens.' })
  people!: string[];

  @ApiProperty({ type: [String], description: 'Verbs of commands.', example: ['submitClaims'] })
  functions!: string[];

  @ApiProperty({ type: [String], description: 'Tax ids of billers; none: every one.' })
  units!: string[];

  @ApiProperty({ format: 'date' })
  from!: string;

  @ApiPropertyOptional({ format: 'date' })
  thru?: string;

  @ApiProperty()
  revoked!: boolean;
}

/** A mandate to record. */
export class MandateStatementDto {
  @ApiPropertyOptional({ description: 'Absent: a new one.' })
  mandateId?: string;

  @ApiPropertyOptional({ default: 1 })
  version?: number;

  @ApiProperty({ type: MandateDto })
  mandate!: MandateDto;
}

/** Mandates to record. */
export class RecordMandatesDto {
  @ApiProperty({ description: 'Any member of the other kind: a command names an insurer and a hospital. It sees nothing of the mandate.', example: 'InsurerMSP' })
  partnerMsp!: string;

  @ApiProperty({ type: [MandateStatementDto], maxItems: 100 })
  items!: MandateStatementDto[];
}
