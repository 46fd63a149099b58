import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { DISPUTE_GROUNDS } from '@medaccord/domain';
import { ClaimContentDto } from '../dto/claim-content.dto.js';
import { DocumentDto } from '../dto/documents.dto.js';

/** Claims that could not be submitted. */
export class LodgementAttemptDto {
  @ApiProperty({ example: 'InsurerMSP' })
  insurerMsp!: string;

  @ApiProperty({ type: [ClaimContentDto], minItems: 1, maxItems: 100 })
  claims!: ClaimContentDto[];
}

/** A claim under the id of its attempt. */
export class ClaimToLodgeDto {
  @ApiProperty()
  claimId!: string;

  @ApiProperty({ type: ClaimContentDto, description: 'The very claim that was attempted.' })
  claim!: ClaimContentDto;
}

/** Claims to lodge. */
export class LodgementDto {
  @ApiProperty({ type: [ClaimToLodgeDto], minItems: 1, maxItems: 100 })
  claims!: ClaimToLodgeDto[];
}

/** Claims by their ids. */
export class ClaimIdsDto {
  @ApiProperty({ type: [String], minItems: 1, maxItems: 100 })
  claimIds!: string[];
}

/** A claim to decide alone. */
export class ClaimIdDto {
  @ApiProperty()
  claimId!: string;
}

/** Why a decision is withdrawn. */
export class WithdrawalReasonDto {
  @ApiProperty({ maxLength: 500 })
  reason!: string;
}

/** What is disputed. */
export class DisputeDto {
  @ApiProperty({ enum: ['claim', 'adjudication', 'document'], description: 'The newest claim or adjudication, or a document that the other party wrote alone and showed.' })
  about!: string;

  @ApiPropertyOptional({ type: DocumentDto })
  document?: DocumentDto;

  @ApiProperty({ enum: DISPUTE_GROUNDS })
  grounds!: string;

  @ApiProperty({ maxLength: 2000 })
  statement!: string;
}

/** How a dispute ends. */
export class SettlementDto {
  @ApiProperty({ enum: ['ACCEPTED', 'REFUSED', 'WITHDRAWN'], description: 'WITHDRAWN by the party that opened it, the others by the other.' })
  state!: string;

  @ApiProperty({ maxLength: 2000 })
  answer!: string;
}
