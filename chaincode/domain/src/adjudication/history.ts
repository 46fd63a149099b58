import { placeOfService, renderingProvider } from '../claims/claim.js';
import type { ClaimDocument, ClaimLine } from '../claims/claim.js';
import type { ImportedClaimDocument } from '../imports/import.js';
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

/** A claim of the system that the insurer used before, as far as the next one looks at it. */
export function importedHistory({ id, body: { billingTaxId, lines } }: ImportedClaimDocument): HistoryClaim {
  return {
    claimId: id,
    ...present('billingTaxId', billingTaxId),
    lines: lines.map((line) => ({
      number: line.number,
      procedure: { qualifier: 'HC', code: line.code, modifiers: line.modifiers },
      quantity: { unit: 'UN', thousandths: line.unitsThousandths },
      chargeMinor: line.chargeMinor,
      serviceFrom: line.serviceFrom,
      serviceThru: line.serviceThru,
      ...present('placeOfService', line.placeOfService),
      ...present('renderingNpi', line.renderingNpi),
      ...present('category', line.category),
      copayMinor: line.copayMinor,
      denied: false,
    })),
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
