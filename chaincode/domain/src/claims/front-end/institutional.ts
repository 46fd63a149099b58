import { LONGEST_STANDING_PERIOD_DAYS } from '../../licences/standing-query.js';
import { daysBetween, isPlainDate } from '../../shared/dates.js';
import { isInpatient } from '../claim.js';
import type { ClaimContent, ClaimLine, InstitutionalFacts, Occurrence } from '../claim.js';
import { contradictory, invalid, missing, required } from './check.js';
import type { Finding, FrontEndCheck } from './check.js';
import { latestDate } from './claim-header.js';
import { eachLine, modifierFindings } from './lines.js';
import { npiIfGiven } from './providers.js';

// Status codes of the 277 used here: 187 dates of service, 188 statement dates, 189 admission date, 228 type of bill, 229
// admission source, 230 admission hour, 231 admission type, 233 discharge hour, 234 patient status, 256 diagnosis-related
// group, 454 procedure, 455 revenue code, 460 condition, 461 occurrence, 462 occurrence span, 463 value, 465 ICD procedure,
// 476 units, 562 NPI, 596 non-covered charge, 688 present on admission. The codes of the UB-04 are checked in form only.

const TWO_CHARACTERS = /^[0-9A-Z]{2}$/;
const TIME = /^([01]\d|2[0-3])[0-5]\d$/;

/** The claim says what kind of facility and care it bills. */
export const facilityTypeCheck: FrontEndCheck = {
  id: 'facility-type/v1',
  source: '837I CLM05-1',
  examine: ofInstitution(({ facilityType }) => required(facilityType, (text) => /^[1-9][1-9]$/.test(text), '228', '/institutional/facilityType')),
};

/** The statement covers real days, in order, not in the future, at most a year, and every line's days. */
export const statementDatesCheck: FrontEndCheck = {
  id: 'statement-dates/v1',
  source: '837I DTP*434',
  examine: (content, receivedOn) => {
    const { statementFrom: from, statementThru: thru } = content.institutional ?? { statementFrom: '', statementThru: '' };
    const findings = [...required(from, isPlainDate, '188', '/institutional/statementFrom'), ...required(thru, isPlainDate, '188', '/institutional/statementThru')];
    if (findings.length > 0) return findings;
    if (thru < from) return [contradictory('188', '/institutional/statementThru')];
    if (thru > latestDate(receivedOn) || daysBetween(from, thru) >= LONGEST_STANDING_PERIOD_DAYS) return [invalid('188', '/institutional/statementThru')];
    return eachLine(content.lines, (line, path) => (isOutside(line, from, thru) ? [contradictory('187', `${path}/serviceFrom`)] : []));
  },
};

/** A patient who was admitted came in on a day, in a way, and left or stays; the codes and hours of every claim have their form. */
export const admissionCheck: FrontEndCheck = {
  id: 'admission/v1',
  source: '837I DTP*435, DTP*096, CL1',
  examine: (content) => {
    const { admission = {}, dischargeTime, patientStatus } = content.institutional ?? {};
    const at = '/institutional/admission';
    return [
      ...admissionFindings(content),
      ...formed(admission.time, TIME, '230', `${at}/time`),
      ...formed(admission.type, /^\d$/, '231', `${at}/type`),
      ...formed(admission.source, /^[0-9A-Z]$/, '229', `${at}/source`),
      ...formed(dischargeTime, TIME, '233', '/institutional/dischargeTime'),
      ...formed(patientStatus, TWO_CHARACTERS, '234', '/institutional/patientStatus'),
    ];
  },
};

/** Groups, ICD procedures, conditions, occurrences and values have their form, and their days exist. */
export const institutionalCodesCheck: FrontEndCheck = {
  id: 'institutional-codes/v1',
  source: '837I HI',
  examine: ofInstitution(({ drg, procedures, conditions, occurrences, values }, { diagnoses }) => [
    ...formed(drg, /^\d{3,4}$/, '256', '/institutional/drg'),
    ...procedures.flatMap(({ code, date }, index) => [
      ...formed(code, /^[A-Z0-9]{3,7}$/, '465', `/institutional/procedures/${index}/code`),
      ...(date === undefined || isPlainDate(date) ? [] : [invalid('465', `/institutional/procedures/${index}/date`)]),
    ]),
    ...conditions.flatMap((code, index) => formed(code, TWO_CHARACTERS, '460', `/institutional/conditions/${index}`)),
    ...occurrences.flatMap((occurrence, index) => occurrenceFindings(occurrence, `/institutional/occurrences/${index}`)),
    ...values.flatMap(({ code }, index) => formed(code, TWO_CHARACTERS, '463', `/institutional/values/${index}/code`)),
    ...diagnoses.flatMap(({ presentOnAdmission }, index) => formed(presentOnAdmission, /^[YNUW1]$/, '688', `/diagnoses/${index}/presentOnAdmission`)),
  ]),
};

