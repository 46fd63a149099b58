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
import { RegistryQuestionDto, ReviewVerificationDto, VerificationRequestDto } from './dto/verifications.dto.js';
import { registryQuestion, verificationRequest, verificationStep } from './requests.js';

const tag = 'verifications';
const answer = OwnCommandAnswerDto;

/** Receipts of primary-source verification: asked, answered, and looked at by a second person. */
@Controller('v1/verifications')
export class VerificationsController {
  readonly #desk: CredentialingDesk;
  readonly #reader: CredentialingReader;

  constructor(@Inject(CredentialingDesk) desk: CredentialingDesk, @Inject(CredentialingReader) reader: CredentialingReader) {
    this.#desk = desk;
    this.#reader = reader;
  }

  @Post()
  @Command('credentialing.work', { summary: 'Record what a source outside answered', description: 'Of the data bank only number, type and day: its answer is confidential.', body: VerificationRequestDto, answer, tag })
  async collect(@Body() body: unknown, @CurrentWrite() write: WriteRequest, @CurrentCaller() caller: Caller): Promise<OwnCommandAnswer> {
    return this.#desk.collect({ write, caller }, parse(verificationRequest, body));
  }

  @Post('from-registry')
  @Command('credentialing.work', { summary: 'Ask the registry for a clinician’s standing', description: 'The answer is computed in the transaction that records it: its read set names the licences and their positions, for anybody with the blocks to check.', body: RegistryQuestionDto, answer, tag })
  async askRegistry(@Body() body: unknown, @CurrentWrite() write: WriteRequest, @CurrentCaller() caller: Caller): Promise<OwnCommandAnswer> {
    return this.#desk.askRegistry({ write, caller }, parse(registryQuestion, body));
  }

  @Get()
  @Paged()
  @Query('credentialing.read', { summary: 'Verifications', description: 'In their newest versions, in order of their ids.', answer: OwnDocumentPageDto, tag })
  async list(@QueryText() query: Record<string, unknown>): Promise<OwnDocumentPage> {
    return this.#reader.list('verification', pageOf(query));
  }

  @Get(':id')
  @Query('credentialing.read', { summary: 'A verification as collected and as reviewed', description: 'Each version with its place in the chain.', answer: OwnRecordDto, tag })
  async read(@Param('id') id: string): Promise<OwnRecord> {
    return this.#reader.record('verification', id);
  }

  @Post(':id/steps')
  @Command('credentialing.work', {
    summary: 'Review a verification',
    description: 'reviewVerification: by another person than the one for whom the system collected.',
    bodies: [ReviewVerificationDto],
    answer,
    tag,
  })
  async step(@Param('id') id: string, @Body() body: unknown, @CurrentWrite() write: WriteRequest, @CurrentCaller() caller: Caller): Promise<OwnCommandAnswer> {
    return this.#desk.step({ write, caller }, id, parse(verificationStep, body));
  }
}
