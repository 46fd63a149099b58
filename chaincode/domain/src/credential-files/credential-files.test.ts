import { addDays } from '../shared/dates.js';
import { refusalOf } from '../shared/testing/refusal.js';
import { HASH, NPI, Office, idOf } from '../credentialing/testing/office.js';
import type { Element } from '../verification/elements.js';
import type { VerificationDocument } from '../verification/verification.js';
import type { OpenCredentialFile } from './commands.js';
import { fileStateOn } from './credential-file.js';
import type { DelegationDocument, RosterDocument } from './delegation.js';
import { auditDueOn } from './delegation.js';
import { requiredElements } from './recipe.js';

const subject = { npi: NPI, profession: 'psychologist', jurisdiction: 'CA', payer: 'acme', programme: 'ncqa-accreditation', recipe: 'common/2025-07' } as const;
const RECREDENTIALING = requiredElements('common/2025-07', { ...subject, event: 'recredential' });

/** An office with an open initial file and everything that a psychologist's needs, verified today. */
function prepared(today = '2026-02-01'): { office: Office; verifications: readonly VerificationDocument[] } {
  const office = new Office(today);
  office.run({ verb: 'openCredentialFile', fileId: idOf('file'), ...subject, event: 'initial' });
  return { office, verifications: verifyAll(office, office.file('file').body.required) };
}

function verifyAll(office: Office, elements: readonly Element[], prefix = ''): readonly VerificationDocument[] {
  const consentId = `${prefix}consent`;
  office.run({
    verb: 'recordConsent', consentId: idOf(consentId), consent: { npi: NPI, elements: [...elements], from: office.today, thru: addDays(office.today, 400), documentHash: HASH, recordedAs: 'document-recorded' },
  });
  const consent = office.newest<never>('consent', consentId);
  return elements.map((element) => {
    const npdb = { criteria: '', answer: { type: 'npdb', controlNumber: '5500000012345678', query: 'one-time' } } as const;
    return office.verified(`${prefix}${element}`, element, { consent, ...(element === 'npdb' && npdb) });
  });
}

function assess(office: Office, verifications: readonly VerificationDocument[], decisionOn: string): void {
  office.run({ verb: 'assessCredentialFile', file: office.file('file'), verifications, decisionOn });
}

function decide(office: Office, verifications: readonly VerificationDocument[], changes = {}): void {
  office.run({ verb: 'decideCredentialFile', file: office.file('file'), verifications, outcome: 'APPROVED', route: 'COMMITTEE', reasons: [], conditions: [], ...changes });
}

test.each([
  ['psychologist', 'initial', ['attestation', 'education', 'exclusion', 'licence', 'malpractice-history', 'npdb', 'sanction', 'work-history']],
  ['physician', 'initial', ['attestation', 'board-certification', 'dea', 'education', 'exclusion', 'licence', 'malpractice-history', 'npdb', 'sanction', 'training', 'work-history']],
  ['advanced-practice-nurse', 'recredential', ['attestation', 'dea', 'exclusion', 'licence', 'malpractice-history', 'npdb', 'sanction']],
] as const)('the recipe of a %s, %s', (profession, event, elements) => {
  expect(requiredElements('common/2025-07', { profession, jurisdiction: 'CA', payer: 'acme', event })).toEqual(elements);
});

test('from opening to monitoring', () => {
  const { office, verifications } = prepared();
  expect(office.file('file').body.state).toBe('COLLECTING');
  assess(office, verifications.slice(1), '2026-03-01');
  expect(office.file('file').body).toMatchObject({ state: 'VERIFYING', gaps: [{ element: 'attestation', why: 'MISSING' }] });
  assess(office, verifications, '2026-03-01');
  expect(office.file('file').body).toMatchObject({ state: 'READY', gaps: [] });
  office.today = '2026-03-01';
  decide(office, verifications);
  // 36 months after 2026-03-01
  expect(office.file('file').body).toMatchObject({ state: 'APPROVED', nextDueOn: '2029-03-01', decision: { policy: 'ncqa-accreditation/2025-07', appealable: false } });
  office.today = '2026-03-31';
  office.run({ verb: 'recordDecisionNotice', file: office.file('file'), sentOn: '2026-03-31' });
  expect(office.file('file').body).toMatchObject({ state: 'MONITORED', notice: { sentOn: '2026-03-31', late: false } });
});

