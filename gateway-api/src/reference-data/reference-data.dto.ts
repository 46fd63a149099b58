import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { TABLE_NAMES } from '@medaccord/domain';
import type { TableName } from '@medaccord/domain';
import { CommandProofDto } from '../claims/dto/documents.dto.js';
import type { LoadedTable } from './load-table.js';

/** What became of a file. */
export class LoadedTableDto implements LoadedTable {
  @ApiProperty()
  tableId!: string;

  @ApiProperty({ enum: TABLE_NAMES })
  table!: TableName;

  @ApiProperty({ example: '2026q1' })
  edition!: string;

  @ApiProperty({ description: 'A correction of an edition is its next version.' })
  version!: number;

  @ApiProperty({ enum: ['RECORDED', 'UNCHANGED'], description: 'UNCHANGED: the newest version is this file already, and nothing was sent.' })
  outcome!: 'RECORDED' | 'UNCHANGED';

  @ApiProperty({ description: 'Lines that are not blank.' })
  lines!: number;

  @ApiProperty()
  entries!: number;

  @ApiProperty({ description: 'Rows that the table does not take, such as dental codes.' })
  skipped!: number;

  @ApiProperty({ description: 'Root of the sorted tree of entries; it follows from the file alone.' })
  root!: string;

  @ApiProperty()
  fileSha256!: string;

  @ApiPropertyOptional({ type: CommandProofDto })
  proof?: CommandProofDto;
}
