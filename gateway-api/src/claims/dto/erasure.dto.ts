import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ERASURE_REASONS } from '@medaccord/domain';
import type { AnswerErasure, ProposeErasure } from '@medaccord/domain';

/** Why a claim is to be erased. */
export class ErasureProposalDto implements Pick<ProposeErasure, 'reason' | 'note'> {
  @ApiProperty({ enum: ERASURE_REASONS })
  reason!: ProposeErasure['reason'];

  @ApiPropertyOptional({ description: 'Nothing about a patient.' })
  note?: string;
}

/** Whether the other party agrees. */
export class ErasureAnswerDto implements Pick<AnswerErasure, 'approve' | 'note'> {
  @ApiProperty()
  approve!: boolean;

  @ApiPropertyOptional({ description: 'Nothing about a patient.' })
  note?: string;
}

/** The order to erase. */
export class ErasureExecutionDto {
  @ApiProperty({ enum: ['erase'] })
  confirm!: 'erase';
}
