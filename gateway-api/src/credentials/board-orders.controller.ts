import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { batchShape, orderDocumentQueryShape, parse } from '@medaccord/domain';
import type { ItemOutcome, OrderDocument } from '@medaccord/domain';
import { CurrentActor } from '../auth/access.decorators.js';
import type { Actor } from '../auth/caller.js';
import { BatchOutcomeDto } from '../http/batch.dto.js';
import { withDefaults } from '../http/body-fields.js';
import { Command, Query } from '../http/endpoint.decorators.js';
import { CurrentWrite } from '../idempotency/current-write.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { RegistryClient } from '../ledger/registry-client.js';
import type { BatchOutcome, BoardOrderOutcome, Recorded } from '../ledger/registry-client.js';
import { actionIdOf } from './action-id.js';
import { BoardOrderOutcomeDto, OrderDocumentDto, OrderDraftDto, RecordBoardOrderDto, RecordBoardOrdersDto } from './board-orders.dto.js';
import { LICENCE_PATH, licenceOrClassOf, LicenceParams } from './licence-path.js';
import type { LicenceParameters } from './licence-path.js';
import { OrderDesk } from './order-desk.js';
import { draftView } from './order-draft-view.js';
import type { OrderDraftView } from './order-draft-view.js';

const tag = 'board orders';
const mostItems = 1000;

/** Orders of the own board: made by one person, or proposed by one and approved by another. */
@Controller('v1')
export class BoardOrdersController {
  readonly #desk: OrderDesk;
  readonly #registry: RegistryClient;

  constructor(@Inject(OrderDesk) desk: OrderDesk, @Inject(RegistryClient) registry: RegistryClient) {
    this.#desk = desk;
    this.#registry = registry;
  }

  @Post(`${LICENCE_PATH}/orders`)
  @Command('licences.order', { summary: 'Record an order that one person may make', description: 'All steps or none. A revocation, summary suspension, reinstatement, void, seal or the board’s own stay of what ends practice is proposed instead. A class of licences has `*` for its number and is extended by one order (EXTEND_CLASS).', body: RecordBoardOrderDto, answer: BoardOrderOutcomeDto, tag })
  @LicenceParams()
  async record(@Param() path: LicenceParameters, @Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<Recorded<BoardOrderOutcome>> {
    return this.#desk.record(licenceOrClassOf(path), body, write);
  }

  @Post('licence-orders')
  @Command('licences.order', { summary: 'Record orders on many licences, such as renewals', description: 'A result per item; at most 1,000 items, of one person each.', body: RecordBoardOrdersDto, answer: BatchOutcomeDto, tag })
  async recordMany(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<Recorded<BatchOutcome<ItemOutcome<'RECORDED'>>>> {
    const { items } = parse(batchShape(mostItems), body);

    return this.#registry.recordBoardOrders(write, { items: items.map((item, index) => withDefaults(item, { actionId: actionIdOf(write, index) })) });
  }

  @Post(`${LICENCE_PATH}/order-drafts`)
  @Command('order-drafts.propose', { summary: 'Propose an order for another person to approve', description: 'Known to this organisation alone until it is recorded.', body: RecordBoardOrderDto, answer: OrderDraftDto, tag })
  @LicenceParams()
  async propose(@Param() path: LicenceParameters, @Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<OrderDraftView> {
    return draftView(await this.#desk.propose(licenceOrClassOf(path), body, write));
  }

  @Get('order-drafts')
  @Query('order-drafts.read', { summary: 'Proposed orders that wait for approval, oldest first', answer: [OrderDraftDto], tag })
  async waiting(@CurrentActor() actor: Actor): Promise<readonly OrderDraftView[]> {
    return (await this.#desk.waiting(actor)).map(draftView);
  }

  @Get('order-drafts/:draft')
  @Query('order-drafts.read', { summary: 'A proposed order, or what became of it', answer: OrderDraftDto, tag })
  async draft(@Param('draft') id: string, @CurrentActor() actor: Actor): Promise<OrderDraftView> {
    return draftView(await this.#desk.find(id, actor));
  }

  @Post('order-drafts/:draft/approval')
  @Command('order-drafts.decide', { summary: 'Countersign a proposed order and record it', description: 'Not by its proposer.', answer: BoardOrderOutcomeDto, tag })
  async approve(@Param('draft') id: string, @CurrentWrite() write: WriteRequest): Promise<Recorded<BoardOrderOutcome>> {
    return this.#desk.approve(id, write);
  }

  @Post('order-drafts/:draft/refusal')
  @Command('order-drafts.decide', { summary: 'Decline a proposed order', status: 200, answer: OrderDraftDto, tag })
  async decline(@Param('draft') id: string, @CurrentActor() actor: Actor): Promise<OrderDraftView> {
    return draftView(await this.#desk.decline(id, actor));
  }

  @Post('order-drafts/:draft/withdrawal')
  @Command('order-drafts.propose', { summary: 'Take the own proposal back', status: 200, answer: OrderDraftDto, tag })
  async withdraw(@Param('draft') id: string, @CurrentActor() actor: Actor): Promise<OrderDraftView> {
    return draftView(await this.#desk.withdraw(id, actor));
  }

  @Get(`${LICENCE_PATH}/events/:sequence/document`)
  @Query('order-documents.read', { summary: 'The narrative of an order of the own board', answer: OrderDocumentDto, tag })
  @LicenceParams()
  @ApiParam({ name: 'sequence', type: Number, example: 2 })
  async document(@Param() path: LicenceParameters, @Param('sequence') sequence: string, @CurrentActor() actor: Actor): Promise<OrderDocument> {
    return this.#registry.orderDocument(actor, parse(orderDocumentQueryShape, { licence: licenceOrClassOf(path), sequence: /^\d{1,9}$/.test(sequence) ? Number(sequence) : sequence }));
  }
}