describe('golden (l): a receipt of 118 days, the committee in 5', () => {
  test('goes back to verifying, and a fresh receipt makes it ready', () => {
    const { office, verifications } = prepared('2026-02-01');
    office.today = addDays('2026-02-01', 118);
    const others = verifyAll(office, RECREDENTIALING.filter((element) => element !== 'licence'), 'fresh-');
    const untimed = verifications.filter(({ body }) => body.element === 'education' || body.element === 'work-history');
    const old = verifications.filter(({ body }) => body.element === 'licence');
    assess(office, [...old, ...untimed, ...others], office.today);
    expect(office.file('file').body.state).toBe('READY'); // 118 <= 120
    assess(office, [...old, ...untimed, ...others], addDays(office.today, 5));
    expect(office.file('file').body).toMatchObject({ state: 'VERIFYING', gaps: [{ element: 'licence', why: 'AGED_OUT' }] }); // 118 + 5 = 123 > 120
    const fresh = office.verified('again', 'licence', { supersedes: idOf('licence') });
    assess(office, [fresh, ...untimed, ...others], addDays(office.today, 5));
    expect(office.file('file').body.state).toBe('READY');
  });

  test('is refused by the committee when the day slipped by', () => {
    const { office, verifications } = prepared('2026-02-01');
    assess(office, verifications, '2026-06-01');
    office.today = '2026-06-02'; // day 121
    expect(refusalOf(() => { decide(office, verifications); })).toBe('FILE_NOT_COMPLETE');
  });
});

describe('a decision', () => {
  const ready = (changes: Parameters<Office['question']>[2] = {}): { office: Office; verifications: readonly VerificationDocument[] } => {
    const { office, verifications } = prepared();
    const replaced = verifications.map((one) => (one.body.element === 'sanction' ? office.verified('sanction-2', 'sanction', changes) : one));
    assess(office, replaced, office.today);
    return { office, verifications: replaced };
  };
  const found = { answer: { type: 'credential', found: true, adverse: ['CASE'], references: [] } } as const;

  test('without the committee needs a file without findings', () => {
    const clean = ready();
    expect(refusalOf(() => { decide(clean.office, clean.verifications, { route: 'CLEAN_FILE' }); })).toBeUndefined();
    const weighed = ready(found);
    expect(refusalOf(() => { decide(weighed.office, weighed.verifications, { route: 'CLEAN_FILE' }); })).toBe('FILE_NOT_CLEAN');
    expect(refusalOf(() => { decide(weighed.office, weighed.verifications); })).toBeUndefined();
    const denied = ready();
    expect(refusalOf(() => { decide(denied.office, denied.verifications, { route: 'CLEAN_FILE', outcome: 'DENIED', reasons: ['x'] }); })).toBe('FILE_NOT_CLEAN');
  });

  test('against the practitioner gives reasons and may be appealed', () => {
    const { office, verifications } = ready(found);
    expect(refusalOf(() => { decide(office, verifications, { outcome: 'DENIED' }); })).toBe('INVALID_INPUT');
    decide(office, verifications, { outcome: 'DENIED', reasons: ['case'] });
    expect(office.file('file').body).toMatchObject({ state: 'DENIED', decision: { appealable: true } });
    expect(office.file('file').body.nextDueOn).toBeUndefined();
    office.run({ verb: 'recordDecisionNotice', file: office.file('file'), sentOn: office.today });
    expect(office.file('file').body.state).toBe('CLOSED');
  });

  test('may be put off and taken up again; with conditions it names them', () => {
    const { office, verifications } = ready();
    decide(office, verifications, { outcome: 'DEFERRED' });
    assess(office, verifications, office.today);
    expect(refusalOf(() => { decide(office, verifications, { outcome: 'CONDITIONAL', reasons: ['x'] }); })).toBe('INVALID_INPUT');
    decide(office, verifications, { outcome: 'CONDITIONAL', reasons: ['x'], conditions: ['supervised'] });
    expect(office.file('file').body).toMatchObject({ state: 'CONDITIONAL', decision: { appealable: true, conditions: ['supervised'] } });
  });

  test('uses exactly the verifications that were weighed, and comes once', () => {
    const { office, verifications } = ready();
    expect(refusalOf(() => { decide(office, verifications.slice(1)); })).toBe('INPUT_MISMATCH');
    decide(office, verifications);
    expect(refusalOf(() => { decide(office, verifications); })).toBe('FILE_NOT_AT_STEP');
  });
});

