import { newDocument } from '../documents/execution.js';
import type { Effects, Execution } from '../documents/execution.js';
import type { JointParties } from '../documents/document.js';
import { derivedSalt } from '../documents/bytes.js';
import { openKey } from '../documents/key.js';
import type { ReceiptItem } from '../documents/receipt.js';
import { dateOfInstant } from '../shared/dates.js';
import { DomainError } from '../shared/errors.js';
import { examineOriginal, unlessOriginal } from '../corrections/original-check.js';
import { contentTakenIn, examinePartialBill } from '../corrections/interim-bills.js';
import { examinePriorPayers, unlessPriorReversed } from '../coordination/prior-payer.js';
import { present } from '../shared/present.js';
import { NO_PRECONDITIONS } from './preconditions.js';
import type { Preconditions } from './preconditions.js';
import { firstServiceDate } from './claim.js';
import type { ClaimDocument, OpenClaim } from './claim.js';
import type { SubmitClaims } from './command.js';
import { examineAtFrontEnd } from './front-end/front-end.js';

/**
 * Takes in each claim that passes the front end, as version 1, and lists it as open; rejects the others with reasons in
 * the receipt. The time of receipt is the transaction's, which the clock's tick bounds.
 */
export function submitClaims({ items }: SubmitClaims, parties: JointParties, execution: Execution): Effects {
  const clock = execution.registry.clock;
  if (clock === null) throw new DomainError('CLOCK_NOT_SET');
  const receivedOn = dateOfInstant(execution.now, 0);
  const documents: ClaimDocument[] = [];
  const results = items.map((item): ReceiptItem => {
    const { claimId, claim } = item;
    const rejections = [...examineAtFrontEnd(claim, receivedOn), ...examineOriginal(item), ...examinePartialBill(item), ...examinePriorPayers(item)];
    if (rejections.length > 0) return { id: claimId, outcome: 'REJECTED', rejections };
    documents.push(newDocument(execution, 'claim', { id: claimId, version: 1 }, parties, { content: contentTakenIn(item), clockTick: clock.tick, ...present('priorEobs', item.priorEobs) }));
    return { id: claimId, outcome: 'ACCEPTED', version: 1 };
  });
  const opened = documents.map((document) => openClaim(document, execution, 'SUBMITTED', []));
  return { documents, opened, closed: [], index: [], items: results };
}

/** What taking claims in rests on: a correction's original, and the contract that accepts a bill of a part of a stay, is the newest one, or it is proved that there is none. */
export function submissionPreconditions({ items }: SubmitClaims): Preconditions {
  return { ...NO_PRECONDITIONS, documents: items.flatMap(({ original, contract }) => [...(original === undefined ? [] : [original]), ...(contract === undefined ? [] : [contract])]), shown: items.flatMap(({ priorEobs = [] }) => priorEobs), absent: items.flatMap((item) => [...unlessOriginal(item), ...unlessPriorReversed(item)]) };
}

/** How a claim is listed while it waits. */
export function openClaim(claim: ClaimDocument, { now, salt, sha256 }: Execution, state: OpenClaim['state'], reasons: readonly string[]): OpenClaim {
  const { content } = claim.body;
  return {
    schema: 'open-claim/v1',
    claimId: claim.id,
    claimVersion: claim.version,
    salt: derivedSalt(salt, openKey(claim.id), sha256),
    parties: claim.parties,
    state,
    since: now,
    reasons,
    patientControlNumber: content.patientControlNumber,
    memberId: content.subscriber.memberId,
    totalChargeMinor: content.totalChargeMinor,
    currency: content.currency,
    serviceFrom: firstServiceDate(content),
  };
}
