import { Controller, Get, Header, Inject, Param, Query as QueryText, Res, StreamableFile } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiParam, ApiQuery } from '@nestjs/swagger';
import { addDays, DomainError, freeText, object, optional, parse, plainDate } from '@medaccord/domain';
import type { Response } from 'express';
import { LICENCE_PATH, licenceKeyOf, LicenceParams } from '../credentials/licence-path.js';
import type { LicenceParameters } from '../credentials/licence-path.js';
import { PublicQuery } from '../http/endpoint.decorators.js';
import { BoardIndex } from './board-index.js';
import { BoardIndexStore } from './board-index-store.js';
import { dayDigest } from './digest.js';
import type { DayDigest } from './digest.js';
import { DayDigestDto, LookUpAnswerDto, PublicLicenceDto } from './dto/look-up.dto.js';
import { LookUp } from './look-up.js';
import type { LookUpAnswer, LookUpQuestion } from './look-up.js';
import { licencePage, searchPage } from './look-up-page.js';
import { nameOf } from './order-publications.controller.js';
import { OwnBoards } from './own-boards.js';
import { PublicationDesk } from './publication-desk.js';
import type { PublicLicence } from './public-licence.js';
import { boardOf } from './requests.js';
import type { Parameters } from './requests.js';

const tag = 'look-up';
const question = object<LookUpQuestion>({ number: optional(freeText(1, 60)), name: optional(freeText(1, 120)), npi: optional(freeText(1, 10)) });
const html = 'text/html; charset=utf-8';

/** What the organisation's boards say in public of their licences: no token, no cookie, no list of everything. */
@Controller()
export class LookUpController {
  readonly #lookUp: LookUp;
  readonly #desk: PublicationDesk;
  readonly #boards: OwnBoards;
  readonly #index: BoardIndex;
  readonly #store: BoardIndexStore;

  constructor(@Inject(LookUp) lookUp: LookUp, @Inject(PublicationDesk) desk: PublicationDesk, @Inject(OwnBoards) boards: OwnBoards, @Inject(BoardIndex) index: BoardIndex, @Inject(BoardIndexStore) store: BoardIndexStore) {
    this.#lookUp = lookUp;
    this.#desk = desk;
    this.#boards = boards;
    this.#index = index;
    this.#store = store;
  }

  @Get('v1/public/licences')
  @ApiQuery({ name: 'number', required: false, description: 'A licence number, of any of the boards’ types.' })
  @ApiQuery({ name: 'name', required: false, description: 'Words of the holder’s name, or their beginnings; one of three letters at least.' })
  @ApiQuery({ name: 'npi', required: false, description: 'Licences that the board, or two organisations, say are this NPI’s.' })
  @PublicQuery('licence-look-up', { summary: 'Look licences up by number, name or NPI', description: 'At most 25, and no next page.', answer: LookUpAnswerDto, tag })
  async search(@QueryText() query: Parameters): Promise<LookUpAnswer> {
    return this.#lookUp.search(parse(question, query));
  }

  @Get(`v1/public/${LICENCE_PATH}`)
  @LicenceParams()
  @PublicQuery('licence-look-up', { summary: 'A licence: status, dates, public acts and their documents', description: 'Nothing that is sealed or void.', answer: PublicLicenceDto, tag })
  async licence(@Param() path: LicenceParameters): Promise<PublicLicence> {
    return this.#lookUp.licence(licenceKeyOf(path));
  }

  @Get(`v1/public/${LICENCE_PATH}/documents/:sequence`)
  @LicenceParams()
  @ApiParam({ name: 'sequence', type: Number, example: 2 })
  @PublicQuery('licence-look-up', { summary: 'The published document of an order', description: 'SHA-256 over the header `Medaccord-Document-Salt` and the body is the hash that the order on the ledger names.', file: 'application/pdf', tag })
  async document(@Param() path: LicenceParameters, @Res({ passthrough: true }) response: Response): Promise<StreamableFile> {
    const { content, mediaType, salt } = await this.#desk.published(nameOf(path));
    response.setHeader('Medaccord-Document-Salt', salt);
    // What a board publishes is shown, never run.
    response.setHeader('Content-Security-Policy', 'sandbox');

    return new StreamableFile(content, { type: mediaType, disposition: 'inline' });
  }

  @Get('v1/public/boards/:board/days/:day')
  @ApiParam({ name: 'board', example: 'wa-nursing' })
  @ApiParam({ name: 'day', example: '2026-03-01' })
  @PublicQuery('licence-look-up', { summary: 'How much a board recorded on a day that is over (UTC), and the hash over it', description: 'Every member computes the same from the blocks: a later change of what a board told would show.', answer: DayDigestDto, tag })
  async day(@Param() path: Parameters): Promise<DayDigest> {
    const { day } = parse(object<{ day: string }>({ day: plainDate }), { day: path['day'] });
    const board = (await this.#boards.all()).find(({ id }) => id === boardOf(path));
    if (board === undefined || day >= new Date().toISOString().slice(0, 10)) throw new DomainError('BOARD_NOT_OF_ORGANISATION');
    await this.#index.catchUp();

    return dayDigest(board.id, day, await this.#store.eventsOn(board.id, new Date(day), new Date(addDays(day, 1))));
  }

  @Get('look-up')
  @ApiExcludeEndpoint()
  @Header('Content-Type', html)
  @PublicQuery('licence-look-up', { summary: 'The look-up as a page', file: html, tag })
  async searchPage(@QueryText() query: Parameters): Promise<string> {
    const names = (await this.#boards.all()).map(({ name }) => name);
    const asked = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));
    if (Object.keys(asked).length === 0) return searchPage(names, undefined, undefined);
    try {
      return searchPage(names, await this.#lookUp.search(parse(question, asked)), undefined);
    } catch (error) {
      if (error instanceof DomainError && error.category === 'invalid') return searchPage(names, undefined, 'Give a number, three letters of a name, or an NPI: one of the three.');
      throw error;
    }
  }

  @Get('look-up/:jurisdiction/:board/:type/:number')
  @ApiExcludeEndpoint()
  @Header('Content-Type', html)
  @PublicQuery('licence-look-up', { summary: 'A licence as a page', file: html, tag })
  async licencePage(@Param() path: LicenceParameters): Promise<string> {
    return licencePage(await this.#lookUp.licence(licenceKeyOf(path)));
  }
}
