import { ApiProperty } from '@nestjs/swagger';
import type { PracticeAuthority } from '@medaccord/domain';
import type { RosterClinician, RosterQuestion, RosterStanding } from './roster-check.js';

/** A clinician of a roster, and where the clinician works. */
export class RosterClinicianDto implements RosterClinician {
  @ApiProperty({ description: 'National Provider Identifier with its check digit.', example: '1234567893' })
  npi!: string;

  @ApiProperty({ example: 'CA' })
  jurisdiction!: string;
}

/** A roster, and the day that is asked about. */
export class RosterQuestionDto implements RosterQuestion {
  @ApiProperty({ format: 'date' })
  asOf!: string;

  @ApiProperty({ type: [RosterClinicianDto], maxItems: 1000 })
  items!: RosterClinicianDto[];
}

/** What a clinician may do on the day. */
export class RosterStandingDto extends RosterClinicianDto implements RosterStanding {
  @ApiProperty({ description: 'Whether the directory knows the NPI.' })
  registered!: boolean;

  @ApiProperty({ enum: ['FULL', 'LIMITED', 'NONE', 'UNKNOWN'], description: 'Eligible, limited, not eligible, or not to be said: without a confirmed link to a licence it is UNKNOWN.' })
  authority!: PracticeAuthority;

  @ApiProperty({ type: String, format: 'date', nullable: true, description: 'The first day within a year on which it is another, if nothing more is recorded; null where none is.' })
  nextChangeDate!: string | null;
}
