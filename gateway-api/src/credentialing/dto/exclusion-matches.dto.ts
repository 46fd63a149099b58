import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { MATCH_REASONS } from '@medaccord/domain';
import type { ExclusionMatchRequest, ExclusionMatchStep } from '../requests.js';
import { SeenDto } from './seen.dto.js';

/** A pair of clinician and excluded person that a screening found. */
export class ExclusionMatchRequestDto implements ExclusionMatchRequest {
  @ApiProperty({ example: '1234567893' })
  npi!: string;

  @ApiProperty()
  source!: string;

  @ApiProperty({ example: '2026-03' })
  fileMonth!: string;

  @ApiProperty()
  matcher!: string;

  @ApiProperty({ minimum: 0, maximum: 100 })
  score!: number;

  @ApiProperty({ enum: MATCH_REASONS, isArray: true })
  reasons!: ExclusionMatchRequest['reasons'];

  @ApiProperty({ description: 'SHA-256 in hexadecimal over both records’ identifiers.' })
  pairHash!: string;
}

/** What the pair is. */
export class DecideExclusionMatchDto extends SeenDto implements ExclusionMatchStep {
  @ApiProperty({ enum: ['decideExclusionMatch'] })
  verb!: 'decideExclusionMatch';

  @ApiProperty({ enum: ['CONFIRMED', 'FALSE_POSITIVE'] })
  state!: ExclusionMatchStep['state'];

  @ApiProperty()
  reason!: string;

  @ApiPropertyOptional({ description: 'SHA-256 in hexadecimal.' })
  evidenceHash?: string;
}