/** The NPIs of the people who attended and operated, where given, have the right check digit. */
export const institutionalProvidersCheck: FrontEndCheck = {
  id: 'institutional-providers/v1',
  source: '45 CFR 162.406; 837I loops 2310A, 2310B, 2310C',
  examine: ofInstitution(({ attending, operating, otherOperating }) => [
    ...npiIfGiven(attending, '/institutional/attending'),
    ...npiIfGiven(operating, '/institutional/operating'),
    ...npiIfGiven(otherOperating, '/institutional/otherOperating'),
  ]),
};

/** A claim has a line, and every line a revenue code, a quantity, and, where it names one, a service of the right form. */
export const revenueLinesCheck: FrontEndCheck = {
  id: 'revenue-lines/v1',
  source: '837I SV2',
  examine: ({ lines }) => (lines.length === 0 ? [missing('455', '/lines')] : eachLine(lines, revenueFindings)),
};

function ofInstitution(examine: (facts: InstitutionalFacts, content: ClaimContent) => readonly Finding[]): FrontEndCheck['examine'] {
  return (content) => (content.institutional === undefined ? [] : examine(content.institutional, content));
}

function admissionFindings(content: ClaimContent): readonly Finding[] {
  const { admission, patientStatus, statementThru } = content.institutional ?? {};
  const date = admission?.date;
  if (!isInpatient(content)) return date === undefined || isPlainDate(date) ? [] : [invalid('189', '/institutional/admission/date')];
  return [
    ...required(date, isPlainDate, '189', '/institutional/admission/date'),
    ...(isAfter(date, statementThru) ? [contradictory('189', '/institutional/admission/date')] : []),
    ...(admission?.type === undefined ? [missing('231', '/institutional/admission/type')] : []),
    ...(patientStatus === undefined ? [missing('234', '/institutional/patientStatus')] : []),
  ];
}

/** Real days alone can contradict each other; others are found elsewhere. */
function isAfter(date: string | undefined, other: string | undefined): boolean {
  return date !== undefined && other !== undefined && isPlainDate(date) && isPlainDate(other) && date > other;
}

function isOutside({ serviceFrom, serviceThru }: ClaimLine, from: string, thru: string): boolean {
  return isAfter(from, serviceFrom) || isAfter(serviceThru, thru);
}

function occurrenceFindings({ code, from, thru }: Occurrence, path: string): readonly Finding[] {
  const status = thru === undefined ? '461' : '462';
  const isReal = isPlainDate(from) && (thru === undefined || (isPlainDate(thru) && from <= thru));
  return [...formed(code, TWO_CHARACTERS, status, `${path}/code`), ...(isReal ? [] : [invalid(status, `${path}/from`)])];
}

function revenueFindings(line: ClaimLine, path: string): readonly Finding[] {
  const { revenueCode, quantity, nonCoveredMinor = 0, chargeMinor } = line;
  return [
    ...required(revenueCode, (code) => /^\d{4}$/.test(code), '455', `${path}/revenueCode`),
    ...serviceFindings(line, path),
    ...(quantity.thousandths > 0 && ['UN', 'DA'].includes(quantity.unit) ? [] : [invalid('476', `${path}/quantity`)]),
    ...(nonCoveredMinor > chargeMinor ? [contradictory('596', `${path}/nonCoveredMinor`)] : []),
  ];
}

/** Without a procedure code the service is the revenue code's. */
function serviceFindings({ procedure, revenueCode }: ClaimLine, path: string): readonly Finding[] {
  if (procedure.qualifier === 'NU') return procedure.code === revenueCode && procedure.modifiers.length === 0 ? [] : [contradictory('454', `${path}/procedure`)];
  return [...required(procedure.code, (code) => /^[A-Z0-9]{5}$/.test(code), '454', `${path}/procedure/code`), ...modifierFindings(procedure, path)];
}

function formed(value: string | undefined, form: RegExp, status: string, path: string): readonly Finding[] {
  return value === undefined || form.test(value) ? [] : [invalid(status, path)];
}
