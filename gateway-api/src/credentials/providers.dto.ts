import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { LinkEventType, LinkProviderLicence, Provider, ProviderName, ProviderStanding, RegisterProvider } from '@medaccord/domain';
import { LicenceKeyDto } from './licences.dto.js';

/** A name as in the public provider directory. */
export class ProviderNameDto implements ProviderName {
  @ApiProperty({ description: 'A person’s family name, or an organisation’s name.' })
  family!: string;

  @ApiPropertyOptional()
  given?: string;
}

/** One provider to enter. */
export class RegisterProviderDto implements RegisterProvider {
  @ApiProperty({ description: 'National Provider Identifier with its check digit.', example: '1234567893' })
  npi!: string;

  @ApiProperty({ enum: ['individual', 'organisation'] })
  type!: 'individual' | 'organisation';

  @ApiProperty({ type: ProviderNameDto })
  name!: ProviderNameDto;

  @ApiProperty({ type: [String], description: 'Codes of the provider taxonomy.', example: ['207Q00000X'] })
  taxonomies!: string[];
}

/** Providers to enter. */
export class RegisterProvidersDto {
  @ApiProperty({ type: [RegisterProviderDto], maxItems: 1000 })
  items!: RegisterProviderDto[];
}

/** A provider of the directory. */
export class ProviderDto extends RegisterProviderDto implements Provider {
  @ApiProperty({ enum: ['provider/v1'] })
  schema!: 'provider/v1';

  @ApiProperty({ description: 'MSP id of the organisation that entered it.' })
  registeredBy!: string;

  @ApiProperty({ format: 'date-time' })
  registeredAt!: string;
}

/** A provider with what was said about its licences. */
export class ProviderRecordDto {
  @ApiProperty({ type: ProviderDto })
  provider!: ProviderDto;

  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true }, description: 'Links by jurisdiction, each with its events.' })
  links!: object[];
}

/** One step in the life of a link between a provider and a licence. */
export class LinkProviderLicenceDto implements LinkProviderLicence {
  @ApiProperty({ enum: ['ASSERT', 'PROPOSE', 'CONFIRM', 'DISPUTE'], description: 'ASSERT: the board says so. PROPOSE: another member says so. CONFIRM: the board or a second member agrees. DISPUTE: it is wrong.' })
  type!: LinkEventType;

  @ApiProperty({ example: '1234567893' })
  npi!: string;

  @ApiProperty({ type: LicenceKeyDto })
  licence!: LicenceKeyDto;

  @ApiPropertyOptional({ description: 'Another state in which the licence counts by a compact’s multistate privilege; said by its own board alone.', example: 'NV' })
  countsIn?: string;

  @ApiPropertyOptional({ description: 'SHA-256 in hexadecimal over salt and evidence.' })
  evidenceHash?: string;
}

/** Link steps. */
export class LinkProviderLicencesDto {
  @ApiProperty({ type: [LinkProviderLicenceDto], maxItems: 1000 })
  items!: LinkProviderLicenceDto[];
}

/** What a provider might do in a jurisdiction on each day of a period. */
export class ProviderStandingDto implements ProviderStanding {
  @ApiProperty()
  npi!: string;

  @ApiProperty()
  jurisdiction!: string;

  @ApiProperty({ format: 'date' })
  from!: string;

  @ApiProperty({ format: 'date' })
  thru!: string;

  @ApiProperty({ description: 'Whether the directory knows the NPI.' })
  registered!: boolean;

  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true }, description: 'Contiguous periods with the authority in each; UNKNOWN without a confirmed link to a licence.' })
  periods!: ProviderStanding['periods'];

  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true }, description: 'The licences with a confirmed link, each with the positions that the answer was computed from.' })
  licences!: ProviderStanding['licences'];
}
