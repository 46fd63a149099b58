import { Body, Controller, Get, Inject, Param, Post, Query as QueryText } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { parse } from '@medaccord/domain';
import type { ClaimLife, PendPage } from '@medaccord/domain';
import { Command, Paged, Query } from '../http/endpoint.decorators.js';
import { CurrentWrite } from '../idempotency/current-write.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { ClaimsClient } from '../ledger/claims-client.js';
import type { CommandAnswer } from './claim-copies.js';
import {
  AnswerDto, AppealDecisionDto, AppealRequestDto, ClaimLifeDto, PendPageDto, QuestionDto, ReleasesDto, ReopenClaimsDto, RoutingDto, WithdrawalDto,
} from './dto/life-cycle.dto.js';
import { CommandAnswerDto } from './dto/submission.dto.js';
import { LifeCycleDesk } from './life-cycle-desk.js';
import {
  answerContent, appealDecisionRequest, appealRequest, questionRequest, queueRequest, releaseRequest, reopenRequest, routingRequest, withdrawalRequest,
} from './life-cycle-requests.js';
import { pageOf } from '../http/page.js';
import { reopenClaims } from './reopening.js';

const tag = 'life cycle';
const answer = CommandAnswerDto;

/** What happens to a claim besides being submitted, decided and paid. */
@Controller('v1')
export class LifeCycleController {
  readonly #client: ClaimsClient;
  readonly #desk: LifeCycleDesk;

  constructor(@Inject(ClaimsClient) client: ClaimsClient, @Inject(LifeCycleDesk) desk: LifeCycleDesk) {
    this.#client = client;
    this.#desk = desk;
  }

  @Get('claims/:claimId/history')
  @Query('claims.read', { summary: 'Where a claim stands, and who did what under which rules', answer: ClaimLifeDto, tag })
  async history(@Param('claimId') claimId: string): Promise<ClaimLife> {
    return this.#client.life(claimId);
  }

  @Post('reopenings')
  @Command('claims.reopen', {
    summary: 'Take decisions back, so that their claims wait again',
    description: 'By a second person. What the decisions had posted is undone in the same transaction; a paid one stands as a reversal beside its correction in the next remittance.',
    body: ReopenClaimsDto,
    answer,
    tag,
  })
  async reopen(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    return reopenClaims(this.#client, write, parse(reopenRequest, body).claims);
  }

  @Post('claims/:claimId/appeals')
  @Command('appeals.file', { summary: 'File a level of an appeal', description: 'Against the decision that stands, within the time of its product.', body: AppealRequestDto, answer, tag })
  async appeal(@Param('claimId') claimId: string, @Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    return this.#desk.fileAppeal(write, claimId, parse(appealRequest, body));
  }

  @Post('claims/:claimId/appeals/decision')
  @Command('appeals.decide', { summary: 'Decide an appeal', description: 'By a second person, or as the external reviewer said. An overturned decision is then opened again.', body: AppealDecisionDto, answer, tag })
  async decideAppeal(@Param('claimId') claimId: string, @Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    return this.#desk.decideAppeal(write, claimId, parse(appealDecisionRequest, body));
  }

  @Post('claims/:claimId/appeals/withdrawal')
  @Command('appeals.file', { summary: 'Withdraw an appeal', description: 'By the organisation that filed it.', body: WithdrawalDto, answer, tag })
  async withdrawAppeal(@Param('claimId') claimId: string, @Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    return this.#desk.withdrawAppeal(write, claimId, parse(withdrawalRequest, body).reason);
  }

  @Get('pends')
  @ApiQuery({ name: 'queue', description: 'The queue.' })
  @Paged({ limit: '1 to 1000 waiting claims to look through; 100 where left out.' })
  @Query('pends.read', { summary: 'Claims in a queue', description: 'In the order of their ids; a page may hold fewer than it looked through.', answer: PendPageDto, tag })
  async pends(@QueryText() query: Record<string, unknown>): Promise<PendPage> {
    const { queue: name, ...rest } = query;
    const { queue } = parse(queueRequest, { queue: name });
    const { after, limit } = pageOf(rest);

    return this.#client.pends(queue, after, limit);
  }

  @Post('claims/:claimId/pend')
  @Command('pends.work', { summary: 'Put a waiting claim into a queue', description: 'For somebody, until a day.', body: RoutingDto, answer, tag })
  async route(@Param('claimId') claimId: string, @Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    return this.#desk.route(write, claimId, parse(routingRequest, body));
  }

  @Post('claims/:claimId/pend/question')
  @Command('pends.work', { summary: 'Ask for information', description: 'The clock of prompt payment stands still until the answer, where the product says so.', body: QuestionDto, answer, tag })
  async ask(@Param('claimId') claimId: string, @Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    return this.#desk.ask(write, claimId, parse(questionRequest, body));
  }

  @Post('claims/:claimId/pend/answer')
  @Command('pends.answer', { summary: 'Answer what was asked', description: 'Documents by their hashes; a provider’s answer comes from the hospital, a patient’s from the insurer.', body: AnswerDto, answer, tag })
  async answer(@Param('claimId') claimId: string, @Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    return this.#desk.answer(write, claimId, parse(answerContent, body));
  }

  @Post('claims/:claimId/pend/release')
  @Command('pends.release', { summary: 'Lift holds', description: 'A supervisor, as a second person and with a reason; the next decision counts it.', body: ReleasesDto, answer, tag })
  async release(@Param('claimId') claimId: string, @Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    return this.#desk.release(write, claimId, parse(releaseRequest, body));
  }
}
