import { procedureShape, quantityShape } from '../claims/claim-shape.js';
import { documentShape, joint } from '../documents/document.js';
import { flag, freeText, integer, list, object, oneOf, optional, plainDate, sha256Shape, text } from '../shared/parse.js';
import { paymentDueShape } from '../coverage/prompt-pay.js';
import type { Shape } from '../shared/parse.js';
import type { DocumentReference } from '../documents/key.js';
import { DECISIONS, GROUPS } from './adjudication.js';
import type { AdjudicationBody, AdjudicationDocument, Adjustment, DecisionTotals, EobBody, EobDocument, LineDecision } from './adjudication.js';

/** Reads a citation of a document. */
export const referenceShape: Shape<DocumentReference> = object<DocumentReference>({ key: freeText(1, 120), hash: sha256Shape });

const line: Shape<LineDecision> = object<LineDecision>({
  number: integer(1),
  controlNumber: optional(freeText(0, 80)),
  procedure: procedureShape,
  serviceFrom: plainDate,
  serviceThru: plainDate,
  quantity: quantityShape,
  renderingNpi: optional(freeText(0, 80)),
  category: optional(freeText(1, 40)),
  chargeMinor: integer(0),
  allowedMinor: integer(0),
  deductibleMinor: integer(0),
  copayMinor: integer(0),
  coinsuranceMinor: integer(0),
  priorPaidMinor: optional(integer(0)),
  paidMinor: integer(0),
  denied: flag,
  adjustments: list(object<Adjustment>({ group: oneOf(GROUPS), reason: freeText(1, 5), amountMinor: integer(Number.MIN_SAFE_INTEGER) })),
  remarks: list(freeText(1, 8)),
});

/** Reads a recorded explanation of benefits. */
export const eobDocumentShape: Shape<EobDocument> = joint(documentShape('eob', object<EobBody>({
  claim: referenceShape,
  patientControlNumber: freeText(0, 80),
  currency: text(/^[A-Z]{3}$/),
  decision: oneOf(DECISIONS),
  totals: object<DecisionTotals>({ chargeMinor: integer(0), allowedMinor: integer(0), paidMinor: integer(0), patientMinor: integer(0) }),
  lines: list(line, 1),
  corrects: optional(referenceShape),
  payee: optional(oneOf(['member'])),
  due: optional(paymentDueShape),
})));

/**
 * Reads a recorded adjudication. What its body says is not read again: the ledger proves that these bytes are the ones
 * that this chaincode wrote.
 */
export const adjudicationDocumentShape: Shape<AdjudicationDocument> = joint(documentShape('adjudication', (value) => value as AdjudicationBody));
