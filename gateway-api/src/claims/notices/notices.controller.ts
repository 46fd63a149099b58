import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { contactShape, DomainError, NOTICE_TYPES, object, oneOf, parse } from '@medaccord/domain';
import type { Contact, NoticeDocument, NoticeItem } from '@medaccord/domain';
import { Command, Query } from '../../http/endpoint.decorators.js';
import { CurrentWrite } from '../../idempotency/current-write.js';
import type { WriteRequest } from '../../idempotency/write-request.js';
import { ClaimsClient } from '../../ledger/claims-client.js';
import { answerOf } from '../claim-copies.js';
import type { CommandAnswer } from '../claim-copies.js';
import { DocumentDto } from '../dto/documents.dto.js';
import { CommandAnswerDto } from '../dto/submission.dto.js';
import { standingDecision } from '../originals.js';
import { NoticeRequestDto } from './dto.js';

const tag = 'notices';
const STEP = 'notice';
const noticeRequest = object<{ readonly type: NoticeItem['type']; readonly contact: Contact }>({ type: oneOf(NOTICE_TYPES), contact: contactShape });

/** What the insured person is told about a decision. */
@Controller('v1/claims/:claimId/notices')
export class NoticesController {
  readonly #client: ClaimsClient;

  constructor(@Inject(ClaimsClient) client: ClaimsClient) {
    this.#client = client;
  }

  @Post()
  @Command('notices.write', {
    summary: 'Write the explanation of benefits, or the notice of what is not paid',
    description: 'From the decision that stands, in words; the notice says how to appeal and until when. Recorded with the insurer.',
    body: NoticeRequestDto,
    answer: CommandAnswerDto,
    tag,
  })
  async write(@Param('claimId') claimId: string, @Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    const { type, contact } = parse(noticeRequest, body);
    return answerOf(await this.#client.applyOnce(write, STEP, async () => {
      const decision = standingDecision(await this.#client.claim(claimId));
      if (decision === undefined) throw new DomainError('DOCUMENT_NOT_FOUND', { kind: 'adjudication' });
      const { claim, adjudication, eob } = decision;
      const before = await this.#client.newestOrNone<NoticeDocument>('notice', claimId);

      return {
        parties: claim.parties, body: { verb: 'issueNotices', items: [{ type, version: (before?.version ?? 0) + 1, claim, adjudication, eob }], contact },
      };
    }));
  }

  @Get()
  @Query('notices.read', { summary: 'The newest notice about a claim, word for word', answer: DocumentDto, tag })
  async newest(@Param('claimId') claimId: string): Promise<NoticeDocument> {
    return this.#client.newest<NoticeDocument>('notice', claimId);
  }
}
