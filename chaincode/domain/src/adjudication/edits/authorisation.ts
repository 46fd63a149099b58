import { renderingProvider } from '../../claims/claim.js';
import type { ClaimLine } from '../../claims/claim.js';
import type { AuthorisationFact } from '../../authorisations/authorisation.js';
import { authorisationOf } from '../../authorisations/authorisation-states.js';
import type { RequirementEntry } from '../../reference-data/tables.js';
import { deny } from '../rule.js';
import type { Case, EditFinding, EditRule } from '../rule.js';
import { entryOn } from './tables.js';

/**
 * A service that the payer wants authorised names an authorisation that was approved (else CO-197), for this service and not
 * before its time (CO-15), not after it (CO-302), for this provider (CO-296), with units left for the line after those
 * before it (CO-198).
 */
export const authorisation: EditRule = {
  id: 'authorisation/v1',
  source: 'claims guide 2.3 step 9, 2.5 and decisions (edits); CARC 15, 197, 198, 296, 302 with M62',
  examine: (line, given) => {
    if (!isRequired('authorisation', line, given)) return [];
    const reason = objection(line, given) ?? (hasUnitsLeft(line, given) ? undefined : '198');
    return reason === undefined ? [] : [deny('CO', reason, 'M62')];
  },
};

/** A service that the payer wants referred names a referral that was approved for it, this provider and this day. */
export const referral: EditRule = {
  id: 'referral/v1',
  source: 'claims guide 2.3 step 9, 2.5; CARC 243 with N130',
  examine: (line, given) => {
    if (!isRequired('referral', line, given)) return [];
    const named = factOf(given.content.referral, given);
    return named !== undefined && objectionTo(named, line, given) === undefined ? [] : [LACKS_REFERRAL];
  },
};

const LACKS_REFERRAL: EditFinding = deny('CO', '243', 'N130');

function isRequired(what: 'authorisation' | 'referral', { procedure, serviceFrom }: ClaimLine, given: Case): boolean {
  const entry = entryOn(given, 'prior-authorisation', procedure.code, serviceFrom);
  return entry !== undefined && entry !== null && entry[what] && isInForce(entry, serviceFrom);
}

function isInForce({ from, thru }: RequirementEntry, date: string): boolean {
  return (from === undefined || from <= date) && (thru === undefined || date <= thru);
}

/** Why a line's authorisation does not serve it, units aside. */
function objection(line: ClaimLine, given: Case): string | undefined {
  const named = authorisationOf(given.content, line);
  if (named === undefined) return '197';
  const fact = factOf(named, given);
  return fact === undefined ? '15' : objectionTo(fact, line, given);
}

function objectionTo(fact: AuthorisationFact, line: ClaimLine, { content }: Case): string | undefined {
  if (fact.status !== 'APPROVED') return '197';
  if (!fact.codes.includes(line.procedure.code) || line.serviceFrom < fact.from) return '15';
  if (line.serviceThru > fact.thru) return '302';
  const npi = renderingProvider(content, line).npi ?? '';
  return fact.providerNpis.length === 0 || fact.providerNpis.includes(npi) ? undefined : '296';
}

/** Units are taken line by line in order of date, then number; a line for which too few are left takes none. */
function hasUnitsLeft(line: ClaimLine, given: Case): boolean {
  const named = authorisationOf(given.content, line);
  const fact = factOf(named, given);
  if (fact === undefined) return false;
  let left = fact.unitsApproved - fact.unitsUsed;
  const alike = given.content.lines.filter((other) => authorisationOf(given.content, other) === named && objectionTo(fact, other, given) === undefined);
  for (const other of [...alike].sort((a, b) => (isBefore(a, b) ? -1 : 1))) {
    const fits = unitsOf(other) <= left;
    if (other.number === line.number) return fits;
    if (fits) left -= unitsOf(other);
  }
  return false;
}

function isBefore(one: ClaimLine, other: ClaimLine): boolean {
  return one.serviceFrom === other.serviceFrom ? one.number < other.number : one.serviceFrom < other.serviceFrom;
}

/** As `AuthorisationStates` uses them. */
function unitsOf({ quantity }: ClaimLine): number {
  return Math.ceil(quantity.thousandths / 1000);
}

function factOf(named: string | undefined, { facts }: Case): AuthorisationFact | undefined {
  return facts.authorisations?.find(({ authorisationId }) => authorisationId === named);
}
