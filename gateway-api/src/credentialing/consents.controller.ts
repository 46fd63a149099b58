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
import { ConsentRequestDto, WithdrawConsentDto } from './dto/consents.dto.js';
import { OwnCommandAnswerDto, OwnDocumentPageDto, OwnRecordDto } from './dto/documents.dto.js';
import { consentRequest, consentStep } from './requests.js';

const tag = 'consents';
const answer = OwnCommandAnswerDto;

/** Practitioners’ releases: signed by the practitioners, or documents that the organisation recorded. */
@Controller('v1/consents')
export class ConsentsController {
  readonly #desk: CredentialingDesk;
  readonly #reader: CredentialingReader;

  constructor(@Inject(CredentialingDesk) desk: CredentialingDesk, @Inject(CredentialingReader) reader: CredentialingReader) {
    this.#desk = desk;
    this.#reader = reader;
  }

  @Post()
  @Command('consents.write', { summary: 'Record a practitioner’s release', description: 'With the practitioner’s signature it is the practitioner’s own act, else a document that the organisation recorded.', body: ConsentRequestDto, answer, tag })
  async record(@Body() body: unknown, @CurrentWrite() write: WriteRequest, @CurrentCaller() caller: Caller): Promise<OwnCommandAnswer> {
    return this.#desk.recordConsent({ write, caller }, parse(consentRequest, body));
  }

  @Get()
  @Paged()
  @Query('credentialing.read', { summary: 'Releases', description: 'In their newest versions, in order of their ids.', answer: OwnDocumentPageDto, tag })
  async list(@QueryText() query: Record<string, unknown>): Promise<OwnDocumentPage> {
    return this.#reader.list('consent', pageOf(query));
  }

  @Get(':id')
  @Query('credentialing.read', { summary: 'A release with all its versions', description: 'Each version with its place in the chain.', answer: OwnRecordDto, tag })
  async read(@Param('id') id: string): Promise<OwnRecord> {
    return this.#reader.record('consent', id);
  }

  @Post(':id/steps')
  @Command('consents.write', {
    summary: 'Carry a release further',
    description: 'withdrawConsent: new questions stop; what was answered before stays proved. The practitioner’s own act where it is signed.',
    bodies: [WithdrawConsentDto],
    answer,
    tag,
  })
  async step(@Param('id') id: string, @Body() body: unknown, @CurrentWrite() write: WriteRequest, @CurrentCaller() caller: Caller): Promise<OwnCommandAnswer> {
    return this.#desk.step({ write, caller }, id, parse(consentStep, body));
  }
}
