import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Public } from '../auth/access.decorators.js';
import type { Health } from './health.dto.js';
import { HealthDto } from './health.dto.js';
import { Readiness } from './readiness.js';

/** Whether the process lives, and whether it can serve. */
@ApiTags('operations')
@Controller('health')
export class HealthController {
  readonly #readiness: Readiness;

  constructor(@Inject(Readiness) readiness: Readiness) {
    this.#readiness = readiness;
  }

  /** Answers as long as the process does. */
  @Get('live')
  @Public('health')
  @ApiOperation({ summary: 'The process lives' })
  @ApiResponse({ status: 200, type: HealthDto })
  live(): Health {
    return { status: 'ok', checks: {} };
  }

  @Get('ready')
  @Public('health')
  @ApiOperation({ summary: 'The peer answers, its chaincodes respond and the database is open' })
  @ApiResponse({ status: 200, type: HealthDto })
  @ApiResponse({ status: 503, type: HealthDto, description: 'At least one check failed' })
  async ready(@Res({ passthrough: true }) response: Response): Promise<Health> {
    const health = await this.#readiness.check();
    if (health.status !== 'ok') response.status(503);

    return health;
  }
}
