import { Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { officerQueryShape, parse } from '@medaccord/domain';
import type { BoardOfficer } from '@medaccord/domain';
import { CurrentActor } from '../auth/access.decorators.js';
import type { Actor } from '../auth/caller.js';
import { Command, Query } from '../http/endpoint.decorators.js';
import { CurrentWrite } from '../idempotency/current-write.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { RegistryClient } from '../ledger/registry-client.js';
import type { OfficerOutcome, Recorded } from '../ledger/registry-client.js';
import { BoardOfficerDto, OfficerOutcomeDto } from './board-orders.dto.js';

const tag = 'board orders';

/** Whose signatures count under the own board's orders. */
@Controller('v1/board-officers')
export class BoardOfficersController {
  readonly #registry: RegistryClient;

  constructor(@Inject(RegistryClient) registry: RegistryClient) {
    this.#registry = registry;
  }

  @Post()
  @Command('board-officers.introduce', { summary: 'Introduce the certificate of the own role as one that signs orders', answer: OfficerOutcomeDto, tag })
  async introduce(@CurrentWrite() write: WriteRequest): Promise<Recorded<OfficerOutcome>> {
    return this.#registry.introduceOfficer(write);
  }

  @Get()
  @Query('board-officers.read', { summary: 'The certificates of the own organisation that may sign orders', answer: [BoardOfficerDto], tag })
  async officers(@CurrentActor() actor: Actor): Promise<readonly BoardOfficer[]> {
    return this.#registry.officers(actor.role);
  }

  @Post(':fingerprint/withdrawal')
  @Command('board-officers.withdraw', { summary: 'End the use of a certificate for orders, for ever', status: 200, answer: OfficerOutcomeDto, tag })
  async withdraw(@Param('fingerprint') fingerprint: string, @CurrentWrite() write: WriteRequest): Promise<Recorded<OfficerOutcome>> {
    return this.#registry.withdrawOfficer(write, parse(officerQueryShape, { fingerprint }).fingerprint);
  }
}
