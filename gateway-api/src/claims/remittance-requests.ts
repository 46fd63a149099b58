import { integer, list, object, oneOf, opaqueId, optional, PAYEES, paymentShape, receivableAmountShape } from '@medaccord/domain';
import type { OpaqueId, Payee, Payment, ReceivableAmount, Shape } from '@medaccord/domain';

const MOST = 500;

/** What is to be paid at once. */
export interface RemittanceRequest {
  readonly claimIds: readonly OpaqueId[];
  /** Voided claims whose payment is taken back; those that a decision corrects are found by themselves. */
  readonly reversedClaimIds?: readonly OpaqueId[];
  /** Reversed claims whose overpayment stays owed. */
  readonly recoverLater?: readonly OpaqueId[];
  readonly recoveries?: readonly ReceivableAmount[];
  readonly refunds?: readonly ReceivableAmount[];
  readonly payee?: Payee;
  readonly payment: Payment;
  readonly totalMinor: number;
}

const parts = {
  claimIds: list(opaqueId, 0, MOST),
  reversedClaimIds: optional(list(opaqueId, 0, MOST)),
  recoverLater: optional(list(opaqueId, 0, MOST)),
  recoveries: optional(list(receivableAmountShape, 0, MOST)),
  refunds: optional(list(receivableAmountShape, 0, MOST)),
  payee: optional(oneOf(PAYEES)),
  payment: paymentShape,
};

/** Reads a remittance to issue. */
export const remittanceRequest: Shape<RemittanceRequest> = object<RemittanceRequest>({ ...parts, totalMinor: integer(0) });

/** Reads a remittance to look at before. */
export const remittancePreviewRequest: Shape<Omit<RemittanceRequest, 'totalMinor'>> = object<Omit<RemittanceRequest, 'totalMinor'>>(parts);
