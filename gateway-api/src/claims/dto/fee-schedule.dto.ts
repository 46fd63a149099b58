import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import type {
  CaseRatePrices, DrgPrices, DrgWeight, Fee, ModifierFactor, NewFeeSchedule, NewListedPrices, NewPrices, NoPrice, OutlierTerms, OutOfNetworkTerms, PerDiemPrices, Rate,
  Setting, ShareOfCharges,
} from '@medaccord/domain';

const basisPoints = 'Hundredths of a per cent: 10 000 is the whole.';
const noPrices = ['CO-97', 'CO-147', 'PR-96'];

/** The price of a service, a day or a case. */
export class FeeDto implements Fee {
  @ApiProperty()
  amountMinor!: number;

  @ApiPropertyOptional({ description: 'Where the place of service bills its own part.' })
  facilityAmountMinor?: number;

  @ApiProperty({ description: 'Benefit category.' })
  category!: string;

  @ApiPropertyOptional({ enum: noPrices, description: 'What a price of zero means.' })
  zeroPrice?: NoPrice;

  @ApiPropertyOptional({ description: 'Paid less where it is not the dearest such procedure of its provider and day.' })
  multipleProcedure?: boolean;
}

/** What a diagnosis-related group counts. */
export class DrgWeightDto implements DrgWeight {
  @ApiProperty({ description: 'In ten-thousandths: 10 000 is the average case.', example: 19_234 })
  relativeWeight!: number;

  @ApiProperty({ description: 'Benefit category.' })
  category!: string;

  @ApiPropertyOptional({ description: 'Geometric mean of the stay, in tenths of a day; without it a transfer is paid in full.' })
  meanStayTenths?: number;
}

/** One entry of a table. */
@ApiExtraModels(FeeDto, DrgWeightDto)
export class FeeEntryDto {
  @ApiProperty({
    description: 'Of services the code, then its pricing modifiers; of days the revenue code; of groups `DRG` and its number; of cases a group, a principal ICD procedure or a service.',
    example: 'E0114-NU',
  })
  key!: string;

  @ApiProperty({ oneOf: [{ $ref: getSchemaPath(FeeDto) }, { $ref: getSchemaPath(DrgWeightDto) }] })
  fee!: Rate;
}

/** A modifier that changes the price. */
export class ModifierFactorDto implements ModifierFactor {
  @ApiProperty({ example: '50' })
  modifier!: string;

  @ApiProperty({ description: basisPoints, example: 15_000 })
  factor!: number;
}

/** What every table says. */
abstract class TableDto {
  @ApiProperty({ enum: [...noPrices, 'pend'], description: 'What becomes of a claim or service without a price.' })
  notListed!: NoPrice | 'pend';

  @ApiProperty({ description: 'The allowed amount is never more than the charge.' })
  lesserOfCharge!: boolean;

  @ApiProperty({ type: [FeeEntryDto], description: 'In the order of their keys.', maxItems: 20_000 })
  entries!: FeeEntryDto[];
}

/** Prices per service. */
export class ListedPricesDto extends TableDto implements NewListedPrices {
  @ApiProperty({ enum: ['listed'] })
  type!: 'listed';

  @ApiProperty({ type: [ModifierFactorDto] })
  modifierFactors!: ModifierFactorDto[];

  @ApiPropertyOptional({ type: [Number], description: `What the first, second… dearest procedure of a provider and day is paid; the last one goes for all that follow. ${basisPoints}`, example: [10_000, 5000] })
  multipleProcedureFactors?: number[];
}

/** One share of whatever is charged. */
export class ShareOfChargesDto implements ShareOfCharges {
  @ApiProperty({ enum: ['share-of-charges'] })
  type!: 'share-of-charges';

  @ApiProperty({ description: basisPoints, example: 8000 })
  share!: number;

  @ApiProperty({ description: 'Benefit category.' })
  category!: string;
}

