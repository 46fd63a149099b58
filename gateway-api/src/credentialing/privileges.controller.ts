import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query as QueryText } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
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
import type { ClinicianPrivileges, OwnRecord } from './credentialing-reader.js';
import { ClinicianPrivilegesDto, ClinicianQuestionDto } from './dto/clinician.dto.js';
import { OwnCommandAnswerDto, OwnDocumentPageDto, OwnRecordDto } from './dto/documents.dto.js';
import {
  ConcludeReviewDto, ConfirmAuthorityDto, DecidePrivilegesDto, GrantByProxyDto, GrantTemporaryPrivilegesDto, RecommendPrivilegesDto, RecordAdverseActionDto, RecordFocusedEvaluationDto,
  RecordNpdbReportDto, RecordOngoingEvaluationDto, RequestPrivilegesDto,
} from './dto/privileges.dto.js';
import { clinicianQuestion, privilegesRequest, privilegesStep } from './requests.js';

const tag = 'privileges';
const answer = OwnCommandAnswerDto;

/** What clinicians may do at the hospital. Peer review is confidential: all of it lies in the hospital’s collection alone. */
@Controller('v1/privileges')
export class PrivilegesController {
  readonly #desk: CredentialingDesk;
  readonly #reader: CredentialingReader;

  constructor(@Inject(CredentialingDesk) desk: CredentialingDesk, @Inject(CredentialingReader) reader: CredentialingReader) {
    this.#desk = desk;
    this.#reader = reader;
  }

  @Post()
  @Command('privileges.begin', { summary: 'Ask for privileges, or grant some for a time', description: 'requestPrivileges by the staff office; grantTemporaryPrivileges by a medical director, grantByProxy (telemedicine) by the governing body, on what the registry answers in the same transaction.', bodies: [RequestPrivilegesDto, GrantTemporaryPrivilegesDto, GrantByProxyDto], answer, tag })
  async begin(@Body() body: unknown, @CurrentWrite() write: WriteRequest, @CurrentCaller() caller: Caller): Promise<OwnCommandAnswer> {
    return this.#desk.beginPrivileges({ write, caller }, parse(privilegesRequest, body));
  }

  @Get()
  @Paged()
  @Query('credentialing.read', { summary: 'Privileges of all clinicians', description: 'In their newest versions, in order of their ids.', answer: OwnDocumentPageDto, tag })
  async list(@QueryText() query: Record<string, unknown>): Promise<OwnDocumentPage> {
    return this.#reader.list('privileges', pageOf(query));
  }

  @Post('search')
  @HttpCode(200)
  @Query('credentialing.read', { summary: 'What a clinician may do on a day', description: 'A question in a body, because no address may tell about whom somebody asked. Changes nothing.', answer: ClinicianPrivilegesDto, tag })
  @ApiBody({ type: ClinicianQuestionDto })
  async search(@Body() body: unknown): Promise<ClinicianPrivileges> {
    const { npi, on } = parse(clinicianQuestion, body);

    return this.#reader.privilegesOf(npi, on);
  }

  @Get(':id')
  @Query('credentialing.read', { summary: 'One set of privileges with all its versions', description: 'Each version with its place in the chain.', answer: OwnRecordDto, tag })
  async read(@Param('id') id: string): Promise<OwnRecord> {
    return this.#reader.record('privileges', id);
  }

  @Post(':id/steps')
  @Command('privileges.work', {
    summary: 'Carry privileges a step further',
    description: 'One route for all steps, so that no address, log or figure tells which was taken. Each step is its own body’s: the ledger says whose.',
    bodies: [
      RecommendPrivilegesDto, DecidePrivilegesDto, ConcludeReviewDto, RecordFocusedEvaluationDto, RecordOngoingEvaluationDto, ConfirmAuthorityDto, RecordAdverseActionDto, RecordNpdbReportDto,
    ],
    answer,
    tag,
  })
  async step(@Param('id') id: string, @Body() body: unknown, @CurrentWrite() write: WriteRequest, @CurrentCaller() caller: Caller): Promise<OwnCommandAnswer> {
    return this.#desk.step({ write, caller }, id, parse(privilegesStep, body));
  }
}
