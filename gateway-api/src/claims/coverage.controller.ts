import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query as QueryText } from '@nestjs/common';
import { parse } from '@medaccord/domain';
import type { CoverageDocument, DocumentPage, FeeScheduleDocument, PlanDocument } from '@medaccord/domain';
import { Command, Paged, Query } from '../http/endpoint.decorators.js';
import { CurrentWrite } from '../idempotency/current-write.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { ClaimsClient } from '../ledger/claims-client.js';
import type { CommandAnswer } from './claim-copies.js';
import {
  EligibilityDto, EligibilityRequestDto, PlanDocumentDto, RecordAccumulatorsDto, RecordCoveragesDto, RecordPlansDto,
} from './dto/coverage.dto.js';
import { DocumentDto, DocumentPageDto } from './dto/documents.dto.js';
import { RecordFeeSchedulesDto } from './dto/fee-schedule.dto.js';
import { CommandAnswerDto } from './dto/submission.dto.js';
import { InsurerStatements } from './insurer-statements.js';
import type { Eligibility } from './insurer-statements.js';
import { pageOf } from '../http/page.js';
import { coveragesRequest, eligibilityRequest, feeSchedulesRequest, plansRequest, totalsRequest } from './requests.js';

const tag = 'coverage';

/** What an insurer states: plans, coverages, totals; and the prices between it and a hospital. */
@Controller('v1')
export class CoverageController {
  readonly #client: ClaimsClient;
  readonly #statements: InsurerStatements;

  constructor(@Inject(ClaimsClient) client: ClaimsClient, @Inject(InsurerStatements) statements: InsurerStatements) {
    this.#client = client;
    this.#statements = statements;
  }

  @Post('benefit-plans')
  @Command('plans.write', { summary: 'Record benefit plans', body: RecordPlansDto, answer: CommandAnswerDto, tag })
  async recordPlans(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    return this.#statements.recordPlans(write, parse(plansRequest, body).items);
  }

  @Get('benefit-plans')
  @Paged()
  @Query('plans.read', { summary: 'All benefit plans', answer: DocumentPageDto, tag })
  async plans(@QueryText() query: Record<string, unknown>): Promise<DocumentPage> {
    const { after, limit } = pageOf(query);

    return this.#client.list('plan', after, limit);
  }

  @Get('benefit-plans/:planId')
  @Query('plans.read', { summary: 'A benefit plan', answer: PlanDocumentDto, tag })
  async plan(@Param('planId') planId: string): Promise<PlanDocument> {
    return this.#client.newest<PlanDocument>('plan', planId);
  }

  @Post('coverages')
  @Command('coverage.write', {
    summary: 'Record who is insured, and who is not known',
    description: 'The answer’s ids are keyed by a secret of this gateway; a claim of the same person finds them.',
    body: RecordCoveragesDto,
    answer: CommandAnswerDto,
    tag,
  })
  async recordCoverages(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    return this.#statements.recordCoverages(write, parse(coveragesRequest, body).items);
  }

  @Get('coverages/:coverageId')
  @Query('coverage.read', { summary: 'A person’s coverage', answer: DocumentDto, tag })
  async coverage(@Param('coverageId') coverageId: string): Promise<CoverageDocument> {
    return this.#client.newest<CoverageDocument>('coverage', coverageId);
  }

  @Post('eligibility')
  @HttpCode(200)
  @Query('coverage.read', {
    summary: 'Is a person insured on a date, and what is used of the limits',
    description: 'A question in a body, because no address may name a patient. Changes nothing.',
    answer: EligibilityDto,
    tag,
  })
  async eligibility(@Body() body: EligibilityRequestDto): Promise<Eligibility> {
    return this.#statements.eligibility(parse(eligibilityRequest, body));
  }

  @Post('accumulators')
  @Command('coverage.write', { summary: 'Record families’ totals as they begin, or begin anew', body: RecordAccumulatorsDto, answer: CommandAnswerDto, tag })
  async recordAccumulators(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    return this.#statements.recordAccumulators(write, parse(totalsRequest, body).items);
  }

  @Post('fee-schedules')
  @Command('fee-schedules.write', {
    summary: 'Record the prices of the contract with a hospital',
    description: 'Both parties hold them. Listed prices are committed by one root; a claim’s transaction carries the entries that it uses.',
    body: RecordFeeSchedulesDto,
    answer: CommandAnswerDto,
    tag,
  })
  async recordFeeSchedules(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    const { hospitalMsp, items } = parse(feeSchedulesRequest, body);

    return this.#statements.recordFeeSchedules(write, hospitalMsp, items);
  }

  @Get('fee-schedules')
  @Paged()
  @Query('fee-schedules.read', { summary: 'All fee schedules, without their entries', answer: DocumentPageDto, tag })
  async feeSchedules(@QueryText() query: Record<string, unknown>): Promise<DocumentPage> {
    const { after, limit } = pageOf(query);

    return this.#client.list('fee-schedule', after, limit);
  }

  @Get('fee-schedules/:feeScheduleId')
  @Query('fee-schedules.read', { summary: 'A fee schedule, without its entries', answer: DocumentDto, tag })
  async feeSchedule(@Param('feeScheduleId') feeScheduleId: string): Promise<FeeScheduleDocument> {
    return this.#client.newest<FeeScheduleDocument>('fee-schedule', feeScheduleId);
  }
}
