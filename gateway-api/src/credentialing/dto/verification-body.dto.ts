import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { ELEMENTS, METHODS, REVIEW_DECISIONS } from '@medaccord/domain';
import type { Element, LedgerProof, LicenceAnswer, PracticeAuthority, Review, StandingFinding, VerificationBody } from '@medaccord/domain';
import { LicenceKeyDto, RelatedPositionDto } from '../../credentials/licences.dto.js';
import { CredentialFindingDto, EvidenceDto, NpdbFindingDto, SourceDto } from './verifications.dto.js';

const authorities = ['FULL', 'LIMITED', 'NONE', 'UNKNOWN'] as const;

/** One licence as the registry answered. */
export class LicenceAnswerDto implements LicenceAnswer {
  @ApiProperty({ type: LicenceKeyDto })
  licence!: LicenceKeyDto;

  @ApiProperty({ enum: authorities })
  authority!: PracticeAuthority;

  @ApiProperty({ description: 'Position in the licence’s events: what was known.' })
  knownAt!: number;

  @ApiProperty({ description: 'Position in the link’s events.' })
  linkKnownAt!: number;

  @ApiPropertyOptional({ description: 'Position in the events of the licence’s class, where that had any.' })
  classKnownAt?: number;

  @ApiPropertyOptional({ type: [RelatedPositionDto], description: 'Positions of the licences that a compact relates to it.' })
  related?: RelatedPositionDto[];

  @ApiProperty({ type: [String], description: 'Ids of the events that the answer follows from.' })
  provenance!: string[];

  @ApiPropertyOptional({ format: 'date-time', description: 'Up to when the board’s word was on the ledger, where the board reports.' })
  sourceThrough?: string;
}

/** What the registry answered, in the transaction that recorded it. */
export class StandingFindingDto implements StandingFinding {
  @ApiProperty({ enum: ['standing'] })
  type!: 'standing';

  @ApiProperty({ example: 'CA' })
  jurisdiction!: string;

  @ApiProperty({ enum: authorities })
  authority!: PracticeAuthority;

  @ApiProperty({ type: [LicenceAnswerDto] })
  licences!: LicenceAnswerDto[];
}

/** Where anybody on the channel can check that the registry answered so. */
export class LedgerProofDto implements LedgerProof {
  @ApiProperty({ example: 'medaccord' })
  channel!: string;

  @ApiProperty({ description: 'Id of the transaction on the channel; the version’s proof names its block.' })
  txId!: string;
}

/** A person’s look at what a system collected. */
export class ReviewDto implements Review {
  @ApiProperty()
  by!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ enum: REVIEW_DECISIONS })
  decision!: Review['decision'];

  @ApiProperty({ type: [String] })
  discrepancies!: string[];
}

/** System and version that collected, and for whom. */
export class CollectedByDto {
  @ApiProperty()
  system!: string;

  @ApiProperty()
  version!: string;

  @ApiProperty()
  actorId!: string;
}

/** The body of a verification. */
@ApiExtraModels(CredentialFindingDto, NpdbFindingDto, StandingFindingDto)
export class VerificationBodyDto implements VerificationBody {
  @ApiProperty({ example: '1234567893' })
  npi!: string;

  @ApiProperty({ type: [String] })
  namesSearched!: string[];

  @ApiPropertyOptional()
  birthDateMatched?: boolean;

  @ApiProperty({ enum: ELEMENTS })
  element!: Element;

  @ApiProperty({ type: SourceDto })
  source!: SourceDto;

  @ApiProperty({ enum: METHODS })
  method!: VerificationBody['method'];

  @ApiProperty()
  criteria!: string;

  @ApiProperty({ format: 'date' })
  asOf!: string;

  @ApiProperty({ format: 'date-time' })
  retrievedAt!: string;

  @ApiPropertyOptional({ format: 'date-time' })
  sourceTimestamp?: string;

  @ApiProperty({ oneOf: [CredentialFindingDto, NpdbFindingDto, StandingFindingDto].map((one) => ({ $ref: getSchemaPath(one) })) })
  finding!: CredentialFindingDto | NpdbFindingDto | StandingFindingDto;

  @ApiProperty({ type: [String], description: 'What does not fit and forbids nothing, such as the check digit of a DEA number.' })
  warnings!: string[];

  @ApiPropertyOptional({ type: EvidenceDto })
  evidence?: EvidenceDto;

  @ApiPropertyOptional({ type: LedgerProofDto })
  ledgerProof?: LedgerProofDto;

  @ApiProperty({ type: CollectedByDto })
  collectedBy!: CollectedByDto;

  @ApiPropertyOptional({ type: ReviewDto })
  review?: ReviewDto;

  @ApiPropertyOptional()
  consentId?: string;

  @ApiPropertyOptional()
  supersedes?: string;
}
