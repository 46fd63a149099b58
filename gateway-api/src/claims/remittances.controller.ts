import { Body, Controller, Get, Inject, Param, Post, Query as QueryText } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { parse } from '@medaccord/domain';
import type { DocumentPage } from '@medaccord/domain';
import { Command, Query } from '../http/endpoint.decorators.js';
import { CurrentWrite } from '../idempotency/current-write.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { ClaimsClient } from '../ledger/claims-client.js';
import { DocumentPageDto } from './dto/documents.dto.js';
import { IssuedRemittanceDto, IssueRemittanceDto, RemittanceFileDto } from './dto/remittance.dto.js';
import { pageOf } from './page.js';
import { issueRemittance, readRemittance } from './remittance-run.js';
import type { IssuedRemittance, RemittanceFile } from './remittance-run.js';
import { issueRemittanceRequest } from './requests.js';

const tag = 'remittances';

/** What insurers pay hospitals, and for which claims. */
@Controller('v1/remittances')
export class RemittancesController {
  readonly #client: ClaimsClient;

  constructor(@Inject(ClaimsClient) client: ClaimsClient) {
    this.#client = client;
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
    return issueRemittance(this.#client, write, parse(issueRemittanceRequest, body));
  }

  @Get()
  @ApiQuery({ name: 'after', required: false })
  @ApiQuery({ name: 'limit', required: false, type: Number })
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
