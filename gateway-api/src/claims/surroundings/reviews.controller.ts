import { Body, Controller, Get, Inject, Param, Post, Query as QueryText } from '@nestjs/common';
import { parse } from '@medaccord/domain';
import type { CoverageChangeDocument, DocumentPage, ReviewListDocument } from '@medaccord/domain';
import { Command, Paged, Query } from '../../http/endpoint.decorators.js';
import { CurrentWrite } from '../../idempotency/current-write.js';
import type { WriteRequest } from '../../idempotency/write-request.js';
import { ClaimsClient } from '../../ledger/claims-client.js';
import { DocumentDto, DocumentPageDto } from '../dto/documents.dto.js';
import { pageOf } from '../../http/page.js';
import { CoverageChangeDesk } from './coverage-change-desk.js';
import type { ChangedCoverages } from './coverage-change-desk.js';
import { ChangedCoveragesDto, CoverageChangesDto, DecidedReviewsDto, ProposedReviewsDto, ReviewDecisionsDto, ReviewRequestDto } from './dto.js';
import { coverageChangesRequest, reviewDecisionsRequest, reviewListRequest } from './requests.js';
import { ReviewDesk } from './review-desk.js';
import type { DecidedReviews, ProposedReviews } from './review-desk.js';

const tag = 'reviews';

/** What reaches back: changes of coverage, and the lists of decisions that would be otherwise now. */
@Controller('v1')
export class ReviewsController {
  readonly #client: ClaimsClient;
  readonly #reviews: ReviewDesk;
  readonly #changes: CoverageChangeDesk;

  constructor(@Inject(ClaimsClient) client: ClaimsClient, @Inject(ReviewDesk) reviews: ReviewDesk, @Inject(CoverageChangeDesk) changes: CoverageChangeDesk) {
    this.#client = client;
    this.#reviews = reviews;
    this.#changes = changes;
  }

  @Post('coverage-changes')
  @Command('coverage.write', {
    summary: 'Change coverages, also with effect in the past',
    description: 'Termination, other periods, a newborn, another member id. Decided claims of the changed days are proposed for review; nothing is taken back by it.',
    body: CoverageChangesDto,
    answer: ChangedCoveragesDto,
    tag,
  })
  async change(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<ChangedCoverages> {
    return this.#changes.change(write, parse(coverageChangesRequest, body).items);
  }

  @Get('coverage-changes/:coverageId')
  @Query('coverage.read', { summary: 'The newest change of a coverage: since when it is so, and since when it is known', answer: DocumentDto, tag })
  async changeOf(@Param('coverageId') coverageId: string): Promise<CoverageChangeDocument> {
    return this.#client.newest<CoverageChangeDocument>('coverage-change', coverageId);
  }

  @Post('review-lists')
  @Command('reviews.propose', {
    summary: 'Propose decisions for review',
    description: 'Finds what was decided under another standing, contract version, plan version or rule set, and computes what it would come to now. One list per hospital and hundred claims.',
    body: ReviewRequestDto,
    answer: ProposedReviewsDto,
    tag,
  })
  async propose(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<ProposedReviews> {
    return this.#reviews.propose(write, parse(reviewListRequest, body));
  }

  @Get('review-lists')
  @Paged()
  @Query('reviews.read', { summary: 'All review lists', answer: DocumentPageDto, tag })
  async lists(@QueryText() query: Record<string, unknown>): Promise<DocumentPage> {
    const { after, limit } = pageOf(query);

    return this.#client.list('review-list', after, limit);
  }

  @Get('review-lists/:reviewListId')
  @Query('reviews.read', { summary: 'A review list: each claim with the outcome then and now, both standings, and what a person said', answer: DocumentDto, tag })
  async list(@Param('reviewListId') reviewListId: string): Promise<ReviewListDocument> {
    return this.#client.newest<ReviewListDocument>('review-list', reviewListId);
  }

  @Post('review-lists/:reviewListId/decisions')
  @Command('reviews.decide', {
    summary: 'Release or dismiss proposals',
    description: 'By a second person. A released claim is opened again and waits for a new decision; what was paid stands as a reversal beside it in the next remittance.',
    body: ReviewDecisionsDto,
    answer: DecidedReviewsDto,
    tag,
  })
  async decide(@Param('reviewListId') reviewListId: string, @Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<DecidedReviews> {
    return this.#reviews.decide(write, reviewListId, parse(reviewDecisionsRequest, body).decisions);
  }
}
