import { Controller, Inject, Post, Query as QueryParameter } from '@nestjs/common';
import { ApiProperty, ApiQuery } from '@nestjs/swagger';
import { assertOwnUnit, importBatchShape, jurisdictionShape, licenceTypeShape, object, parse, plainDate, present, unitIdShape } from '@medaccord/domain';
import type { LicenceRoster, Shape } from '@medaccord/domain';
import { BoardRunStore } from '../boards/board-run-store.js';
import { ProofDto } from '../http/batch.dto.js';
import { Command } from '../http/endpoint.decorators.js';
import { CurrentUpload } from '../http/upload.js';
import type { Upload } from '../http/upload.js';
import { CurrentWrite } from '../idempotency/current-write.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { RegistryClient } from '../ledger/registry-client.js';
import { importRoster } from './roster-import.js';
import type { RosterImport } from './roster-import.js';

/** What became of a roster. */
export class RosterImportDto implements RosterImport {
  @ApiProperty({ type: 'object', properties: Object.fromEntries(['rows', 'issued', 'alreadyRecorded', 'refused', 'unknown'].map((name) => [name, { type: 'integer' }])) })
  counts!: RosterImport['counts'];

  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true }, description: 'Status words that were not understood, and how often; their licences are UNKNOWN, never active.' })
  unmapped!: RosterImport['unmapped'];

  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true }, description: 'The first thousand rows that were refused: row, code, issues.' })
  refused!: RosterImport['refused'];

  @ApiProperty({ type: [ProofDto] })
  proofs!: ProofDto[];
}

const rosterShape: Shape<Omit<LicenceRoster, 'words'>> = object<Omit<LicenceRoster, 'words'>>({
  jurisdiction: jurisdictionShape,
  board: unitIdShape,
  type: licenceTypeShape,
  importBatch: importBatchShape,
  recordedOn: plainDate,
});

/** Licences that are older than the ledger. */
@Controller('v1')
export class RosterController {
  readonly #registry: RegistryClient;
  readonly #runs: BoardRunStore;

  constructor(@Inject(RegistryClient) registry: RegistryClient, @Inject(BoardRunStore) runs: BoardRunStore) {
    this.#registry = registry;
    this.#runs = runs;
  }

  @Post('licences/import')
  @ApiQuery({ name: 'jurisdiction', example: 'WA' })
  @ApiQuery({ name: 'board', example: 'wa-nursing' })
  @ApiQuery({ name: 'type', example: 'RN' })
  @ApiQuery({ name: 'importBatch', example: 'wa-2026-03' })
  @ApiQuery({ name: 'recordedOn', description: 'The day that the roster is of.', example: '2026-03-01' })
  @Command('licences.issue', {
    summary: 'Issue the licences of a roster',
    description: 'A CSV file whose first record names the columns number, status, effectiveFrom and perhaps validThru, holder and recordedOn; dates as 2026-03-01. Status words are read by the board’s own table, then by the general one, and kept as they are beside what they are taken for. How far it is: `GET /v1/boards/{board}/runs`. Sent again under the same key, an interrupted import goes on where it stopped.',
    upload: 'text/csv',
    answer: RosterImportDto,
    tag: 'licences',
  })
  async import(@CurrentUpload() upload: Upload, @QueryParameter() query: unknown, @CurrentWrite() write: WriteRequest): Promise<RosterImport> {
    const roster = parse(rosterShape, query);
    assertOwnUnit(roster, write);
    const words = (await this.#registry.statusWords(write.actor.role, roster.board)).at(-1);

    return this.#runs.during({ id: write.operationId, kind: 'IMPORT', board: roster.board, label: roster.importBatch, startedBy: write.actor.id }, async (note) =>
      importRoster(this.#registry, write, upload, { ...roster, ...present('words', words) }, async (counts, refused) => {
        await note(counts, refused.map(({ row, ...detail }) => ({ number: `row ${row}`, finding: 'REFUSED', detail })));
      }));
  }
}
