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
import type { FileRecord } from './credentialing-reader.js';
import { AssessCredentialFileDto, CredentialFileRequestDto, DecideCredentialFileDto, DecideFileAppealDto, FileRecordDto, RecordAttestationDto, RecordDecisionNoticeDto, RecordFileAppealDto, TerminateCredentialFileDto } from './dto/credential-files.dto.js';
import { OwnCommandAnswerDto, OwnDocumentPageDto } from './dto/documents.dto.js';
import { credentialFileRequest, credentialFileStep } from './requests.js';

const tag = 'credential-files';
const answer = OwnCommandAnswerDto;

/** Credential files, from opening to decision, notice and the next round. */
@Controller('v1/credential-files')
export class CredentialFilesController {
  readonly #desk: CredentialingDesk;
  readonly #reader: CredentialingReader;

  constructor(@Inject(CredentialingDesk) desk: CredentialingDesk, @Inject(CredentialingReader) reader: CredentialingReader) {
    this.#desk = desk;
    this.#reader = reader;
  }

  @Post()
  @Command('credentialing.work', { summary: 'Open a credential file', body: CredentialFileRequestDto, answer, tag })
  async open(@Body() body: unknown, @CurrentWrite() write: WriteRequest, @CurrentCaller() caller: Caller): Promise<OwnCommandAnswer> {
    return this.#desk.openFile({ write, caller }, parse(credentialFileRequest, body));
  }

  @Get()
  @Paged()
  @Query('credentialing.read', { summary: 'Credential files', description: 'In their newest versions, in order of their ids.', answer: OwnDocumentPageDto, tag })
  async list(@QueryText() query: Record<string, unknown>): Promise<OwnDocumentPage> {
    return this.#reader.list('credential-file', pageOf(query));
  }

  @Get(':id')
  @Query('credentialing.read', { summary: 'A file with its history and its receipts', description: 'Where it stands today, every version, and every verification that it was weighed with; each with its place in the chain.', answer: FileRecordDto, tag })
  async read(@Param('id') id: string): Promise<FileRecord> {
    return this.#reader.file(id);
  }

  @Post(':id/steps')
  @Command('credential-files.work', {
    summary: 'Carry a file a step further',
    description: 'One route for all steps, so that no address, log or figure tells which was taken. The office attests, assesses, gives notice, takes in appeals and ends; the committee decides files and appeals, or a medical director alone where there is nothing to weigh.',
    bodies: [RecordAttestationDto, AssessCredentialFileDto, DecideCredentialFileDto, RecordDecisionNoticeDto, RecordFileAppealDto, DecideFileAppealDto, TerminateCredentialFileDto],
    answer,
    tag,
  })
  async step(@Param('id') id: string, @Body() body: unknown, @CurrentWrite() write: WriteRequest, @CurrentCaller() caller: Caller): Promise<OwnCommandAnswer> {
    return this.#desk.step({ write, caller }, id, parse(credentialFileStep, body));
  }
}
