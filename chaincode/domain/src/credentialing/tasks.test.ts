import type { PracticeAuthority } from '../licences/standing.js';
import { addDays, addMonths } from '../shared/dates.js';
import type { CredentialFileDocument } from '../credential-files/credential-file.js';
import type { DelegationDocument, RosterDocument } from '../credential-files/delegation.js';
import type { ExclusionMatchDocument } from '../exclusions/exclusion-match.js';
import type { PrivilegesBody, PrivilegesDocument } from '../privileging/privileges.js';
import type { ConsentDocument } from '../verification/consent.js';
import type { VerificationDocument } from '../verification/verification.js';
import { authorityKey, credentialingTasks, ladderOn } from './tasks.js';
import type { OfficeRecords } from './tasks.js';
import { HASH, NPI, Office, idOf } from './testing/office.js';

const START = '2026-03-02';
const NOTHING: OfficeRecords = { consents: [], verifications: [], files: [], delegations: [], rosters: [], matches: [], privileges: [], authorities: new Map() };
const SUBJECT = { npi: NPI, profession: 'psychologist', jurisdiction: 'CA', payer: 'general', programme: 'ncqa-accreditation', recipe: 'common/2025-07', event: 'initial' } as const;

/** Causes with their days, as seen on a day. */
function due(records: Partial<OfficeRecords>, today: string, thru = today): readonly (readonly unknown[])[] {
  return credentialingTasks({ ...NOTHING, ...records }, today, thru).map(({ cause, dueOn, ladder }) => [cause, dueOn, ...(ladder === undefined ? [] : [ladder])]);
}

/** A file with every element verified on START, and the office that has it. */
function readyOn(decisionOn: string): { readonly office: Office; readonly verifications: readonly VerificationDocument[]; readonly file: () => CredentialFileDocument } {
  const office = new Office(START);
  office.run({ verb: 'openCredentialFile', fileId: idOf('f'), ...SUBJECT });
  const { required } = office.file('f').body;
  office.run({ verb: 'recordConsent', consentId: idOf('c'), consent: { npi: NPI, elements: required, from: START, thru: '2026-12-31', documentHash: HASH, recordedAs: 'document-recorded' } });
  const verifications = required.map((element) => office.verified(element, element, {
    consent: office.newest('consent', 'c'), ...(element === 'npdb' && { criteria: '', answer: { type: 'npdb', controlNumber: '5500000012345678', query: 'one-time' } as const }),
  }));
  office.run({ verb: 'assessCredentialFile', file: office.file('f'), verifications, decisionOn });
  return { office, verifications, file: () => office.file('f') };
}

describe('a file', () => {
  test('that was weighed for one day is to be verified again where the committee meets after the receipts’ window', () => {
    const { verifications, file } = readyOn(addDays(START, 120)); // 120 days: inside
    const at = (today: string): readonly unknown[] => due({ files: [file()], verifications }, today);
    expect(file().body.state).toBe('READY');
    expect(at(addDays(START, 120))).toEqual([]);
    expect(at(addDays(START, 121))).toEqual([['VERIFY_AGAIN', addDays(START, 121)]]);
  });

  test('wants its notice within 30 days, and its renewal after 36 months', () => {
    const { office, verifications, file } = readyOn(START);
    office.run({ verb: 'decideCredentialFile', file: file(), verifications, outcome: 'APPROVED', route: 'CLEAN_FILE', reasons: [], conditions: [] });
    expect(due({ files: [file()], verifications }, START, addMonths(START, 36))).toEqual([['SEND_NOTICE', addDays(START, 30)], ['RECREDENTIAL', addMonths(START, 36)]]);
    office.run({ verb: 'recordDecisionNotice', file: file(), sentOn: START });
    expect(due({ files: [file()] }, START, addDays(START, 30))).toEqual([]);
    office.run({ verb: 'terminateCredentialFile', file: file(), reason: 'left' });
    expect(due({ files: [file()] }, START, addMonths(START, 36))).toEqual([]);
  });
});

