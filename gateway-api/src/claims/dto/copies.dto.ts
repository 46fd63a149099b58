import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { JointPartiesDto } from './documents.dto.js';

/** A document as it is stored. */
export class DocumentCopyDto {
  @ApiProperty({ example: 'claim~…~1' })
  key!: string;

  @ApiProperty({ description: 'Canonical JSON; its SHA-256 stands in the block.' })
  bytes!: string;
}

/** Copies of a claim's documents. */
export class CopiesDto {
  @ApiProperty({ type: [DocumentCopyDto] })
  items!: DocumentCopyDto[];
}

/** The other party's copy of a document. */
export class TheirCopyDto {
  @ApiProperty()
  key!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Null where the other party has none.' })
  bytes!: string | null;
}

/** Copies of the other party to heal by. */
export class HealDto {
  @ApiProperty({ type: JointPartiesDto })
  parties!: JointPartiesDto;

  @ApiProperty({ type: [TheirCopyDto] })
  items!: TheirCopyDto[];
}

/** Copies in order of key, and the key to go on after. */
export class CopyPageDto extends CopiesDto {
  @ApiPropertyOptional({ example: 'claim~…~1', description: 'Where there is more: `after` of the next request.' })
  next?: string;
}

/** Copies of the other party, of any claims. */
export class HealCopiesDto {
  @ApiProperty({ type: [DocumentCopyDto] })
  items!: DocumentCopyDto[];
}

/** What became of one copy. */
export class HealedCopyDto {
  @ApiProperty()
  key!: string;

  @ApiProperty({ enum: ['HELD', 'HEALED', 'REFUSED'], description: 'HELD: it was here already. REFUSED: its hash is not that of the other party’s copy, or it cannot be healed.' })
  outcome!: string;
}

/** What became of each copy. */
export class HealedCopiesDto {
  @ApiProperty({ type: [HealedCopyDto] })
  items!: HealedCopyDto[];
}
