import { DomainError } from '../shared/errors.js';
import { refusalOf } from '../shared/testing/refusal.js';
import { sha256 } from '../shared/testing/sha256.js';
import { NPI, Office, idOf } from '../credentialing/testing/office.js';
import { afterSupplement, isExcludedOn } from './excluded-on.js';
import { pairHashOf } from './exclusion-match.js';
import type { ExclusionMatchDocument } from './exclusion-match.js';
import { readLeieRow } from './leie-row.js';
import { compare, isCandidate } from './match.js';
import type { ScreenedPerson } from './match.js';
import { familyNameVariants, givenNameAgreement } from './name-variants.js';
import { rowOf } from './testing/twelve-months.js';

describe('a row', () => {
  test('reads dates, and 0000000000 and 00000000 as nothing', () => {
    const row = readLeieRow(rowOf({ LASTNAME: 'DOE', FIRSTNAME: 'JOHN', EXCLDATE: '20220920', DOB: '00000000' }));
    expect(row).toMatchObject({ lastName: 'DOE', excludedOn: '2022-09-20', type: '1128b4' });
    expect([row.npi, row.birthDate, row.reinstatedOn, row.waivedOn, row.waiverState]).toEqual([undefined, undefined, undefined, undefined, undefined]);
    expect(readLeieRow(rowOf({ BUSNAME: 'ACME INC', NPI: NPI, EXCLDATE: '20220920' }))).toMatchObject({ businessName: 'ACME INC', npi: NPI });
  });

  test.each([
    [{ LASTNAME: 'DOE', EXCLDATE: '20220231' }, 'NOT_A_DATE', '/EXCLDATE'],
    [{ LASTNAME: 'DOE', EXCLDATE: '00000000' }, 'REQUIRED', '/EXCLDATE'],
    [{ LASTNAME: 'DOE', EXCLDATE: '20220201', NPI: '1234567890' }, 'CHECK_DIGIT', '/NPI'],
    [{ EXCLDATE: '20220201' }, 'REQUIRED', '/LASTNAME'],
    [{ LASTNAME: 'DOE', EXCLDATE: '20220201', REINDATE: '2023' }, 'NOT_A_DATE', '/REINDATE'],
  ])('%j is refused: %s at %s', (changes, code, path) => {
    expect(issuesOf(() => readLeieRow(rowOf(changes)))).toContainEqual([code, path]);
  });

  test('of another file is refused by its columns', () => {
    expect(issuesOf(() => readLeieRow({ LASTNAME: 'DOE', EXCLDATE: '20220201' }))).toContainEqual(['REQUIRED', '/WVRSTATE']);
  });
});

function issuesOf(run: () => unknown): readonly (readonly [string, string])[] {
  try {
    run();
    return [];
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return (error.details.issues ?? []).map(({ code, path }) => [code, path]);
  }
}

describe('excluded on a day', () => {
  const row = { excludedOn: '2022-09-20', reinstatedOn: '2023-09-20', waivedOn: '2022-12-01', waiverState: 'AK' };
  test.each([
    ['2022-09-19', 'CA', false], ['2022-09-20', 'CA', true], ['2023-09-19', 'CA', true], ['2023-09-20', 'CA', false], // from the day, to the day before reinstatement
    ['2022-11-30', 'AK', true], ['2022-12-01', 'AK', false], ['2022-12-01', 'CA', true], // waived in one state only
  ])('%s in %s: %s', (date, state, expected) => {
    expect(isExcludedOn(row, date, state)).toBe(expected);
  });

  test('a reinstatement of a row that the list never had stands alone', () => {
    const reinstatement = readLeieRow(rowOf({ LASTNAME: 'DOE', EXCLDATE: '20100101', REINDATE: '20220715' }));
    const list = afterSupplement(new Map(), { month: '2022-07', exclusions: [], reinstatements: [reinstatement] });
    expect([...list.values()].map((one) => isExcludedOn(one, '2022-07-15', 'CA'))).toEqual([false]);
  });
});

