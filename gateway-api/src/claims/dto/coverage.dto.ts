import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { CREDENTIAL_EFFECTS, CREDENTIAL_ROLES } from '@medaccord/domain';
import type {
  Benefit, BenefitPlanBody, CostShare, CoveragePeriod, CoveredBenefit, CredentialEffect, CredentialException, ExcludedBenefit, RequiredDatum, Rounding, YearlyLimit,
} from '@medaccord/domain';
import type { Eligibility, UsedTotal } from '../insurer-statements.js';
import { EnvelopeDto } from './documents.dto.js';
import { BenefitLimitDto, EditTermsDto } from './edit-terms.dto.js';
import { PromptPayTermsDto } from './prompt-pay.dto.js';
import { CoordinationDto, CoordinationTermsDto } from './coordination.dto.js';

const basisPoints = 'Hundredths of a per cent: 10 000 is the whole.';

/** A yearly limit. */
export class YearlyLimitDto implements YearlyLimit {
  @ApiProperty({ enum: ['embedded', 'aggregate'], description: 'embedded: each person has a limit within the family’s. aggregate: the family’s alone counts.' })
  kind!: 'embedded' | 'aggregate';

  @ApiProperty()
  individualMinor!: number;

  @ApiProperty()
  familyMinor!: number;
}

/** Where a licence’s standing does something else; what is left out fits everything. */
export class CredentialExceptionDto implements CredentialException {
  @ApiPropertyOptional({ example: 'CA', description: 'Where the patient was.' })
  jurisdiction?: string;

  @ApiPropertyOptional({ example: 'RN', description: 'A type of licence that the clinician holds there.' })
  licenceType?: string;

  @ApiPropertyOptional({ enum: CREDENTIAL_ROLES })
  role?: NonNullable<CredentialException['role']>;

  @ApiProperty({ enum: CREDENTIAL_EFFECTS })
  effect!: CredentialEffect;
}

/** A category of services that the plan pays for. */
export class CoveredBenefitDto implements CoveredBenefit {
  @ApiProperty({ enum: ['covered'] })
  type!: 'covered';

  @ApiProperty({ example: 'office' })
  category!: string;

  @ApiProperty()
  deductibleApplies!: boolean;

  @ApiProperty({ description: 'Once per person, provider, day and category.' })
  copayMinor!: number;

  @ApiProperty({ description: basisPoints, example: 2000 })
  coinsurance!: number;

  @ApiProperty()
  countsToOutOfPocket!: boolean;

  @ApiProperty()
  copayCountsToDeductible!: boolean;

  @ApiPropertyOptional({ type: BenefitLimitDto, description: 'For one person in a benefit year; the totals `visits-<category>` and `paid-<category>` are opened with it.' })
  limit?: BenefitLimitDto;
}

/** A category that the plan does not pay for. */
export class ExcludedBenefitDto implements ExcludedBenefit {
  @ApiProperty({ enum: ['excluded'] })
  type!: 'excluded';

  @ApiProperty()
  category!: string;

  @ApiProperty({ enum: ['96', '204'] })
  denial!: '96' | '204';
}

/** What a plan pays and how patients share the cost. */
@ApiExtraModels(CoveredBenefitDto, ExcludedBenefitDto)
export class BenefitPlanDto implements BenefitPlanBody {
  @ApiProperty()
  name!: string;

  @ApiProperty({ example: 'USD' })
  currency!: string;

  @ApiProperty({ description: 'Contracts of the same network price this plan’s claims.' })
  network!: string;

  @ApiProperty({ example: -300 })
  utcOffsetMinutes!: number;

  @ApiProperty({ minimum: 1, maximum: 12 })
  benefitYearMonth!: number;

  @ApiProperty({ example: 365 })
  timelyFilingDays!: number;

  @ApiProperty()
  timelyFilingHasNoAppeal!: boolean;

  @ApiProperty({ enum: ['diagnosis-pointer', 'place-of-service', 'rendering-provider'], isArray: true })
  requiredData!: RequiredDatum[];

  @ApiProperty({ enum: ['pend', 'ignore', 'coordinate'] })
  otherPayers!: 'pend' | 'ignore' | 'coordinate';

  @ApiPropertyOptional({ type: CoordinationTermsDto, description: 'How the plan pays after another one, where it coordinates.' })
  coordination?: CoordinationTermsDto;

  @ApiProperty({ enum: CREDENTIAL_EFFECTS, description: 'What the licence’s standing does: deny and hold, be recorded, nothing.' })
  credentials!: CredentialEffect;

  @ApiPropertyOptional({ type: [CredentialExceptionDto], description: 'Where it does something else; the first that fits decides.' })
  credentialExceptions?: CredentialExceptionDto[];

  @ApiProperty({ enum: ['deductible', 'copay', 'coinsurance'], isArray: true })
  costShareOrder!: CostShare[];

  @ApiProperty({ type: YearlyLimitDto })
  deductible!: YearlyLimitDto;

  @ApiProperty({ type: YearlyLimitDto })
  outOfPocket!: YearlyLimitDto;

