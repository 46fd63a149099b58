import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { parse } from '@medaccord/domain';
import type { AuthorisationDocument } from '@medaccord/domain';
import { Command, Query } from '../http/endpoint.decorators.js';
import { CurrentWrite } from '../idempotency/current-write.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { ClaimsClient } from '../ledger/claims-client.js';
import { cancelAuthorisation, decideAuthorisation, requestAuthorisation } from './authorisation-desk.js';
import { authorisationDecisionRequest, authorisationToRequest } from './authorisation-requests.js';
import type { CommandAnswer } from './claim-copies.js';
import { AuthorisationDecisionDto, AuthorisationToRequestDto } from './dto/authorisation.dto.js';
import { DocumentDto } from './dto/documents.dto.js';
import { WithdrawalDto } from './dto/life-cycle.dto.js';
import { CommandAnswerDto } from './dto/submission.dto.js';
import { withdrawalRequest } from './life-cycle-requests.js';

const tag = 'authorisations';
const answer = CommandAnswerDto;

/** Services that are approved before they are done. */
@Controller('v1/authorisations')
export class AuthorisationsController {
  readonly #client: ClaimsClient;

  constructor(@Inject(ClaimsClient) client: ClaimsClient) {
    this.#client = client;
  }

  @Post()
  @Command('authorisations.request', {
    summary: 'Ask an insurer to approve services',
    description: 'The answer’s id is the number that claims name. The legal clock starts: 72 hours where it is urgent, else 7 days (cms) or 15 (erisa).',
    body: AuthorisationToRequestDto,
    answer,
    tag,
  })
  async request(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    return requestAuthorisation(this.#client, write, parse(authorisationToRequest, body));
  }

  @Get(':authorisationId')
  @Query('claims.read', { summary: 'An authorisation, and what is used of it', answer: DocumentDto, tag })
  async read(@Param('authorisationId') authorisationId: string): Promise<AuthorisationDocument> {
    return this.#client.newest<AuthorisationDocument>('authorisation', authorisationId);
  }

  @Post(':authorisationId/decision')
  @Command('authorisations.decide', { summary: 'Approve units, or none with the specific reason', body: AuthorisationDecisionDto, answer, tag })
  async decide(@Param('authorisationId') authorisationId: string, @Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    return decideAuthorisation(this.#client, write, authorisationId, parse(authorisationDecisionRequest, body));
  }

  @Post(':authorisationId/cancellation')
  @Command('authorisations.request', { summary: 'Take a request, or what is left of an approval, back', body: WithdrawalDto, answer, tag })
  async cancel(@Param('authorisationId') authorisationId: string, @Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    return cancelAuthorisation(this.#client, write, authorisationId, parse(withdrawalRequest, body).reason);
  }
}
