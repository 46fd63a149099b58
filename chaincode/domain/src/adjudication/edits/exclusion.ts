import { renderingProvider, serviceState } from '../../claims/claim.js';
import type { ClaimLine, ClaimProvider } from '../../claims/claim.js';
import { isExcludedOn } from '../../exclusions/excluded-on.js';
import { deny } from '../rule.js';
import type { Case, EditRule } from '../rule.js';
import { entryOn } from './tables.js';

/**
 * Nobody who is excluded from federal programmes on the day has a part in a service that one pays: whoever bills, renders or
 * lends the place is CO-B7, whoever referred CO-183. An emergency is paid where the excluded person rendered it.
 */
export const exclusion: EditRule = {
  id: 'exclusion/v1',
  source: '42 CFR 1001.1901(b) and (c)(5); claims guide, decisions (credential policy); CARC B7 with N570, 183 with N574',
  examine: (line, given) => {
    const { billing, referring, serviceFacility } = given.content;
    const isExcluded = (provider: ClaimProvider | undefined): boolean => isExcludedFrom(line, provider, given);
    if (isExcluded(billing) || isExcluded(serviceFacility)) return [deny('CO', 'B7', 'N570')];
    if (isExcluded(renderingProvider(given.content, line)) && line.emergency !== true) return [deny('CO', 'B7', 'N570')];
    return isExcluded(referring) && line.emergency !== true ? [deny('CO', '183', 'N574')] : [];
  },
};

/**
 * As exclusion/v1, and nobody excluded operates on a patient (CO-B7) or orders a service (CO-184): the programme pays neither
 * what they do nor what is done because they said so.
 */
export const exclusion2: EditRule = {
  id: 'exclusion/v2',
  source: '42 CFR 1001.1901(b) and (c)(5); claims guide, decisions (credential policy: ordering and referring providers), 2.5; CARC B7 with N570, 183 and 184 with N574',
  examine: (line, given) => {
    const { operating, otherOperating } = given.content.institutional ?? {};
    const known = exclusion.examine(line, given);
    const isExcluded = (provider: ClaimProvider | undefined): boolean => line.emergency !== true && isExcludedFrom(line, provider, given);
    if (known.some(({ reason }) => reason === 'CO-B7')) return known;
    if (isExcluded(operating) || isExcluded(otherOperating)) return [deny('CO', 'B7', 'N570')];
    return known.length === 0 && isExcluded(line.ordering) ? [deny('CO', '184', 'N574')] : known;
  },
};

function isExcludedFrom(line: ClaimLine, provider: ClaimProvider | undefined, given: Case): boolean {
  const periods = entryOn(given, 'exclusions', provider?.npi ?? '', line.serviceFrom)?.periods ?? [];
  return periods.some((period) => isExcludedOn(period, line.serviceFrom, serviceState(given.content, line) ?? ''));
}
