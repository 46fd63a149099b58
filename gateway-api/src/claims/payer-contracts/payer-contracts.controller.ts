import { Body, Controller, Get, Inject, Post, Query as QueryText } from '@nestjs/common';
import { integer, list, mspId, object, opaqueId, optional, parse, participationShape, payerContractShape } from '@medaccord/domain';
import type { CommandBody, DocumentPage, OpaqueId, ParticipationBody, PayerContractBody, Shape } from '@medaccord/domain';
import { Command, Paged, Query } from '../../http/endpoint.decorators.js';
import { CurrentWrite } from '../../idempotency/current-write.js';
import type { WriteRequest } from '../../idempotency/write-request.js';
import { ClaimsClient, opaqueIdOf } from '../../ledger/claims-client.js';
import { answerOf } from '../claim-copies.js';
import type { CommandAnswer } from '../claim-copies.js';
import { DocumentPageDto } from '../dto/documents.dto.js';
import { CommandAnswerDto } from '../dto/submission.dto.js';
import { pageOf } from '../../http/page.js';
import { RecordContractsDto, RecordParticipationsDto } from './dto.js';

const tag = 'contracts';
const STEP = 'contracts';

interface Statement<Body> {
  readonly id?: OpaqueId;
  readonly version?: number;
  readonly body: Body;
}

interface Statements<Body> {
  readonly hospitalMsp: string;
  readonly items: readonly Statement<Body>[];
}

function statements<Body>(body: Shape<Exclude<Body, undefined>>): Shape<Statements<Body>> {
  return object<Statements<Body>>({ hospitalMsp: mspId, items: list(object<Statement<Body>>({ id: optional(opaqueId), version: optional(integer(1)), body }), 1, 100) });
}

const contractsRequest = statements<PayerContractBody>(payerContractShape);
const participationsRequest = statements<ParticipationBody>(participationShape);

/** What an insurer and a hospital agreed beside the prices, and who takes part in which network. */
@Controller('v1')
export class PayerContractsController {
  readonly #client: ClaimsClient;

  constructor(@Inject(ClaimsClient) client: ClaimsClient) {
    this.#client = client;
  }

  @Post('payer-contracts')
  @Command('fee-schedules.write', { summary: 'Record contracts with a hospital', description: 'Payee, networks, products, and how long one waits for the other’s signature. Both hold them.', body: RecordContractsDto, answer: CommandAnswerDto, tag })
  async contracts(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    const { hospitalMsp, items } = parse(contractsRequest, body);

    return this.#record(write, hospitalMsp, { verb: 'recordContracts', items: withIds(write, items) });
  }

  @Post('participations')
  @Command('fee-schedules.write', { summary: 'Record who takes part in a network for whom', body: RecordParticipationsDto, answer: CommandAnswerDto, tag })
  async participations(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    const { hospitalMsp, items } = parse(participationsRequest, body);

    return this.#record(write, hospitalMsp, { verb: 'recordParticipations', items: withIds(write, items) });
  }

  @Get('payer-contracts')
  @Paged()
  @Query('fee-schedules.read', { summary: 'All contracts', answer: DocumentPageDto, tag })
  async allContracts(@QueryText() query: Record<string, unknown>): Promise<DocumentPage> {
    const { after, limit } = pageOf(query);

    return this.#client.list('payer-contract', after, limit);
  }

  @Get('participations')
  @Paged()
  @Query('fee-schedules.read', { summary: 'All participations', answer: DocumentPageDto, tag })
  async allParticipations(@QueryText() query: Record<string, unknown>): Promise<DocumentPage> {
    const { after, limit } = pageOf(query);

    return this.#client.list('participation', after, limit);
  }

  async #record(write: WriteRequest, hospitalMsp: string, body: CommandBody): Promise<CommandAnswer> {
    return answerOf(await this.#client.apply(write, STEP, { parties: { insurerMsp: this.#client.mspId, hospitalMsp }, body }));
  }
}

function withIds<Body>(write: WriteRequest, items: readonly Statement<Body>[]): readonly { readonly id: OpaqueId; readonly version: number; readonly body: Body }[] {
  return items.map(({ id, version = 1, body }, index) => ({ id: id ?? opaqueIdOf(write.derive(`agreed ${index}`)), version, body }));
}
