import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { OtherPayer, ReportedAdjustment, ReportedDecision, ReportedLine } from '@medaccord/domain';

/** Why another insurer paid less than the charge (CAS). */
export class ReportedAdjustmentDto implements ReportedAdjustment {
  @ApiProperty({ example: 'PR' })
  group!: string;

  @ApiProperty({ example: '2' })
  reason!: string;

  @ApiProperty({ type: 'integer' })
  amountMinor!: number;
}

/** What another insurer decided of a line: charge = paid + sum of adjustments. */
export class ReportedLineDto implements ReportedLine {
  @ApiProperty({ minimum: 1 })
  number!: number;

  @ApiProperty({ type: 'integer', minimum: 0 })
  paidMinor!: number;

  @ApiProperty({ type: [ReportedAdjustmentDto] })
  adjustments!: ReportedAdjustmentDto[];
}

/** What another insurer decided, as its remittance told the hospital. */
export class ReportedDecisionDto implements ReportedDecision {
  @ApiProperty({ format: 'date' })
  decidedOn!: string;

  @ApiProperty({ type: [ReportedLineDto], description: 'Every line of the claim.' })
  lines!: ReportedLineDto[];
}

/** An insurer that decides before this one. */
export class OtherPayerDto implements OtherPayer {
  @ApiProperty({ enum: ['P', 'S', 'T', 'U'], description: 'Its place in the order of payers.' })
  payerSequence!: 'P' | 'S' | 'T' | 'U';

  @ApiPropertyOptional()
  name?: string;

  @ApiPropertyOptional({ description: 'Its own number of the claim; its explanation of benefits is read at this organisation’s peer.' })
  claimNumber?: string;

  @ApiPropertyOptional({ description: 'What it decided, where it is not on the ledger; counts where the plan takes it.' })
  reported?: ReportedDecisionDto;
}
