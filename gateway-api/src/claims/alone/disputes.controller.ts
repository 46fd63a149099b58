import { Body, Controller, Get, Inject, Param, Post, Query as QueryText } from '@nestjs/common';
import { DomainError, invalidInput, issue, parse, present } from '@medaccord/domain';
import type { Disputable, DisputeDocument, DocumentPage, OpaqueId } from '@medaccord/domain';
import { Command, Paged, Query } from '../../http/endpoint.decorators.js';
import { CurrentWrite } from '../../idempotency/current-write.js';
import type { WriteRequest } from '../../idempotency/write-request.js';
import { ClaimsClient } from '../../ledger/claims-client.js';
import { answerOf } from '../claim-copies.js';
import type { CommandAnswer } from '../claim-copies.js';
import { DocumentDto, DocumentPageDto } from '../dto/documents.dto.js';
import { CommandAnswerDto } from '../dto/submission.dto.js';
import { pageOf } from '../../http/page.js';
import { DisputeDto, SettlementDto } from './dto.js';
import { disputeRequest, settlementRequest } from './requests.js';
import type { DisputeRequest } from './requests.js';

const tag = 'disputes';
const STEP = 'dispute';

/** What one party says against a document of a claim; it changes nothing by itself. */
@Controller('v1')
export class DisputesController {
  readonly #client: ClaimsClient;

  constructor(@Inject(ClaimsClient) client: ClaimsClient) {
    this.#client = client;
  }

  @Post('claims/:claimId/disputes')
  @Command('disputes.open', { summary: 'Open a dispute', description: 'Recorded with both parties.', body: DisputeDto, answer: CommandAnswerDto, tag })
  async open(@Param('claimId') claimId: string, @Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    const request = parse(disputeRequest, body);
    return answerOf(await this.#client.applyOnce(write, STEP, async () => {
      const { claim } = await this.#client.claim(claimId);
      const about = await this.#disputed(claimId, request);
      const before = await this.#client.newestOrNone<DisputeDocument>('dispute', claimId);
      const { grounds, statement } = request;

      return { parties: claim.parties, body: { verb: 'openDispute', about, ...present('before', before), grounds, statement } };
    }));
  }

  @Post('claims/:claimId/disputes/settlement')
  @Command('disputes.settle', { summary: 'End a dispute', description: 'The party that opened it withdraws it; the other one accepts or refuses it.', body: SettlementDto, answer: CommandAnswerDto, tag })
  async settle(@Param('claimId') claimId: string, @Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    const request = parse(settlementRequest, body);
    return answerOf(await this.#client.applyOnce(write, STEP, async () => {
      const dispute = await this.#client.newest<DisputeDocument>('dispute', claimId);

      return { parties: dispute.parties, body: { verb: 'settleDispute', dispute, ...request } };
    }));
  }

  @Get('disputes')
  @Paged()
  @Query('claims.read', { summary: 'All disputes', answer: DocumentPageDto, tag })
  async disputes(@QueryText() query: Record<string, unknown>): Promise<DocumentPage> {
    const { after, limit } = pageOf(query);

    return this.#client.list('dispute', after, limit);
  }

  @Get('claims/:claimId/disputes')
  @Query('claims.read', { summary: 'The newest dispute about a claim', answer: DocumentDto, tag })
  async dispute(@Param('claimId') claimId: string): Promise<DisputeDocument> {
    return this.#client.newest<DisputeDocument>('dispute', claimId);
  }

  async #disputed(claimId: OpaqueId, { about, document }: DisputeRequest): Promise<Disputable> {
    if ((about === 'document') !== (document !== undefined)) throw invalidInput([issue('INCONSISTENT', '/document')]);
    if (document !== undefined) return document;
    const { claim, adjudication } = await this.#client.claim(claimId);
    const disputed = about === 'claim' ? claim : adjudication;
    if (disputed === null) throw new DomainError('DOCUMENT_NOT_FOUND', { kind: 'adjudication' });

    return disputed;
  }
}
