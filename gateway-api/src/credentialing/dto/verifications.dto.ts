import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { ELEMENTS, METHODS, REVIEW_DECISIONS, SOURCE_TYPES } from '@medaccord/domain';
import type { CredentialFinding, Element, Evidence, NpdbFinding, Source } from '@medaccord/domain';
import type { RegistryQuestion, VerificationRequest, VerificationStep } from '../requests.js';
import { SeenDto } from './seen.dto.js';

/** Who answered. */
export class SourceDto implements Source {
  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: SOURCE_TYPES })
  type!: Source['type'];

  @ApiPropertyOptional({ description: 'Agents: the contract under which they ask.' })
  contract?: string;
}

/** What a source answered about one credential. */
export class CredentialFindingDto implements CredentialFinding {
  @ApiProperty({ enum: ['credential'] })
  type!: 'credential';

  @ApiProperty()
  found!: boolean;

  @ApiPropertyOptional({ description: 'Licence, DEA or certificate number.' })
  number?: string;

  @ApiPropertyOptional({ format: 'date' })
  expiresOn?: string;

  @ApiPropertyOptional({ format: 'date', description: 'Education and training: the day of completion, never a later one.' })
  completedOn?: string;

  @ApiProperty({ type: [String], description: 'Codes of what stands against the credential.' })
  adverse!: string[];

  @ApiProperty({ type: [String], description: 'Orders, cases, certificates.' })
  references!: string[];
}

/** That the data bank was asked; its answer is confidential (45 CFR 60.20) and has no place here. */
export class NpdbFindingDto implements NpdbFinding {
  @ApiProperty({ enum: ['npdb'] })
  type!: 'npdb';

  @ApiProperty({ pattern: '^\\d{8,20}$' })
  controlNumber!: string;

  @ApiProperty({ enum: ['one-time', 'continuous'] })
  query!: NpdbFinding['query'];
}

/** A copy of what the source sent, outside the ledger. */
export class EvidenceDto implements Evidence {
  @ApiProperty({ description: 'SHA-256 in hexadecimal.' })
  hash!: string;

  @ApiProperty()
  mime!: string;

  @ApiProperty()
  locator!: string;
}

/** Who was searched for. */
class SearchedPersonDto {
  @ApiProperty({ example: '1234567893' })
  npi!: string;

  @ApiProperty({ type: [String], minItems: 1 })
  namesSearched!: string[];

  @ApiPropertyOptional()
  birthDateMatched?: boolean;

  @ApiProperty({ description: 'For the letter in a DEA number, which only warns.' })
  surname!: string;

  @ApiPropertyOptional({ description: 'The verification that this one takes the place of.' })
  supersedes?: string;
}

/** What a system or a person found at a source outside. */
@ApiExtraModels(CredentialFindingDto, NpdbFindingDto)
export class VerificationRequestDto extends SearchedPersonDto implements VerificationRequest {
  @ApiProperty({ enum: ELEMENTS })
  element!: Element;

  @ApiProperty({ type: SourceDto })
  source!: SourceDto;

  @ApiProperty({ enum: METHODS.filter((method) => method !== 'ledger-query') })
  method!: VerificationRequest['method'];

  @ApiProperty({ description: 'What was asked; empty for the data bank.' })
  criteria!: string;

  @ApiProperty({ format: 'date' })
  asOf!: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Now, where left out.' })
  retrievedAt?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'How old the source’s own data were.' })
  sourceTimestamp?: string;

  @ApiProperty({ oneOf: [{ $ref: getSchemaPath(CredentialFindingDto) }, { $ref: getSchemaPath(NpdbFindingDto) }] })
  answer!: CredentialFindingDto | NpdbFindingDto;

  @ApiPropertyOptional({ type: EvidenceDto })
  evidence?: EvidenceDto;

  @ApiProperty({ description: 'What collected it.' })
  system!: string;

  @ApiProperty()
  systemVersion!: string;

  @ApiPropertyOptional({ description: 'For every element that is not public record.' })
  consentId?: string;
}

/** A question to the registry on the ledger. */
export class RegistryQuestionDto extends SearchedPersonDto implements RegistryQuestion {
  @ApiProperty({ example: 'CA' })
  jurisdiction!: string;

  @ApiPropertyOptional({ format: 'date', description: 'Today, where left out.' })
  asOf?: string;
}

/** A person’s look at what was collected: another one than asked. */
export class ReviewVerificationDto extends SeenDto implements VerificationStep {
  @ApiProperty({ enum: ['reviewVerification'] })
  verb!: 'reviewVerification';

  @ApiProperty({ enum: REVIEW_DECISIONS })
  decision!: VerificationStep['decision'];

  @ApiProperty({ type: [String], description: 'Named where, and only where, there are some.' })
  discrepancies!: string[];
}
