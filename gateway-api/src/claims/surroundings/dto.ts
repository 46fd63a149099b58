import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { COVERAGE_CHANGES } from '@medaccord/domain';
import { CoveragePeriodDto, DependantDto } from '../dto/coverage.dto.js';
import { CommandAnswerDto } from '../dto/submission.dto.js';

/** Whatever names an insured person. */
export class InsuredPersonDto {
  @ApiProperty()
  memberId!: string;

  @ApiPropertyOptional({ type: DependantDto })
  dependant?: DependantDto;
}

/** A question about one person and day. */
export class InquiryDto extends InsuredPersonDto {
  @ApiProperty({ format: 'date' })
  serviceDate!: string;

  @ApiPropertyOptional({ type: [String], description: 'Benefit categories; every one where left out.' })
  categories?: string[];
}

/** Questions to one insurer. */
export class InquiriesDto {
  @ApiProperty({ example: 'InsurerMSP' })
  insurerMsp!: string;

  @ApiProperty({ type: [InquiryDto], minItems: 1, maxItems: 100 })
  questions!: InquiryDto[];
}

/** Questions to answer. */
export class AnswersDto {
  @ApiPropertyOptional({ type: [String], description: 'Of one hospital. Left out: the open ones.' })
  inquiryIds?: string[];
}

/** What changed in somebody's insurance; which further fields there are depends on the type. */
export class CoverageChangeDto extends InsuredPersonDto {
  @ApiProperty({ enum: COVERAGE_CHANGES })
  type!: string;

  @ApiProperty()
  reason!: string;

  @ApiPropertyOptional({ format: 'date', description: 'TERMINATION: the last insured day.' })
  lastDay?: string;

  @ApiPropertyOptional({ type: [CoveragePeriodDto], description: 'PERIODS: as they are known now.' })
  periods?: CoveragePeriodDto[];

  @ApiPropertyOptional({ type: InsuredPersonDto, description: 'NEWBORN: the child, as claims name it.' })
  child?: InsuredPersonDto;

  @ApiPropertyOptional({ description: 'NEWBORN: names the child within the family.', example: '03' })
  person?: string;

  @ApiPropertyOptional({ format: 'date', description: 'NEWBORN: insured from this day.' })
  birthDate?: string;

  @ApiPropertyOptional({ type: InsuredPersonDto, description: 'MEMBER_ID: the same person under another number.' })
  newNumber?: InsuredPersonDto;

  @ApiPropertyOptional({ format: 'date', description: 'MEMBER_ID: the first day of the new number.' })
  effectiveFrom?: string;
}

/** Changes to record. */
export class CoverageChangesDto {
  @ApiProperty({ type: [CoverageChangeDto], minItems: 1, maxItems: 100 })
  items!: CoverageChangeDto[];
}

/** A list that was made. */
export class MadeReviewListDto {
  @ApiProperty()
  reviewListId!: string;

  @ApiProperty()
  hospitalMsp!: string;

  @ApiProperty({ description: 'Claims that would come out otherwise.' })
  proposed!: number;

  @ApiProperty({ description: 'Claims that were computed and would come out the same.' })
  unchanged!: number;
}

/** A claim that could not be computed again. */
export class NotReviewedDto {
  @ApiProperty()
  claimId!: string;

  @ApiProperty({ enum: ['NOT_DECIDED', 'ALREADY_DECIDED'] })
  outcome!: string;

  @ApiPropertyOptional()
  code?: string;

  @ApiPropertyOptional()
  input?: string;
}

/** The lists of a search. */
export class ProposedReviewsDto {
  @ApiProperty({ type: [MadeReviewListDto] })
  reviewLists!: MadeReviewListDto[];

  @ApiProperty({ type: [NotReviewedDto] })
  notReviewed!: NotReviewedDto[];
}

/** Changes with the lists that follow from them. */
export class ChangedCoveragesDto extends ProposedReviewsDto {
  @ApiProperty({ type: CommandAnswerDto })
  changed!: CommandAnswerDto;
}

/** What to look at again; which further fields there are depends on the type. */
export class ReviewRequestDto {
  @ApiProperty({ enum: ['LICENCE', 'FEE_SCHEDULE', 'PLAN', 'RULE_SET'] })
  type!: string;

  @ApiProperty()
  reason!: string;

  @ApiPropertyOptional({ description: 'LICENCE: the provider whose past is known otherwise.' })
  npi?: string;

  @ApiPropertyOptional({ format: 'date', description: 'LICENCE: first day of service.' })
  from?: string;

  @ApiPropertyOptional({ format: 'date', description: 'LICENCE: last day of service.' })
  thru?: string;

  @ApiPropertyOptional({ description: 'FEE_SCHEDULE' })
  feeScheduleId?: string;

  @ApiPropertyOptional({ description: 'PLAN' })
  planId?: string;

  @ApiPropertyOptional({ description: 'FEE_SCHEDULE, PLAN: decisions under earlier versions are looked at.' })
  version?: number;

  @ApiPropertyOptional({ description: 'RULE_SET: decisions by any other set of its kind are looked at.', example: 'professional/2' })
  ruleSet?: string;
}

/** What a person says of a proposal. */
export class ReviewDecisionDto {
  @ApiProperty()
  claimId!: string;

  @ApiProperty({ enum: ['RELEASED', 'DISMISSED'] })
  state!: 'RELEASED' | 'DISMISSED';

  @ApiProperty({ maxLength: 500 })
  reason!: string;
}

/** Decisions on proposals. */
export class ReviewDecisionsDto {
  @ApiProperty({ type: [ReviewDecisionDto], minItems: 1, maxItems: 500 })
  decisions!: ReviewDecisionDto[];
}

/** What was decided, and what was opened again. */
export class DecidedReviewsDto {
  @ApiProperty({ type: CommandAnswerDto })
  decided!: CommandAnswerDto;

  @ApiPropertyOptional({ type: CommandAnswerDto })
  reopened?: CommandAnswerDto;
}
