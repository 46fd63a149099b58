import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PAYEES, PROVIDER_ADJUSTMENTS } from '@medaccord/domain';
import type { Payee, Payment, ProviderAdjustment, ReceivableAmount, RemittanceBody, RemittedClaim, RemittedReversal } from '@medaccord/domain';
import { EobDocumentDto } from './adjudication.dto.js';
import { CommandProofDto, DocumentReferenceDto, EnvelopeDto } from './documents.dto.js';

/** How a remittance is paid. */
export class PaymentDto implements Payment {
  @ApiProperty({ enum: ['ACH', 'CHK', 'NON'], description: 'Transfer, cheque, or nothing to pay.' })
  method!: 'ACH' | 'CHK' | 'NON';

  @ApiPropertyOptional({ description: 'Number by which the payment is found in the bank’s statement; absent until the money moves.', maxLength: 50 })
  traceNumber?: string;

  @ApiProperty({ format: 'date' })
  date!: string;
}

/** An amount of something that is owed. */
export class ReceivableAmountDto implements ReceivableAmount {
  @ApiProperty()
  receivableId!: string;

  @ApiProperty({ minimum: 1 })
  amountMinor!: number;
}

/** A remittance to issue. */
export class IssueRemittanceDto {
  @ApiProperty({ type: [String], description: 'Decided claims of one hospital.', maxItems: 500 })
  claimIds!: string[];

  @ApiPropertyOptional({ type: [String], description: 'Voided claims whose payment is taken back; those that a decision corrects are found by themselves.' })
  reversedClaimIds?: string[];

  @ApiPropertyOptional({ type: [String], description: 'Reversed claims whose overpayment is not withheld now but stays owed.' })
  recoverLater?: string[];

  @ApiPropertyOptional({ type: [ReceivableAmountDto], description: 'What is withheld now of what is owed.' })
  recoveries?: ReceivableAmountDto[];

  @ApiPropertyOptional({ type: [ReceivableAmountDto], description: 'What the hospital paid back by itself.' })
  refunds?: ReceivableAmountDto[];

  @ApiPropertyOptional({ enum: PAYEES, description: 'The member where benefits are not assigned, one claim each; the hospital where left out.' })
  payee?: Payee;

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

/** A decision taken back: the amounts of its explanation of benefits, negative. */
export class RemittedReversalDto implements RemittedReversal {
  @ApiProperty()
  claimId!: string;

  @ApiProperty()
  adjudicationVersion!: number;

  @ApiProperty({ type: DocumentReferenceDto })
  eob!: DocumentReferenceDto;

  @ApiProperty({ type: DocumentReferenceDto })
  reversal!: DocumentReferenceDto;

  @ApiProperty()
  patientControlNumber!: string;

  @ApiProperty()
  chargeMinor!: number;

  @ApiProperty()
  paidMinor!: number;
}

/** An amount that concerns no single claim. */
export class ProviderAdjustmentDto implements ProviderAdjustment {
  @ApiProperty({ enum: PROVIDER_ADJUSTMENTS, description: 'L6 interest, WO recoupment, 72 refund received, FB forwarded balance.' })
  code!: ProviderAdjustment['code'];

  @ApiProperty({ description: 'The claim, what is owed, or the remittance that it concerns.' })
  reference!: string;

  @ApiProperty({ description: 'A positive amount lowers the payment, a negative one raises it.' })
  amountMinor!: number;
}

/** What an insurer pays at once, and for which claims. */
export class RemittanceBodyDto implements RemittanceBody {
  @ApiProperty()
  currency!: string;

  @ApiProperty({ enum: PAYEES })
  payee!: Payee;

  @ApiProperty({ type: PaymentDto })
  payment!: PaymentDto;

  @ApiProperty({ type: [RemittedClaimDto] })
  claims!: RemittedClaimDto[];

  @ApiProperty({ type: [RemittedReversalDto] })
  reversals!: RemittedReversalDto[];

  @ApiProperty({ type: [ProviderAdjustmentDto] })
  providerAdjustments!: ProviderAdjustmentDto[];

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
