import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query as QueryText } from '@nestjs/common';
import { parse } from '@medaccord/domain';
import type { DocumentPage, RemittanceBody } from '@medaccord/domain';
import { Command, Paged, Query } from '../http/endpoint.decorators.js';
import { CurrentWrite } from '../idempotency/current-write.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { ClaimsClient } from '../ledger/claims-client.js';
import { DocumentPageDto } from './dto/documents.dto.js';
import { IssuedRemittanceDto, IssueRemittanceDto, RemittanceBodyDto, RemittanceFileDto } from './dto/remittance.dto.js';
import { pageOf } from '../http/page.js';
import { readRemittance, RemittanceDesk } from './remittance-run.js';
import type { IssuedRemittance, RemittanceFile } from './remittance-run.js';
import { remittancePreviewRequest, remittanceRequest } from './remittance-requests.js';

const tag = 'remittances';

/** What insurers pay hospitals, and for which claims. */
@Controller('v1/remittances')
export class RemittancesController {
  readonly #client: ClaimsClient;
  readonly #desk: RemittanceDesk;

  constructor(@Inject(ClaimsClient) client: ClaimsClient, @Inject(RemittanceDesk) desk: RemittanceDesk) {
    this.#client = client;
    this.#desk = desk;
  }

  @Post()
  @Command('remittances.issue', {
    summary: 'Pay decided claims of one hospital',
    description: 'A decision is paid once. Refused as a whole where the claims do not add up to the total, to the cent.',
    body: IssueRemittanceDto,
    answer: IssuedRemittanceDto,
    tag,
  })
  async issue(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<IssuedRemittance> {
    return this.#desk.issue(write, parse(remittanceRequest, body));
  }

  @Post('preview')
  @HttpCode(200)
  @Query('remittances.read', {
    summary: 'What a remittance would say',
    description: 'With the reversals that belong to it, interest, and what was carried forward. Changes nothing; issue it with this total.',
    answer: RemittanceBodyDto,
    tag,
  })
  async preview(@Body() body: unknown): Promise<RemittanceBody> {
    return this.#desk.preview(parse(remittancePreviewRequest, body));
  }

  @Get()
  @Paged()
  @Query('remittances.read', { summary: 'All remittances', description: 'In the order of their ids.', answer: DocumentPageDto, tag })
  async list(@QueryText() query: Record<string, unknown>): Promise<DocumentPage> {
    const { after, limit } = pageOf(query);

    return this.#client.list('remittance', after, limit);
  }

  @Get(':remittanceId')
  @Query('remittances.read', { summary: 'A remittance with the decisions that it pays', answer: RemittanceFileDto, tag })
  async read(@Param('remittanceId') remittanceId: string): Promise<RemittanceFile> {
    return readRemittance(this.#client, remittanceId);
  }
}
