import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Lifecycle, PracticeAuthority } from '@medaccord/domain';
import { LicenceKeyDto } from '../../credentials/licences.dto.js';
import type { DayDigest } from '../digest.js';
import type { LookUpAnswer } from '../look-up.js';
import type { PublicAction, PublicDocument, PublicLicence, PublicLicenceLine } from '../public-licence.js';

/** The document of an order. */
export class PublicDocumentDto implements PublicDocument {
  @ApiProperty()
  href!: string;

  @ApiProperty({ description: 'SHA-256 in hexadecimal over the salt (header `Medaccord-Document-Salt`) and the document’s bytes: the hash that the order on the ledger names.' })
  sha256!: string;
}

/** A public act of the board. */
export class PublicActionDto implements PublicAction {
  @ApiProperty()
  sequence!: number;

  @ApiProperty({ example: 'PROBATION' })
  type!: string;

  @ApiPropertyOptional({ description: 'The act that it is about.' })
  about?: number;

  @ApiPropertyOptional({ format: 'date' })
  effectiveFrom?: string;

  @ApiPropertyOptional({ format: 'date' })
  effectiveThru?: string;

  @ApiPropertyOptional()
  orderNumber?: string;

  @ApiPropertyOptional({ format: 'date' })
  decidedOn?: string;

  @ApiPropertyOptional({ type: PublicDocumentDto })
  document?: PublicDocumentDto;
}

/** A licence in a list. */
export class PublicLicenceLineDto implements PublicLicenceLine {
  @ApiProperty({ type: LicenceKeyDto })
  licence!: LicenceKeyDto;

  @ApiProperty()
  board!: string;

  @ApiPropertyOptional()
  holder?: string;

  @ApiProperty({ example: 'ACTIVE' })
  status!: Lifecycle;

  @ApiProperty({ enum: ['FULL', 'LIMITED', 'NONE', 'UNKNOWN'] })
  authority!: PracticeAuthority;

  @ApiPropertyOptional({ format: 'date' })
  validThru?: string;

  @ApiProperty()
  href!: string;
}

/** Licences that were found. */
export class LookUpAnswerDto implements LookUpAnswer {
  @ApiProperty({ type: [PublicLicenceLineDto], description: 'At most 25.' })
  items!: PublicLicenceLineDto[];

  @ApiProperty({ description: 'There are more: ask more narrowly.' })
  more!: boolean;
}

/** A licence in public. */
export class PublicLicenceDto implements PublicLicence {
  @ApiProperty({ type: LicenceKeyDto })
  licence!: LicenceKeyDto;

  @ApiProperty()
  board!: string;

  @ApiPropertyOptional()
  holder?: string;

  @ApiPropertyOptional()
  numberAsPrinted?: string;

  @ApiProperty({ format: 'date', description: 'The board’s own calendar day.' })
  asOf!: string;

  @ApiProperty({ example: 'ACTIVE' })
  status!: Lifecycle;

  @ApiProperty({ enum: ['FULL', 'LIMITED', 'NONE', 'UNKNOWN'] })
  authority!: PracticeAuthority;

  @ApiPropertyOptional({ format: 'date' })
  issuedOn?: string;

  @ApiPropertyOptional({ format: 'date' })
  validThru?: string;

  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } })
  encumbrances!: PublicLicence['encumbrances'];

  @ApiPropertyOptional({ type: 'array', items: { type: 'object', additionalProperties: true }, description: 'What follows from another state’s licence by a compact.' })
  derived?: NonNullable<PublicLicence['derived']>;

  @ApiProperty({ type: [PublicActionDto], description: 'None that is void or sealed.' })
  actions!: PublicActionDto[];
}

/** What a board recorded on a day. */
export class DayDigestDto implements DayDigest {
  @ApiProperty({ enum: ['board-day/v1'] })
  schema!: 'board-day/v1';

  @ApiProperty()
  board!: string;

  @ApiProperty({ format: 'date', description: 'In UTC.' })
  day!: string;

  @ApiProperty()
  events!: number;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } })
  byType!: DayDigest['byType'];

  @ApiProperty({ description: 'SHA-256 over the canonical JSON of `[[licence id, sequence, transaction id], …]` in the order of the chain.' })
  sha256!: string;
}
