import { adjudicationDocumentShape, eobDocumentShape } from '../adjudication/eob-shape.js';
import { authorisationDocumentShape } from '../authorisations/authorisation.js';
import { claimDocumentShape } from '../claims/claim-shape.js';
import { paymentDocumentShape } from '../remittance/remittance.js';
import { list, object, optional, where } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import type { ReversalInput } from './reversal.js';

/** Reads a decision that is to be taken back: claim, adjudication, explanation of benefits and payment of one version. */
export const reversalInputShape: Shape<ReversalInput> = where(
  object<ReversalInput>({
    claim: claimDocumentShape,
    adjudication: adjudicationDocumentShape,
    eob: eobDocumentShape,
    payment: optional(paymentDocumentShape),
    authorisations: optional(list(authorisationDocumentShape, 0, 50)),
  }),
  isOneDecision,
  'INCONSISTENT',
);

function isOneDecision({ claim, adjudication, eob, payment }: ReversalInput): boolean {
  const others = [eob, ...(payment === undefined ? [] : [payment])];
  return adjudication.id === claim.id && others.every(({ id, version }) => id === claim.id && version === adjudication.version);
}
