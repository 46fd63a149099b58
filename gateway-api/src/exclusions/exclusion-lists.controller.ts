import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query as QueryText } from '@nestjs/common';
import { ApiBody, ApiParam, ApiQuery } from '@nestjs/swagger';
import { parse } from '@medaccord/domain';
import type { ExclusionSnapshot } from '@medaccord/domain';
import { CurrentActor } from '../auth/access.decorators.js';
import type { Actor } from '../auth/caller.js';
import { Command, Query } from '../http/endpoint.decorators.js';
import { CurrentUpload } from '../http/upload.js';
import type { Upload } from '../http/upload.js';
import { CurrentWrite } from '../idempotency/current-write.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { ClaimsClient } from '../ledger/claims-client.js';
import { RegistryClient } from '../ledger/registry-client.js';
import type { ExclusionSnapshotOutcome, Recorded } from '../ledger/registry-client.js';
import type { LoadedTable } from '../reference-data/load-table.js';
import { LoadedTableDto } from '../reference-data/reference-data.dto.js';
import { ReferenceStore } from '../reference-data/reference-store.js';
import { ExclusionAnswerDto, ExclusionQuestionDto, ExclusionSnapshotDto, ExclusionSnapshotOutcomeDto, ExclusionTableDto, LoadSummaryDto, StoredFileDto } from './dto/lists.dto.js';
import { ExclusionList } from './exclusion-list.js';
import type { ExclusionAnswer } from './exclusion-list.js';
import { loadExclusionFile } from './exclusion-loader.js';
import type { LoadSummary } from './exclusion-loader.js';
import { commitExclusions } from './exclusion-table.js';
import { ExclusionStore } from './exclusion-store.js';
import type { StoredFile } from './exclusion-store.js';
import { exclusionQuestion, filePath, loadingMode, sourcePath, tableRequest } from './requests.js';

type Path = Readonly<Record<string, string>>;

const tag = 'exclusion-lists';

/** Exclusion lists: their files as published, loaded here and told to the consortium by their hashes. */
@Controller('v1/exclusion-lists/:source')
export class ExclusionListsController {
  readonly #store: ExclusionStore;
  readonly #list: ExclusionList;
  readonly #registry: RegistryClient;
  readonly #client: ClaimsClient;
  readonly #tables: ReferenceStore;

  constructor(
    @Inject(ExclusionStore) store: ExclusionStore, @Inject(ExclusionList) list: ExclusionList, @Inject(RegistryClient) registry: RegistryClient, @Inject(ClaimsClient) client: ClaimsClient,
    @Inject(ReferenceStore) tables: ReferenceStore,
  ) {
    this.#store = store;
    this.#list = list;
    this.#registry = registry;
    this.#client = client;
    this.#tables = tables;
  }

  @Post('files/:month/:file')
  @FileParams()
  @ApiQuery({ name: 'mode', required: false, enum: ['strict', 'lenient'], description: 'strict (the default) takes all of a file or nothing; lenient takes the rows that can be read.' })
  @Command('exclusions.load', {
    summary: 'Load a file as published',
    description: 'Files are taken in order of their months; the same file again is ALREADY_LOADED. Issues name line and column.',
    upload: 'text/csv',
    answer: LoadSummaryDto,
    tag,
  })
  async load(@Param() path: Path, @QueryText() query: Path, @CurrentUpload() upload: Upload, @CurrentWrite() write: WriteRequest): Promise<LoadSummary> {
    const { mode = 'strict' } = parse(loadingMode, query);

    return loadExclusionFile(this.#store, write.operationId, upload, { ...parse(filePath, path), mode });
  }

  @Get('files')
  @SourceParam()
  @Query('exclusions.read', { summary: 'Files that were loaded here, and how far one is that is being loaded', answer: [StoredFileDto], tag })
  async files(@Param() path: Path): Promise<readonly StoredFile[]> {
    return this.#store.files(parse(sourcePath, path).source);
  }

  @Post('files/:month/:file/attestations')
  @FileParams()
  @Command('exclusions.attest', {
    summary: 'Tell the consortium hash and row count of the loaded file',
    description: 'A steward’s word, on the ledger. A second organisation that loaded the same bytes makes it attested.',
    answer: ExclusionSnapshotOutcomeDto,
    tag,
  })
  async attest(@Param() path: Path, @CurrentWrite() write: WriteRequest): Promise<Recorded<ExclusionSnapshotOutcome>> {
    const { source, month, file } = parse(filePath, path);
    const { sha256, rows } = await this.#store.loaded(source, month, file);

    return this.#registry.recordExclusionSnapshot(write, { source, month, file, sha256, rows });
  }

  @Get('snapshots')
  @SourceParam()
  @Query('exclusions.read', { summary: 'Files that stewards have told the consortium', answer: [ExclusionSnapshotDto], tag })
  async snapshots(@Param() path: Path, @CurrentActor() actor: Actor): Promise<readonly ExclusionSnapshot[]> {
    return this.#registry.exclusionSnapshots(actor.role, parse(sourcePath, path).source);
  }

  @Post('editions')
  @SourceParam()
  @Command('reference-data.write', {
    summary: 'Make an edition of the insurer’s table of exclusions',
    description: 'Of the list as known in a month (now where left out): everybody with an NPI, with all periods. Its root goes to the ledger, by which claims of federal programmes are decided.',
    body: ExclusionTableDto,
    answer: LoadedTableDto,
    tag,
  })
  async edition(@Param() path: Path, @Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<LoadedTable> {
    const { source } = parse(sourcePath, path);

    return commitExclusions({ lists: this.#store, tables: this.#tables, client: this.#client }, write, { source, ...parse(tableRequest, body) });
  }

  @Post('questions')
  @HttpCode(200)
  @SourceParam()
  @ApiBody({ type: ExclusionQuestionDto })
  @Query('exclusions.read', { summary: 'Is a person excluded on a day', description: 'A question in a body, because no address may name a birth date. Changes nothing.', answer: ExclusionAnswerDto, tag })
  async question(@Param() path: Path, @Body() body: unknown): Promise<ExclusionAnswer> {
    return this.#list.answer(parse(sourcePath, path).source, parse(exclusionQuestion, body));
  }
}

function SourceParam(): MethodDecorator {
  return ApiParam({ name: 'source', example: 'LEIE' });
}

function FileParams(): MethodDecorator {
  return (target, property, descriptor) => {
    ApiParam({ name: 'source', example: 'LEIE' })(target, property, descriptor);
    ApiParam({ name: 'month', example: '2022-07' })(target, property, descriptor);
    ApiParam({ name: 'file', enum: ['full', 'exclusions', 'reinstatements'] })(target, property, descriptor);
  };
}
