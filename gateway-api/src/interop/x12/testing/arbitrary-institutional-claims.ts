import type { ClaimContent, ClaimLine, Diagnosis, InstitutionalFacts } from '@medaccord/domain';
import fc from 'fast-check';
import { afterOthers, billing, date, dates, facility, patient, person, record, rendering, subscriber, word } from './arbitrary-claims.js';

const two = fc.stringMatching(/^[0-9A-Z]{2}$/);
const time = fc.stringMatching(/^([01][0-9]|2[0-3])[0-5][0-9]$/);
const icd = fc.stringMatching(/^[A-Z]\d{2}[0-9A-Z]{0,4}$/);

const revenueCode = fc.stringMatching(/^\d{4}$/);
const procedure = fc.record({ qualifier: fc.constant('HC'), code: word(5), modifiers: fc.array(two, { maxLength: 4 }) });

const line: fc.Arbitrary<ClaimLine> = fc
  .tuple(
    record<Pick<ClaimLine, 'controlNumber' | 'chargeMinor' | 'quantity' | 'drugCode' | 'nonCoveredMinor'>>(
      {
        controlNumber: word(20),
        chargeMinor: fc.integer({ min: 0, max: 99_999_999 }),
        quantity: fc.record({ unit: fc.constantFrom('UN', 'DA'), thousandths: fc.integer({ min: 0, max: 9_999_000 }) }),
        drugCode: fc.stringMatching(/^\d{11}$/),
        nonCoveredMinor: fc.integer({ min: 0, max: 99_999 }),
      },
      ['chargeMinor', 'quantity'],
    ),
    revenueCode,
    fc.option(procedure, { nil: undefined }),
    dates,
  )
  .map(([rest, revenue, service, days]) => ({
    ...rest, ...days, number: 1, diagnosisPointers: [], revenueCode: revenue, procedure: service ?? { qualifier: 'NU', code: revenue, modifiers: [] },
  }));

/** In the order in which the guide has them. */
const diagnoses: fc.Arbitrary<readonly Diagnosis[]> = fc
  .tuple(...([['ABK', 1], ['ABJ', 1], ['APR', 3], ['ABN', 12], ['ABF', 24]] as const).map(([qualifier, most]) =>
    fc.array(record<Diagnosis>({ qualifier: fc.constant(qualifier), code: icd, presentOnAdmission: fc.constantFrom('Y', 'N', 'U', 'W', '1') }, ['qualifier', 'code']), { maxLength: most })))
  .map((groups) => groups.flat());

const procedures: fc.Arbitrary<InstitutionalFacts['procedures']> = fc
  .tuple(...([['BBR', 1], ['BBQ', 24]] as const).map(([qualifier, most]) =>
    fc.array(record<InstitutionalFacts['procedures'][number]>({ qualifier: fc.constant(qualifier), code: fc.stringMatching(/^[0-9A-Z]{7}$/), date }, ['qualifier', 'code']), { maxLength: most })))
  .map((groups) => groups.flat());

const spans = fc.array(fc.tuple(two, dates).map(([code, { serviceFrom, serviceThru }]) => ({ code, from: serviceFrom, thru: serviceThru })), { maxLength: 14 });
const days = fc.array(fc.record({ code: two, from: date }), { maxLength: 14 });

const facts: fc.Arbitrary<InstitutionalFacts> = fc
  .tuple(
    record<Omit<InstitutionalFacts, 'statementFrom' | 'statementThru' | 'occurrences' | 'admission'>>(
      {
        facilityType: fc.stringMatching(/^[1-9]{2}$/),
        dischargeTime: time,
        patientStatus: two,
        drg: fc.stringMatching(/^\d{3}$/),
        procedures,
        conditions: fc.array(two, { maxLength: 24 }),
        values: fc.array(fc.record({ code: two, amountMinor: fc.integer({ min: 0, max: 9_999_999 }) }), { maxLength: 24 }),
        attending: rendering,
        operating: person,
        otherOperating: person,
      },
      ['facilityType', 'procedures', 'conditions', 'values'],
    ),
    dates,
    spans,
    days,
    fc.option(fc.oneof(fc.record({ date, time, type: fc.stringMatching(/^\d$/) }), fc.record({ date, source: word(1) }), fc.record({ type: fc.stringMatching(/^\d$/) })), { nil: undefined }),
  )
  .map(([rest, statement, withSpan, onDay, admission]) => ({
    ...rest, statementFrom: statement.serviceFrom, statementThru: statement.serviceThru, occurrences: [...withSpan, ...onDay], ...(admission === undefined ? {} : { admission }),
  }));

const claimAlone: fc.Arbitrary<ClaimContent> = record<Omit<ClaimContent, 'otherPayers' | 'placeOfService' | 'accident'>>(
  {
    type: fc.constant('I'),
    institutional: facts,
    frequency: fc.constantFrom('1', '7', '8'),
    patientControlNumber: word(20),
    originalReference: word(20),
    currency: fc.constantFrom('USD', 'CAD'),
    totalChargeMinor: fc.integer({ min: 0, max: 999_999_999 }),
    acceptsAssignment: fc.boolean(),
    benefitsAssigned: fc.boolean(),
    priorAuthorisation: word(20),
    referral: word(20),
    billing,
    rendering,
    referring: person,
    serviceFacility: facility,
    subscriber,
    patient,
    diagnoses,
    lines: fc.array(line, { minLength: 1, maxLength: 5 }).map((lines) => lines.map((one, index) => ({ ...one, number: index + 1 }))),
    trace: fc.constant({}),
  },
  ['type', 'institutional', 'frequency', 'patientControlNumber', 'currency', 'totalChargeMinor', 'acceptsAssignment', 'benefitsAssigned', 'billing', 'subscriber', 'diagnoses', 'lines'],
);

/** Any claim that an 837I file can hold, as the reader gives it; its trace is the file's. */
export const arbitraryInstitutionalClaim: fc.Arbitrary<ClaimContent> = afterOthers(claimAlone);
