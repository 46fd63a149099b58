import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** What was done. */
export interface Done {
  readonly outcome: 'PUBLISHED' | 'WITHDRAWN' | 'MARKED';
}

/** What was done. */
export class DoneDto implements Done {
  @ApiProperty({ enum: ['PUBLISHED', 'WITHDRAWN', 'MARKED'] })
  outcome!: Done['outcome'];
}

/** A page of licences in another system's shape. */
export class ExportPageDto {
  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } })
  items!: object[];

  @ApiPropertyOptional({ description: 'The page after this one begins after it.' })
  next?: string;
}

/** Reports to the National Practitioner Data Bank, the most urgent first. */
export class NpdbReportsDto {
  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } })
  items!: object[];
}

/** That a report was sent. */
export class MarkNpdbReportDto {
  @ApiProperty({ description: 'The data bank’s own number of the report (DCN), 8 to 20 digits.', example: '5500000012345678' })
  controlNumber!: string;

  @ApiProperty({ format: 'date' })
  sentOn!: string;
}
