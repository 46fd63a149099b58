import { ApiProperty } from '@nestjs/swagger';

/** Whether the gateway can serve, and what it depends on. */
export interface Health {
  readonly status: 'ok' | 'unavailable' | 'draining';
  readonly checks: Readonly<Record<string, 'ok' | 'unavailable'>>;
}

/** The answer of the health endpoints. */
export class HealthDto implements Health {
  @ApiProperty({ enum: ['ok', 'unavailable', 'draining'], description: 'draining: the process is about to end and takes no new work.' })
  status!: 'ok' | 'unavailable' | 'draining';

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string', enum: ['ok', 'unavailable'] }, description: 'One entry per dependency.' })
  checks!: Record<string, 'ok' | 'unavailable'>;
}
