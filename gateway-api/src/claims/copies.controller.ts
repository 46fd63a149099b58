import { Body, Controller, Get, Inject, Post, Query as QueryParameters } from '@nestjs/common';
import { parse } from '@medaccord/domain';
import type { CopyPage } from '@medaccord/domain';
import { Command, Query } from '../http/endpoint.decorators.js';
import { CurrentWrite } from '../idempotency/current-write.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { ClaimsClient } from '../ledger/claims-client.js';
import { CopyPageDto, HealCopiesDto, HealedCopiesDto } from './dto/copies.dto.js';
import { healCopies, isShared } from './heal-copies.js';
import type { HealedCopy } from './heal-copies.js';
import { copiesRequest, healCopiesRequest } from './requests.js';

const tag = 'copies';
const PAGE = 200;

/** What two parties hold together: given to the other one after a loss, and taken from it. */
@Controller('v1/copies')
export class CopiesController {
  readonly #client: ClaimsClient;

  constructor(@Inject(ClaimsClient) client: ClaimsClient) {
    this.#client = client;
  }

  @Get()
  @Query('copies.read', {
    summary: 'What this organisation holds together with another, byte by byte',
    description: 'Every version, in order of key; for the other party, which has lost its own copies. `kind` is that of a document, or `open`.',
    answer: CopyPageDto,
    tag,
  })
  async copies(@QueryParameters() query: Readonly<Record<string, unknown>>): Promise<CopyPage> {
    const { kind, counterparty, after = '' } = parse(copiesRequest, query);
    const { items, next } = await this.#client.copies(kind, after, PAGE);
    return { items: items.filter((copy) => isShared(copy, counterparty)), ...(next === undefined ? {} : { next }) };
  }

  @Post('heal')
  @Command('copies.heal', {
    summary: 'Take the other party’s copies of what is missing here',
    description: 'What is here already is left alone. The ledger accepts only bytes whose hash is that of the other party’s copy.',
    body: HealCopiesDto,
    answer: HealedCopiesDto,
    status: 200,
    tag,
  })
  async heal(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<{ readonly items: readonly HealedCopy[] }> {
    return { items: await healCopies(this.#client, write, parse(healCopiesRequest, body).items) };
  }
}