test.each([[30, false], [31, true]])('a notice after %d days is late: %s', (days, late) => {
  const { office, verifications } = prepared();
  assess(office, verifications, office.today);
  decide(office, verifications);
  office.today = addDays('2026-02-01', days);
  office.run({ verb: 'recordDecisionNotice', file: office.file('file'), sentOn: office.today });
  expect(office.file('file').body.notice?.late).toBe(late);
});

describe('an appeal', () => {
  const denied = (): Office => {
    const { office, verifications } = prepared();
    assess(office, verifications, '2026-02-01');
    decide(office, verifications, { outcome: 'DENIED', reasons: ['gap in work history'] });
    office.run({ verb: 'recordDecisionNotice', file: office.file('file'), sentOn: '2026-02-01' });
    return office;
  };
  const file = (office: Office, filedOn = '2026-02-01'): void => { office.run({ verb: 'recordFileAppeal', file: office.file('file'), filedOn, grounds: 'the gap is explained' }); };
  const rule = (office: Office, outcome: 'UPHELD' | 'OVERTURNED', by = 'second committee'): void => { office.run({ verb: 'decideFileAppeal', file: office.file('file'), outcome, reason: 'heard' }, by); };

  test('that is upheld leaves the decision; a further one may follow', () => {
    const office = denied();
    file(office);
    expect(refusalOf(() => { file(office); })).toBe('FILE_NOT_AT_STEP');
    rule(office, 'UPHELD');
    expect(office.file('file').body).toMatchObject({ state: 'CLOSED', decision: { outcome: 'DENIED' }, appeals: [{ decided: { outcome: 'UPHELD', by: 'second committee' } }] });
    expect(refusalOf(() => { rule(office, 'UPHELD'); })).toBe('FILE_NOT_AT_STEP');
    file(office);
    expect(office.file('file').body.appeals).toHaveLength(2);
  });

  test('that is overturned opens the file again, and the history keeps both', () => {
    const office = denied();
    file(office);
    rule(office, 'OVERTURNED');
    const { body } = office.file('file');
    expect(body).toMatchObject({ state: 'VERIFYING', appeals: [{ decided: { outcome: 'OVERTURNED' } }] });
    expect([body.decision, body.notice]).toEqual([undefined, undefined]);
    assess(office, verifyAll(office, body.required, 'again'), '2026-02-01');
    expect(office.file('file').body.state).toBe('READY');
  });

  test('is not decided by the author of the decision, nor filed where there is nothing to appeal, nor out of its days', () => {
    const office = denied();
    expect(refusalOf(() => { file(office, '2026-01-31'); })).toBe('INVALID_INPUT');
    expect(refusalOf(() => { file(office, '2026-02-02'); })).toBe('INVALID_INPUT');
    file(office);
    expect(refusalOf(() => { rule(office, 'UPHELD', office.file('file').body.decision?.by); })).toBe('SAME_PERSON');
    const { office: approved, verifications } = prepared();
    assess(approved, verifications, '2026-02-01');
    decide(approved, verifications);
    expect(refusalOf(() => { file(approved); })).toBe('FILE_NOT_AT_STEP');
  });
});

test('attested stays apart from verified', () => {
  const { office } = prepared();
  office.run({ verb: 'recordAttestation', file: office.file('file'), element: 'work-history', documentHash: HASH, signedOn: '2026-01-30' }, 'clerk');
  const { attested, verified, state } = office.file('file').body;
  expect(attested).toEqual([{ element: 'work-history', documentHash: HASH, signedOn: '2026-01-30', recordedAs: 'document-recorded', recordedBy: 'clerk' }]);
  expect([verified, state]).toEqual([[], 'COLLECTING']);
  expect(refusalOf(() => { office.run({ verb: 'recordAttestation', file: office.file('file'), element: 'work-history', documentHash: HASH, signedOn: '2026-02-02' }); })).toBe('INVALID_INPUT');
});

