import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import type { VoidImportBatch } from '@medaccord/domain';
import { CurrentActor } from '../auth/access.decorators.js';
import type { Actor } from '../auth/caller.js';
import { Command, Query } from '../http/endpoint.decorators.js';
import { CurrentWrite } from '../idempotency/current-write.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { BatchVoidDesk } from './batch-void-desk.js';
import type { BatchVoidReport } from './batch-void-desk.js';
import { BatchVoidStore } from './batch-void-store.js';
import type { BatchVoidDraft } from './batch-void-store.js';
import { BatchVoidDraftDto, BatchVoidReportDto, ProposeBatchVoidDto } from './dto/board-work.dto.js';
import { OwnBoards } from './own-boards.js';
import { boardOf } from './requests.js';
import type { Parameters } from './requests.js';

/** A void without the signature, which only its approval needs. */
export type ShownVoid = Omit<BatchVoidDraft, 'signature' | 'batchVoid'> & Pick<VoidImportBatch, 'importBatch' | 'order'>;

const tag = 'boards';

/** Imports that are taken back by two persons. */
@Controller('v1/boards/:board/batch-voids')
@ApiParam({ name: 'board', example: 'wa-nursing' })
export class BatchVoidsController {
  readonly #desk: BatchVoidDesk;
  readonly #drafts: BatchVoidStore;
  readonly #boards: OwnBoards;

  constructor(@Inject(BatchVoidDesk) desk: BatchVoidDesk, @Inject(BatchVoidStore) drafts: BatchVoidStore, @Inject(OwnBoards) boards: OwnBoards) {
    this.#desk = desk;
    this.#drafts = drafts;
    this.#boards = boards;
  }

  @Post()
  @Command('batch-voids.propose', { summary: 'Propose that an import is void', body: ProposeBatchVoidDto, answer: BatchVoidDraftDto, tag })
  async propose(@Param() path: Parameters, @Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<ShownVoid> {
    return shown(await this.#desk.propose(await this.#board(path, write.actor), body, write));
  }

  @Get()
  @Query('board-work.read', { summary: 'Proposed voids that wait for approval, oldest first', answer: [BatchVoidDraftDto], tag })
  async waiting(@Param() path: Parameters, @CurrentActor() actor: Actor): Promise<readonly ShownVoid[]> {
    return (await this.#drafts.waiting(await this.#board(path, actor))).map(shown);
  }

  @Post(':draft/approval')
  @Command('batch-voids.decide', {
    summary: 'Countersign the void of an import and carry it out',
    description: 'Not by its proposer. Each licence to which nothing has happened since the import is made never to have been; the others are refused and listed with the run. Interrupted, the same request goes on.',
    answer: BatchVoidReportDto,
    tag,
  })
  async approve(@Param() path: Parameters, @CurrentWrite() write: WriteRequest): Promise<BatchVoidReport & { readonly run: string }> {
    return { ...(await this.#desk.approve(await this.#board(path, write.actor), String(path['draft']), write)), run: write.operationId };
  }

  @Post(':draft/refusal')
  @Command('batch-voids.decide', { summary: 'Decline the void of an import', status: 200, answer: BatchVoidDraftDto, tag })
  async decline(@Param() path: Parameters, @CurrentActor() actor: Actor): Promise<ShownVoid> {
    return shown(await this.#desk.decline(await this.#board(path, actor), String(path['draft']), actor));
  }

  async #board(path: Parameters, actor: Actor): Promise<string> {
    return (await this.#boards.of(boardOf(path), actor)).id;
  }
}

function shown({ id, proposer, status, decidedBy, batchVoid: { importBatch, order } }: BatchVoidDraft): ShownVoid {
  return { id, proposer, status, decidedBy, importBatch, order };
}
