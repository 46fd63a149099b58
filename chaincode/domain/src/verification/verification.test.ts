import { refusalOf } from '../shared/testing/refusal.js';
import { HASH, LICENCE, NPI, Office, idOf } from '../credentialing/testing/office.js';
import { AGEING_POLICIES, lastDayOf, policyOn } from './ageing-policy.js';
import { deaWarnings, hasDeaCheckDigit } from './dea.js';
import type { ConsentDocument } from './consent.js';
import { isClean, shortcomingOn } from './validity.js';

const accreditation = policyOn('ncqa-accreditation', '2026-06-01');

describe('a receipt', () => {
  test('of a licence holds what the registry answered in this transaction, and where to check it', () => {
    const office = new Office('2026-03-02');
    office.run(office.question('licence', 'licence', { method: 'ledger-query', answer: { type: 'ask-registry', jurisdiction: 'CA' } }));
    expect(office.verification('licence').body).toMatchObject({
      npi: NPI, element: 'licence', retrievedAt: '2026-03-02T12:00:00.000Z',
      finding: { type: 'standing', authority: 'FULL', licences: [{ licence: LICENCE, knownAt: 3, linkKnownAt: 1, provenance: ['e1', 'e3'] }] },
      ledgerProof: { channel: 'medaccord', txId: 'cd'.repeat(32) },
      collectedBy: { system: 'gateway', version: '1', actorId: 'collector' },
    });
  });

  test('is reviewed once, by a person other than the collector, who names every discrepancy', () => {
    const office = new Office('2026-03-02');
    office.run(office.question('board', 'board-certification'));
    const review = (actor: string, discrepancies: readonly string[], decision: 'accepted' | 'discrepancy' = 'accepted'): unknown =>
      refusalOf(() => { office.run({ verb: 'reviewVerification', verification: office.verification('board'), decision, discrepancies }, actor); });
    expect(review('collector', [])).toBe('SAME_PERSON');
    expect(review('reviewer', [], 'discrepancy')).toBe('INVALID_INPUT');
    expect(review('reviewer', ['another number'])).toBe('INVALID_INPUT');
    expect(review('reviewer', [])).toBeUndefined();
    expect(office.verification('board').body.review).toEqual({ by: 'reviewer', at: '2026-03-02T12:00:00.000Z', decision: 'accepted', discrepancies: [] });
    expect(review('reviewer', [])).toBe('VERIFICATION_REVIEWED');
  });

  test('of the NPDB holds number, type and date, and nothing that it answered', () => {
    const office = new Office('2026-03-02');
    office.run({ verb: 'recordConsent', consentId: idOf('consent'), consent: { npi: NPI, elements: ['npdb'], from: '2026-01-01', thru: '2026-12-31', documentHash: HASH, recordedAs: 'document-recorded' } });
    const consent = office.newest<ConsentDocument>('consent', 'consent');
    const npdb = { consent, criteria: '', answer: { type: 'npdb', controlNumber: '5500000012345678', query: 'one-time' } } as const;
    office.run(office.question('npdb', 'npdb', npdb));
    expect(office.verification('npdb').body.finding).toEqual({ type: 'npdb', controlNumber: '5500000012345678', query: 'one-time' });
    expect(refusalOf(() => { office.run(office.question('npdb', 'npdb', { ...npdb, criteria: 'two reports' })); })).toBe('INVALID_INPUT');
    expect(refusalOf(() => { office.run(office.question('npdb', 'npdb', { ...npdb, evidence: { hash: HASH, mime: 'text/plain', locator: 'x' } })); })).toBe('INVALID_INPUT');
    expect(refusalOf(() => { office.run(office.question('npdb', 'npdb', { consent })); })).toBe('INVALID_INPUT');
  });

  test.each([
    ['an agent without a contract', { source: { name: 'agent', type: 'agent' } }],
    ['an answer of tomorrow', { retrievedAt: '2026-03-03T00:00:00.000Z' }],
    ['the registry asked by letter', { method: 'letter', answer: { type: 'ask-registry', jurisdiction: 'CA' } }],
    ['a query of the ledger without a question to the registry', { method: 'ledger-query' }],
    ['an NPI with a wrong check digit', { npi: '1234567890' }],
    ['no name', { namesSearched: [] }],
  ] as const)('is refused for %s', (_, changes) => {
    const office = new Office('2026-03-02');
    expect(refusalOf(() => { office.run(office.question('one', 'licence', changes)); })).toBe('INVALID_INPUT');
  });

  test('of education is refused for a completion that lies ahead', () => {
    const office = withConsent('education');
    const answer = (completedOn: string) => ({ type: 'credential', found: true, completedOn, adverse: [], references: [] }) as const;
    const ask = (completedOn: string): unknown => refusalOf(() => { office.run(office.question('school', 'education', { answer: answer(completedOn), consent: office.newest('consent', 'consent') })); });
    expect(ask('2026-03-03')).toBe('INVALID_INPUT');
    expect(ask('2026-03-02')).toBeUndefined();
  });
});