test('releases, receipts, agreements, lists and pairs', () => {
  const office = new Office(START);
  office.run({ verb: 'recordConsent', consentId: idOf('c'), consent: { npi: NPI, elements: ['dea'], from: START, thru: '2026-03-20', documentHash: HASH, recordedAs: 'document-recorded' } });
  office.run(office.question('s', 'sanction'));
  const agreement = { delegate: 'Verifiers', functions: ['decision'] as const, from: START, subDelegated: false, documentHash: HASH, audits: [] };
  office.run({ verb: 'recordDelegation', delegationId: idOf('d'), delegation: agreement });
  office.run({ verb: 'receiveRoster', rosterId: idOf('r'), delegation: office.newest<DelegationDocument>('delegation', 'd'), month: '2026-04', rows: [{ row: 1, npi: NPI, change: 'ADDED', decidedOn: START }] });
  office.run({ verb: 'recordExclusionMatch', matchId: idOf('m'), npi: NPI, source: 'LEIE', fileMonth: '2026-02', matcher: 'v1', score: 80, reasons: ['NPI'], pairHash: HASH });
  const records = (): Partial<OfficeRecords> => ({
    consents: [office.newest<ConsentDocument>('consent', 'c')], verifications: [office.verification('s')], delegations: [office.newest<DelegationDocument>('delegation', 'd')],
    rosters: [office.newest<RosterDocument>('roster', 'r')], matches: [office.newest<ExclusionMatchDocument>('exclusion-match', 'm')],
  });
  expect(due(records(), START, addMonths(START, 12))).toEqual([
    ['REVIEW_VERIFICATION', START], ['DECIDE_EXCLUSION_MATCH', START], ['ANSWER_ROSTER', START], ['RENEW_CONSENT', '2026-03-20'], ['AUDIT_DELEGATE', addMonths(START, 12)],
  ]);
  office.run({ verb: 'withdrawConsent', consent: office.newest<ConsentDocument>('consent', 'c'), reason: 'x' });
  office.run({ verb: 'reviewVerification', verification: office.verification('s'), decision: 'accepted', discrepancies: [] }, 'reviewer');
  office.run({ verb: 'acknowledgeRoster', roster: office.newest<RosterDocument>('roster', 'r'), answers: [{ row: 1, answer: 'ACCEPTED' }] });
  office.run({ verb: 'decideExclusionMatch', match: office.newest<ExclusionMatchDocument>('exclusion-match', 'm'), state: 'FALSE_POSITIVE', reason: 'x' });
  expect(due(records(), START, addMonths(START, 11))).toEqual([]);
});

test('a credential’s end is told along a ladder, by the newest receipt alone', () => {
  const office = new Office(START);
  const expiring = (name: string, expiresOn: string): VerificationDocument => {
    office.run({ ...office.question(name, 'licence'), answer: { type: 'credential', found: true, expiresOn, adverse: [], references: [] } });
    office.run({ verb: 'reviewVerification', verification: office.verification(name), decision: 'accepted', discrepancies: [] }, 'reviewer');
    return office.verification(name);
  };
  const old = expiring('old', '2026-07-01');
  expect([addDays('2026-07-01', -121), addDays('2026-07-01', -120), addDays('2026-07-01', -89), '2026-07-01', '2026-07-02'].map((today) => ladderOn('2026-07-01', today))).toEqual([undefined, 120, 90, 1, 0]);
  expect(due({ verifications: [old] }, '2026-06-25')).toEqual([['CREDENTIAL_EXPIRES', '2026-07-01', 7]]);
  office.today = '2026-06-20';
  expect(due({ verifications: [old, expiring('new', '2028-07-01')] }, '2026-06-25')).toEqual([]);
});

