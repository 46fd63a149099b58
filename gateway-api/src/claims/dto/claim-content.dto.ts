import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ClaimContent, ClaimLine, Diagnosis, Procedure, Quantity, SubmitterTrace } from '@medaccord/domain';
import { ClaimPatientDto, ClaimProviderDto, ClaimSubscriberDto } from './claim-parties.dto.js';
import { InstitutionalFactsDto } from './institutional.dto.js';
import { OtherPayerDto } from './other-payers.dto.js';

const date = { format: 'date', example: '2026-06-30' } as const;
const minor = 'In the smallest unit of the currency.';

/** A diagnosis code without its point. */
export class DiagnosisDto implements Diagnosis {
  @ApiProperty({ description: '`ABK` and `ABF` for ICD-10-CM, principal first; of institutions also `ABJ` admitting, `APR` reason of the visit, `ABN` external cause; without the A for ICD-9-CM.', example: 'ABK' })
  qualifier!: string;

  @ApiProperty({ example: 'Z0000' })
  code!: string;

  @ApiPropertyOptional({ enum: ['Y', 'N', 'U', 'W', '1'], description: 'Institutions: present on admission.' })
  presentOnAdmission?: string;
}

/** A service with its modifiers. */
export class ProcedureDto implements Procedure {
  @ApiProperty({ example: 'HC', description: '`NU`: the revenue code itself, where an institution bills no procedure.' })
  qualifier!: string;

  @ApiProperty({ example: 'G0463' })
  code!: string;

  @ApiProperty({ type: [String], maxItems: 4 })
  modifiers!: string[];
}

/** How much was done. */
export class QuantityDto implements Quantity {
  @ApiProperty({ enum: ['UN', 'MJ', 'DA'], description: 'Units, minutes (professional) or days (institutional).' })
  unit!: string;

  @ApiProperty({ description: 'In thousandths: 1000 is one.', example: 1000 })
  thousandths!: number;
}

/** One billed service. */
export class ClaimLineDto implements ClaimLine {
  @ApiProperty({ description: 'From 1 without gaps.' })
  number!: number;

  @ApiPropertyOptional({ description: 'The hospital’s own number of the line.' })
  controlNumber?: string;

  @ApiProperty({ type: ProcedureDto })
  procedure!: ProcedureDto;

  @ApiProperty({ description: minor, example: 12_000 })
  chargeMinor!: number;

  @ApiProperty({ type: QuantityDto })
  quantity!: QuantityDto;

  @ApiPropertyOptional({ example: '11' })
  placeOfService?: string;

  @ApiProperty({ type: [Number], description: 'Positions in `diagnoses`, from 1.' })
  diagnosisPointers!: number[];

  @ApiProperty(date)
  serviceFrom!: string;

  @ApiProperty(date)
  serviceThru!: string;

  @ApiPropertyOptional({ type: ClaimProviderDto })
  rendering?: ClaimProviderDto;

  @ApiPropertyOptional({ type: ClaimProviderDto, description: 'Who ordered the service.' })
  ordering?: ClaimProviderDto;

  @ApiPropertyOptional()
  emergency?: boolean;

  @ApiPropertyOptional()
  priorAuthorisation?: string;

  @ApiPropertyOptional({ description: 'National Drug Code.' })
  drugCode?: string;

  @ApiPropertyOptional({ description: 'Institutions, always: four digits.', example: '0120' })
  revenueCode?: string;

  @ApiPropertyOptional({ description: `Institutions: the part of the charge that the hospital bills as not covered. ${minor}` })
  nonCoveredMinor?: number;
}

/** An accident that led to the services. */
export class AccidentDto {
  @ApiPropertyOptional(date)
  date?: string;

  @ApiProperty({ type: [String], description: 'AA auto, EM employment, OA other.' })
  kinds!: string[];

  @ApiPropertyOptional({ example: 'VT' })
  state?: string;
}

/** Where a claim stood in its file. */
export class SubmitterTraceDto implements SubmitterTrace {
  @ApiPropertyOptional()
  interchangeControl?: string;

  @ApiPropertyOptional()
  groupControl?: string;

  @ApiPropertyOptional()
  transactionControl?: string;

  @ApiPropertyOptional()
  batchReference?: string;

  @ApiPropertyOptional({ description: 'SHA-256 of the file.' })
  fileHash?: string;
}

/** A claim as a hospital submits it. */
export class ClaimContentDto implements ClaimContent {
  @ApiProperty({ enum: ['P', 'I'], description: 'Professional or institutional.' })
  type!: 'P' | 'I';

  @ApiPropertyOptional({ type: InstitutionalFactsDto, description: 'Exactly of institutional claims.' })
  institutional?: InstitutionalFactsDto;

  @ApiProperty({ description: '1 original, 7 replacement, 8 void.', example: '1' })
  frequency!: string;

  @ApiProperty({ description: 'The hospital’s own number of the claim.', maxLength: 38 })
  patientControlNumber!: string;

  @ApiPropertyOptional()
  originalReference?: string;

  @ApiProperty({ example: 'USD' })
  currency!: string;

  @ApiProperty({ description: minor, example: 12_000 })
  totalChargeMinor!: number;

  @ApiPropertyOptional({ example: '11' })
  placeOfService?: string;

  @ApiProperty()
  acceptsAssignment!: boolean;

  @ApiProperty()
  benefitsAssigned!: boolean;

  @ApiPropertyOptional()
  priorAuthorisation?: string;

  @ApiPropertyOptional()
  referral?: string;

  @ApiPropertyOptional({ type: AccidentDto })
  accident?: AccidentDto;

  @ApiProperty({ type: ClaimProviderDto })
  billing!: ClaimProviderDto;

  @ApiPropertyOptional({ type: ClaimProviderDto })
  rendering?: ClaimProviderDto;

  @ApiPropertyOptional({ type: ClaimProviderDto })
  referring?: ClaimProviderDto;

  @ApiPropertyOptional({ type: ClaimProviderDto })
  serviceFacility?: ClaimProviderDto;

  @ApiProperty({ type: ClaimSubscriberDto })
  subscriber!: ClaimSubscriberDto;

  @ApiPropertyOptional({ type: ClaimPatientDto })
  patient?: ClaimPatientDto;

  @ApiPropertyOptional({ type: [OtherPayerDto], maxItems: 10, description: 'In the order in which they decided.' })
  otherPayers?: OtherPayerDto[];

  @ApiProperty({ type: [DiagnosisDto], maxItems: 41, description: 'Of professional claims 12 at most.' })
  diagnoses!: DiagnosisDto[];

  @ApiProperty({ type: [ClaimLineDto], maxItems: 999, description: 'Of professional claims 50 at most.' })
  lines!: ClaimLineDto[];

  @ApiPropertyOptional({ type: SubmitterTraceDto })
  trace?: SubmitterTraceDto;
}
