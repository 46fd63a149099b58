import { Body, Controller, Get, Inject, Param, Post, Query as QueryText, Res, StreamableFile } from '@nestjs/common';
import { ApiParam, ApiQuery } from '@nestjs/swagger';
import { addDays, DomainError, licenceId, object, oneOf, optional, orderDocumentQueryShape, parse, plainDate, present, text } from '@medaccord/domain';
import type { BoardUnit, LicenceView } from '@medaccord/domain';
import type { Response } from 'express';
import { CurrentActor } from '../auth/access.decorators.js';
import type { Actor } from '../auth/caller.js';
import { Command, Paged, Query } from '../http/endpoint.decorators.js';
import { withInteger } from '../http/query-integer.js';
import { CurrentWrite } from '../idempotency/current-write.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { BoardIndex } from './board-index.js';
import { BoardIndexStore } from './board-index-store.js';
import { DoneDto, ExportPageDto, MarkNpdbReportDto, NpdbReportsDto } from './dto/board-exports.dto.js';
import type { Done } from './dto/board-exports.dto.js';
import { fsmbReport } from './fsmb-export.js';
import { npdbReport, reportedTarget } from './npdb-export.js';
import { nursysDiscipline, nursysLicences } from './nursys-export.js';
import { OwnBoards } from './own-boards.js';
import { dayAt } from './public-licence.js';
import { boardOf, namePage } from './requests.js';
import type { Parameters } from './requests.js';

const tag = 'boards';
const mostReports = 500;
const sentReport = object<{ controlNumber: string; sentOn: string }>({ controlNumber: text(/^\d{8,20}$/), sentOn: plainDate });
const reportsQuery = object<{ dueBy?: string; sent?: 'true' | 'false' }>({ dueBy: optional(plainDate), sent: optional(oneOf(['true', 'false'])) });

/** A board's licences and acts in the shapes that other registers take. */
@Controller('v1/boards/:board')
@ApiParam({ name: 'board', example: 'wa-nursing' })
export class BoardExportsController {
  readonly #boards: OwnBoards;
  readonly #index: BoardIndex;
  readonly #store: BoardIndexStore;

  constructor(@Inject(OwnBoards) boards: OwnBoards, @Inject(BoardIndex) index: BoardIndex, @Inject(BoardIndexStore) store: BoardIndexStore) {
    this.#boards = boards;
    this.#index = index;
    this.#store = store;
  }

  @Get('exports/fsmb')
  @Paged({ after: 'Licence id of the last one that was taken.', limit: '1 to 500; 100 where left out.' })
  @Query('board-work.read', { summary: 'Licences with their orders, as FSMB’s data centre shapes a report', description: 'Code values are this project’s own, as FSMB’s lists are FSMB’s.', answer: ExportPageDto, tag })
  async fsmb(@Param() path: Parameters, @QueryText() query: Parameters, @CurrentActor() actor: Actor): Promise<{ readonly items: readonly object[]; readonly next?: string }> {
    const { board, views, next } = await this.#page(path, query, actor);

    return { items: views.map((view) => fsmbReport(view, board)), ...present('next', next) };
  }

  @Get('exports/nursys/licences.csv')
  @Paged({ after: 'Licence id, from the header `Medaccord-Next` of the file before.', limit: '1 to 500; 100 where left out.' })
  @Query('board-work.read', { summary: 'Licences as Nursys asks for them', file: 'text/csv; charset=utf-8', tag })
  async nursysLicences(@Param() path: Parameters, @QueryText() query: Parameters, @CurrentActor() actor: Actor, @Res({ passthrough: true }) response: Response): Promise<StreamableFile> {
    return this.#csv(await this.#page(path, query, actor), nursysLicences, response);
  }

  @Get('exports/nursys/discipline.csv')
  @Paged({ after: 'Licence id, from the header `Medaccord-Next` of the file before.', limit: '1 to 500 licences; 100 where left out.' })
  @Query('board-work.read', { summary: 'Public acts as Nursys asks for them', file: 'text/csv; charset=utf-8', tag })
  async nursysDiscipline(@Param() path: Parameters, @QueryText() query: Parameters, @CurrentActor() actor: Actor, @Res({ passthrough: true }) response: Response): Promise<StreamableFile> {
    return this.#csv(await this.#page(path, query, actor), nursysDiscipline, response);
  }

