import { Controller, Get, Inject, Query as QueryText } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { addDays, object, oneOf, optional, parse, plainDate } from '@medaccord/domain';
import type { CredentialingTask, PrivilegesReport } from '@medaccord/domain';
import { Query } from '../http/endpoint.decorators.js';
import { CredentialingReader } from './credentialing-reader.js';
import type { LogEntry } from './credentialing-reader.js';
import { CredentialingLogDto, CredentialingTasksDto, PrivilegesReportsDto } from './dto/tasks.dto.js';

const usualDays = 30;
const thruShape = object<{ readonly thru: string }>({ thru: plainDate });
const reportsShape = object<{ readonly sent?: 'true' | 'false' }>({ sent: optional(oneOf(['true', 'false'])) });
const periodShape = object<{ readonly from: string; readonly thru: string }>({ from: plainDate, thru: plainDate });

/** What the office has to do, and what it did. */
@Controller('v1')
export class TasksController {
  readonly #reader: CredentialingReader;

  constructor(@Inject(CredentialingReader) reader: CredentialingReader) {
    this.#reader = reader;
  }

  @Get('credentialing-tasks')
  @ApiQuery({ name: 'thru', required: false, description: 'The last day; 30 days from now where left out.' })
  @Query('credentialing.read', {
    summary: 'What is due', description: 'Out of all files, receipts, releases, agreements and privileges, the most urgent first.', answer: CredentialingTasksDto, tag: 'credentialing-tasks',
  })
  async due(@QueryText() query: Readonly<Record<string, unknown>>): Promise<{ readonly tasks: readonly CredentialingTask[] }> {
    const { thru } = parse(thruShape, { thru: addDays(new Date().toISOString().slice(0, 10), usualDays), ...query });

    return { tasks: await this.#reader.tasks(thru) };
  }

  @Get('npdb-reports')
  @ApiQuery({ name: 'sent', required: false, enum: ['true', 'false'], description: 'true: those that were sent as well.' })
  @Query('credentialing.read', {
    summary: 'Actions against privileges that are to be reported to the National Practitioner Data Bank', description: 'With the fields of the report that this system knows and the last day for it (45 CFR 60.5, 60.12), the most urgent first. That one was sent is a step of the privileges, `recordNpdbReport`.', answer: PrivilegesReportsDto, tag: 'credentialing-tasks',
  })
  async npdbReports(@QueryText() query: Readonly<Record<string, unknown>>): Promise<{ readonly items: readonly PrivilegesReport[] }> {
    const { sent } = parse(reportsShape, query);

    return { items: await this.#reader.npdbReports(sent === 'true') };
  }

  @Get('credentialing-log')
  @ApiQuery({ name: 'from', description: 'The first day.' })
  @ApiQuery({ name: 'thru', description: 'The last day.' })
  @Query('credentialing.read', {
    summary: 'Who changed what, when and how', description: 'Every version of every document, for the yearly audit of information integrity: nothing is ever changed without one.', answer: CredentialingLogDto, tag: 'credentialing-tasks',
  })
  async log(@QueryText() query: Readonly<Record<string, unknown>>): Promise<{ readonly entries: readonly LogEntry[] }> {
    const { from, thru } = parse(periodShape, query);

    return { entries: await this.#reader.log(from, thru) };
  }
}
