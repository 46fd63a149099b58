import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { defineStatusWordsShape, parse } from '@medaccord/domain';
import type { StatusWords } from '@medaccord/domain';
import { CurrentActor } from '../auth/access.decorators.js';
import type { Actor } from '../auth/caller.js';
import { withFields } from '../http/body-fields.js';
import { Command, Query } from '../http/endpoint.decorators.js';
import { CurrentWrite } from '../idempotency/current-write.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { RegistryClient } from '../ledger/registry-client.js';
import type { Recorded } from '../ledger/registry-client.js';
import { DefineStatusWordsDto, StatusWordsDto, StatusWordsOutcomeDto } from './dto/board-work.dto.js';
import { boardOf } from './requests.js';
import type { Parameters } from './requests.js';

const tag = 'boards';

/** A board's own table of status words: on the ledger, so that everyone sees by what an imported licence's word was read. */
@Controller('v1/boards/:board/status-words')
@ApiParam({ name: 'board', example: 'wa-nursing' })
export class StatusWordsController {
  readonly #registry: RegistryClient;

  constructor(@Inject(RegistryClient) registry: RegistryClient) {
    this.#registry = registry;
  }

  @Post()
  @Command('status-words.write', { summary: 'Add the next version of the board’s table of status words', description: 'From then on imports and reconciliations read words by it first; a word that neither it nor the general table has is UNKNOWN.', body: DefineStatusWordsDto, answer: StatusWordsOutcomeDto, tag })
  async define(@Param() path: Parameters, @Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<Recorded<{ readonly outcome: 'DEFINED'; readonly words: StatusWords }>> {
    return this.#registry.defineStatusWords(write, parse(defineStatusWordsShape, withFields(body, { board: boardOf(path) })));
  }

  @Get()
  @Query('licences.read', { summary: 'Every version of a board’s table of status words', answer: [StatusWordsDto], tag })
  async versions(@Param() path: Parameters, @CurrentActor() actor: Actor): Promise<readonly StatusWords[]> {
    return this.#registry.statusWords(actor.role, boardOf(path));
  }
}
