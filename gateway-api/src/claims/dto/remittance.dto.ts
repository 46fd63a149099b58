import { ApiProperty } from '@nestjs/swagger';
import type { Payment, RemittanceBody, RemittedClaim } from '@medaccord/domain';
import { EobDocumentDto } from './adjudication.dto.js';
import { CommandProofDto, DocumentReferenceDto, EnvelopeDto } from './documents.dto.js';

/** How a remittance is paid. */
export class PaymentDto implements Payment {
  @ApiProperty({ enum: ['ACH', 'CHK', 'NON'], description: 'Transfer, cheque, or nothing to pay.' })
  method!: 'ACH' | 'CHK' | 'NON';

  @ApiProperty({ description: 'Number by which the payment is found in the bank’s statement.', maxLength: 50 })
  traceNumber!: string;

  @ApiProperty({ format: 'date' })
  date!: string;
}

/** A remittance to issue. */
export class IssueRemittanceDto {
  @ApiProperty({ type: [String], description: 'Decided claims of one hospital.', minItems: 1, maxItems: 500 })
  claimIds!: string[];

  @ApiProperty({ type: PaymentDto })
  payment!: PaymentDto;

  @ApiProperty({ description: 'What finance is about to pay; refused where the claims do not add up to it.' })
  totalMinor!: number;
}

/** One claim in a remittance. */
export class RemittedClaimDto implements RemittedClaim {
  @ApiProperty()
  claimId!: string;

  @ApiProperty()
  adjudicationVersion!: number;

  @ApiProperty({ type: DocumentReferenceDto })
  eob!: DocumentReferenceDto;

  @ApiProperty()
  patientControlNumber!: string;

  @ApiProperty()
  chargeMinor!: number;

  @ApiProperty()
  paidMinor!: number;

  @ApiProperty()
  patientMinor!: number;
}

/** What an insurer pays at once, and for which claims. */
export class RemittanceBodyDto implements RemittanceBody {
  @ApiProperty()
  currency!: string;

  @ApiProperty({ type: PaymentDto })
  payment!: PaymentDto;

  @ApiProperty({ type: [RemittedClaimDto] })
  claims!: RemittedClaimDto[];

  @ApiProperty()
  totalMinor!: number;
}

/** A recorded remittance. */
export class RemittanceDocumentDto extends EnvelopeDto {
  @ApiProperty({ type: RemittanceBodyDto })
  body!: RemittanceBodyDto;
}

/** A remittance with the decisions that it pays. */
export class RemittanceFileDto {
  @ApiProperty({ type: RemittanceDocumentDto })
  remittance!: RemittanceDocumentDto;

  @ApiProperty({ type: [EobDocumentDto], description: 'In the order of its claims.' })
  eobs!: EobDocumentDto[];
}

/** A remittance that was issued. */
export class IssuedRemittanceDto {
  @ApiProperty()
  remittanceId!: string;

  @ApiProperty()
  totalMinor!: number;

  @ApiProperty({ type: CommandProofDto })
  proof!: CommandProofDto;
}
