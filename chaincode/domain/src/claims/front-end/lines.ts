import { daysBetween, isPlainDate } from '../../shared/dates.js';
import { LONGEST_STANDING_PERIOD_DAYS } from '../../licences/standing-query.js';
import type { ClaimContent, ClaimLine, Procedure } from '../claim.js';
import { contradictory, invalid, isBlank, missing, required } from './check.js';
import type { Finding, FrontEndCheck } from './check.js';
import { latestDate } from './claim-header.js';

// Status codes of the 277 used here: 187 dates of service, 249 place of service, 255 diagnosis, 453 modifier, 454
// procedure, 476 units, 477 diagnosis pointer.

/** A claim has a line, and every line a service of the right form. */
export const procedureCheck: FrontEndCheck = {
  id: 'procedure/v1',
  source: '837P SV101; claims guide 2.3 step 1',
  examine: ({ lines }) => (lines.length === 0 ? [missing('454', '/lines')] : eachLine(lines, procedureFindings)),
};

/** Something was done: units are above zero. */
export const unitsCheck: FrontEndCheck = {
  id: 'units/v1',
  source: '837P SV104',
  examine: ({ lines }) =>
    eachLine(lines, ({ quantity }, path) => (quantity.thousandths > 0 && ['UN', 'MJ'].includes(quantity.unit) ? [] : [invalid('476', `${path}/quantity`)])),
};

/** Dates of service are real, in order, not in the future, and at most a year apart. */
export const serviceDatesCheck: FrontEndCheck = {
  id: 'service-dates/v1',
  source: '837P DTP*472; claims guide 2.3 step 1',
  examine: ({ lines }, receivedOn) => eachLine(lines, (line, path) => dateFindings(line, latestDate(receivedOn), path)),
};

/** A place of service, where given, is two digits. */
export const placeOfServiceCheck: FrontEndCheck = {
  id: 'place-of-service/v1',
  source: '837P CLM05-1, SV105',
  examine: ({ placeOfService, lines }) => [
    ...placeFindings(placeOfService, '/placeOfService'),
    ...eachLine(lines, (line, path) => placeFindings(line.placeOfService, `${path}/placeOfService`)),
  ],
};

/** A claim names a diagnosis, and lines point to diagnoses that it names. */
export const diagnosisCheck: FrontEndCheck = {
  id: 'diagnosis/v1',
  source: '837P HI, SV107; claims guide 2.3 step 1',
  examine: ({ diagnoses, lines }) => [
    ...(diagnoses.length === 0 ? [missing('255', '/diagnoses')] : []),
    ...diagnoses.flatMap(({ code }, index) => (/^[A-Z0-9]{3,7}$/.test(code) ? [] : [invalid('255', `/diagnoses/${index}/code`)])),
    ...eachLine(lines, ({ diagnosisPointers }, path) =>
      diagnosisPointers.every((pointer) => pointer >= 1 && pointer <= diagnoses.length) ? [] : [contradictory('477', `${path}/diagnosisPointers`)]),
  ],
};

function procedureFindings({ procedure }: ClaimLine, path: string): readonly Finding[] {
  return [
    ...required(procedure.code, (code) => /^[A-Z0-9]{5}$/.test(code), '454', `${path}/procedure/code`),
    ...modifierFindings(procedure, path),
  ];
}

/** Modifiers are two characters each. */
export function modifierFindings({ modifiers }: Procedure, path: string): readonly Finding[] {
  return modifiers.flatMap((modifier, index) => (/^[A-Z0-9]{2}$/.test(modifier) ? [] : [invalid('453', `${path}/procedure/modifiers/${index}`)]));
}

function dateFindings({ serviceFrom, serviceThru }: ClaimLine, latest: string, path: string): readonly Finding[] {
  const findings = [...required(serviceFrom, isPlainDate, '187', `${path}/serviceFrom`), ...required(serviceThru, isPlainDate, '187', `${path}/serviceThru`)];
  if (findings.length > 0) return findings;
  if (serviceThru < serviceFrom) return [contradictory('187', `${path}/serviceThru`)];
  const isTooLong = daysBetween(serviceFrom, serviceThru) >= LONGEST_STANDING_PERIOD_DAYS;
  return serviceThru > latest || isTooLong ? [invalid('187', `${path}/serviceThru`)] : [];
}

function placeFindings(place: string | undefined, path: string): readonly Finding[] {
  return isBlank(place) || /^\d{2}$/.test(place ?? '') ? [] : [invalid('249', path)];
}

/** What is found line by line, with each line's place. */
export function eachLine(lines: ClaimContent['lines'], examine: (line: ClaimLine, path: string) => readonly Finding[]): readonly Finding[] {
  return lines.flatMap((line, index) => examine(line, `/lines/${index}`));
}