function withConsent(element: 'education' | 'dea'): Office {
  const office = new Office('2026-03-02');
  office.run({ verb: 'recordConsent', consentId: idOf('consent'), consent: { npi: NPI, elements: [element], from: '2026-01-01', thru: '2026-12-31', documentHash: HASH, recordedAs: 'document-recorded' } });
  return office;
}

describe('consent', () => {
  const ask = (office: Office, changes = {}): unknown => refusalOf(() => { office.run(office.question('dea', 'dea', { consent: office.newest('consent', 'consent'), ...changes })); });

  test('is needed for what is not public record', () => {
    const office = withConsent('dea');
    expect(ask(office)).toBeUndefined();
    expect(refusalOf(() => { office.run(office.question('dea', 'dea')); })).toBe('CONSENT_MISSING');
    expect(ask(office, { npi: '1003357849' })).toBe('CONSENT_MISSING');
    expect(ask(withConsent('education'))).toBe('CONSENT_MISSING');
    expect(refusalOf(() => { office.run(office.question('list', 'exclusion')); })).toBeUndefined();
  });

  test('once withdrawn or over stops new questions, not past proof', () => {
    const office = withConsent('dea');
    office.verified('before', 'dea', { consent: office.newest('consent', 'consent'), answer: { type: 'credential', found: true, number: 'AB5836727', adverse: [], references: [] } });
    office.run({ verb: 'withdrawConsent', consent: office.newest('consent', 'consent'), reason: 'asked' });
    expect(ask(office)).toBe('CONSENT_MISSING');
    expect(shortcomingOn(office.verification('before'), '2026-06-01', accreditation)).toBeUndefined();
    expect(refusalOf(() => { office.run({ verb: 'withdrawConsent', consent: office.newest('consent', 'consent'), reason: 'again' }); })).toBe('CONSENT_MISSING');
    const later = withConsent('dea');
    later.today = '2027-01-01';
    expect(ask(later)).toBe('CONSENT_MISSING');
  });
});

