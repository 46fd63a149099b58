import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { parse } from '@medaccord/domain';
import type { ErasureDocument } from '@medaccord/domain';
import { Command, Query } from '../http/endpoint.decorators.js';
import { CurrentWrite } from '../idempotency/current-write.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { ClaimsClient } from '../ledger/claims-client.js';
import type { CommandAnswer } from './claim-copies.js';
import { DocumentDto } from './dto/documents.dto.js';
import { ErasureAnswerDto, ErasureExecutionDto, ErasureProposalDto } from './dto/erasure.dto.js';
import { CommandAnswerDto } from './dto/submission.dto.js';
import { answerErasure, executeErasure, proposeErasure } from './erasure-desk.js';
import { erasureAnswerRequest, erasureExecutionRequest, erasureProposalRequest } from './erasure-requests.js';

const tag = 'erasure';
const answer = CommandAnswerDto;

/** All that there is about a claim is erased where both parties agree; the fact stays. */
@Controller('v1/claims/:claimId/erasure')
export class ErasuresController {
  readonly #client: ClaimsClient;

  constructor(@Inject(ClaimsClient) client: ClaimsClient) {
    this.#client = client;
  }

  @Get()
  @Query('erasure.read', { summary: 'Where the erasure of a claim stands', answer: DocumentDto, tag })
  async read(@Param('claimId') claimId: string): Promise<ErasureDocument> {
    return this.#client.newest<ErasureDocument>('erasure', claimId);
  }

  @Post()
  @Command('erasure.propose', { summary: 'Ask the other party to erase a claim', description: 'One that waits for nothing. The note is kept until the erasure and must not name a patient.', body: ErasureProposalDto, answer, tag })
  async propose(@Param('claimId') claimId: string, @Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    return proposeErasure(this.#client, write, claimId, parse(erasureProposalRequest, body));
  }

  @Post('answer')
  @Command('erasure.propose', { summary: 'Agree to an erasure, or decline it', description: 'By the party that did not propose it.', body: ErasureAnswerDto, answer, tag })
  async answer(@Param('claimId') claimId: string, @Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    return answerErasure(this.#client, write, claimId, parse(erasureAnswerRequest, body));
  }

  @Post('execution')
  @Command('erasure.execute', {
    summary: 'Erase what both parties agreed to erase',
    description:
      'Purges every version of the claim, its decisions, explanations, payments marks, appeals and pends from both parties’ private data, with their history. Not reached, and to be seen to by each party: answers kept for resent requests (until they expire), uploaded files, backups, exports, and remittances, which are accounts of payment.',
    body: ErasureExecutionDto,
    answer,
    tag,
  })
  async execute(@Param('claimId') claimId: string, @Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    parse(erasureExecutionRequest, body);
    return executeErasure(this.#client, write, claimId);
  }
}
