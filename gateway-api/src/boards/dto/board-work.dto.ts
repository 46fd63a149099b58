import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { STATUS_MEANINGS } from '@medaccord/domain';
import type { DefineStatusWords, StatusMeaning, StatusWord, StatusWords, VoidImportBatch } from '@medaccord/domain';
import { BoardOrderDto } from '../../credentials/board-orders.dto.js';
import { LicenceKeyDto } from '../../credentials/licences.dto.js';
import { ProofDto } from '../../http/batch.dto.js';
import type { BatchVoidReport } from '../batch-void-desk.js';
import type { BatchVoidDraft } from '../batch-void-store.js';
import { BOARD_RUN_KINDS } from '../board-records.js';
import type { BoardFinding, BoardRun, BoardRunKind } from '../board-records.js';
import type { ChangePage, LicenceNews } from '../change-feed.js';
import type { ReconciliationCounts } from '../reconcile.js';

const countsOf = (names: readonly string[]): object => ({ type: 'object', properties: Object.fromEntries(names.map((name) => [name, { type: 'integer' }])) });

/** One event of a licence, and what the licence is now. */
export class LicenceNewsDto implements LicenceNews {
  @ApiProperty({ description: 'Where it stands in the chain.' })
  position!: number;

  @ApiProperty()
  transactionId!: string;

  @ApiProperty({ format: 'date-time' })
  recordedAt!: string;

  @ApiProperty({ type: LicenceKeyDto })
  licence!: LicenceKeyDto;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'As on the ledger; of a sealed one only `sequence` and `sealed`.' })
  event!: LicenceNews['event'];

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'Holder, dates, lifecycle, authority and encumbrances as they stand today.' })
  now!: LicenceNews['now'];
}

/** A page of the feed. */
export class ChangePageDto implements ChangePage {
  @ApiProperty({ type: [LicenceNewsDto] })
  items!: LicenceNewsDto[];

  @ApiProperty({ description: 'Where the next page begins; the same as `after` where there is nothing new.' })
  next!: number;
}

/** How far something is. */
export class BoardRunDto implements BoardRun {
  @ApiProperty()
  id!: string;

  @ApiProperty({ enum: BOARD_RUN_KINDS })
  kind!: BoardRunKind;

  @ApiProperty()
  board!: string;

  @ApiProperty({ description: 'Name of the import, or of the extract.' })
  label!: string;

  @ApiProperty({ enum: ['RUNNING', 'DONE', 'STOPPED'], description: 'STOPPED: the same request under the same Idempotency-Key goes on. RUNNING and untouched for minutes: so does it.' })
  status!: BoardRun['status'];

  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' }, description: 'Rows read, what was done and what was refused, so far.' })
  counts!: BoardRun['counts'];

  @ApiPropertyOptional({ description: 'Why it stopped.' })
  code?: string;

  @ApiProperty()
  startedBy!: string;

  @ApiProperty({ format: 'date-time' })
  startedAt!: string;

  @ApiProperty({ format: 'date-time' })
  touchedAt!: string;
}

/** What a run found of one licence. */
export class BoardFindingDto implements BoardFinding {
  @ApiProperty({ description: 'In normal form; of a row that names none, `row 17`.' })
  number!: string;

  @ApiProperty({ enum: ['MISSING_ON_LEDGER', 'MISSING_IN_EXTRACT', 'DIFFERENT', 'REFUSED'] })
  finding!: string;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'DIFFERENT: `fields`, each with the extract’s value and the ledger’s.' })
  detail!: object;
}

/** A page of findings. */
export class BoardFindingPageDto {
  @ApiProperty({ type: [BoardFindingDto] })
  items!: BoardFindingDto[];

  @ApiPropertyOptional({ description: 'The page after this one begins after it.' })
  next?: string;
}

/** What a reconciliation found. */
export class ReconciliationDto {
  @ApiProperty({ description: 'Id of the run, whose findings tell what is not equal.' })
  run!: string;

  @ApiProperty(countsOf(['rows', 'equal', 'different', 'missingOnLedger', 'missingInExtract', 'refused']))
  counts!: ReconciliationCounts;
}

/** A status word of a board. */
export class StatusWordDto implements StatusWord {
  @ApiProperty({ example: 'Conditional, Expired' })
  word!: string;

  @ApiProperty({ enum: STATUS_MEANINGS, description: 'DATES: the row’s dates tell. SUSPENDED, REVOKED and SURRENDERED serve for comparison; imported they are UNKNOWN.' })
  meaning!: StatusMeaning;
}

/** A table of status words. */
export class DefineStatusWordsDto implements Omit<DefineStatusWords, 'board'> {
  @ApiProperty({ description: 'One more than the last.', example: 1 })
  version!: number;

  @ApiProperty({ type: [StatusWordDto], maxItems: 500 })
  words!: StatusWordDto[];
}

/** A version of a board's table. */
export class StatusWordsDto extends DefineStatusWordsDto implements StatusWords {
  @ApiProperty({ enum: ['status-words/v1'] })
  schema!: 'status-words/v1';

  @ApiProperty()
  board!: string;

  @ApiProperty()
  mspId!: string;

  @ApiProperty({ format: 'date-time' })
  definedAt!: string;
}

/** What became of a table. */
export class StatusWordsOutcomeDto {
  @ApiProperty({ enum: ['DEFINED'] })
  outcome!: 'DEFINED';

  @ApiProperty({ type: StatusWordsDto })
  words!: StatusWordsDto;

  @ApiProperty({ type: ProofDto })
  proof!: ProofDto;
}

/** Which import is to be void. */
export class ProposeBatchVoidDto implements Pick<VoidImportBatch, 'importBatch' | 'order'> {
  @ApiProperty({ example: 'wa-2026-03' })
  importBatch!: string;

  @ApiProperty({ type: BoardOrderDto })
  order!: BoardOrderDto;
}

/** The void of an import, proposed or decided. */
export class BatchVoidDraftDto implements Omit<BatchVoidDraft, 'signature' | 'batchVoid'> {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  proposer!: string;

  @ApiProperty({ enum: ['PROPOSED', 'APPROVED', 'DECLINED'] })
  status!: BatchVoidDraft['status'];

  @ApiProperty({ type: String, nullable: true })
  decidedBy!: string | null;

  @ApiProperty()
  importBatch!: string;

  @ApiProperty({ type: BoardOrderDto })
  order!: BoardOrderDto;
}

/** What became of an import's licences. */
export class BatchVoidReportDto implements BatchVoidReport {
  @ApiProperty(countsOf(['licences', 'voided', 'alreadyRecorded', 'refused']))
  counts!: BatchVoidReport['counts'];

  @ApiProperty({ type: [ProofDto] })
  proofs!: ProofDto[];

  @ApiProperty({ description: 'Id of the run, whose findings tell each licence that was refused and why.' })
  run!: string;
}
