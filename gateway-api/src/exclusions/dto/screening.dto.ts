import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { SCREENING_RESULTS } from '@medaccord/domain';
import type { ExclusionFileName, ScreenedClinician, ScreenedPerson, ScreeningResult } from '@medaccord/domain';
import type { PairForReview, ScreeningSummary } from '../screening-desk.js';

/** A clinician as the organisation knows the person. */
export class ScreenedPersonDto implements ScreenedPerson {
  @ApiProperty({ example: '1234567893' })
  npi!: string;

  @ApiPropertyOptional({ type: [String], description: 'Other numbers of the same person; those that the registry knows are looked for as well.' })
  otherNpis?: string[];

  @ApiProperty({ type: [String], description: 'Also former ones; those that the registry knows are looked for as well.' })
  familyNames!: string[];

  @ApiProperty()
  givenName!: string;

  @ApiPropertyOptional({ format: 'date', description: 'Stays with this gateway, sealed.' })
  birthDate?: string;

  @ApiProperty({ type: [String], example: ['CA'] })
  states!: string[];

  @ApiProperty({ type: [String], example: ['90001'] })
  zips!: string[];
}

/** Clinicians to screen. */
export class CliniciansDto {
  @ApiProperty({ type: [ScreenedPersonDto], maxItems: 1000 })
  items!: ScreenedPersonDto[];
}

/** Clinicians in order of their NPIs. */
export class ClinicianPageDto extends CliniciansDto {
  @ApiPropertyOptional({ description: '`after` of the following page.' })
  next?: string;
}

/** Who is screened no longer. */
export class RemovalsDto {
  @ApiProperty({ type: [String], maxItems: 1000 })
  npis!: string[];
}

/** How many clinicians were entered or removed. */
export class CountDto {
  @ApiProperty()
  count!: number;
}

/** Which list to screen against. */
export class RunRequestDto {
  @ApiProperty({ example: 'LEIE' })
  source!: string;
}

/** What a run says of a clinician. */
export class ScreenedClinicianDto implements ScreenedClinician {
  @ApiProperty()
  npi!: string;

  @ApiProperty({ enum: SCREENING_RESULTS })
  result!: ScreeningResult;

  @ApiProperty({ type: [String], description: 'Pairs that stand, by id.' })
  matchIds!: string[];
}

/** What a run found. */
export class ScreeningSummaryDto implements ScreeningSummary {
  @ApiProperty()
  runId!: string;

  @ApiProperty()
  parts!: number;

  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true }, description: 'The files that make up the list, with their hashes.' })
  snapshots!: ExclusionFileName[];

  @ApiProperty({ description: 'Whether a second organisation has attested each of the files.' })
  attested!: boolean;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'number' }, description: 'Clinicians by result.' })
  counts!: Record<ScreeningResult, number>;

  @ApiProperty({ type: [ScreenedClinicianDto], description: 'Everybody who is not clear.' })
  notClear!: ScreenedClinicianDto[];
}

/** Both records of a pair. */
export class PairForReviewDto implements PairForReview {
  @ApiProperty({ type: 'object', additionalProperties: true })
  match!: PairForReview['match'];

  @ApiProperty({ type: ScreenedPersonDto })
  person!: ScreenedPersonDto;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'The list’s row; absent where the list no longer has it.' })
  row?: NonNullable<PairForReview['row']>;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  comparison?: NonNullable<PairForReview['comparison']>;
}
