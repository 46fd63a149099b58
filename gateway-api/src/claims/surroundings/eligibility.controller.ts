import { Body, Controller, Get, Inject, Param, Post, Query as QueryText } from '@nestjs/common';
import { parse } from '@medaccord/domain';
import type { DocumentPage, EligibilityDocument } from '@medaccord/domain';
import { Command, Paged, Query } from '../../http/endpoint.decorators.js';
import { CurrentWrite } from '../../idempotency/current-write.js';
import type { WriteRequest } from '../../idempotency/write-request.js';
import { ClaimsClient } from '../../ledger/claims-client.js';
import type { CommandAnswer } from '../claim-copies.js';
import { DocumentDto, DocumentPageDto } from '../dto/documents.dto.js';
import { CommandAnswerDto } from '../dto/submission.dto.js';
import { pageOf } from '../../http/page.js';
import { AnswersDto, InquiriesDto } from './dto.js';
import { EligibilityDesk } from './eligibility-desk.js';
import { answersRequest, inquiriesRequest } from './requests.js';

const tag = 'eligibility';

/** Is somebody insured, and what is left of the limits: asked by the hospital, answered by the insurer, recorded for both. */
@Controller('v1/eligibility-inquiries')
export class EligibilityController {
  readonly #client: ClaimsClient;
  readonly #desk: EligibilityDesk;

  constructor(@Inject(ClaimsClient) client: ClaimsClient, @Inject(EligibilityDesk) desk: EligibilityDesk) {
    this.#client = client;
    this.#desk = desk;
  }

  @Post()
  @Command('eligibility.ask', { summary: 'Ask an insurer about people and days', description: 'The answer comes later, under the ids that are answered here.', body: InquiriesDto, answer: CommandAnswerDto, tag })
  async ask(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    return this.#desk.ask(write, parse(inquiriesRequest, body));
  }

  @Post('answers')
  @Command('eligibility.answer', {
    summary: 'Answer inquiries',
    description: 'From the insurer’s newest statements; both parties’ peers compute the answer. Without ids: the open ones of one hospital, up to a hundred.',
    body: AnswersDto,
    answer: CommandAnswerDto,
    tag,
  })
  async answer(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    return this.#desk.answer(write, parse(answersRequest, body).inquiryIds);
  }

  @Get()
  @Paged()
  @Query('eligibility.read', { summary: 'All inquiries, answered or not', answer: DocumentPageDto, tag })
  async inquiries(@QueryText() query: Record<string, unknown>): Promise<DocumentPage> {
    const { after, limit } = pageOf(query);

    return this.#client.list('eligibility', after, limit);
  }

  @Get(':inquiryId')
  @Query('eligibility.read', { summary: 'An inquiry: from version 2 on the receipt of what was answered, when and by whom', answer: DocumentDto, tag })
  async inquiry(@Param('inquiryId') inquiryId: string): Promise<EligibilityDocument> {
    return this.#client.newest<EligibilityDocument>('eligibility', inquiryId);
  }
}
