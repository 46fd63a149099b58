import { Body, Controller, Get, Inject, Param, Post, Query as QueryText } from '@nestjs/common';
import { parse } from '@medaccord/domain';
import { CurrentCaller } from '../auth/access.decorators.js';
import type { Caller } from '../auth/caller.js';
import { pageOf } from '../http/page.js';
import { Command, Paged, Query } from '../http/endpoint.decorators.js';
import { CurrentWrite } from '../idempotency/current-write.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import type { OwnDocumentPage } from '../ledger/credentials-client.js';
import { CredentialingDesk } from './credentialing-desk.js';
import type { OwnCommandAnswer } from './credentialing-desk.js';
import { CredentialingReader } from './credentialing-reader.js';
import type { OwnRecord } from './credentialing-reader.js';
import { OwnCommandAnswerDto, OwnDocumentPageDto, OwnRecordDto } from './dto/documents.dto.js';
import { DecideExclusionMatchDto, ExclusionMatchRequestDto } from './dto/exclusion-matches.dto.js';
import { exclusionMatchRequest, exclusionMatchStep } from './requests.js';

const tag = 'exclusion-matches';
const answer = OwnCommandAnswerDto;

/** Possible matches of clinicians with exclusion lists, and what a person decided. */
@Controller('v1/exclusion-matches')
export class ExclusionMatchesController {
  readonly #desk: CredentialingDesk;
  readonly #reader: CredentialingReader;

  constructor(@Inject(CredentialingDesk) desk: CredentialingDesk, @Inject(CredentialingReader) reader: CredentialingReader) {
    this.#desk = desk;
    this.#reader = reader;
  }

  @Post()
  @Command('credentialing.work', { summary: 'Record a pair that a screening found', body: ExclusionMatchRequestDto, answer, tag })
  async record(@Body() body: unknown, @CurrentWrite() write: WriteRequest, @CurrentCaller() caller: Caller): Promise<OwnCommandAnswer> {
    return this.#desk.recordExclusionMatch({ write, caller }, parse(exclusionMatchRequest, body));
  }

  @Get()
  @Paged()
  @Query('credentialing.read', { summary: 'Pairs', description: 'In their newest versions, in order of their ids.', answer: OwnDocumentPageDto, tag })
  async list(@QueryText() query: Record<string, unknown>): Promise<OwnDocumentPage> {
    return this.#reader.list('exclusion-match', pageOf(query));
  }

  @Get(':id')
  @Query('credentialing.read', { summary: 'A pair with all its versions', description: 'Each version with its place in the chain.', answer: OwnRecordDto, tag })
  async read(@Param('id') id: string): Promise<OwnRecord> {
    return this.#reader.record('exclusion-match', id);
  }

  @Post(':id/steps')
  @Command('credentialing.work', {
    summary: 'Decide a pair',
    description: 'decideExclusionMatch: confirmed, or a false positive with its reason.',
    bodies: [DecideExclusionMatchDto],
    answer,
    tag,
  })
  async step(@Param('id') id: string, @Body() body: unknown, @CurrentWrite() write: WriteRequest, @CurrentCaller() caller: Caller): Promise<OwnCommandAnswer> {
    return this.#desk.step({ write, caller }, id, parse(exclusionMatchStep, body));
  }
}
