import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ErrorCode } from '@medaccord/domain';
import { IssueDto } from './problem.dto.js';

/** Where a fact stands on the channel. */
export class ProofDto {
  @ApiProperty({ description: 'Id of the transaction on the channel.' })
  transactionId!: string;

  @ApiProperty({ description: 'Number of the block that holds it.' })
  blockNumber!: number;
}

/** What became of one item of a batch. */
export class ItemOutcomeDto {
  @ApiProperty({ description: 'What was done, ALREADY_RECORDED for a resend, or REFUSED.', example: 'ISSUED' })
  outcome!: string;

  @ApiPropertyOptional({ description: 'The record that the item became or is.' })
  id?: string;

  @ApiPropertyOptional({ description: 'Why it was refused.' })
  code?: ErrorCode;

  @ApiPropertyOptional({ type: [IssueDto], description: 'What is wrong with it, by place in the batch.' })
  issues?: IssueDto[];
}

/** Outcomes in the order of the items; one that is refused leaves the others alone. */
export class BatchOutcomeDto {
  @ApiProperty({ type: [ItemOutcomeDto] })
  outcomes!: ItemOutcomeDto[];

  @ApiProperty({ type: ProofDto })
  proof!: ProofDto;
}
