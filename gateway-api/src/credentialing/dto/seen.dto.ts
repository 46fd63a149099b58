import { ApiPropertyOptional } from '@nestjs/swagger';

const version = { minimum: 1, description: 'The version that the person had before the eyes; refused where a newer one is recorded.' } as const;

/** Every step: the version that the person saw. */
export class SeenDto {
  @ApiPropertyOptional(version)
  version?: number;
}
