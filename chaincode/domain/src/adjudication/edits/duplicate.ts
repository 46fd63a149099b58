import { placeOfService, renderingProvider } from '../../claims/claim.js';
import type { ClaimLine } from '../../claims/claim.js';
import type { HistoryClaim, HistoryLine } from '../adjudication.js';
import { deny, pend } from '../rule.js';
import type { Case, EditRule } from '../rule.js';

/** Say that a service was repeated or distinct on purpose: such a line is never an exact duplicate. */
const DISTINCT_SERVICE = ['76', '77', '91', '59', 'XE', 'XS', 'XP', 'XU'];

/**
 * Exact: the same biller, rendering provider, dates, code, modifiers, units, charge and place as a line of another claim
 * of the person that was not denied; OA-18. Otherwise the same date and code make a suspect, for a person to see.
 */
export const duplicate: EditRule = {
  id: 'duplicate/v1',
  source: 'claims guide, decisions (duplicates); CARC 18 with group OA only, N522',
  examine: (line, given) => {
    const others = given.facts.history.flatMap((claim) => claim.lines.filter(({ denied }) => !denied).map((other) => ({ claim, other })));
    if (others.some(({ claim, other }) => isExact(line, given, claim, other))) return [deny('OA', '18', 'N522')];
    return others.some(({ other }) => isSuspect(line, other)) ? [pend('suspect-duplicate')] : [];
  },
};

/** As another rule, for originals (frequency 1) alone: what replaces or goes on from a claim resembles others for a reason, which a person sees. */
export function ofOriginals(id: string, rule: EditRule): EditRule {
  return {
    id,
    source: `as ${rule.id}; claims guide, decisions (duplicates: frequency 1)`,
    examine: (line, given) => rule.examine(line, given).map((finding) => (finding.effect === 'deny' && given.content.frequency !== '1' ? pend('suspect-duplicate') : finding)),
  };
}

function isExact(line: ClaimLine, { content }: Case, claim: HistoryClaim, other: HistoryLine): boolean {
  return (
    isSuspect(line, other) &&
    line.serviceThru === other.serviceThru &&
    line.chargeMinor === other.chargeMinor &&
    line.quantity.unit === other.quantity.unit &&
    line.quantity.thousandths === other.quantity.thousandths &&
    sameModifiers(line.procedure.modifiers, other.procedure.modifiers) &&
    placeOfService(content, line) === other.placeOfService &&
    renderingProvider(content, line).npi === other.renderingNpi &&
    content.billing.taxId === claim.billingTaxId &&
    !line.procedure.modifiers.some((modifier) => DISTINCT_SERVICE.includes(modifier))
  );
}

function isSuspect(line: ClaimLine, other: HistoryLine): boolean {
  return line.serviceFrom === other.serviceFrom && line.procedure.code === other.procedure.code;
}

function sameModifiers(left: readonly string[], right: readonly string[]): boolean {
  const inOrder = (modifiers: readonly string[]): string => [...modifiers].sort((a, b) => (a < b ? -1 : 1)).join();
  return inOrder(left) === inOrder(right);
}