/** Prices per day in a room. */
export class PerDiemPricesDto extends TableDto implements NewPrices<PerDiemPrices> {
  @ApiProperty({ enum: ['per-diem'] })
  type!: 'per-diem';
}

/** Prices per case. */
export class CaseRatePricesDto extends TableDto implements NewPrices<CaseRatePrices> {
  @ApiProperty({ enum: ['case-rate'] })
  type!: 'case-rate';
}

/** What is paid beyond the price where a stay costs far more. */
export class OutlierTermsDto implements OutlierTerms {
  @ApiProperty({ description: `Cost as a share of covered charges. ${basisPoints}` })
  costToCharge!: number;

  @ApiProperty()
  thresholdMinor!: number;

  @ApiProperty({ description: `Share of the cost above price and threshold. ${basisPoints}`, example: 8000 })
  share!: number;
}

/** Base rate × relative weight. */
export class DrgPricesDto extends TableDto implements NewPrices<DrgPrices> {
  @ApiProperty({ enum: ['drg'] })
  type!: 'drg';

  @ApiProperty()
  baseRateMinor!: number;

  @ApiPropertyOptional({ type: OutlierTermsDto })
  outlier?: OutlierTermsDto;

  @ApiPropertyOptional({ type: [String], description: 'Patient statuses that make a transfer.', example: ['02'] })
  transferStatuses?: string[];
}

/** Prices for a hospital outside the network. */
export class OutOfNetworkTermsDto implements OutOfNetworkTerms {
  @ApiProperty({ description: 'The patient may be billed what is not allowed (PR-45), where the law allows it; never for emergencies.' })
  balanceBilling!: boolean;
}

/** A contract's prices. */
@ApiExtraModels(ListedPricesDto, ShareOfChargesDto, PerDiemPricesDto, CaseRatePricesDto, DrgPricesDto)
export class FeeScheduleDto implements NewFeeSchedule {
  @ApiProperty()
  name!: string;

  @ApiProperty()
  network!: string;

  @ApiProperty({ example: 'USD' })
  currency!: string;

  @ApiProperty({ format: 'date' })
  from!: string;

  @ApiPropertyOptional({ format: 'date' })
  thru?: string;

  @ApiPropertyOptional({ enum: ['professional', 'outpatient', 'inpatient'], isArray: true, description: 'The kinds of claims that it prices; professional ones where absent.' })
  settings?: Setting[];

  @ApiPropertyOptional({ type: OutOfNetworkTermsDto, description: 'The hospital is outside the network.' })
  outOfNetwork?: OutOfNetworkTermsDto;

  @ApiPropertyOptional({ description: 'Bills of a part of a stay (frequencies 2, 3, 4) and of late charges (5) are accepted.' })
  interimBills?: boolean;

  @ApiProperty({
    oneOf: [
      { $ref: getSchemaPath(ListedPricesDto) }, { $ref: getSchemaPath(ShareOfChargesDto) }, { $ref: getSchemaPath(PerDiemPricesDto) }, { $ref: getSchemaPath(CaseRatePricesDto) },
      { $ref: getSchemaPath(DrgPricesDto) },
    ],
  })
  prices!: NewPrices | ShareOfCharges;
}

/** A fee schedule to record. */
export class FeeScheduleStatementDto {
  @ApiPropertyOptional({ description: 'Absent: a new one.' })
  feeScheduleId?: string;

  @ApiPropertyOptional({ description: '1, or one more than the newest.', default: 1 })
  version?: number;

  @ApiProperty({ type: FeeScheduleDto })
  feeSchedule!: FeeScheduleDto;
}

/** Fee schedules to record. */
export class RecordFeeSchedulesDto {
  @ApiProperty({ example: 'HospitalMSP' })
  hospitalMsp!: string;

  @ApiProperty({ type: [FeeScheduleStatementDto], maxItems: 20 })
  items!: FeeScheduleStatementDto[];
}