describe('a verification carries a decision', () => {
  test.each([
    // retrieved 2026-02-01; 120 days later is 2026-06-01, 90 days 2026-05-02
    ['ncqa-accreditation', 'licence', '2026-06-01', undefined],
    ['ncqa-accreditation', 'licence', '2026-06-02', 'AGED_OUT'],
    ['ncqa-cvo', 'licence', '2026-05-02', undefined],
    ['ncqa-cvo', 'licence', '2026-05-03', 'AGED_OUT'],
    ['ncqa-accreditation', 'licence', '2026-01-31', 'LATER_THAN_DECISION'],
    ['joint-commission', 'licence', '2027-02-01', undefined],
  ] as const)('under %s for a %s on %s: %s', (programme, element, on, expected) => {
    const office = new Office('2026-02-01');
    expect(shortcomingOn(office.verified('one', element), on, policyOn(programme, on))).toBe(expected);
  });

  test('only when reviewed, accepted, found and not expired', () => {
    const office = new Office('2026-02-01');
    const shortcoming = (name: string): unknown => shortcomingOn(office.verification(name), '2026-03-01', accreditation);
    office.run(office.question('raw', 'licence'));
    office.run(office.question('odd', 'licence'));
    office.run({ verb: 'reviewVerification', verification: office.verification('odd'), decision: 'discrepancy', discrepancies: ['name'] }, 'reviewer');
    const credential = { type: 'credential', adverse: [], references: [] } as const;
    office.verified('gone', 'licence', { answer: { ...credential, found: false } });
    office.verified('clear', 'exclusion', { answer: { ...credential, found: false } });
    office.verified('ended', 'licence', { answer: { ...credential, found: true, expiresOn: '2026-02-28' } });
    office.verified('certificate', 'board-certification', { answer: { ...credential, found: true, expiresOn: '2020-12-31' } });
    expect(['raw', 'odd', 'gone', 'clear', 'ended', 'certificate'].map(shortcoming)).toEqual(['NOT_REVIEWED', 'NOT_ACCEPTED', 'NOT_FOUND', undefined, 'EXPIRED', undefined]);
  });

  test.each([['FULL', undefined], ['LIMITED', undefined], ['NONE', 'NO_AUTHORITY'], ['UNKNOWN', 'NO_AUTHORITY']] as const)('where the registry answered %s: %s', (authority, expected) => {
    const office = new Office('2026-02-01');
    office.authority = authority;
    const licence = office.verified('licence', 'licence', { method: 'ledger-query', answer: { type: 'ask-registry', jurisdiction: 'CA' } });
    expect(shortcomingOn(licence, '2026-02-01', accreditation)).toBe(expected);
  });

  test('cleanly where nothing stands against the clinician', () => {
    const office = new Office('2026-02-01');
    const answer = { type: 'credential', found: true, references: [] } as const;
    expect(isClean(office.verified('clean', 'sanction', { answer: { ...answer, adverse: [] } }))).toBe(true);
    expect(isClean(office.verified('case', 'sanction', { answer: { ...answer, adverse: ['CASE'] } }))).toBe(false);
    office.authority = 'LIMITED';
    expect(isClean(office.verified('limited', 'licence', { method: 'ledger-query', answer: { type: 'ask-registry', jurisdiction: 'CA' } }))).toBe(false);
  });
});

describe('policies', () => {
  test.each([
    ['ncqa-accreditation', '2025-06-30', 180], ['ncqa-accreditation', '2025-07-01', 120], ['ncqa-cvo', '2025-06-30', 120], ['ncqa-cvo', '2025-07-01', 90],
  ] as const)('of %s for a file decided on %s count %d days', (programme, on, days) => {
    expect(policyOn(programme, on).days.licence).toBe(days);
  });

  test('count no days for DEA, education and training', () => {
    for (const policy of AGEING_POLICIES) for (const element of ['dea', 'education', 'training'] as const) expect(lastDayOf(policy, element, '2026-01-01')).toBeNull();
  });
});

describe('DEA numbers', () => {
  // AP5836727: (5 + 3 + 7) + 2 (8 + 6 + 2) = 47, last digit 7. BJ1125341: (1 + 2 + 3) + 2 (1 + 5 + 4) = 26, not 1.
  test.each([['AP5836727', true], ['BJ1125341', false], ['A5836727', false], ['A95836727', true]])('%s: %s', (number, valid) => {
    expect(hasDeaCheckDigit(number)).toBe(valid);
  });

  test('only warn, because surnames change', () => {
    expect(deaWarnings('AP5836727', 'Parker')).toEqual([]);
    expect(deaWarnings('AP5836727', 'Smith')).toEqual(['DEA_INITIAL']);
    expect(deaWarnings('BJ1125341', 'jones')).toEqual(['DEA_CHECK_DIGIT']);
    expect(deaWarnings('A95836727', 'Smith')).toEqual([]);
  });
});