describe('privileges', () => {
  const fppe = { criteria: 'ten cases', method: 'chart-review', from: START, thru: '2026-09-01', externalReviewTrigger: 'two' } as const;
  const document = (changes: Partial<PrivilegesBody> = {}): PrivilegesDocument => ({
    kind: 'privileges', id: idOf('p'), recorded: { at: `${START}T12:00:00.000Z` },
    body: {
      npi: NPI, jurisdiction: 'CA', formVersion: 'im/2026', kind: 'regular', stage: 'DECIDED', steps: [], requestedOn: START, from: START, thru: addMonths(START, 36), oppe: [], oppeDueOn: addMonths(START, 12),
      adverse: [], tasks: [], items: [{ code: 'CORE', group: 'core', prescribing: false, state: 'GRANTED', fppe }], ...changes,
    },
  }) as unknown as PrivilegesDocument;
  const says = (authority: PracticeAuthority): OfficeRecords['authorities'] => new Map([[authorityKey({ npi: NPI, jurisdiction: 'CA' }), authority]]);
  const npdb = (on: string): VerificationDocument => ({ id: idOf(on), kind: 'verification', recorded: { at: on }, body: { npi: NPI, element: 'npdb', retrievedAt: `${on}T00:00:00.000Z`, review: {}, finding: { type: 'npdb', query: 'one-time' } } }) as unknown as VerificationDocument;

  test('are evaluated, asked about and renewed, each on its own clock', () => {
    expect(due({ privileges: [document()], verifications: [npdb(START)], authorities: says('FULL') }, START, addMonths(START, 36))).toEqual([
      ['FOCUSED_EVALUATION', '2026-09-01'], ['ONGOING_EVALUATION', addMonths(START, 12)], ['QUERY_NPDB', addMonths(START, 24)], ['REAPPOINT', addMonths(START, 36)],
    ]);
  });

  test('golden (n): of a reappointment at month 36, queries at 0 and 24 carry to month 48', () => {
    const again = document({ appliedOn: addMonths(START, -36) });
    const at = (months: readonly number[]): unknown => due({ privileges: [again], verifications: months.map((month) => npdb(addMonths(START, month - 36))), authorities: says('FULL') }, START, addMonths(START, 12)).find(([cause]) => cause === 'QUERY_NPDB');
    expect(at([0, 24])).toEqual(['QUERY_NPDB', addMonths(START, 12)]); // month 48
    expect(at([0])).toEqual(['QUERY_NPDB', addMonths(START, -12)]); // overdue since month 24
  });

  test.each<readonly [PracticeAuthority, Partial<PrivilegesBody>, boolean]>([
    ['FULL', {}, false],
    ['NONE', {}, true],
    ['NONE', { items: [{ code: 'CORE', group: 'core', prescribing: false, state: 'RELINQUISHED' }] }, false],
    ['LIMITED', {}, true],
    ['LIMITED', { items: [{ code: 'CORE', group: 'core', prescribing: false, state: 'UNDER_REVIEW' }] }, false],
    ['UNKNOWN', {}, true],
    ['UNKNOWN', { tasks: [{ openedAt: START, cause: 'LICENCE_UNKNOWN' }] }, false],
  ])('authority %s over %j is to be confirmed: %s', (authority, changes, expected) => {
    expect(due({ privileges: [document(changes)], authorities: says(authority) }, START).some(([cause]) => cause === 'CONFIRM_AUTHORITY')).toBe(expected);
  });

  test('an application without a query, a report that is due, a look that nobody took', () => {
    expect(due({ privileges: [document({ stage: 'REQUESTED', items: [] })] }, START)).toEqual([['QUERY_NPDB', START]]);
    const adverse = [{ type: 'SUSPENSION', codes: [], from: START, reportDueOn: addDays(START, 30) }] as const;
    const tasks = [{ openedAt: `${START}T12:00:00.000Z`, cause: 'LICENCE_LIMITED' }] as const;
    expect(due({ privileges: [document({ items: [], adverse })] }, START, addDays(START, 30))).toEqual([['REPORT_TO_NPDB', addDays(START, 30)]]);
    const reviewed = document({ tasks, oppeDueOn: addMonths(START, 12), items: [{ code: 'CORE', group: 'core', prescribing: false, state: 'UNDER_REVIEW' }] });
    const looks = (privileges: PrivilegesDocument, authority: PracticeAuthority): readonly unknown[] => due({ privileges: [privileges], verifications: [npdb(START)], authorities: says(authority) }, addDays(START, 9), addDays(START, 9));
    expect(looks(reviewed, 'LIMITED')).toEqual([['LOOK_AT_AUTHORITY', START]]);
    expect(looks(document({ tasks: [{ ...tasks[0], cause: 'LICENCE_UNKNOWN' }] }), 'FULL')).toEqual([]);
    // 72 hours in a disaster
    expect(looks(document({ kind: 'disaster', tasks: [{ ...tasks[0], cause: 'LICENCE_UNKNOWN' }] }), 'UNKNOWN')).toEqual([['LOOK_AT_AUTHORITY', addDays(START, 3)]]);
  });
});
