import { Body, Controller, Get, Inject, Param, Post, Query as QueryText } from '@nestjs/common';
import { integer, list, mandateShape, mspId, object, opaqueId, optional, parse } from '@medaccord/domain';
import type { DocumentPage, MandateBody, MandateDocument, OpaqueId, Shape } from '@medaccord/domain';
import { GATEWAY_CONFIG } from '../../config/gateway-config.js';
import type { GatewayConfig } from '../../config/gateway-config.js';
import { Command, Paged, Query } from '../../http/endpoint.decorators.js';
import { CurrentWrite } from '../../idempotency/current-write.js';
import type { WriteRequest } from '../../idempotency/write-request.js';
import { ClaimsClient, opaqueIdOf } from '../../ledger/claims-client.js';
import { answerOf } from '../claim-copies.js';
import type { CommandAnswer } from '../claim-copies.js';
import { DocumentDto, DocumentPageDto } from '../dto/documents.dto.js';
import { CommandAnswerDto } from '../dto/submission.dto.js';
import { pageOf } from '../../http/page.js';
import { RecordMandatesDto } from './dto.js';

const tag = 'mandates';

interface MandatesRequest {
  readonly partnerMsp: string;
  readonly items: readonly { readonly mandateId?: OpaqueId; readonly version?: number; readonly mandate: MandateBody }[];
}

const mandatesRequest: Shape<MandatesRequest> = object<MandatesRequest>({
  partnerMsp: mspId,
  items: list(object<MandatesRequest['items'][number]>({ mandateId: optional(opaqueId), version: optional(integer(1)), mandate: mandateShape }), 1, 100),
});

/** Who acts in this organisation's name. */
@Controller('v1/mandates')
export class MandatesController {
  readonly #client: ClaimsClient;
  readonly #config: GatewayConfig;

  constructor(@Inject(ClaimsClient) client: ClaimsClient, @Inject(GATEWAY_CONFIG) config: GatewayConfig) {
    this.#client = client;
    this.#config = config;
  }

  @Post()
  @Command('mandates.write', {
    summary: 'Record whom this organisation lets act in its name',
    description: 'The agent’s people then send the header `Mandate-Id`; what they write names both. Ends early by a new version with `revoked`.',
    body: RecordMandatesDto,
    answer: CommandAnswerDto,
    tag,
  })
  async record(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    const { partnerMsp, items } = parse(mandatesRequest, body);
    const mandates = items.map(({ mandateId, version = 1, mandate }, index) => ({ id: mandateId ?? opaqueIdOf(write.derive(`mandate ${index}`)), version, body: mandate }));

    return answerOf(await this.#client.apply(write, 'mandates', { parties: this.#partiesWith(partnerMsp, write), body: { verb: 'recordMandates', items: mandates } }));
  }

  @Get()
  @Paged()
  @Query('mandates.read', { summary: 'All mandates of this organisation', answer: DocumentPageDto, tag })
  async mandates(@QueryText() query: Record<string, unknown>): Promise<DocumentPage> {
    const { after, limit } = pageOf(query);

    return this.#client.list('mandate', after, limit);
  }

  @Get(':mandateId')
  @Query('mandates.read', { summary: 'A mandate', answer: DocumentDto, tag })
  async mandate(@Param('mandateId') mandateId: string): Promise<MandateDocument> {
    return this.#client.newest<MandateDocument>('mandate', mandateId);
  }

  /** Every command names an insurer and a hospital; the role says which of them we are. */
  #partiesWith(partnerMsp: string, { actor }: WriteRequest): { readonly insurerMsp: string; readonly hospitalMsp: string } {
    const { mspId: own } = this.#config;

    return actor.role === 'plan-admin' ? { insurerMsp: own, hospitalMsp: partnerMsp } : { insurerMsp: partnerMsp, hospitalMsp: own };
  }
}
