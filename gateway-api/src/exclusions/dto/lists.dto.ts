import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EXCLUSION_FILES } from '@medaccord/domain';
import type { ExclusionFile, ExclusionSnapshot, SnapshotAttestation } from '@medaccord/domain';
import { ProofDto } from '../../http/batch.dto.js';
import { IssueDto } from '../../http/problem.dto.js';
import type { ExclusionAnswer } from '../exclusion-list.js';
import type { LoadSummary } from '../exclusion-loader.js';
import type { StoredFile } from '../exclusion-store.js';
import type { TableRequest } from '../exclusion-table.js';
import { ScreenedPersonDto } from './screening.dto.js';

/** A published file. */
export class ExclusionFileNameDto {
  @ApiProperty({ example: 'LEIE' })
  source!: string;

  @ApiProperty({ example: '2022-07' })
  month!: string;

  @ApiProperty({ enum: EXCLUSION_FILES })
  file!: ExclusionFile;

  @ApiProperty({ description: 'SHA-256 in hexadecimal over the file as published.' })
  sha256!: string;
}

/** A file that this gateway has loaded or is loading. */
export class StoredFileDto extends ExclusionFileNameDto implements StoredFile {
  @ApiProperty({ description: 'In the order of loading.' })
  number!: number;

  @ApiProperty({ enum: ['LOADING', 'LOADED'] })
  status!: StoredFile['status'];

  @ApiProperty({ description: 'Rows read so far; at the end all.' })
  rows!: number;

  @ApiProperty({ description: 'Rows that cannot be read.' })
  refused!: number;

  @ApiProperty({ description: 'Exclusions that were not known before.' })
  added!: number;

  @ApiProperty({ description: 'Exclusions of which the file says something new.' })
  changed!: number;

  @ApiProperty({ description: 'Exclusions that a full file no longer names, though no file told their end.' })
  dropped!: number;
}

/** What became of a file. */
export class LoadSummaryDto extends StoredFileDto implements LoadSummary {
  @ApiProperty({ enum: ['LOADED', 'ALREADY_LOADED'] })
  outcome!: LoadSummary['outcome'];

  @ApiProperty({ type: [IssueDto], description: 'Rows that were not taken, by line and column.' })
  issues!: IssueDto[];
}

/** An organisation's word for a file. */
export class SnapshotAttestationDto implements SnapshotAttestation {
  @ApiProperty()
  mspId!: string;

  @ApiProperty()
  subject!: string;

  @ApiProperty({ format: 'date-time' })
  recordedAt!: string;

  @ApiProperty()
  txId!: string;
}

/** A published file as the consortium knows it. */
export class ExclusionSnapshotDto extends ExclusionFileNameDto implements ExclusionSnapshot {
  @ApiProperty({ enum: ['exclusion-snapshot/v1'] })
  schema!: 'exclusion-snapshot/v1';

  @ApiProperty()
  rows!: number;

  @ApiProperty({ type: [SnapshotAttestationDto], description: 'From two organisations on it is attested.' })
  attestations!: SnapshotAttestationDto[];
}

/** What became of a steward’s word. */
export class ExclusionSnapshotOutcomeDto {
  @ApiProperty({ enum: ['RECORDED', 'ALREADY_RECORDED'] })
  outcome!: 'RECORDED' | 'ALREADY_RECORDED';

  @ApiProperty({ type: ExclusionSnapshotDto })
  snapshot!: ExclusionSnapshotDto;

  @ApiProperty({ type: ProofDto })
  proof!: ProofDto;
}

/** Is a person excluded on a day? */
export class ExclusionQuestionDto {
  @ApiProperty({ type: ScreenedPersonDto })
  person!: ScreenedPersonDto;

  @ApiProperty({ format: 'date' })
  on!: string;

  @ApiProperty({ description: 'Where: a state may have waived the exclusion.', example: 'CA' })
  state!: string;

  @ApiPropertyOptional({ description: 'As the list was known after that month’s files; all files where left out.', example: '2022-07' })
  knownIn?: string;
}

/** What a list says of a person. */
export class ExclusionAnswerDto implements ExclusionAnswer {
  @ApiProperty({ type: ExclusionFileNameDto, description: 'The newest file that was taken into account.' })
  knownAt!: ExclusionFileNameDto;

  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true }, description: 'Rows that may be the person’s, the likeliest first, each with score, reasons and whether it excludes on that day.' })
  candidates!: ExclusionAnswer['candidates'][number][];
}

/** Which edition is to be made of the list. */
export class ExclusionTableDto implements Omit<TableRequest, 'source'> {
  @ApiProperty({ example: 'leie' })
  edition!: string;

  @ApiProperty({ format: 'date', description: 'First date of service that it decides.' })
  from!: string;

  @ApiPropertyOptional({ format: 'date', description: 'Last one; open where left out.' })
  thru?: string;

  @ApiPropertyOptional({ example: '2022-07', description: 'The month in which the list was known so; now where left out.' })
  knownIn?: string;
}
