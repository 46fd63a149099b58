import { ApiProperty } from '@nestjs/swagger';
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
