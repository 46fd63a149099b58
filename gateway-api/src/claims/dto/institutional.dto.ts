import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Admission, InstitutionalFacts, InstitutionalProcedure, Occurrence } from '@medaccord/domain';
import { ClaimProviderDto } from './claim-parties.dto.js';

const date = { format: 'date', example: '2026-06-30' } as const;

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
