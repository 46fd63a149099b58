import { Body, Controller, Get, Inject, Param, Post, Query as QueryText } from '@nestjs/common';
import { parse } from '@medaccord/domain';
import type { AcknowledgementDocument, DocumentPage } from '@medaccord/domain';
import { Command, Paged, Query } from '../http/endpoint.decorators.js';
import { CurrentWrite } from '../idempotency/current-write.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { ClaimsClient } from '../ledger/claims-client.js';
import type { CommandAnswer } from './claim-copies.js';
import { DocumentDto, DocumentPageDto } from './dto/documents.dto.js';
import { AcknowledgementDto, ConfirmationDto, RefundDemandDto } from './dto/life-cycle.dto.js';
import { CommandAnswerDto } from './dto/submission.dto.js';
import { LifeCycleDesk } from './life-cycle-desk.js';
import { acknowledgementRequest, confirmationRequest, refundDemandRequest } from './life-cycle-requests.js';
import { pageOf } from '../http/page.js';

const tag = 'remittances';
const answer = CommandAnswerDto;

/** What follows a remittance: the money's number, the hospital's answer, and what stands open. */
@Controller('v1')
export class SettlementsController {
  readonly #client: ClaimsClient;
  readonly #desk: LifeCycleDesk;

  constructor(@Inject(ClaimsClient) client: ClaimsClient, @Inject(LifeCycleDesk) desk: LifeCycleDesk) {
    this.#client = client;
    this.#desk = desk;
  }

  @Post('remittances/:remittanceId/confirmation')
  @Command('remittances.issue', { summary: 'Name the number under which the money moved', body: ConfirmationDto, answer, tag })
  async confirm(@Param('remittanceId') remittanceId: string, @Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    return this.#desk.confirmPayment(write, remittanceId, parse(confirmationRequest, body).traceNumber);
  }

  @Post('remittances/:remittanceId/acknowledgement')
  @Command('remittances.acknowledge', {
    summary: 'Say what arrived for a remittance',
    description: 'Reconciled where the deposit is its total under its number and no claim is disputed.',
    body: AcknowledgementDto,
    answer,
    tag,
  })
  async acknowledge(@Param('remittanceId') remittanceId: string, @Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    return this.#desk.acknowledge(write, remittanceId, parse(acknowledgementRequest, body));
  }

  @Get('remittances/:remittanceId/acknowledgement')
  @Query('remittances.read', { summary: 'The hospital’s answer to a remittance', answer: DocumentDto, tag })
  async acknowledgement(@Param('remittanceId') remittanceId: string): Promise<AcknowledgementDocument> {
    return this.#client.newest<AcknowledgementDocument>('acknowledgement', remittanceId);
  }

  @Post('refund-demands')
  @Command('remittances.issue', { summary: 'Note a letter that asks a hospital to pay back', description: 'The decision itself stands; a later remittance withholds it or shows it as paid back.', body: RefundDemandDto, answer, tag })
  async demandRefund(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    return this.#desk.demandRefund(write, parse(refundDemandRequest, body));
  }

  @Get('payee-accounts')
  @Paged()
  @Query('remittances.read', { summary: 'What stands open between insurers and hospitals besides claims', answer: DocumentPageDto, tag })
  async accounts(@QueryText() query: Record<string, unknown>): Promise<DocumentPage> {
    const { after, limit } = pageOf(query);

    return this.#client.list('payee-account', after, limit);
  }
}
