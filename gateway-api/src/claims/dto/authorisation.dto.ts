import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { AUTHORISATION_CLOCKS } from '@medaccord/domain';
import type { DecideAuthorisation } from '@medaccord/domain';
import type { AuthorisationToRequest } from '../authorisation-desk.js';
import { DependantDto } from './coverage.dto.js';

/** Services to be approved. */
export class AuthorisationToRequestDto implements AuthorisationToRequest {
  @ApiProperty({ example: 'InsurerMSP' })
  insurerMsp!: string;

  @ApiProperty()
  memberId!: string;

  @ApiPropertyOptional({ type: DependantDto })
  dependant?: DependantDto;

  @ApiProperty({ type: [String], description: 'Who may do them; empty: whoever.' })
  providerNpis!: string[];

  @ApiProperty({ type: [String], minItems: 1 })
  codes!: string[];

  @ApiProperty({ format: 'date' })
  from!: string;

  @ApiProperty({ format: 'date' })
  thru!: string;

  @ApiProperty({ minimum: 1 })
  units!: number;

  @ApiProperty()
  urgent!: boolean;

  @ApiProperty({ enum: AUTHORISATION_CLOCKS, description: 'cms: Medicare Advantage, Medicaid and CHIP; erisa: plans of employers.' })
  clock!: AuthorisationToRequest['clock'];
}

/** What is approved. */
export class AuthorisationDecisionDto implements Pick<DecideAuthorisation, 'unitsApproved' | 'reason'> {
  @ApiProperty({ minimum: 0 })
  unitsApproved!: number;

  @ApiPropertyOptional({ description: 'Needed where fewer than asked are approved.' })
  reason?: string;
}
