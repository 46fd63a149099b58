import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query as QueryText } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { DomainError, parse } from '@medaccord/domain';
import type { AdjudicationDocument, EobDocument, PaymentDocument, Recomputation, RecomputationPage, ReviewItem } from '@medaccord/domain';
import { Command, Paged, Query } from '../http/endpoint.decorators.js';
import { CurrentActor } from '../auth/access.decorators.js';
import type { Actor } from '../auth/caller.js';
import { CurrentWrite } from '../idempotency/current-write.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { ClaimsClient } from '../ledger/claims-client.js';
import { RegistryClient } from '../ledger/registry-client.js';
import { AdjudicationDesk } from './adjudication-desk.js';
import type { DeskResult } from './adjudication-desk.js';
import { readCredentialFindings } from './credential-findings.js';
import type { CredentialFindings } from './credential-findings.js';
import { ReviewDesk } from './surroundings/review-desk.js';
import { AdjudicateDto, AdjudicationAnswerDto, AdjudicationFileDto, RecomputationDto, RecomputationPageDto, ReviewItemDto } from './dto/adjudication.dto.js';
import { CredentialFindingsDto } from './dto/credential-findings.dto.js';
import { pageIn } from '../http/page.js';
import { adjudicateRequest, recomputationsRequest, reviewRequest } from './requests.js';

const tag = 'adjudications';

/** A decision and what it rests on. */
export interface AdjudicationFile {
  readonly adjudication: AdjudicationDocument;
  readonly eob: EobDocument;
  readonly payment: PaymentDocument | null;
}

/** Decisions on claims. */
@Controller('v1')
export class AdjudicationsController {
  readonly #client: ClaimsClient;
  readonly #desk: AdjudicationDesk;
  readonly #reviews: ReviewDesk;
  readonly #registry: RegistryClient;

  constructor(
    @Inject(ClaimsClient) client: ClaimsClient, @Inject(AdjudicationDesk) desk: AdjudicationDesk, @Inject(ReviewDesk) reviews: ReviewDesk,
    @Inject(RegistryClient) registry: RegistryClient,
  ) {
    this.#client = client;
    this.#desk = desk;
    this.#reviews = reviews;
    this.#registry = registry;
  }

  @Post('adjudications')
  @Command('claims.adjudicate', {
    summary: 'Decide claims',
    description: 'The gateway gathers coverage, plan, contract, totals and history with their proofs; both parties’ peers compute the decision. A claim that cannot be decided leaves the others alone.',
    body: AdjudicateDto,
    answer: AdjudicationAnswerDto,
    tag,
  })
  async decide(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<DeskResult> {
    return this.#desk.adjudicate(write, parse(adjudicateRequest, body).claims);
  }

  @Get('adjudications/:claimId')
  @Query('claims.read', { summary: 'How a claim was decided', answer: AdjudicationFileDto, tag })
  async read(@Param('claimId') claimId: string): Promise<AdjudicationFile> {
    const { adjudication, eob, payment } = await this.#client.claim(claimId);
    if (adjudication === null || eob === null) throw new DomainError('DOCUMENT_NOT_FOUND', { kind: 'adjudication' });

    return { adjudication, eob, payment };
  }

  @Get('claims/:claimId/credential-findings')
  @Query('credential-findings.read', {
    summary: 'What stands behind a denial with CO-B7',
    description: 'Board, licence, orders with their numbers, effective and recorded dates, as known when the claim was decided. Remittance and explanation of benefits carry codes only.',
    answer: CredentialFindingsDto,
    tag,
  })
  async credentialFindings(@Param('claimId') claimId: string, @CurrentActor() actor: Actor): Promise<CredentialFindings> {
    return readCredentialFindings(this.#client, this.#registry, actor.role, claimId);
  }

  @Post('adjudications/:claimId/recompute')
  @HttpCode(200)
  @Query('claims.read', { summary: 'Compute a decision again', description: 'From the rule versions and facts that it names, with the licences as they were known then. Changes nothing.', answer: RecomputationDto, tag })
  async recompute(@Param('claimId') claimId: string): Promise<Recomputation> {
    return this.#client.recompute(claimId);
  }

  @Get('recomputations')
  @Paged({ after: 'Key of the adjudication to go on after.' })
  @Query('claims.read', {
    summary: 'Compute every decision again',
    description: 'Each decision that this organisation holds, taken-back ones too, from its own copies. Changes nothing.',
    answer: RecomputationPageDto,
    tag,
  })
  async recomputations(@QueryText() query: Readonly<Record<string, unknown>>): Promise<RecomputationPage> {
    const { after, limit } = pageIn(recomputationsRequest, query);
    return this.#client.recomputations(after, limit);
  }

  @Get('reviews')
  @ApiQuery({ name: 'npi', description: 'The provider whose past changed.' })
  @ApiQuery({ name: 'from', description: 'First day of service.' })
  @ApiQuery({ name: 'thru', description: 'Last day of service.' })
  @Query('reviews.read', {
    summary: 'Decided services whose provider’s standing is known otherwise today',
    description: 'With both standings, under each number that ever was said to be the provider’s. The decisions stand until a person looks; nothing is taken back.',
    answer: [ReviewItemDto],
    tag,
  })
  async reviews(@QueryText() query: unknown): Promise<readonly ReviewItem[]> {
    const { npi, from, thru } = parse(reviewRequest, { ...(query as object) });

    return this.#reviews.affected(npi, from, thru);
  }
}
