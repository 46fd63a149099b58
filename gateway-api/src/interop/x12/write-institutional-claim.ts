import type { ClaimContent, ClaimLine, Diagnosis, InstitutionalFacts, Occurrence } from '@medaccord/domain';
import type { SegmentWriter, WrittenElement } from './segment-writer.js';
import { writeLineDecisions, writeOtherPayers } from './write-other-payers.js';
import { decimal, writeDrug, writeProvider, writeReferences, writeServiceDates, x12Amount, x12Date, x12Range, yesOrNo } from './write-parts.js';
import type { Address } from './write-parts.js';

/** Codes of one HI segment; external causes and others fill several. */
const CODES_PER_SEGMENT = 12;
/** The kinds of codes that share a segment, in the order of the guide. */
const DIAGNOSIS_GROUPS = [['ABK', 'BK'], ['ABJ', 'BJ'], ['APR', 'PR'], ['ABN', 'BN'], ['ABF', 'BF']];
const PROCEDURE_GROUPS = [['BBR', 'BR'], ['BBQ', 'BQ']];

/** An institution's claim from its CLM on (837I loops 2300 and 2400). Throws where it has no institutional facts. */
export function writeInstitutionalClaim(writer: SegmentWriter, claim: ClaimContent, address: Address): void {
  const { institutional: facts } = claim;
  if (facts === undefined) throw new TypeError('an institutional claim expected');
  writer.segment(
    'CLM', claim.patientControlNumber, x12Amount(claim.totalChargeMinor), '', '', [facts.facilityType, 'A', claim.frequency],
    '', claim.acceptsAssignment ? 'A' : 'C', yesOrNo(claim.benefitsAssigned), 'Y',
  );
  writeDays(writer, facts);
  writer.segment('CL1', facts.admission?.type, facts.admission?.source, facts.patientStatus);
  writeReferences(writer, { '9F': claim.referral, G1: claim.priorAuthorisation, F8: claim.originalReference });
  writeCodes(writer, claim.diagnoses, facts);
  writePeople(writer, claim, facts, address);
  writeOtherPayers(writer, claim);
  for (const line of claim.lines) {
    writeLine(writer, line);
    writeLineDecisions(writer, line, claim.otherPayers);
  }
}

function writeDays(writer: SegmentWriter, { dischargeTime, statementFrom, statementThru, admission }: InstitutionalFacts): void {
  if (dischargeTime !== undefined) writer.segment('DTP', '096', 'TM', dischargeTime);
  writer.segment('DTP', '434', 'RD8', x12Range(statementFrom, statementThru));
  if (admission?.date === undefined) return;
  const { date, time } = admission;
  writer.segment('DTP', '435', time === undefined ? 'D8' : 'DT', x12Date(date) + (time ?? ''));
}

function writeCodes(writer: SegmentWriter, diagnoses: readonly Diagnosis[], { drg, procedures, conditions, occurrences, values }: InstitutionalFacts): void {
  for (const group of DIAGNOSIS_GROUPS) writeHi(writer, diagnoses.filter(({ qualifier }) => group.includes(qualifier)).map(diagnosisOf));
  writeHi(writer, drg === undefined ? [] : [['DR', drg]]);
  for (const group of PROCEDURE_GROUPS) {
    writeHi(writer, procedures.filter(({ qualifier }) => group.includes(qualifier)).map(({ qualifier, code, date }) => (date === undefined ? [qualifier, code] : [qualifier, code, 'D8', x12Date(date)])));
  }
  writeHi(writer, occurrences.filter(({ thru }) => thru !== undefined).map(occurrenceOf));
  writeHi(writer, occurrences.filter(({ thru }) => thru === undefined).map(occurrenceOf));
  writeHi(writer, values.map(({ code, amountMinor }) => ['BE', code, '', '', x12Amount(amountMinor)]));
  writeHi(writer, conditions.map((code) => ['BG', code]));
}

function writeHi(writer: SegmentWriter, codes: readonly WrittenElement[]): void {
  for (let index = 0; index < codes.length; index += CODES_PER_SEGMENT) writer.segment('HI', ...codes.slice(index, index + CODES_PER_SEGMENT));
}

function diagnosisOf({ qualifier, code, presentOnAdmission }: Diagnosis): WrittenElement {
  return [qualifier, code, '', '', '', '', '', '', presentOnAdmission ?? ''];
}

function occurrenceOf({ code, from, thru }: Occurrence): WrittenElement {
  return thru === undefined ? ['BH', code, 'D8', x12Date(from)] : ['BI', code, 'RD8', x12Range(from, thru)];
}

function writePeople(writer: SegmentWriter, { rendering, referring, serviceFacility }: ClaimContent, { attending, operating, otherOperating }: InstitutionalFacts, address: Address): void {
  for (const [code, provider] of [['71', attending], ['72', operating], ['ZZ', otherOperating], ['82', rendering]] as const) {
    if (provider !== undefined) writeProvider(writer, code, provider);
  }
  if (serviceFacility !== undefined) writeProvider(writer, '77', serviceFacility, address);
  if (referring !== undefined) writeProvider(writer, 'DN', referring);
}

function writeLine(writer: SegmentWriter, line: ClaimLine): void {
  const { procedure, quantity, revenueCode, nonCoveredMinor } = line;
  const service = procedure.qualifier === 'NU' ? '' : [procedure.qualifier, procedure.code, ...procedure.modifiers];
  writer.segment('LX', line.number).segment(
    'SV2', revenueCode, service, x12Amount(line.chargeMinor), quantity.unit, decimal(quantity.thousandths, 3), '',
    nonCoveredMinor === undefined ? '' : x12Amount(nonCoveredMinor),
  );
  writeServiceDates(writer, line);
  writeReferences(writer, { '6R': line.controlNumber });
  writeDrug(writer, line);
}
