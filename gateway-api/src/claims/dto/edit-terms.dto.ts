import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { TABLE_NAMES } from '@medaccord/domain';
import type { BenefitLimit, EditTerms, Reduction, TableName } from '@medaccord/domain';

/** The most that a plan pays of a category for one person in a benefit year. */
export class BenefitLimitDto implements BenefitLimit {
  @ApiPropertyOptional({ description: 'Once per provider and day.' })
  visits?: number;

  @ApiPropertyOptional()
  paidMinor?: number;
}

/** A share that is kept of what is paid. */
export class ReductionDto implements Reduction {
  @ApiProperty({ enum: ['253', '104'], description: '253 sequestration, 104 a contract’s withhold.' })
  reason!: '253' | '104';

  @ApiProperty({ description: 'Basis points.', example: 200 })
  share!: number;

  @ApiProperty({ format: 'date' })
  from!: string;

  @ApiPropertyOptional({ format: 'date' })
  thru?: string;
}

/** Which edits a plan applies beyond those that every plan has. */
export class EditTermsDto implements EditTerms {
  @ApiProperty({ enum: TABLE_NAMES, isArray: true, description: 'Tables whose rules apply; a line for whose day one has no edition waits for a person. `exclusions` is for federal programmes.' })
  tables!: TableName[];

  @ApiProperty({ type: [ReductionDto] })
  reductions!: ReductionDto[];
}
