import { Body, Controller, Get, Inject, Post, Query as QueryText } from '@nestjs/common';
import { parse, present } from '@medaccord/domain';
import type { ScreenedPerson } from '@medaccord/domain';
import { pageOf } from '../http/page.js';
import { OwnDocumentPageDto } from '../credentialing/dto/documents.dto.js';
import { Command, Paged, Query } from '../http/endpoint.decorators.js';
import { withInteger } from '../http/query-integer.js';
import { CurrentWrite } from '../idempotency/current-write.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { CredentialsClient } from '../ledger/credentials-client.js';
import type { OwnDocumentPage } from '../ledger/credentials-client.js';
import { ClinicianStore } from './clinician-store.js';
import { ClinicianPageDto, CliniciansDto, CountDto, RemovalsDto, RunRequestDto, ScreeningSummaryDto } from './dto/screening.dto.js';
import { clinicianPage, cliniciansRequest, removalsRequest, runRequest } from './requests.js';
import { ScreeningDesk } from './screening-desk.js';
import type { ScreeningSummary } from './screening-desk.js';

const tag = 'screening';
const usualLimit = 100;

/** Screening of the organisation's clinicians. Pairs are decided at `/v1/exclusion-matches`. */
@Controller('v1/screening')
export class ScreeningController {
  readonly #clinicians: ClinicianStore;
  readonly #desk: ScreeningDesk;
  readonly #client: CredentialsClient;

  constructor(@Inject(ClinicianStore) clinicians: ClinicianStore, @Inject(ScreeningDesk) desk: ScreeningDesk, @Inject(CredentialsClient) client: CredentialsClient) {
    this.#clinicians = clinicians;
    this.#desk = desk;
    this.#client = client;
  }

  @Post('clinicians')
  @Command('screening.work', { summary: 'Name clinicians to screen', description: 'What is known of one who is named already is replaced.', body: CliniciansDto, answer: CountDto, tag })
  async name(@Body() body: unknown): Promise<{ readonly count: number }> {
    const { items } = parse(cliniciansRequest, body);
    await this.#clinicians.put(items);

    return { count: items.length };
  }

  @Post('clinicians/removals')
  @Command('screening.work', { summary: 'Screen clinicians no longer', body: RemovalsDto, answer: CountDto, status: 200, tag })
  async remove(@Body() body: unknown): Promise<{ readonly count: number }> {
    return { count: await this.#clinicians.remove(parse(removalsRequest, body).npis) };
  }

  @Get('clinicians')
  @Paged()
  @Query('screening.read', { summary: 'Whom the organisation screens', answer: ClinicianPageDto, tag })
  async list(@QueryText() query: Readonly<Record<string, unknown>>): Promise<{ readonly items: readonly ScreenedPerson[]; readonly next?: string }> {
    const { after = '', limit = usualLimit } = parse(clinicianPage, withInteger(query, 'limit'));
    const items = await this.#clinicians.page(after, limit);

    return { items, ...present('next', items.length < limit ? undefined : items.at(-1)?.npi) };
  }

  @Post('runs')
  @Command('screening.work', {
    summary: 'Screen all clinicians against a list',
    description: 'Each part is recorded in the own collection with the hashes of the files, also where all are clear. Needs files that stewards have told the consortium.',
    body: RunRequestDto,
    answer: ScreeningSummaryDto,
    tag,
  })
  async run(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<ScreeningSummary> {
    return this.#desk.run(write, parse(runRequest, body).source);
  }

  @Get('runs')
  @Paged()
  @Query('screening.read', { summary: 'Runs as they are recorded, part by part', answer: OwnDocumentPageDto, tag })
  async runs(@QueryText() query: Readonly<Record<string, unknown>>): Promise<OwnDocumentPage> {
    const { after, limit } = pageOf(query);

    return this.#client.list('screening-run', after, limit);
  }
}
