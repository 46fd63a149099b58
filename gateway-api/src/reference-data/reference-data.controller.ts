import { Controller, Get, Inject, Param, Post, Query as QueryText } from '@nestjs/common';
import { ApiParam, ApiQuery } from '@nestjs/swagger';
import { TABLE_NAMES } from '@medaccord/domain';
import type { DocumentPage } from '@medaccord/domain';
import { DocumentPageDto } from '../claims/dto/documents.dto.js';
import { pageOf } from '../http/page.js';
import { Command, Paged, Query } from '../http/endpoint.decorators.js';
import { CurrentUpload } from '../http/upload.js';
import type { Upload } from '../http/upload.js';
import { CurrentWrite } from '../idempotency/current-write.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { ClaimsClient } from '../ledger/claims-client.js';
import { editionOf, loadTable } from './load-table.js';
import type { LoadedTable } from './load-table.js';
import { LoadedTableDto } from './reference-data.dto.js';
import { ReferenceStore } from './reference-store.js';

const tag = 'reference data';

/** Code lists and edit tables. */
@Controller('v1/reference-tables')
export class ReferenceDataController {
  readonly #client: ClaimsClient;
  readonly #store: ReferenceStore;

  constructor(@Inject(ClaimsClient) client: ClaimsClient, @Inject(ReferenceStore) store: ReferenceStore) {
    this.#client = client;
    this.#store = store;
  }

  @Post(':table/:edition')
  @ApiParam({ name: 'table', enum: TABLE_NAMES })
  @ApiParam({ name: 'edition', example: '2026q1' })
  @ApiQuery({ name: 'from', description: 'First date of service that it decides.', example: '2026-01-01' })
  @ApiQuery({ name: 'thru', required: false, description: 'Last one; open where left out.' })
  @Command('reference-data.write', {
    summary: 'Load an edition of a table',
    description: 'The publisher’s own file: CMS’s formats for NCCI, MUE, HCPCS Level II and ICD-10-CM, comma-separated values for the others. The table of exclusions is made of an exclusion list instead. It is taken as a whole or refused with line and column of each fault. Entries stay at this gateway; the ledger gets their root. The same file again changes nothing.',
    upload: 'text/plain',
    answer: LoadedTableDto,
    tag,
  })
  async load(
    @Param('table') table: string, @Param('edition') edition: string, @QueryText() query: Record<string, unknown>, @CurrentUpload() upload: Upload, @CurrentWrite() write: WriteRequest,
  ): Promise<LoadedTable> {
    return loadTable(this.#client, this.#store, write, upload, editionOf({ table, edition }, query));
  }

  @Get()
  @Paged()
  @Query('reference-data.read', { summary: 'All editions, without their entries', answer: DocumentPageDto, tag })
  async editions(@QueryText() query: Record<string, unknown>): Promise<DocumentPage> {
    const { after, limit } = pageOf(query);

    return this.#client.list('reference-table', after, limit);
  }
}