describe('matching', () => {
  const person: ScreenedPerson = { npi: NPI, familyNames: ['García-López', 'Smith'], givenName: 'Ana María', birthDate: '1970-01-02', states: ['CA'], zips: ['90001'] };
  const row = (changes: Parameters<typeof rowOf>[0]) => readLeieRow(rowOf({ LASTNAME: 'LOPEZ', FIRSTNAME: 'ANA', EXCLDATE: '20220920', ...changes }));

  test.each([
    ['the NPI alone', { LASTNAME: 'OTHER', NPI }, 100, true],
    ['part of the name, given name, birth date, state, ZIP', {}, 99, true], // 30 + 20 + 40 + 10 + 10 = 110, at most 99
    ['a former name and the given name', { LASTNAME: 'SMITH', DOB: '00000000', STATE: 'TX', ZIP: '' }, 50, true], // 30 + 20
    ['an initial and the state', { FIRSTNAME: 'A', DOB: '00000000', ZIP: '' }, 50, true], // 30 + 10 + 10
    ['an initial alone', { FIRSTNAME: 'A', DOB: '00000000', STATE: 'TX', ZIP: '' }, 40, false],
    ['the same name born on another day', { DOB: '19800101', STATE: 'TX', ZIP: '' }, 10, false], // 30 + 20 - 40
    ['the same name with another NPI', { NPI: '1003357849', DOB: '00000000' }, 10, false], // 30 + 20 + 10 + 10 - 60
    ['a birth date and a place without the name', { LASTNAME: 'OTHER' }, 60, false],
  ])('%s', (_, changes, score, candidate) => {
    const compared = compare(person, row(changes));
    expect([compared.score, isCandidate(compared)]).toEqual([score, candidate]);
  });

  test('names are compared without accents, suffixes, apostrophes and hyphens', () => {
    expect([...familyNameVariants(["O’Neil-Díaz Jr."])]).toEqual(['ONEIL DIAZ', 'ONEILDIAZ', 'ONEIL', 'DIAZ']);
    expect([givenNameAgreement('J.', 'John'), givenNameAgreement('José', 'JOSE'), givenNameAgreement('', 'X'), givenNameAgreement('Ann', 'Bob')]).toEqual(['initial', 'same', 'none', 'none']);
  });

  test('the pair’s hash changes with the identifiers of either record', () => {
    const hash = pairHashOf(person, row({}), sha256);
    expect(pairHashOf(person, row({}), sha256)).toBe(hash);
    expect(pairHashOf({ ...person, familyNames: ['Smith'] }, row({}), sha256)).not.toBe(hash);
    expect(pairHashOf(person, row({ DOB: '19710102' }), sha256)).not.toBe(hash);
  });
});

describe('decisions', () => {
  const found = (pairHash: string, previous?: ExclusionMatchDocument) => ({
    verb: 'recordExclusionMatch', matchId: idOf('match'), npi: NPI, source: 'leie', fileMonth: '2022-07', matcher: 'leie-match/v1', score: 50, reasons: ['FAMILY_NAME', 'GIVEN_NAME'], pairHash, ...(previous && { previous }),
  }) as const;
  const [one, other] = ['aa'.repeat(32), 'bb'.repeat(32)];
  const newest = (office: Office): ExclusionMatchDocument => office.newest('exclusion-match', 'match');

  test('of a false positive last until identifiers change', () => {
    const office = new Office('2022-08-01');
    office.run(found(one));
    office.run({ verb: 'decideExclusionMatch', match: newest(office), state: 'FALSE_POSITIVE', reason: 'another birth date on the diploma' }, 'reviewer');
    expect(newest(office).body).toMatchObject({ state: 'FALSE_POSITIVE', decision: { by: 'reviewer', reason: 'another birth date on the diploma' } });
    expect(refusalOf(() => { office.run(found(one, newest(office))); })).toBe('SCREENING_DECIDED');
    office.run(found(other, newest(office)));
    expect(newest(office)).toMatchObject({ version: 3, body: { state: 'POTENTIAL' } });
    expect(newest(office).body.decision).toBeUndefined();
  });

  test('come once, and only on the pair that they name', () => {
    const office = new Office('2022-08-01');
    office.run(found(one));
    office.run({ verb: 'decideExclusionMatch', match: newest(office), state: 'CONFIRMED', reason: 'same NPI' });
    expect(refusalOf(() => { office.run({ verb: 'decideExclusionMatch', match: newest(office), state: 'FALSE_POSITIVE', reason: 'x' }); })).toBe('SCREENING_DECIDED');
    expect(refusalOf(() => { office.run({ ...found(other, newest(office)), matchId: idOf('another') }); })).toBe('INVALID_INPUT');
  });
});