describe('recredentialing', () => {
  // Decided 2026-02-01, due 2029-02-01; 30 days later is 2029-03-03.
  const decided = (): Office => {
    const { office, verifications } = prepared();
    assess(office, verifications, office.today);
    decide(office, verifications);
    return office;
  };
  const renew = (office: Office, changes: Partial<OpenCredentialFile> = {}): void => {
    office.run({ verb: 'openCredentialFile', fileId: idOf('renewed'), ...subject, event: 'recredential', previous: office.file('file'), ...changes });
  };

  test.each([
    ['2028-10-03', 'APPROVED'], ['2028-10-04', 'RECREDENTIALING_DUE'], ['2029-02-01', 'RECREDENTIALING_DUE'], ['2029-02-02', 'OVERDUE'], ['2029-03-03', 'OVERDUE'], ['2029-03-04', 'LAPSED'],
  ])('on %s the file is %s', (date, state) => {
    expect(fileStateOn(decided().file('file').body, date)).toBe(state);
  });

  test('up to 30 days late renews; later a full initial file is needed', () => {
    const office = decided();
    office.today = '2029-03-03';
    renew(office);
    expect(office.file('renewed').body).toMatchObject({ required: RECREDENTIALING, previous: { fileId: idOf('file'), decidedOn: '2026-02-01' } });
    office.today = '2029-03-04';
    expect(refusalOf(() => { renew(office); })).toBe('INITIAL_FILE_NEEDED');
  });

  test('names the decision that it renews, and the same clinician’s', () => {
    const office = decided();
    expect(refusalOf(() => { office.run({ verb: 'openCredentialFile', fileId: idOf('renewed'), ...subject, event: 'recredential' }); })).toBe('INVALID_INPUT');
    expect(refusalOf(() => { renew(office, { event: 'initial' }); })).toBe('INVALID_INPUT');
    expect(refusalOf(() => { renew(office, { npi: '1003357849' }); })).toBe('INVALID_INPUT');
    expect(refusalOf(() => { renew(prepared().office); })).toBe('FILE_NOT_AT_STEP');
  });
});

test('a terminated file takes nothing more', () => {
  const { office, verifications } = prepared();
  office.run({ verb: 'terminateCredentialFile', file: office.file('file'), reason: 'withdrawn' });
  expect(refusalOf(() => { assess(office, verifications, office.today); })).toBe('FILE_NOT_AT_STEP');
});

describe('delegation', () => {
  const agreement = { delegate: 'Western IPA', functions: ['verification', 'decision'], from: '2026-01-01', thru: '2026-12-31', subDelegated: true, documentHash: HASH, audits: [] } as const;
  const delegated = (): Office => {
    const office = new Office('2026-03-05');
    office.run({ verb: 'recordDelegation', delegationId: idOf('delegation'), delegation: agreement });
    return office;
  };
  const receive = (office: Office, month: string, rows = [1, 2]): void => {
    office.run({
      verb: 'receiveRoster', rosterId: idOf('roster'), delegation: office.newest<DelegationDocument>('delegation', 'delegation'), month,
      rows: rows.map((row) => ({ row, npi: NPI, change: 'ADDED', decidedOn: '2026-02-20' })),
    });
  };
  const answer = (office: Office, answers: readonly { row: number; answer: 'ACCEPTED' | 'REJECTED'; reason?: string }[]): void => {
    office.run({ verb: 'acknowledgeRoster', roster: office.newest<RosterDocument>('roster', 'roster'), answers });
  };

  test('rosters are answered row by row', () => {
    const office = delegated();
    receive(office, '2026-03');
    answer(office, [{ row: 2, answer: 'REJECTED', reason: 'no licence' }]);
    const [first, second] = office.newest<RosterDocument>('roster', 'roster').body.rows;
    expect(first?.acknowledgement).toBeUndefined();
    expect(second?.acknowledgement).toMatchObject({ answer: 'REJECTED', reason: 'no licence', by: 'collector' });
    expect(refusalOf(() => { answer(office, [{ row: 3, answer: 'ACCEPTED' }]); })).toBe('ROSTER_ROW_NOT_FOUND');
    expect(refusalOf(() => { answer(office, [{ row: 1, answer: 'REJECTED' }]); })).toBe('INVALID_INPUT');
  });

  test('covers its months, names rows once, keeps its audits', () => {
    const office = delegated();
    expect(refusalOf(() => { receive(office, '2027-01'); })).toBe('DELEGATION_NOT_IN_FORCE');
    expect(refusalOf(() => { receive(office, '2026-03', [1, 1]); })).toBe('INVALID_INPUT');
    const change = (audits: readonly string[]): void => {
      office.run({ verb: 'recordDelegation', delegationId: idOf('delegation'), previous: office.newest('delegation', 'delegation'), delegation: { ...agreement, audits } });
    };
    expect(auditDueOn(agreement)).toBe('2027-01-01');
    change(['2026-03-04']);
    expect(auditDueOn(office.newest<DelegationDocument>('delegation', 'delegation').body)).toBe('2027-03-04');
    expect(refusalOf(() => { change([]); })).toBe('INVALID_INPUT');
  });
});
