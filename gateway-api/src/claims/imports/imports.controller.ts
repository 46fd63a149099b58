import { Body, Controller, Get, Inject, Param, Post, Query as QueryText } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { externalEventShape, freeText, list, object, optional, parse } from '@medaccord/domain';
import type { DocumentPage, ExternalPostingDocument, ImportDocument, ImportFigures } from '@medaccord/domain';
import { Command, Paged, Query } from '../../http/endpoint.decorators.js';
import { CurrentUpload } from '../../http/upload.js';
import type { Upload } from '../../http/upload.js';
import { CurrentWrite } from '../../idempotency/current-write.js';
import type { WriteRequest } from '../../idempotency/write-request.js';
import { ClaimsClient } from '../../ledger/claims-client.js';
import type { CommandAnswer } from '../claim-copies.js';
import { DocumentDto, DocumentPageDto } from '../dto/documents.dto.js';
import { CommandAnswerDto } from '../dto/submission.dto.js';
import type { InsuredPerson } from '../insured-ids.js';
import { pageOf } from '../../http/page.js';
import { wholeNumber } from './csv.js';
import { ExternalEventsDto, PostedEventsDto, ReversalReasonDto } from './dto.js';
import { ExternalPostingDesk } from './external-posting-desk.js';
import type { EventOfPerson, PostedEvents } from './external-posting-desk.js';
import { ImportDesk } from './import-desk.js';

const tag = 'imports';
const CSV = 'text/csv';
const lineErrors = 'A file that is not as it should be is refused whole, with line and column of each fault.';
const resumes = 'Sent again under the same key, an interrupted import goes on where it stopped; GET /v1/imports tells how far it is.';

const figure = optional(wholeNumber(0));
const controlRequest = object<Partial<ImportFigures>>({ rows: figure, usedMinor: figure, paid: figure, open: figure, chargeMinor: figure, paidMinor: figure });
const person = object<InsuredPerson>({ memberId: freeText(1, 80), dependant: optional(object<NonNullable<InsuredPerson['dependant']>>({ birthDate: optional(freeText(1, 80)), givenName: optional(freeText(1, 80)) })) });
const eventsRequest = object<{ readonly events: readonly EventOfPerson[] }>({ events: list(object<EventOfPerson>({ person, event: externalEventShape }), 1, 500) });
const reversalRequest = object<{ readonly reason: string }>({ reason: freeText(1, 200) });

/** What an insurer brings along, and what happens off the ledger. */
@Controller('v1')
export class ImportsController {
  readonly #client: ClaimsClient;
  readonly #imports: ImportDesk;
  readonly #postings: ExternalPostingDesk;

  constructor(@Inject(ClaimsClient) client: ClaimsClient, @Inject(ImportDesk) imports: ImportDesk, @Inject(ExternalPostingDesk) postings: ExternalPostingDesk) {
    this.#client = client;
    this.#imports = imports;
    this.#postings = postings;
  }

  @Post('imports/totals')
  @ApiQuery({ name: 'rows', required: false, type: Number, description: 'As the old system states it.' })
  @ApiQuery({ name: 'usedMinor', required: false, type: Number, description: 'As the old system states it: the sum over all rows.' })
  @Command('coverage.write', { summary: 'Load opening totals of families', description: `Columns: family, benefit_year, currency, person (or \`family\`), bucket, used_minor. ${lineErrors} ${resumes}`, upload: CSV, answer: DocumentDto, tag })
  async totals(@CurrentUpload() upload: Upload, @QueryText() query: object, @CurrentWrite() write: WriteRequest): Promise<ImportDocument> {
    return this.#imports.totals(write, upload, parse(controlRequest, { ...query }));
  }

  @Post('imports/claims')
  @ApiQuery({ name: 'rows', required: false, type: Number, description: 'As the old system states it.' })
  @ApiQuery({ name: 'paid', required: false, type: Number, description: 'As the old system states it: paid claims.' })
  @ApiQuery({ name: 'open', required: false, type: Number, description: 'As the old system states it: open claims.' })
  @ApiQuery({ name: 'chargeMinor', required: false, type: Number, description: 'As the old system states it: the sum over all rows.' })
  @ApiQuery({ name: 'paidMinor', required: false, type: Number, description: 'As the old system states it: the sum over all rows.' })
  @Command('coverage.write', {
    summary: 'Load claims that were paid, or were open, in another system',
    description: `A row per service: claim_number, state, received_on, currency, billing_tax_id, member_id, birth_date, given_name, line, code, modifiers, units_thousandths, charge_minor, allowed_minor, paid_minor, copay_minor, category, service_from, service_thru, place_of_service, rendering_npi. They count as earlier services of the person. ${lineErrors} ${resumes}`,
    upload: CSV,
    answer: DocumentDto,
    tag,
  })
  async claims(@CurrentUpload() upload: Upload, @QueryText() query: object, @CurrentWrite() write: WriteRequest): Promise<ImportDocument> {
    return this.#imports.claims(write, upload, parse(controlRequest, { ...query }));
  }

  @Get('imports')
  @Paged()
  @Query('coverage.read', { summary: 'All imports, and how far they are', answer: DocumentPageDto, tag })
  async imports(@QueryText() query: Record<string, unknown>): Promise<DocumentPage> {
    const { after, limit } = pageOf(query);

    return this.#client.list('import', after, limit);
  }

  @Get('imports/:importId')
  @Query('coverage.read', { summary: 'How far an import is; once complete, its reconciliation with what the old system states', answer: DocumentDto, tag })
  async progress(@Param('importId') importId: string): Promise<ImportDocument> {
    return this.#client.newest<ImportDocument>('import', importId);
  }

  @Post('external-postings')
  @Command('coverage.write', { summary: 'Post what happened off the ledger', description: 'It counts to the totals of the person and the family at once.', body: ExternalEventsDto, answer: PostedEventsDto, tag })
  async post(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<PostedEvents> {
    return this.#postings.post(write, parse(eventsRequest, body).events);
  }

  @Post('external-postings/import')
  @Command('coverage.write', { summary: 'Post a file of what happened off the ledger', description: `Columns: member_id, birth_date, given_name, source, reference, service_date, deductible_minor, out_of_pocket_minor. ${lineErrors}`, upload: CSV, answer: PostedEventsDto, tag })
  async postFile(@CurrentUpload() upload: Upload, @CurrentWrite() write: WriteRequest): Promise<PostedEvents> {
    return this.#postings.postFile(write, upload);
  }

  @Post('external-postings/:postingId/reversal')
  @Command('coverage.write', { summary: 'Take a posting back', body: ReversalReasonDto, answer: CommandAnswerDto, tag })
  async reverse(@Param('postingId') postingId: string, @Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    return this.#postings.reverse(write, postingId, parse(reversalRequest, body).reason);
  }

  @Get('external-postings/:postingId')
  @Query('coverage.read', { summary: 'A posting', answer: DocumentDto, tag })
  async posting(@Param('postingId') postingId: string): Promise<ExternalPostingDocument> {
    return this.#client.newest<ExternalPostingDocument>('external-posting', postingId);
  }
}
