import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type {
  Admission, ClaimContent, ClaimLine, ClaimPatient, ClaimProvider, ClaimSubscriber, Diagnosis, InstitutionalFacts, InstitutionalProcedure, Occurrence, OtherPayer, Procedure, Quantity, ReportedAdjustment, ReportedDecision, ReportedLine,
  SubmitterTrace,
} from '@medaccord/domain';

const date = { format: 'date', example: '2026-06-30' } as const;
const minor = 'In the smallest unit of the currency.';

/** A person or organisation that acts in a claim. */
export class ClaimProviderDto implements ClaimProvider {
  @ApiProperty({ enum: ['person', 'organisation'] })
  entity!: 'person' | 'organisation';

  @ApiPropertyOptional({ description: 'National Provider Identifier.' })
  npi?: string;

  @ApiPropertyOptional({ description: '`Family, Given` of a person.' })
  name?: string;

  @ApiPropertyOptional({ description: 'Provider taxonomy code.' })
  taxonomy?: string;

  @ApiPropertyOptional({ description: 'Tax id as billed.' })
  taxId?: string;

  @ApiPropertyOptional({ description: 'Postal code of the state whose law counts.', example: 'VT' })
  state?: string;
}

/** Who holds the insurance. */
export class ClaimSubscriberDto implements ClaimSubscriber {
  @ApiProperty()
  memberId!: string;

  @ApiProperty()
  familyName!: string;

  @ApiPropertyOptional()
  givenName?: string;

  @ApiPropertyOptional(date)
  birthDate?: string;

  @ApiPropertyOptional({ enum: ['F', 'M', 'U'] })
  sex?: 'F' | 'M' | 'U';

  @ApiPropertyOptional({ example: 'VT' })
  state?: string;

  @ApiPropertyOptional()
  groupNumber?: string;

  @ApiProperty({ enum: ['P', 'S', 'T', 'U'], description: 'Which payer this one is: primary, secondary, tertiary, later.' })
  payerSequence!: 'P' | 'S' | 'T' | 'U';

  @ApiPropertyOptional({ description: 'Claim filing indicator.', example: 'CI' })
  filingIndicator?: string;
}

/** The patient where it is not the subscriber. */
export class ClaimPatientDto implements ClaimPatient {
  @ApiProperty({ description: 'Relationship to the subscriber: 01 spouse, 19 child, G8 other…' })
  relationship!: string;

  @ApiProperty()
  familyName!: string;

  @ApiPropertyOptional()
  givenName?: string;

  @ApiPropertyOptional(date)
  birthDate?: string;

  @ApiPropertyOptional({ enum: ['F', 'M', 'U'] })
  sex?: 'F' | 'M' | 'U';

  @ApiPropertyOptional({ example: 'VT' })
  state?: string;
}

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

/** An ICD procedure of an institution's claim. */
export class InstitutionalProcedureDto implements InstitutionalProcedure {
  @ApiProperty({ description: '`BBR` principal, `BBQ` other (ICD-10-PCS); `BR`, `BQ` (ICD-9-CM).', example: 'BBR' })
  qualifier!: string;

  @ApiProperty({ example: '0SRC0J9' })
  code!: string;

  @ApiPropertyOptional(date)
  date?: string;
}

/** An event that the claim depends on: one day, or a span of days. */
export class OccurrenceDto implements Occurrence {
  @ApiProperty()
  code!: string;

  @ApiProperty(date)
  from!: string;

  @ApiPropertyOptional(date)
  thru?: string;
}

/** A value code with its amount. */
export class ValueCodeDto {
  @ApiProperty()
  code!: string;

  @ApiProperty({ description: 'As an amount, also of days: four are 400.' })
  amountMinor!: number;
}

/** When and how a patient came in. */
export class AdmissionDto implements Admission {
  @ApiPropertyOptional(date)
  date?: string;

  @ApiPropertyOptional({ description: 'HHMM.' })
  time?: string;

  @ApiPropertyOptional()
  type?: string;

  @ApiPropertyOptional()
  source?: string;
}

/** What only an institution's claim says; its codes are those of the UB-04. */
export class InstitutionalFactsDto implements InstitutionalFacts {
  @ApiProperty({ description: 'First two digits of the type of bill after its leading zero.', example: '11' })
  facilityType!: string;

  @ApiProperty(date)
  statementFrom!: string;

  @ApiProperty(date)
  statementThru!: string;

  @ApiPropertyOptional({ type: AdmissionDto })
  admission?: AdmissionDto;

  @ApiPropertyOptional({ description: 'HHMM.' })
  dischargeTime?: string;

  @ApiPropertyOptional({ example: '01' })
  patientStatus?: string;

  @ApiPropertyOptional({ description: 'The diagnosis-related group, as grouped by the hospital.', example: '470' })
  drg?: string;

  @ApiProperty({ type: [InstitutionalProcedureDto], maxItems: 25 })
  procedures!: InstitutionalProcedureDto[];

  @ApiProperty({ type: [String], maxItems: 24 })
  conditions!: string[];

  @ApiProperty({ type: [OccurrenceDto], maxItems: 48 })
  occurrences!: OccurrenceDto[];

  @ApiProperty({ type: [ValueCodeDto], maxItems: 24 })
  values!: ValueCodeDto[];

  @ApiPropertyOptional({ type: ClaimProviderDto })
  attending?: ClaimProviderDto;

  @ApiPropertyOptional({ type: ClaimProviderDto })
  operating?: ClaimProviderDto;

  @ApiPropertyOptional({ type: ClaimProviderDto })
  otherOperating?: ClaimProviderDto;
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

/** Why another insurer paid less than the charge (CAS). */
export class ReportedAdjustmentDto implements ReportedAdjustment {
  @ApiProperty({ example: 'PR' })
  group!: string;

  @ApiProperty({ example: '2' })
  reason!: string;

  @ApiProperty({ type: 'integer' })
  amountMinor!: number;
}

/** What another insurer decided of a line: charge = paid + sum of adjustments. */
export class ReportedLineDto implements ReportedLine {
  @ApiProperty({ minimum: 1 })
  number!: number;

  @ApiProperty({ type: 'integer', minimum: 0 })
  paidMinor!: number;

  @ApiProperty({ type: [ReportedAdjustmentDto] })
  adjustments!: ReportedAdjustmentDto[];
}

/** What another insurer decided, as its remittance told the hospital. */
export class ReportedDecisionDto implements ReportedDecision {
  @ApiProperty({ format: 'date' })
  decidedOn!: string;

  @ApiProperty({ type: [ReportedLineDto], description: 'Every line of the claim.' })
  lines!: ReportedLineDto[];
}

/** An insurer that decides before this one. */
export class OtherPayerDto implements OtherPayer {
  @ApiProperty({ enum: ['P', 'S', 'T', 'U'], description: 'Its place in the order of payers.' })
  payerSequence!: 'P' | 'S' | 'T' | 'U';

  @ApiPropertyOptional()
  name?: string;

  @ApiPropertyOptional({ description: 'Its own number of the claim; its explanation of benefits is read at this organisation’s peer.' })
  claimNumber?: string;

  @ApiPropertyOptional({ description: 'What it decided, where it is not on the ledger; counts where the plan takes it.' })
  reported?: ReportedDecisionDto;
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
