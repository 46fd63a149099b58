import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { COORDINATION_METHODS } from '@medaccord/domain';
import type { CoordinatedCoverage, Coordination, CoordinationTerms } from '@medaccord/domain';

const date = { format: 'date', example: '2026-06-30' } as const;

/** How a plan pays after another one. */
export class CoordinationTermsDto implements CoordinationTerms {
  @ApiProperty({ enum: COORDINATION_METHODS })
  method!: CoordinationTerms['method'];

  @ApiProperty({ enum: ['higher', 'own'], description: 'What both together may come to: the higher negotiated fee, or the own one.' })
  allowableExpense!: 'higher' | 'own';

  @ApiPropertyOptional({ enum: ['accept', 'hold'], description: 'What a hospital says of a payer that is not on the ledger: pay by it, or hold the claim for an examiner. Left out: it does not count (CO-22).' })
  reported?: 'accept' | 'hold';
}

/** A plan as the order of payers looks at it. */
export class CoordinatedCoverageDto implements CoordinatedCoverage {
  @ApiProperty({ enum: ['group', 'individual', 'medicare', 'medicaid'] })
  kind!: CoordinatedCoverage['kind'];

  @ApiProperty()
  hasCoordinationRule!: boolean;

  @ApiProperty({ enum: ['patient', 'other'] })
  holder!: 'patient' | 'other';

  @ApiProperty({ enum: ['active', 'inactive'] })
  employment!: 'active' | 'inactive';

  @ApiProperty({ description: 'Continued by right (COBRA or a state’s law).' })
  continuation!: boolean;

  @ApiProperty(date)
  since!: string;

  @ApiPropertyOptional()
  courtDecree?: boolean;

  @ApiPropertyOptional({ example: '03-15', description: 'Month and day.' })
  holderBirthday?: string;

  @ApiPropertyOptional({ enum: ['age', 'disability', 'end-stage-renal-disease'] })
  entitlement?: 'age' | 'disability' | 'end-stage-renal-disease';

  @ApiPropertyOptional({ description: 'People that the employer employs.' })
  employees?: number;

  @ApiPropertyOptional(date)
  coordinationPeriodThru?: string;
}

/** How a person's insurances stand to each other. */
export class CoordinationDto implements Coordination {
  @ApiProperty({ type: CoordinatedCoverageDto })
  ours!: CoordinatedCoverageDto;

  @ApiProperty({ type: [CoordinatedCoverageDto], minItems: 1, maxItems: 9 })
  others!: CoordinatedCoverageDto[];
}
