import { Body, Controller, Get, Inject, Param, Post, Query as QueryText } from '@nestjs/common';
import { bylawsBodyShape, parse } from '@medaccord/domain';
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
import { BylawsDto, RecordBylawsDto } from './dto/privileges.dto.js';
import { bylawsStep } from './requests.js';

const tag = 'privileges';
const answer = OwnCommandAnswerDto;

/** What the hospital does to privileges where a clinician’s authority ends; the standard table holds where it has none. */
@Controller('v1/bylaws')
export class BylawsController {
  readonly #desk: CredentialingDesk;
  readonly #reader: CredentialingReader;

  constructor(@Inject(CredentialingDesk) desk: CredentialingDesk, @Inject(CredentialingReader) reader: CredentialingReader) {
    this.#desk = desk;
    this.#reader = reader;
  }

  @Post()
  @Command('bylaws.write', { summary: 'Record the hospital’s table', body: BylawsDto, answer, tag })
  async record(@Body() body: unknown, @CurrentWrite() write: WriteRequest, @CurrentCaller() caller: Caller): Promise<OwnCommandAnswer> {
    return this.#desk.recordBylaws({ write, caller }, parse(bylawsBodyShape, body));
  }

  @Get()
  @Paged()
  @Query('credentialing.read', { summary: 'The hospital’s table', description: 'In their newest versions, in order of their ids.', answer: OwnDocumentPageDto, tag })
  async list(@QueryText() query: Record<string, unknown>): Promise<OwnDocumentPage> {
    return this.#reader.list('bylaws', pageOf(query));
  }

  @Get(':id')
  @Query('credentialing.read', { summary: 'The table with all its versions', description: 'Each version with its place in the chain.', answer: OwnRecordDto, tag })
  async read(@Param('id') id: string): Promise<OwnRecord> {
    return this.#reader.record('bylaws', id);
  }

  @Post(':id/steps')
  @Command('bylaws.write', {
    summary: 'Change the table',
    description: 'recordBylaws: the table as it is from now on.',
    bodies: [RecordBylawsDto],
    answer,
    tag,
  })
  async step(@Param('id') id: string, @Body() body: unknown, @CurrentWrite() write: WriteRequest, @CurrentCaller() caller: Caller): Promise<OwnCommandAnswer> {
    return this.#desk.step({ write, caller }, id, parse(bylawsStep, body));
  }
}