  @Get('npdb-reports')
  @ApiQuery({ name: 'dueBy', required: false, description: 'Due at the latest then; all where left out.', example: '2026-04-01' })
  @ApiQuery({ name: 'sent', required: false, enum: ['true', 'false'], description: 'true: those that were sent as well.' })
  @Query('npdb-reports.read', { summary: 'Acts to be reported to the National Practitioner Data Bank, with their due day and the fields of the report', description: 'Due 30 days after the act (45 CFR 60.5); the most urgent 500.', answer: NpdbReportsDto, tag })
  async npdbReports(@Param() path: Parameters, @QueryText() query: Parameters, @CurrentActor() actor: Actor): Promise<{ readonly items: readonly object[] }> {
    const board = await this.#boards.of(boardOf(path), actor);
    const { dueBy = '9999-12-31', sent } = parse(reportsQuery, query);
    await this.#index.catchUp();
    const due = await this.#store.reports(board.id, { dueBy, withSent: sent === 'true', limit: mostReports });
    const views = new Map((await this.#index.views([...new Set(due.map((one) => one.licenceId))])).map((view) => [licenceId(view.licence.licence), view] as const));
    const numbers = await this.#store.controlNumbers([...views.keys()]);
    const items = due.map((one) => npdbReport(one, views.get(one.licenceId), board, numbers.get(reportedTarget(views.get(one.licenceId), one.sequence))));

    return { items: items.filter((item) => item !== undefined) };
  }

  @Post('npdb-reports/:type/:number/:sequence')
  @ApiParam({ name: 'type', example: 'RN' })
  @ApiParam({ name: 'number', example: 'RN60123' })
  @ApiParam({ name: 'sequence', type: Number, example: 2 })
  @Command('npdb-reports.mark', { summary: 'Note that a report was sent', description: 'With the data bank’s own number of it; said again it corrects what was said.', status: 200, body: MarkNpdbReportDto, answer: DoneDto, tag })
  async mark(@Param() path: Parameters, @Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<Done> {
    const board = await this.#boards.of(boardOf(path), write.actor);
    const { controlNumber, sentOn } = parse(sentReport, body);
    const { licence, sequence } = parse(orderDocumentQueryShape, withInteger({ licence: { jurisdiction: board.jurisdiction, board: board.id, type: path['type'], number: path['number'] }, sequence: path['sequence'] }, 'sequence'));
    await this.#index.catchUp();
    const event = (await this.#store.eventsOf([licenceId(licence)])).find((one) => one.sequence === sequence);
    if (event?.reportType === undefined || event.reportType === null || sentOn > addDays(dayAt(board), 1)) throw new DomainError('NPDB_REPORT_NOT_DUE');
    await this.#store.markReported({ licenceId: licenceId(licence), sequence, controlNumber, sentOn, recordedBy: write.actor.id });

    return { outcome: 'MARKED' };
  }

  async #page(path: Parameters, query: Parameters, actor: Actor): Promise<{ readonly board: BoardUnit; readonly views: readonly LicenceView[]; readonly next: string | undefined }> {
    const board = await this.#boards.of(boardOf(path), actor);
    const { after = '', limit = 100 } = parse(namePage, withInteger(query, 'limit'));
    await this.#index.catchUp();
    const ids = await this.#store.licenceIds(board.id, { after, limit });
    const views = (await this.#index.views(ids, dayAt(board))).filter(({ issuedOn }) => issuedOn !== undefined);

    return { board, views, next: ids.length < limit ? undefined : ids.at(-1) };
  }

  #csv({ views, next }: { readonly views: readonly LicenceView[]; readonly next: string | undefined }, shape: (views: readonly LicenceView[]) => string, response: Response): StreamableFile {
    if (next !== undefined) response.setHeader('Medaccord-Next', next);

    return new StreamableFile(Buffer.from(shape(views), 'utf8'), { type: 'text/csv; charset=utf-8' });
  }
}
