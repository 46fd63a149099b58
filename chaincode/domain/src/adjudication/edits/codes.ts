import { placeOfService } from '../../claims/claim.js';
import type { ClaimLine, Diagnosis } from '../../claims/claim.js';
import { covers } from '../../shared/dates.js';
import type { PlainDate } from '../../shared/dates.js';
import type { CodeEntry } from '../../reference-data/tables.js';
import { codeTable, diagnosesOf, diagnosisDay, isIcd10 } from '../reference-facts.js';
import { deny } from '../rule.js';
import type { EditRule } from '../rule.js';
import { entryOn } from './tables.js';

/** The last day for whose services ICD-9-CM was used. */
const LAST_DAY_OF_ICD_9 = '2015-09-30';

/** The service's code is in its list on the day of service. */
export const codeOnDate: EditRule = {
  id: 'code-on-date/v1',
  source: 'claims guide 2.3 step 10, 2.5; CARC 181 with M20',
  examine: (line, given) => {
    const { code } = line.procedure;
    return isInvalid(entryOn(given, codeTable(code), code, line.serviceFrom), line.serviceFrom) ? [deny('CO', '181', 'M20')] : [];
  },
};

/** Every modifier is in its list on the day of service. */
export const modifierOnDate: EditRule = {
  id: 'modifier-on-date/v1',
  source: 'claims guide 2.5; CARC 182 with N519',
  examine: ({ procedure, serviceFrom }, given) =>
    procedure.modifiers.some((modifier) => isInvalid(entryOn(given, 'modifier', modifier, serviceFrom), serviceFrom)) ? [deny('CO', '182', 'N519')] : [],
};

/** The place of service is in its list on the day of service. */
export const placeOnDate: EditRule = {
  id: 'place-on-date/v1',
  source: 'claims guide 2.5; CARC 16 with M77',
  examine: (line, given) => {
    const place = placeOfService(given.content, line);
    return place !== undefined && isInvalid(entryOn(given, 'place-of-service', place, line.serviceFrom), line.serviceFrom) ? [deny('CO', '16', 'M77')] : [];
  },
};

/** Every diagnosis that a line points to is an ICD-10-CM code that may be billed on the day of service: a heading may not. */
export const diagnosisOnDate = diagnosisRule('diagnosis-on-date/v1', 'claims guide 2.3 step 10, 2.5; 45 CFR 162.1002; CARC 146 with M76', ({ qualifier }) => qualifier.startsWith('AB'));

/** As diagnosis-on-date/v1 for institutions: every diagnosis of the claim, reasons of visits among them, on the day by which a stay is coded. */
export const diagnosisOnBill = diagnosisRule('diagnosis-on-bill/v1', 'as diagnosis-on-date/v1; ICD-10-CM guidelines: a stay has the codes of the day of discharge', isIcd10);

/** Every institutional line is billed under a revenue code of the list. */
export const revenueCodeOnDate: EditRule = {
  id: 'revenue-code-on-date/v1',
  source: 'claims guide 2.5; CARC 16 with M50',
  examine: ({ revenueCode = '', serviceFrom }, given) =>
    isInvalid(entryOn(given, 'revenue-code', revenueCode, serviceFrom), serviceFrom) ? [deny('CO', '16', 'M50')] : [],
};

function diagnosisRule(id: string, source: string, isCurrent: (diagnosis: Diagnosis) => boolean): EditRule {
  return {
    id,
    source,
    examine: (line, given) => {
      if (given.facts.plan?.terms.edits?.tables.includes('icd-10-cm') !== true) return [];
      const day = diagnosisDay(line, given.content);
      const wrong = diagnosesOf(line, given.content).some((diagnosis) => {
        if (!isCurrent(diagnosis)) return day > LAST_DAY_OF_ICD_9;
        const entry = entryOn(given, 'icd-10-cm', diagnosis.code, day);
        return isInvalid(entry, day) || entry?.heading === true;
      });
      return wrong ? [deny('CO', '146', 'M76')] : [];
    },
  };
}

/** True where a list says that a code is not one on the day. */
function isInvalid(entry: CodeEntry | null | undefined, date: ClaimLine['serviceFrom']): boolean {
  return entry === null || (entry !== undefined && !isValidOn(entry, date));
}

function isValidOn({ from = '0000-01-01', thru }: Pick<CodeEntry, 'from' | 'thru'>, date: PlainDate): boolean {
  return covers({ from, ...(thru !== undefined && { thru }) }, date);
}
