import { Body, Controller, Get, Inject, Param, Post, Query as QueryText } from '@nestjs/common';
import { CurrentCaller } from '../auth/access.decorators.js';
import type { Caller } from '../auth/caller.js';
import { pageOf } from '../http/page.js';
import { Command, Paged, Query } from '../http/endpoint.decorators.js';
import { CurrentWrite } from '../idempotency/current-write.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { ApplicationDesk } from './application-desk.js';
import type { ApplicationPage, ApplicationRecord } from './application-desk.js';
import { ApplicationPageDto, ApplicationRecordDto, ApplicationStepDto, FileApplicationDto, GrantApplicationDto } from './applications.dto.js';

const tag = 'licence applications';
const answer = ApplicationRecordDto;

/** Applications for licences: the board's own matter, of which the ledger shows nobody anything until there is a licence. */
@Controller('v1/licence-applications')
export class ApplicationsController {
  readonly #desk: ApplicationDesk;

  constructor(@Inject(ApplicationDesk) desk: ApplicationDesk) {
    this.#desk = desk;
  }

  @Post()
  @Command('applications.file', { summary: 'File an application for a licence', description: 'Known to this organisation alone. It has no licence number: that is given with the licence.', body: FileApplicationDto, answer, tag })
  async file(@Body() body: unknown, @CurrentWrite() write: WriteRequest, @CurrentCaller() caller: Caller): Promise<ApplicationRecord> {
    return this.#desk.file({ write, caller }, body);
  }

  @Get()
  @Paged()
  @Query('applications.read', { summary: 'Applications in their newest versions', answer: ApplicationPageDto, tag })
  async list(@QueryText() query: Record<string, unknown>): Promise<ApplicationPage> {
    return this.#desk.list(pageOf(query));
  }

  @Get(':id')
  @Query('applications.read', { summary: 'An application with all its versions', answer, tag })
  async read(@Param('id') id: string): Promise<ApplicationRecord> {
    return this.#desk.read(id);
  }

  @Post(':id/steps')
  @Command('applications.work', { summary: 'Carry an application a step further', description: 'One route for all steps, so that no address, log or figure tells which was taken.', body: ApplicationStepDto, answer, tag })
  async step(@Param('id') id: string, @Body() body: unknown, @CurrentWrite() write: WriteRequest, @CurrentCaller() caller: Caller): Promise<ApplicationRecord> {
    return this.#desk.step({ write, caller }, id, body);
  }

  @Post(':id/licence')
  @Command('applications.file', { summary: 'Issue the licence that was asked for', description: 'Public from then on; the application becomes ISSUED and stays with the board.', body: GrantApplicationDto, answer, tag })
  async grant(@Param('id') id: string, @Body() body: unknown, @CurrentWrite() write: WriteRequest, @CurrentCaller() caller: Caller): Promise<ApplicationRecord> {
    return this.#desk.grant({ write, caller }, id, body);
  }
}
