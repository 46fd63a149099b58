import { daysBetween } from '../../shared/dates.js';
import type { ClaimLine } from '../../claims/claim.js';
import { deny } from '../rule.js';
import type { Case, EditRule } from '../rule.js';
import { entryOn } from './tables.js';
import type { OtherService, ServicesBeside } from './tables.js';

/** An add-on is billed beside a service that it adds to, by the same provider on the same day. */
export function addOn(beside: ServicesBeside): EditRule {
  return {
    id: 'add-on/v1',
    source: 'CMS, add-on code edits; claims guide 2.3 step 12; CARC 107 with N122',
    examine: (line, given) => {
      const primaries = entryOn(given, 'service-rules', line.procedure.code, line.serviceFrom)?.addOnTo;
      if (primaries === undefined) return [];
      const others = beside(line, given).filter(({ serviceFrom, procedure }) => serviceFrom === line.serviceFrom && procedure.code !== line.procedure.code);
      return others.some(({ procedure }) => primaries.includes(procedure.code) || primaries.includes('*')) ? [] : [deny('CO', '107', 'N122')];
    },
  };
}

/**
 * A visit within a procedure's global period is part of it: on its day (and for 90 days the day before) unless modifier 25 or
 * 57 says that it was another or led to it, afterwards unless 24 says that it was unrelated.
 */
export function globalPeriod(beside: ServicesBeside): EditRule {
  return {
    id: 'global-period/v1',
    source: '42 CFR 414.40; CMS Claims Processing Manual ch. 12 § 40; claims guide 2.3 step 12; CARC 97 with M144',
    examine: (line, given) => {
      const isVisit = entryOn(given, 'service-rules', line.procedure.code, line.serviceFrom)?.visit === true;
      return isVisit && beside(line, given).some((procedure) => isPartOf(line, procedure, given)) ? [deny('CO', '97', 'M144')] : [];
    },
  };
}

function isPartOf({ serviceFrom, procedure: { modifiers } }: ClaimLine, { procedure, serviceFrom: done }: OtherService, given: Case): boolean {
  const globalDays = entryOn(given, 'service-rules', procedure.code, done)?.globalDays;
  if (globalDays === undefined) return false;
  const after = daysBetween(done, serviceFrom);
  if (after < (globalDays === 90 ? -1 : 0) || after > globalDays) return false;
  return !modifiers.some((modifier) => (after > 0 ? ['24'] : ['25', '57']).includes(modifier));
}
