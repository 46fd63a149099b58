import { Controller, Get, Header, Inject, Param, Post, Query as QueryText, Res, StreamableFile } from '@nestjs/common';
import { ApiParam, ApiQuery } from '@nestjs/swagger';
import { parse, present } from '@medaccord/domain';
import type { Response } from 'express';
import { CurrentActor } from '../auth/access.decorators.js';
import type { Actor } from '../auth/caller.js';
import { Command, Paged, Query } from '../http/endpoint.decorators.js';
import { CurrentUpload } from '../http/upload.js';
import type { Upload } from '../http/upload.js';
import { withInteger } from '../http/query-integer.js';
import { CurrentWrite } from '../idempotency/current-write.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { RegistryClient } from '../ledger/registry-client.js';
import { BoardIndex } from './board-index.js';
import { BoardIndexStore } from './board-index-store.js';
import type { BoardFinding, BoardRun } from './board-records.js';
import { BoardRunStore } from './board-run-store.js';
import { changesAsCsv, changesOf } from './change-feed.js';
import type { ChangePage } from './change-feed.js';
import { BoardFindingPageDto, BoardRunDto, ChangePageDto, ReconciliationDto } from './dto/board-work.dto.js';
import { OwnBoards } from './own-boards.js';
import { reconcile } from './reconcile.js';
import type { ReconciliationCounts } from './reconcile.js';
import { boardOf, extractShape, namePage, positionPageOf } from './requests.js';
import type { Parameters } from './requests.js';

const tag = 'boards';
const mostRuns = 100;

/** What a board's own system lives on: the feed of changes, and the comparison with its own records. */
@Controller('v1/boards/:board')
@ApiParam({ name: 'board', description: 'Id of the board’s unit.', example: 'wa-nursing' })
export class BoardWorkController {
  readonly #boards: OwnBoards;
  readonly #index: BoardIndex;
  readonly #store: BoardIndexStore;
  readonly #runs: BoardRunStore;
  readonly #registry: RegistryClient;

  constructor(@Inject(OwnBoards) boards: OwnBoards, @Inject(BoardIndex) index: BoardIndex, @Inject(BoardIndexStore) store: BoardIndexStore, @Inject(BoardRunStore) runs: BoardRunStore, @Inject(RegistryClient) registry: RegistryClient) {
    this.#boards = boards;
    this.#index = index;
    this.#store = store;
    this.#runs = runs;
    this.#registry = registry;
  }

  @Get('changes')
  @Paged({ after: 'Position of the last event that was taken; from the beginning where left out.', position: true, limit: '1 to 500; 100 where left out.' })
  @Query('board-work.read', { summary: 'What changed on the board’s licences, in the order of the chain', description: 'Positions follow from the chain: they are the same at every replica and for ever.', answer: ChangePageDto, tag })
  async changes(@Param() path: Parameters, @QueryText() query: Parameters, @CurrentActor() actor: Actor): Promise<ChangePage> {
    return this.#changes(path, query, actor);
  }

  @Get('changes.csv')
  @Paged({ after: 'Position of the last event that was taken; from the beginning where left out.', position: true, limit: '1 to 500; 100 where left out.' })
  @Header('Cache-Control', 'no-store')
  @Query('board-work.read', { summary: 'The same as a CSV file', description: 'A row per event; the column `position` of the last one, or the header `Medaccord-Next`, says where to go on.', file: 'text/csv; charset=utf-8', tag })
  async changesCsv(@Param() path: Parameters, @QueryText() query: Parameters, @CurrentActor() actor: Actor, @Res({ passthrough: true }) response: Response): Promise<StreamableFile> {
    const { items, next } = await this.#changes(path, query, actor);
    response.setHeader('Medaccord-Next', String(next));

    return new StreamableFile(Buffer.from(changesAsCsv(items), 'utf8'), { type: 'text/csv; charset=utf-8' });
  }

  @Post('reconciliations')
  @ApiQuery({ name: 'jurisdiction', example: 'WA' })
  @ApiQuery({ name: 'type', example: 'RN' })
  @ApiQuery({ name: 'recordedOn', description: 'The day that the extract is of.', example: '2026-03-01' })
  @ApiQuery({ name: 'columns', required: false, description: 'Columns of the extract under other names; others are left out then.', example: 'number=LIC_NO,status=LIC_STATUS,effectiveFrom=ISSUED' })
  @Command('reconciliations.run', {
    summary: 'Compare an extract of the board’s own system with the ledger',
    description: 'A CSV file with the columns of a roster. What is equal is counted; what is missing on either side or different, field by field, is kept with the run (`…/runs/{id}/findings`). Changes nothing on the ledger.',
    upload: 'text/csv',
    answer: ReconciliationDto,
    tag,
  })
  async reconcile(@Param() path: Parameters, @QueryText() query: Parameters, @CurrentUpload() upload: Upload, @CurrentWrite() write: WriteRequest): Promise<{ readonly run: string; readonly counts: ReconciliationCounts }> {
    const board = boardOf(path);
    const extract = parse(extractShape, query);
    await this.#boards.of(board, write.actor);
    const words = (await this.#registry.statusWords(write.actor.role, board)).at(-1);
    const run = write.operationId;
    const parts = { index: this.#index, store: this.#store, runs: this.#runs };
    const counts = await this.#runs.during({ id: run, kind: 'RECONCILIATION', board, label: `${extract.jurisdiction} ${extract.type} ${extract.recordedOn}`, startedBy: write.actor.id }, (note) =>
      reconcile(parts, upload, { ...extract, board, runId: run, ...present('words', words) }, note));

    return { run, counts };
  }

  @Get('runs')
  @Query('board-work.read', { summary: 'The board’s last hundred imports, reconciliations and voids of imports, and how far each is', answer: [BoardRunDto], tag })
  async runs(@Param() path: Parameters, @CurrentActor() actor: Actor): Promise<readonly BoardRun[]> {
    return this.#runs.runs((await this.#boards.of(boardOf(path), actor)).id, mostRuns);
  }

  @Get('runs/:run')
  @Query('board-work.read', { summary: 'How far a run is', answer: BoardRunDto, tag })
  async run(@Param() path: Parameters, @CurrentActor() actor: Actor): Promise<BoardRun> {
    return this.#runs.find((await this.#boards.of(boardOf(path), actor)).id, String(path['run']));
  }

  @Get('runs/:run/findings')
  @Paged({ limit: '1 to 500; 100 where left out.' })
  @Query('board-work.read', { summary: 'What a run found, by licence number', answer: BoardFindingPageDto, tag })
  async findings(@Param() path: Parameters, @QueryText() query: Parameters, @CurrentActor() actor: Actor): Promise<{ readonly items: readonly BoardFinding[]; readonly next?: string }> {
    const { after = '', limit = 100 } = parse(namePage, withInteger(query, 'limit'));
    const { id } = await this.run(path, actor);
    const items = await this.#runs.findings(id, after, limit);

    return { items, ...present('next', items.length < limit ? undefined : items.at(-1)?.number) };
  }

  async #changes(path: Parameters, query: Parameters, actor: Actor): Promise<ChangePage> {
    const { id } = await this.#boards.of(boardOf(path), actor);

    return changesOf({ index: this.#index, store: this.#store }, id, positionPageOf(query));
  }
}
