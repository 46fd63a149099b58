import { Body, Controller, Inject, Post } from '@nestjs/common';
import { parse } from '@medaccord/domain';
import { Command } from '../http/endpoint.decorators.js';
import { CurrentWrite } from '../idempotency/current-write.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { ClaimsClient } from '../ledger/claims-client.js';
import type { CommandAnswer } from './claim-copies.js';
import { ReopenClaimsDto } from './dto/life-cycle.dto.js';
import { CommandAnswerDto } from './dto/submission.dto.js';
import { reopenRequest } from './life-cycle-requests.js';
import { reopenClaims } from './reopening.js';

const tag = 'life cycle';

/** What happens to a claim besides being submitted, decided and paid. */
@Controller('v1')
export class LifeCycleController {
  readonly #client: ClaimsClient;

  constructor(@Inject(ClaimsClient) client: ClaimsClient) {
    this.#client = client;
  }

  @Post('reopenings')
  @Command('claims.reopen', {
    summary: 'Take decisions back, so that their claims wait again',
    description: 'By a second person. What the decisions had posted is undone in the same transaction; a paid one stands as a reversal beside its correction in the next remittance.',
    body: ReopenClaimsDto,
    answer: CommandAnswerDto,
    tag,
  })
  async reopen(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    return reopenClaims(this.#client, write, parse(reopenRequest, body).claims);
  }
}
