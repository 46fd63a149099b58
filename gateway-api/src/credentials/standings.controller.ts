import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import { parse } from '@medaccord/domain';
import { CurrentActor } from '../auth/access.decorators.js';
import type { Actor } from '../auth/caller.js';
import { Query } from '../http/endpoint.decorators.js';
import { RegistryClient } from '../ledger/registry-client.js';
import { checkRoster, rosterQuestionShape } from './roster-check.js';
import type { RosterStanding } from './roster-check.js';
import { RosterQuestionDto, RosterStandingDto } from './standings.dto.js';

/** Standings of many clinicians at once. */
@Controller('v1/standings')
export class StandingsController {
  readonly #registry: RegistryClient;

  constructor(@Inject(RegistryClient) registry: RegistryClient) {
    this.#registry = registry;
  }

  @Post('check')
  @HttpCode(200)
  @ApiBody({ type: RosterQuestionDto })
  @Query('licences.read', { summary: 'What each clinician of a roster may do on a day, and when that changes', description: 'A result per clinician, in order; at most 1,000. Changes nothing.', answer: [RosterStandingDto], tag: 'providers' })
  async check(@Body() body: unknown, @CurrentActor() actor: Actor): Promise<readonly RosterStanding[]> {
    return checkRoster(this.#registry, actor.role, parse(rosterQuestionShape, body));
  }
}
