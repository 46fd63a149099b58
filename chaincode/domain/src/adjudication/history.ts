import { placeOfService, renderingProvider } from '../claims/claim.js';
import type { ClaimDocument, ClaimLine } from '../claims/claim.js';
import { present } from '../shared/present.js';
import type { EobDocument, HistoryClaim, HistoryLine, LineDecision } from './adjudication.js';

/** An earlier claim and its decision, as far as the next one looks at them. */
export function historyClaim(claim: ClaimDocument, eob: Pick<EobDocument, 'body'>): HistoryClaim {
  const { content } = claim.body;
  const decisions = new Map(eob.body.lines.map((line) => [line.number, line]));
  return {
    claimId: claim.id,
    ...present('billingTaxId', content.billing.taxId),
    ...present('facilityType', content.institutional?.facilityType),
    lines: content.lines.map((line) => historyLine(claim, line, decisions.get(line.number))),
  };
}

function historyLine({ body: { content } }: ClaimDocument, line: ClaimLine, decision: LineDecision | undefined): HistoryLine {
  return {
    number: line.number,
    procedure: line.procedure,
    quantity: line.quantity,
    chargeMinor: line.chargeMinor,
    serviceFrom: line.serviceFrom,
    serviceThru: line.serviceThru,
    ...present('placeOfService', placeOfService(content, line)),
    ...present('renderingNpi', renderingProvider(content, line).npi),
    ...present('category', decision?.category),
    copayMinor: decision?.copayMinor ?? 0,
    denied: decision?.denied ?? false,
  };
}
