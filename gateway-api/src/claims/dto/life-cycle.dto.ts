import { ApiProperty } from '@nestjs/swagger';
import { REOPENING_CAUSES } from '@medaccord/domain';
import type { ClaimToReopen } from '../reopening.js';

/** A claim whose decision is to be taken back. */
export class ClaimToReopenDto implements ClaimToReopen {
  @ApiProperty()
  claimId!: string;

  @ApiProperty({ enum: REOPENING_CAUSES })
  cause!: ClaimToReopen['cause'];

  @ApiProperty({ maxLength: 500 })
  reason!: string;
}

/** Claims to open again. */
export class ReopenClaimsDto {
  @ApiProperty({ type: [ClaimToReopenDto], minItems: 1, maxItems: 500 })
  claims!: ClaimToReopenDto[];
}