  @ApiPropertyOptional()
  selfOnlyLimitMinor?: number;

  @ApiProperty({ enum: ['halfUp', 'halfEven', 'down'] })
  rounding!: Rounding;

  @ApiPropertyOptional({ type: PromptPayTermsDto })
  promptPay?: PromptPayTermsDto;

  @ApiPropertyOptional({ type: EditTermsDto, description: 'Edits of code lists and payment policy; none where left out.' })
  edits?: EditTermsDto;

  @ApiProperty({ type: 'array', items: { oneOf: [{ $ref: getSchemaPath(CoveredBenefitDto) }, { $ref: getSchemaPath(ExcludedBenefitDto) }] } })
  benefits!: Benefit[];
}

/** A plan to record. */
export class PlanStatementDto {
  @ApiPropertyOptional({ description: 'Absent: a new plan.' })
  planId?: string;

  @ApiPropertyOptional({ description: '1, or one more than the newest.', default: 1 })
  version?: number;

  @ApiProperty({ type: BenefitPlanDto })
  plan!: BenefitPlanDto;
}

/** Plans to record. */
export class RecordPlansDto {
  @ApiProperty({ type: [PlanStatementDto] })
  items!: PlanStatementDto[];
}

/** A recorded plan. */
export class PlanDocumentDto extends EnvelopeDto {
  @ApiProperty({ type: BenefitPlanDto })
  body!: BenefitPlanDto;
}

/** A dependant who shares the subscriber's member id. */
export class DependantDto {
  @ApiPropertyOptional({ format: 'date', description: 'As claims give it.' })
  birthDate?: string;

  @ApiPropertyOptional({ description: 'As claims give it.' })
  givenName?: string;
}

/** Days on which a person is insured. */
export class CoveragePeriodDto implements CoveragePeriod {
  @ApiProperty({ format: 'date' })
  from!: string;

  @ApiPropertyOptional({ format: 'date', description: 'Absent: until further notice.' })
  thru?: string;

  @ApiProperty()
  planId!: string;
}

/** What the insurer states about one person. */
export class CoverageStatementDto {
  @ApiProperty()
  memberId!: string;

  @ApiPropertyOptional({ type: DependantDto })
  dependant?: DependantDto;

  @ApiProperty({ description: 'False: the insurer does not know this person; then no family, person or periods.' })
  known!: boolean;

  @ApiPropertyOptional({ description: 'Whatever names the family, such as the subscriber’s member id.' })
  family?: string;

  @ApiPropertyOptional({ description: 'Names the person within the family.', example: '01' })
  person?: string;

  @ApiProperty({ type: [CoveragePeriodDto], description: 'Ascending.' })
  periods!: CoveragePeriodDto[];

  @ApiPropertyOptional({ type: CoordinationDto, description: 'How this insurance stands to others of the person.' })
  coordination?: CoordinationDto;

  @ApiProperty()
  reason!: string;

  @ApiPropertyOptional({ description: '1, or one more than the newest.', default: 1 })
  version?: number;
}

/** Coverages to record. */
export class RecordCoveragesDto {
  @ApiProperty({ type: [CoverageStatementDto], maxItems: 500 })
  items!: CoverageStatementDto[];
}

/** What is used of a yearly limit. */
export class UsedTotalDto implements UsedTotal {
  @ApiProperty({ example: '01/deductible' })
  leaf!: string;

  @ApiProperty()
  usedMinor!: number;
}

/** A family's totals of a benefit year. */
export class TotalsStatementDto {
  @ApiProperty()
  family!: string;

  @ApiProperty({ format: 'date', description: 'First day of the benefit year.' })
  benefitYear!: string;

  @ApiProperty({ example: 'USD' })
  currency!: string;

  @ApiProperty({ example: 'opening' })
  reason!: string;

  @ApiProperty({ type: [UsedTotalDto], description: 'Of every person and of the family, in the order of the leaves.' })
  totals!: UsedTotalDto[];

  @ApiPropertyOptional({ description: '1, or one more than the newest.', default: 1 })
  version?: number;
}

/** Totals to record. */
export class RecordAccumulatorsDto {
  @ApiProperty({ type: [TotalsStatementDto], maxItems: 500 })
  items!: TotalsStatementDto[];
}

/** Whom and when an eligibility question concerns. */
export class EligibilityRequestDto {
  @ApiProperty()
  memberId!: string;

  @ApiPropertyOptional({ type: DependantDto })
  dependant?: DependantDto;

  @ApiProperty({ format: 'date' })
  date!: string;
}

/** What the insurer would tell about a person on a date. */
export class EligibilityDto implements Eligibility {
  @ApiProperty()
  coverageId!: string;

  @ApiProperty()
  known!: boolean;

  @ApiProperty({ description: 'Insured on the date.' })
  covered!: boolean;

  @ApiPropertyOptional()
  planId?: string;

  @ApiPropertyOptional()
  person?: string;

  @ApiPropertyOptional({ format: 'date' })
  benefitYear?: string;

  @ApiProperty({ type: [UsedTotalDto] })
  totals!: UsedTotalDto[];
}
