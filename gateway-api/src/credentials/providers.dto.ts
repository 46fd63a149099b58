import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { DEACTIVATION_REASONS } from '@medaccord/domain';
import type { IdentityEventType, IdentityFact, LinkEventType, LinkProviderLicence, Provider, ProviderName, ProviderStanding, RegisterProvider } from '@medaccord/domain';
import { LicenceKeyDto } from './licences.dto.js';

/** A name as in the public provider directory. */
export class ProviderNameDto implements ProviderName {
  @ApiProperty({ description: 'A person’s family name, or an organisation’s name.' })
  family!: string;

  @ApiPropertyOptional()
  given?: string;

  @ApiPropertyOptional({ example: 'Jr' })
  suffix?: string;
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

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'What was said about the number and the person behind it: each fact with its events. Only what two organisations agree on counts.' })
  identity?: object;
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

/** Something about a number or about the person behind it. The same fact is named by the same fields in each step. */
export class IdentityFactDto {
  @ApiProperty({
    enum: ['REPLACED', 'SAME_PERSON', 'DEACTIVATED', 'REACTIVATED', 'NAMED', 'DECEASED', 'RETIRED'],
    description: 'REPLACED: `by`, `from`. SAME_PERSON: `other`, the larger number. DEACTIVATED: `from`, `reason`. REACTIVATED, RETIRED: `from`. NAMED: `name`, perhaps `from`, `thru`. DECEASED: `on`.',
  })
  type!: IdentityFact['type'];

  @ApiProperty({ example: '1003357849' })
  npi!: string;

  @ApiPropertyOptional({ example: '1234567893', description: 'The number that is used instead.' })
  by?: string;

  @ApiPropertyOptional({ example: '1234567893', description: 'Another number of the same person.' })
  other?: string;

  @ApiPropertyOptional({ format: 'date', description: 'The first day.' })
  from?: string;

  @ApiPropertyOptional({ format: 'date', description: 'The last day of a former name.' })
  thru?: string;

  @ApiPropertyOptional({ format: 'date' })
  on?: string;

  @ApiPropertyOptional({ enum: DEACTIVATION_REASONS, description: 'Death, disbandment, fraud, other.' })
  reason?: string;

  @ApiPropertyOptional({ type: ProviderNameDto })
  name?: ProviderNameDto;
}

/** One step about a person's identity. */
export class RecordIdentityDto {
  @ApiProperty({ enum: ['PROPOSE', 'CONFIRM', 'DISPUTE', 'VOID'], description: 'PROPOSE: a member says so. CONFIRM: a second member agrees; only then it counts. DISPUTE: a member doubts it, which changes nothing yet. VOID: a second member doubts it, too; it never was.' })
  type!: IdentityEventType;

  @ApiProperty({ type: IdentityFactDto })
  fact!: IdentityFactDto;

  @ApiPropertyOptional({ description: 'SHA-256 in hexadecimal over salt and evidence; a proposal has one.' })
  evidenceHash?: string;
}

/** Identity steps. */
export class RecordIdentitiesDto {
  @ApiProperty({ type: [RecordIdentityDto], maxItems: 1000 })
  items!: RecordIdentityDto[];
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

  @ApiPropertyOptional({ type: 'array', items: { type: 'object', additionalProperties: true }, description: 'The numbers of the person about whose identity something is recorded, with the position up to which it was considered.' })
  identity?: NonNullable<ProviderStanding['identity']>;
}
