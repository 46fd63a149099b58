import { claimContentShape, DISPUTE_GROUNDS, freeText, list, mspId, object, oneOf, opaqueId, optional } from '@medaccord/domain';
import type { ClaimContent, Disputable, DisputeBody, OpaqueId, SettleDispute, Shape } from '@medaccord/domain';

const MOST = 100;

/** Claims that could not be submitted. */
export interface LodgementAttempt {
  readonly insurerMsp: string;
  readonly claims: readonly ClaimContent[];
}

/** The same claims again, under the ids of their attempts. */
export interface LodgementRequest {
  readonly claims: readonly { readonly claimId: OpaqueId; readonly claim: ClaimContent }[];
}

/** What is disputed; a document that the other party wrote alone is shown. */
export interface DisputeRequest {
  readonly about: 'claim' | 'adjudication' | 'document';
  readonly document?: Disputable;
  readonly grounds: DisputeBody['grounds'];
  readonly statement: string;
}

/** Reads claims that could not be submitted. */
export const lodgementAttemptRequest: Shape<LodgementAttempt> = object<LodgementAttempt>({ insurerMsp: mspId, claims: list(claimContentShape, 1, MOST) });

/** Reads claims to lodge. */
export const lodgementRequest: Shape<LodgementRequest> = object<LodgementRequest>({
  claims: list(object<LodgementRequest['claims'][number]>({ claimId: opaqueId, claim: claimContentShape }), 1, MOST),
});

/** Reads claims by their ids. */
export const claimIdsRequest = object<{ readonly claimIds: readonly OpaqueId[] }>({ claimIds: list(opaqueId, 1, MOST) });

/** Reads a claim to decide alone. */
export const claimIdRequest = object<{ readonly claimId: OpaqueId }>({ claimId: opaqueId });

/** Reads why a decision is withdrawn. */
export const withdrawalReason = object<{ readonly reason: string }>({ reason: freeText(1, 500) });

/** Reads a dispute; the chaincode reads a document that is shown. */
export const disputeRequest: Shape<DisputeRequest> = object<DisputeRequest>({
  about: oneOf(['claim', 'adjudication', 'document']), document: optional((value) => value as Disputable), grounds: oneOf(DISPUTE_GROUNDS), statement: freeText(1, 2000),
});

/** Reads how a dispute ends. */
export const settlementRequest = object<Pick<SettleDispute, 'state' | 'answer'>>({ state: oneOf(['ACCEPTED', 'REFUSED', 'WITHDRAWN']), answer: freeText(1, 2000) });
