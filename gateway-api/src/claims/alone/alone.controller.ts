import { Body, Controller, Get, Inject, Param, Post, Query as QueryText } from '@nestjs/common';
import { parse } from '@medaccord/domain';
import type { DocumentPage, LodgedDocument, UnilateralDocument } from '@medaccord/domain';
import { Command, Paged, Query } from '../../http/endpoint.decorators.js';
import { CurrentWrite } from '../../idempotency/current-write.js';
import type { WriteRequest } from '../../idempotency/write-request.js';
import { ClaimsClient } from '../../ledger/claims-client.js';
import type { CommandAnswer } from '../claim-copies.js';
import { DocumentDto, DocumentPageDto } from '../dto/documents.dto.js';
import { CommandAnswerDto } from '../dto/submission.dto.js';
import { pageOf } from '../../http/page.js';
import { ClaimIdDto, ClaimIdsDto, LodgementAttemptDto, LodgementDto, WithdrawalReasonDto } from './dto.js';
import { LodgementDesk } from './lodgement-desk.js';
import { claimIdRequest, claimIdsRequest, lodgementAttemptRequest, lodgementRequest, withdrawalReason } from './requests.js';
import { UnilateralDesk } from './unilateral-desk.js';

const tag = 'alone';
const answer = CommandAnswerDto;

/** What one party does while the other one's peers do not sign. */
@Controller('v1')
export class AloneController {
  readonly #client: ClaimsClient;
  readonly #lodgements: LodgementDesk;
  readonly #decisions: UnilateralDesk;

  constructor(@Inject(ClaimsClient) client: ClaimsClient, @Inject(LodgementDesk) lodgements: LodgementDesk, @Inject(UnilateralDesk) decisions: UnilateralDesk) {
    this.#client = client;
    this.#lodgements = lodgements;
    this.#decisions = decisions;
  }

  @Post('lodgement-attempts')
  @Command('claims.submit', { summary: 'Note that claims could not be submitted', description: 'Dated by the consortium’s clock: a claim that is lodged later counts as filed now. The answer’s ids are the claims’ from now on.', body: LodgementAttemptDto, answer, tag })
  async attempt(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    return this.#lodgements.attempt(write, parse(lodgementAttemptRequest, body));
  }

  @Post('lodgements')
  @Command('claims.submit', { summary: 'Lodge claims without the insurer', description: 'Once the wait of the contract, else 24 hours, is over.', body: LodgementDto, answer, tag })
  async lodge(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    return this.#lodgements.lodge(write, parse(lodgementRequest, body));
  }

  @Post('lodgements/presentations')
  @Command('claims.submit', { summary: 'Present lodged claims to the insurer that is back', description: 'Its peer takes them in by the same checks, as of the day on which they were attempted.', body: ClaimIdsDto, answer, tag })
  async present(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    return this.#lodgements.present(write, parse(claimIdsRequest, body).claimIds);
  }

  @Get('lodgements')
  @Paged()
  @Query('claims.read', { summary: 'Claims that this hospital lodged', answer: DocumentPageDto, tag })
  async lodgements(@QueryText() query: Record<string, unknown>): Promise<DocumentPage> {
    const { after, limit } = pageOf(query);

    return this.#client.list('lodged', after, limit);
  }

  @Get('lodgements/:claimId')
  @Query('claims.read', { summary: 'A lodged claim', answer: DocumentDto, tag })
  async lodgement(@Param('claimId') claimId: string): Promise<LodgedDocument> {
    return this.#client.newest<LodgedDocument>('lodged', claimId);
  }

  @Post('unilateral-decisions/attempts')
  @Command('claims.adjudicate', { summary: 'Note that claims of one hospital could not be decided', body: ClaimIdsDto, answer, tag })
  async attemptDecision(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    return this.#decisions.attempt(write, parse(claimIdsRequest, body).claimIds);
  }

  @Post('unilateral-decisions')
  @Command('claims.adjudicate', { summary: 'Decide a claim without the hospital', description: 'By the same rules, once the wait is over. Nothing is paid on it until it is countersigned.', body: ClaimIdDto, answer, tag })
  async decide(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    return this.#decisions.decide(write, parse(claimIdRequest, body).claimId);
  }

  @Post('unilateral-decisions/:claimId/countersignature')
  @Command('claims.adjudicate', { summary: 'Have the hospital countersign', description: 'Its peer computes the decision again from the versions that it names; another result is refused.', answer, tag })
  async countersign(@Param('claimId') claimId: string, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    return this.#decisions.countersign(write, claimId);
  }

  @Post('unilateral-decisions/:claimId/withdrawal')
  @Command('claims.reopen', { summary: 'Withdraw a decision that was not countersigned', description: 'By a second person; what it reserved is given back.', body: WithdrawalReasonDto, answer, tag })
  async withdraw(@Param('claimId') claimId: string, @Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    return this.#decisions.withdraw(write, claimId, parse(withdrawalReason, body).reason);
  }

  @Get('unilateral-decisions')
  @Paged()
  @Query('claims.read', { summary: 'Decisions that this insurer made alone', answer: DocumentPageDto, tag })
  async decisions(@QueryText() query: Record<string, unknown>): Promise<DocumentPage> {
    const { after, limit } = pageOf(query);

    return this.#client.list('unilateral', after, limit);
  }

  @Get('unilateral-decisions/:claimId')
  @Query('claims.read', { summary: 'A decision made alone', answer: DocumentDto, tag })
  async decision(@Param('claimId') claimId: string): Promise<UnilateralDocument> {
    return this.#client.newest<UnilateralDocument>('unilateral', claimId);
  }
}
