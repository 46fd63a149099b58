import { npiCheckDigit } from '@medaccord/domain';
import type { ClaimContent, ClaimLine, ClaimProvider, OtherPayer } from '@medaccord/domain';
import fc from 'fast-check';

export const word = (longest: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^[A-Z0-9]{1,${longest}}$`));
const name = fc.stringMatching(/^[A-Z][a-z]{1,12}( [A-Z][a-zäéö]{1,8})?$/);
export const date = fc.date({ min: new Date('1950-01-01'), max: new Date('2030-12-31'), noInvalidDate: true }).map((value) => value.toISOString().slice(0, 10));
const state = fc.constantFrom('CA', 'NV', 'VT');
const npi = fc.integer({ min: 100_000_000, max: 199_999_999 }).map((digits) => `${digits}${npiCheckDigit(String(digits))}`);
const sex = fc.constantFrom<('F' | 'M' | 'U')[]>('F', 'M', 'U');

/** The record with any of its optional fields left out rather than undefined. */
export function record<T>(fields: { [P in keyof T]-?: fc.Arbitrary<Exclude<T[P], undefined>> }, requiredKeys: (keyof T)[]): fc.Arbitrary<T> {
  return fc.record(fields, { requiredKeys, noNullPrototype: true });
}

/** Providers as the guide lets them be written: a person's name has two parts, and only who has an address has a state. */
export const person: fc.Arbitrary<ClaimProvider> = record<Pick<ClaimProvider, 'entity' | 'npi' | 'name'>>(
  { entity: fc.constant('person'), npi, name: fc.tuple(name, name).map(([family, given]) => `${family}, ${given}`) },
  ['entity'],
);
export const rendering: fc.Arbitrary<ClaimProvider> = fc.tuple(person, fc.option(word(10), { nil: undefined })).map(([who, taxonomy]) => ({ ...who, ...(taxonomy === undefined ? {} : { taxonomy }) }));
export const facility: fc.Arbitrary<ClaimProvider> = record<Pick<ClaimProvider, 'entity' | 'npi' | 'name' | 'state'>>({ entity: fc.constant('organisation'), npi, name, state }, ['entity']);
export const billing: fc.Arbitrary<ClaimProvider> = record<ClaimProvider>(
  { entity: fc.constant('organisation'), npi, name, taxonomy: word(10), taxId: fc.stringMatching(/^\d{9}$/), state },
  ['entity'],
);

export const dates = fc.tuple(date, date).map(([first, second]) => (first <= second ? { serviceFrom: first, serviceThru: second } : { serviceFrom: second, serviceThru: first }));

const line: fc.Arbitrary<ClaimLine> = fc
  .tuple(
    record<Omit<ClaimLine, 'number' | 'serviceFrom' | 'serviceThru' | 'revenueCode' | 'nonCoveredMinor'>>(
      {
        controlNumber: word(20),
        procedure: fc.record({ qualifier: fc.constant('HC'), code: word(5), modifiers: fc.array(fc.stringMatching(/^[A-Z0-9]{2}$/), { maxLength: 4 }) }),
        chargeMinor: fc.integer({ min: 0, max: 99_999_999 }),
        quantity: fc.record({ unit: fc.constantFrom('UN', 'MJ'), thousandths: fc.integer({ min: 0, max: 9_999_000 }) }),
        placeOfService: fc.stringMatching(/^\d{2}$/),
        diagnosisPointers: fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 4 }),
        rendering,
        ordering: person,
        emergency: fc.constant(true),
        priorAuthorisation: word(15),
        drugCode: fc.stringMatching(/^\d{11}$/),
      },
      ['procedure', 'chargeMinor', 'quantity', 'diagnosisPointers'],
    ),
    dates,
  )
  .map(([rest, days]) => ({ ...rest, ...days, number: 1 }));

export const subscriber = record<ClaimContent['subscriber']>(
  {
    memberId: word(20), familyName: name, givenName: name, birthDate: date, sex, state, groupNumber: word(12),
    payerSequence: fc.constantFrom<('P' | 'S' | 'T' | 'U')[]>('P', 'S', 'T', 'U'), filingIndicator: fc.constantFrom('CI', 'MB', '12'),
  },
  ['memberId', 'familyName', 'payerSequence'],
);

export const patient = record<NonNullable<ClaimContent['patient']>>(
  { relationship: fc.constantFrom('01', '19', 'G8'), familyName: name, givenName: name, birthDate: date, sex, state },
  ['relationship', 'familyName'],
);

const accident = fc
  .record({ kinds: fc.uniqueArray(fc.constantFrom('AA', 'EM', 'OA'), { minLength: 1, maxLength: 3 }), date: fc.option(date, { nil: undefined }), state: fc.option(state, { nil: undefined }) })
  .map(({ kinds, date: on, state: where }) => ({ kinds, ...(on === undefined ? {} : { date: on }), ...(where === undefined ? {} : { state: where }) }));

const diagnoses = fc.array(fc.stringMatching(/^[A-Z]\d{2}[0-9A-Z]{0,4}$/), { maxLength: 12 }).map((codes) => codes.map((code, index) => ({ qualifier: index === 0 ? 'ABK' : 'ABF', code })));

const SEQUENCES = ['P', 'S', 'T', 'U'] as const;

const adjustment = fc.record({ group: fc.constantFrom('CO', 'PR', 'OA', 'PI'), reason: fc.stringMatching(/^[1-9]\d{0,2}$/), amountMinor: fc.integer({ min: -9_999, max: 99_999 }) }, { noNullPrototype: true });

/** A payer and what it decided of up to five lines. */
const otherPayer = fc.record({
  present: fc.boolean(),
  naming: record<Pick<OtherPayer, 'name' | 'claimNumber'>>({ name, claimNumber: word(20) }, []),
  decidedOn: fc.option(date, { nil: undefined }),
  lines: fc.array(fc.record({ paidMinor: fc.integer({ min: 0, max: 99_999 }), adjustments: fc.array(adjustment, { maxLength: 4 }) }, { noNullPrototype: true }), { minLength: 5, maxLength: 5 }),
});

/** Payers before ours, each with a decision on every line or with none. */
function withOtherPayers(claim: ClaimContent, payers: readonly (typeof otherPayer extends fc.Arbitrary<infer T> ? T : never)[]): ClaimContent {
  const before = SEQUENCES.slice(0, SEQUENCES.indexOf(claim.subscriber.payerSequence));
  const otherPayers = before.flatMap((payerSequence, index): OtherPayer[] => {
    const payer = payers[index];
    if (payer?.present !== true) return [];
    const lines = payer.lines.slice(0, claim.lines.length).map((line, at) => ({ number: at + 1, ...line }));
    return [{ payerSequence, ...payer.naming, ...(payer.decidedOn === undefined ? {} : { reported: { decidedOn: payer.decidedOn, lines } }) }];
  });
  return otherPayers.length === 0 ? claim : { ...claim, otherPayers };
}

/** Claims of that kind, some of them after other payers. */
export function afterOthers(claims: fc.Arbitrary<ClaimContent>): fc.Arbitrary<ClaimContent> {
  return fc.tuple(claims, fc.array(otherPayer, { minLength: 3, maxLength: 3 })).map(([claim, payers]) => withOtherPayers(claim, payers));
}

const claimAlone: fc.Arbitrary<ClaimContent> = record<Omit<ClaimContent, 'otherPayers' | 'institutional'>>(
  {
    type: fc.constant('P'),
    frequency: fc.constantFrom('1', '7', '8'),
    patientControlNumber: word(20),
    originalReference: word(20),
    currency: fc.constantFrom('USD', 'CAD'),
    totalChargeMinor: fc.integer({ min: 0, max: 999_999_999 }),
    placeOfService: fc.stringMatching(/^\d{2}$/),
    acceptsAssignment: fc.boolean(),
    benefitsAssigned: fc.boolean(),
    priorAuthorisation: word(20),
    referral: word(20),
    accident,
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
  ['type', 'frequency', 'patientControlNumber', 'currency', 'totalChargeMinor', 'acceptsAssignment', 'benefitsAssigned', 'billing', 'subscriber', 'diagnoses', 'lines'],
);

/** Any claim that an 837P file can hold, as the reader gives it; its trace is the file's. */
export const arbitraryClaim: fc.Arbitrary<ClaimContent> = afterOthers(claimAlone);
