import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ClaimPatient, ClaimProvider, ClaimSubscriber } from '@medaccord/domain';

const date = { format: 'date', example: '2026-06-30' } as const;

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

/** A person as the claim describes one. */
abstract class ClaimPersonDto {
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

/** Who holds the insurance. */
export class ClaimSubscriberDto extends ClaimPersonDto implements ClaimSubscriber {
  @ApiProperty()
  memberId!: string;

  @ApiPropertyOptional()
  groupNumber?: string;

  @ApiProperty({ enum: ['P', 'S', 'T', 'U'], description: 'Which payer this one is: primary, secondary, tertiary, later.' })
  payerSequence!: 'P' | 'S' | 'T' | 'U';

  @ApiPropertyOptional({ description: 'Claim filing indicator.', example: 'CI' })
  filingIndicator?: string;
}

/** The patient where it is not the subscriber. */
export class ClaimPatientDto extends ClaimPersonDto implements ClaimPatient {
  @ApiProperty({ description: 'Relationship to the subscriber: 01 spouse, 19 child, G8 other…' })
  relationship!: string;
}
