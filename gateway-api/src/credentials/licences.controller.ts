import { Body, Controller, Get, Inject, Param, Post, Query as QueryParameter } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { batchShape, integer, optional, object, parse, plainDate, relatedPositionsShape, reportSourceShape } from '@medaccord/domain';
import type { ItemOutcome, Shape, Standing, StandingAsked } from '@medaccord/domain';
import { CurrentActor } from '../auth/access.decorators.js';
import type { Actor } from '../auth/caller.js';
import { BatchOutcomeDto } from '../http/batch.dto.js';
import { withDefaults } from '../http/body-fields.js';
import { Command, Query } from '../http/endpoint.decorators.js';
import { CurrentWrite } from '../idempotency/current-write.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { RegistryClient } from '../ledger/registry-client.js';
import type { BatchOutcome, LicenceRecord, Recorded, SourceReportOutcome } from '../ledger/registry-client.js';
import { actionIdOf } from './action-id.js';
import { LICENCE_PATH, licenceKeyOf, licenceOrClassOf, LicenceParams } from './licence-path.js';
import type { LicenceParameters } from './licence-path.js';
import { IssueLicencesDto, LicenceRecordDto, ReportSourceDto, SourceReportOutcomeDto, StandingDto } from './licences.dto.js';

const tag = 'licences';
const mostItems = 1000;
const question: Shape<StandingAsked> = object<StandingAsked>({ asOf: plainDate, knownAt: optional(integer(0)), classKnownAt: optional(integer(0)), related: optional(relatedPositionsShape) });

/** Licences: issued by their own board, read by everyone. */
@Controller('v1')
export class LicencesController {
  readonly #registry: RegistryClient;

  constructor(@Inject(RegistryClient) registry: RegistryClient) {
    this.#registry = registry;
  }

  @Post('licences')
  @Command('licences.issue', { summary: 'Issue licences of the own board', description: 'A result per item; at most 1,000 items.', body: IssueLicencesDto, answer: BatchOutcomeDto, tag })
  async issue(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<Recorded<BatchOutcome<ItemOutcome<'ISSUED'>>>> {
    const { items } = parse(batchShape(mostItems), body);

    return this.#registry.issueLicences(write, { items: items.map((item, index) => withDefaults(item, { actionId: actionIdOf(write, index) })) });
  }

  @Post('board-reports')
  @Command('sources.report', { summary: 'Say up to when a board has recorded all that it decided', description: 'Daily. Without one for two days its answers are stale, without one for seven days (or the hours that the founders agreed on) UNKNOWN for what its word does not cover.', body: ReportSourceDto, answer: SourceReportOutcomeDto, tag })
  async report(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<Recorded<SourceReportOutcome>> {
    return this.#registry.reportSource(write, parse(reportSourceShape, body));
  }

  @Get(LICENCE_PATH)
  @Query('licences.read', { summary: 'A licence with its events and its compact', description: 'With `*` for its number: the orders that extend the board’s whole class of licences.', answer: LicenceRecordDto, tag })
  @LicenceParams()
  async licence(@Param() path: LicenceParameters, @CurrentActor() actor: Actor): Promise<LicenceRecord> {
    return this.#registry.licence(actor.role, licenceOrClassOf(path));
  }

  @Get(`${LICENCE_PATH}/standing`)
  @Query('licences.read', { summary: 'What a licence permits on a date, as known at a position in its events', answer: StandingDto, tag })
  @LicenceParams()
  @ApiQuery({ name: 'asOf', description: 'Date of service.', example: '2026-03-02' })
  @ApiQuery({ name: 'knownAt', required: false, type: Number, description: 'Position in the licence’s events; all of them where left out.' })
  @ApiQuery({ name: 'classKnownAt', required: false, type: Number, description: 'Position in the events of the licence’s class; without it and with `knownAt` none of them, without both all.' })
  @ApiQuery({ name: 'related', required: false, type: String, isArray: true, description: 'Last event to be counted of each licence that a compact relates to it, as an event’s id; without any, a question with `knownAt` is answered from the licence’s own events.', example: ['NV~nv-medical~MD~B7~3'] })
  async standing(@Param() path: LicenceParameters, @QueryParameter() query: Readonly<Record<string, unknown>>, @CurrentActor() actor: Actor): Promise<Standing> {
    return this.#registry.standing(actor.role, licenceKeyOf(path), parse(question, withRelated(withNumber(withNumber(query, 'knownAt'), 'classKnownAt'))));
  }
}

/** Query parameters are text; a number among them that is none stays text and is refused by its shape. */
function withNumber(query: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> {
  const text = query[name];

  return typeof text === 'string' && /^\d{1,9}$/.test(text) ? { ...query, [name]: Number(text) } : query;
}

/** Ids of events as positions of their licences; what is none stays as it is and is refused by its shape. */
function withRelated(query: Readonly<Record<string, unknown>>): unknown {
  const { related } = query;
  if (related === undefined) return query;

  return { ...query, related: (Array.isArray(related) ? related : [related]).map((id: unknown) => (typeof id === 'string' ? positionOf(id) : id)) };
}

function positionOf(eventId: string): unknown {
  const [jurisdiction, board, type, number, sequence = ''] = eventId.split('~');

  return { licence: { jurisdiction, board, type, number }, knownAt: /^\d{1,9}$/.test(sequence) ? Number(sequence) : sequence };
}
