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
import { AcknowledgeRosterDto, DelegationDto, RecordDelegationDto, RosterRequestDto } from './dto/delegations.dto.js';
import { OwnCommandAnswerDto, OwnDocumentPageDto, OwnRecordDto } from './dto/documents.dto.js';
import { delegationRequest, delegationStep, rosterRequest, rosterStep } from './requests.js';

const tag = 'delegations';
const answer = OwnCommandAnswerDto;

/** Who credentials in the organisation’s name, and their monthly lists. */
@Controller('v1')
export class DelegationsController {
  readonly #desk: CredentialingDesk;
  readonly #reader: CredentialingReader;

  constructor(@Inject(CredentialingDesk) desk: CredentialingDesk, @Inject(CredentialingReader) reader: CredentialingReader) {
    this.#desk = desk;
    this.#reader = reader;
  }

  @Post('delegations')
  @Command('credentialing.work', { summary: 'Record an agreement', body: DelegationDto, answer, tag })
  async record(@Body() body: unknown, @CurrentWrite() write: WriteRequest, @CurrentCaller() caller: Caller): Promise<OwnCommandAnswer> {
    return this.#desk.recordDelegation({ write, caller }, parse(delegationRequest, body));
  }

  @Get('delegations')
  @Paged()
  @Query('credentialing.read', { summary: 'Agreements', description: 'In their newest versions, in order of their ids.', answer: OwnDocumentPageDto, tag })
  async list(@QueryText() query: Record<string, unknown>): Promise<OwnDocumentPage> {
    return this.#reader.list('delegation', pageOf(query));
  }

  @Get('delegations/:id')
  @Query('credentialing.read', { summary: 'An agreement with all its versions', description: 'Each version with its place in the chain.', answer: OwnRecordDto, tag })
  async read(@Param('id') id: string): Promise<OwnRecord> {
    return this.#reader.record('delegation', id);
  }

  @Post('delegations/:id/steps')
  @Command('credentialing.work', {
    summary: 'Carry an agreement further',
    description: 'recordDelegation: the agreement as it is from now on.',
    bodies: [RecordDelegationDto],
    answer,
    tag,
  })
  async step(@Param('id') id: string, @Body() body: unknown, @CurrentWrite() write: WriteRequest, @CurrentCaller() caller: Caller): Promise<OwnCommandAnswer> {
    return this.#desk.step({ write, caller }, id, parse(delegationStep, body));
  }

  @Post('rosters')
  @Command('credentialing.work', { summary: 'Take in a delegate’s list of a month', body: RosterRequestDto, answer, tag })
  async receiveRoster(@Body() body: unknown, @CurrentWrite() write: WriteRequest, @CurrentCaller() caller: Caller): Promise<OwnCommandAnswer> {
    return this.#desk.receiveRoster({ write, caller }, parse(rosterRequest, body));
  }

  @Get('rosters')
  @Paged()
  @Query('credentialing.read', { summary: 'Lists of delegates', description: 'In their newest versions, in order of their ids.', answer: OwnDocumentPageDto, tag })
  async listRosters(@QueryText() query: Record<string, unknown>): Promise<OwnDocumentPage> {
    return this.#reader.list('roster', pageOf(query));
  }

  @Get('rosters/:id')
  @Query('credentialing.read', { summary: 'A list with the answers to its rows', description: 'Each version with its place in the chain.', answer: OwnRecordDto, tag })
  async readRoster(@Param('id') id: string): Promise<OwnRecord> {
    return this.#reader.record('roster', id);
  }

  @Post('rosters/:id/steps')
  @Command('credentialing.work', {
    summary: 'Answer rows of a list',
    description: 'acknowledgeRoster: row by row; a rejection says why.',
    bodies: [AcknowledgeRosterDto],
    answer,
    tag,
  })
  async stepRoster(@Param('id') id: string, @Body() body: unknown, @CurrentWrite() write: WriteRequest, @CurrentCaller() caller: Caller): Promise<OwnCommandAnswer> {
    return this.#desk.step({ write, caller }, id, parse(rosterStep, body));
  }
}
