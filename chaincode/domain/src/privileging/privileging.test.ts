import { addDays, addMonths } from '../shared/dates.js';
import { refusalOf } from '../shared/testing/refusal.js';
import { HASH, NPI, Office, idOf } from '../credentialing/testing/office.js';
import type { BylawsBody, BylawsDocument } from './bylaws.js';
import type { ConcludeReview, DecidePrivileges, GrantByProxy, GrantTemporaryPrivileges, RecommendPrivileges } from './commands.js';
import { RECOMMENDED_STAGES } from './commands.js';
import { isReportable, npdbGaps, npdbQueryDueOn } from './npdb-clock.js';
import { privilegesOn } from './privileges.js';
import type { PrivilegesDocument } from './privileges.js';

const START = '2026-03-02';
const fppe = { criteria: 'first ten cases', method: 'direct-observation', thru: '2026-09-01', externalReviewTrigger: 'two complications' } as const;
const ITEMS = [
  { code: 'CORE-IM', group: 'core', prescribing: false }, { code: 'OPIOIDS', group: 'special', prescribing: true },
] as const;

/** An office with a request, and a credential file without gaps. */
function requested(): Office {
  const office = new Office(START);
  office.run({ verb: 'requestPrivileges', privilegesId: idOf('p'), npi: NPI, jurisdiction: 'CA', formVersion: 'im/2026', items: ITEMS });
  const file = { npi: NPI, profession: 'psychologist', jurisdiction: 'CA', payer: 'general', programme: 'joint-commission', recipe: 'common/2025-07', event: 'initial' } as const;
  office.run({ verb: 'openCredentialFile', fileId: idOf('file'), ...file });
  const { required } = office.file('file').body;
  office.run({ verb: 'recordConsent', consentId: idOf('c'), consent: { npi: NPI, elements: [...required, 'dea'], from: START, thru: '2030-01-01', documentHash: HASH, recordedAs: 'document-recorded' } });
  const verifications = required.map((element) => office.verified(element, element, {
    consent: office.newest('consent', 'c'), ...(element === 'npdb' && { criteria: '', answer: { type: 'npdb', controlNumber: '5500000012345678', query: 'one-time' } as const }),
  }));
  office.run({ verb: 'assessCredentialFile', file: office.file('file'), verifications, decisionOn: START });
  return office;
}

const newest = (office: Office, name = 'p'): PrivilegesDocument => office.newest('privileges', name);

function recommend(office: Office, stage: RecommendPrivileges['stage'], changes: Partial<RecommendPrivileges> = {}): void {
  office.run({ verb: 'recommendPrivileges', privileges: newest(office), stage, recommendation: 'yes', ...(stage === 'PSV_COMPLETE' && { file: office.file('file') }), ...changes });
}

function decide(office: Office, changes: Partial<DecidePrivileges> = {}): void {
  const decisions = ITEMS.map(({ code }) => ({ code, outcome: 'GRANTED', fppe }) as const);
  office.run({ verb: 'decidePrivileges', privileges: newest(office), decisions, months: 36, ...changes });
}

function recommended(): Office {
  const office = requested();
  for (const stage of RECOMMENDED_STAGES) recommend(office, stage);
  return office;
}

function appointed(): Office {
  const office = recommended();
  decide(office);
  return office;
}

describe('an application', () => {
  test('goes from stage to stage and leaves none out', () => {
    const office = requested();
    expect(refusalOf(() => { recommend(office, 'PSV_COMPLETE'); })).toBe('PRIVILEGES_NOT_AT_STEP');
    for (const stage of RECOMMENDED_STAGES) recommend(office, stage);
    expect(newest(office).body.steps.map(({ stage }) => stage)).toEqual(RECOMMENDED_STAGES);
    expect(refusalOf(() => { recommend(office, 'MEC'); })).toBe('PRIVILEGES_NOT_AT_STEP');
  });

  test('needs the clinician’s complete file', () => {
    const office = requested();
    recommend(office, 'CRITERIA_CHECK');
    const { file: _, ...without } = { file: office.file('file') };
    expect(refusalOf(() => { office.run({ verb: 'recommendPrivileges', privileges: newest(office), stage: 'PSV_COMPLETE', recommendation: 'yes', ...without }); })).toBe('FILE_NOT_COMPLETE');
    office.run({ verb: 'assessCredentialFile', file: office.file('file'), verifications: [], decisionOn: START });
    expect(refusalOf(() => { recommend(office, 'PSV_COMPLETE'); })).toBe('FILE_NOT_COMPLETE');
  });

  test('is granted by item, with an FPPE from the grant on and a year to the first OPPE', () => {
    const office = recommended();
    decide(office, { decisions: [{ code: 'CORE-IM', outcome: 'MODIFIED', modification: 'with a second reader', fppe }, { code: 'OPIOIDS', outcome: 'DENIED' }] });
    const { body } = newest(office);
    expect(body).toMatchObject({ stage: 'DECIDED', from: START, thru: '2029-03-01', oppeDueOn: '2027-03-02' }); // 36 months less a day
    expect(body.items).toMatchObject([{ state: 'MODIFIED', fppe: { from: START } }, { state: 'DENIED' }]);
    expect([privilegesOn(body, '2026-03-01'), privilegesOn(body, START), privilegesOn(body, '2029-03-01'), privilegesOn(body, '2029-03-02')]).toEqual([[], ['CORE-IM'], ['CORE-IM'], []]);
  });

  test.each([['NONE', 'LICENCE_AUTHORITY_NEEDED'], ['UNKNOWN', 'LICENCE_AUTHORITY_NEEDED'], ['LIMITED', undefined], ['FULL', undefined]] as const)('is granted under a licence of authority %s: %s', (authority, refusal) => {
    const office = recommended();
    office.authority = authority;
    expect(refusalOf(() => { decide(office); })).toBe(refusal);
  });

  test.each([
    ['more than 36 months', { months: 37 }, 'PERIOD_TOO_LONG'],
    ['an item without decision', { decisions: [{ code: 'CORE-IM', outcome: 'GRANTED', fppe }] }, 'INVALID_INPUT'],
    ['a grant without FPPE', { decisions: [{ code: 'CORE-IM', outcome: 'GRANTED' }, { code: 'OPIOIDS', outcome: 'DENIED' }] }, 'INVALID_INPUT'],
    ['another item', { decisions: [{ code: 'CORE-IM', outcome: 'DENIED' }, { code: 'OTHER', outcome: 'DENIED' }] }, 'INVALID_INPUT'],
  ] as const)('is refused for %s', (_, changes, code) => {
    const office = recommended();
    expect(refusalOf(() => { decide(office, changes); })).toBe(code);
  });
});

describe('what is put off', () => {
  const states = (office: Office): readonly string[] => newest(office).body.items.map(({ state }) => state);

  test('waits with the governing body where all of it is, and is decided later', () => {
    const office = recommended();
    decide(office, { decisions: ITEMS.map(({ code }) => ({ code, outcome: 'DEFERRED' }) as const) });
    expect(newest(office).body).toMatchObject({ stage: 'MEC', steps: [...Array<object>(5).fill({}), { recommendation: 'deferred' }] });
    expect(newest(office).body.from).toBeUndefined();
    decide(office);
    expect(states(office)).toEqual(['GRANTED', 'GRANTED']);
  });

  test('in part, joins the term that runs, with an FPPE from its own day', () => {
    const office = recommended();
    decide(office, { decisions: [{ code: 'CORE-IM', outcome: 'GRANTED', fppe }, { code: 'OPIOIDS', outcome: 'DEFERRED' }] });
    expect(states(office)).toEqual(['GRANTED', 'DEFERRED']);
    office.today = '2026-05-01';
    expect(refusalOf(() => { decide(office); })).toBe('INVALID_INPUT'); // the first is decided
    decide(office, { decisions: [{ code: 'OPIOIDS', outcome: 'GRANTED', fppe }] });
    expect(newest(office).body).toMatchObject({ from: START, thru: '2029-03-01', items: [{ fppe: { from: START } }, { state: 'GRANTED', fppe: { from: '2026-05-01' } }] });
    expect(refusalOf(() => { decide(office); })).toBe('PRIVILEGES_NOT_AT_STEP');
  });
});

describe('telemedicine on a distant hospital’s decision', () => {
  const grant = (office: Office, changes: Partial<GrantByProxy> = {}): void => {
    office.run({
      verb: 'grantByProxy', privilegesId: idOf('v'), npi: NPI, jurisdiction: 'CA', formVersion: 'tele/2026', site: 'Distant Hospital', agreementHash: HASH, listHash: HASH, months: 24, items: [{ ...ITEMS[0], fppe }], ...changes,
    });
  };

  test('names the agreement and the list, and runs like any other', () => {
    const office = new Office(START);
    grant(office);
    expect(newest(office, 'v').body).toMatchObject({ kind: 'telemedicine', proxy: { site: 'Distant Hospital', agreementHash: HASH, listHash: HASH }, from: START, thru: '2028-03-01', oppeDueOn: '2027-03-02' });
    expect(privilegesOn(newest(office, 'v').body, START)).toEqual(['CORE-IM']);
  });

  test.each([['NONE', {}, 'LICENCE_AUTHORITY_NEEDED'], ['UNKNOWN', {}, 'LICENCE_AUTHORITY_NEEDED'], ['FULL', { months: 37 }, 'PERIOD_TOO_LONG'], ['FULL', { jurisdiction: 'ID', months: 25 }, 'PERIOD_TOO_LONG']] as const)(
    'is refused under authority %s with %j', (authority, changes, code) => {
      const office = new Office(START);
      office.authority = authority;
      expect(refusalOf(() => { grant(office, changes); })).toBe(code);
    },
  );
});

describe('a hospital’s own bylaws', () => {
  const rules = [
    { cause: 'LICENCE_NONE', concerns: 'all', action: 'RELINQUISH' }, { cause: 'LICENCE_LIMITED', concerns: 'special', action: 'RELINQUISH' }, { cause: 'LICENCE_LIMITED', concerns: 'all', action: 'REVIEW' },
    { cause: 'DEA_GONE', concerns: 'core', action: 'REVIEW' },
  ] as const;
  const record = (office: Office, changes: Partial<BylawsBody> = {}): void => { office.run({ verb: 'recordBylaws', bylawsId: idOf('b'), bylaws: { name: 'bylaws 2026', from: START, rules, ...changes } }); };
  const confirmed = (authority: 'NONE' | 'LIMITED' | 'UNKNOWN', from = START): readonly string[] => {
    const office = appointed();
    record(office, { from });
    office.authority = authority;
    office.run({ verb: 'confirmAuthority', privileges: newest(office), cause: 'LICENCE', bylaws: office.newest<BylawsDocument>('bylaws', 'b') });
    return newest(office).body.items.map(({ state }) => state);
  };

  test('say what follows, the gravest rule first; from their day on; and never anything of UNKNOWN', () => {
    expect(confirmed('LIMITED')).toEqual(['UNDER_REVIEW', 'RELINQUISHED']);
    expect(confirmed('LIMITED', addDays(START, 1))).toEqual(['UNDER_REVIEW', 'UNDER_REVIEW']); // not in force yet: the standard
    expect(confirmed('NONE')).toEqual(['RELINQUISHED', 'RELINQUISHED']);
    expect(confirmed('UNKNOWN')).toEqual(['GRANTED', 'GRANTED']);
  });

  test('keep nobody privileged without a licence, and leave no cause out', () => {
    const office = new Office(START);
    expect(refusalOf(() => { record(office, { rules: rules.slice(1) }); })).toBe('INVALID_INPUT');
    expect(refusalOf(() => { record(office, { rules: [{ ...rules[0], concerns: 'core' }, ...rules.slice(1)] }); })).toBe('INVALID_INPUT');
    expect(refusalOf(() => { record(office, { rules: rules.slice(0, 3) }); })).toBe('INVALID_INPUT');
  });

  test('have versions', () => {
    const office = new Office(START);
    record(office);
    const previous = office.newest<BylawsDocument>('bylaws', 'b');
    office.run({ verb: 'recordBylaws', bylawsId: idOf('b'), previous, bylaws: { ...previous.body, name: 'bylaws 2027' } });
    expect(office.newest<BylawsDocument>('bylaws', 'b')).toMatchObject({ version: 2, body: { name: 'bylaws 2027' } });
    expect(refusalOf(() => { office.run({ verb: 'recordBylaws', bylawsId: idOf('other'), previous, bylaws: previous.body }); })).toBe('INVALID_INPUT');
  });
});

describe('the end of a review', () => {
  const conclude = (office: Office, conclusions: ConcludeReview['conclusions']): void => { office.run({ verb: 'concludeReview', privileges: newest(office), conclusions, reason: 'reviewed' }); };
  const underReview = (): Office => {
    const office = appointed();
    office.authority = 'LIMITED';
    office.run({ verb: 'confirmAuthority', privileges: newest(office), cause: 'LICENCE' });
    return office;
  };

  test('gives privileges back, changes them, or takes them', () => {
    const office = underReview();
    conclude(office, [{ code: 'CORE-IM', outcome: 'MODIFIED', modification: 'no night duty' }, { code: 'OPIOIDS', outcome: 'RELINQUISHED' }]);
    expect(newest(office).body.items).toMatchObject([{ state: 'MODIFIED', modification: 'no night duty' }, { state: 'RELINQUISHED' }]);
    expect(privilegesOn(newest(office).body, START)).toEqual(['CORE-IM']);
  });

  test('ends a suspension as well', () => {
    const office = appointed();
    office.run({ verb: 'recordAdverseAction', privileges: newest(office), type: 'SUSPENSION', codes: ['OPIOIDS'], from: START, thru: START });
    conclude(office, [{ code: 'OPIOIDS', outcome: 'GRANTED' }]);
    expect(newest(office).body.items.map(({ state }) => state)).toEqual(['GRANTED', 'GRANTED']);
  });

  test('is refused without a licence, for what is not under review, for what is not there', () => {
    const office = underReview();
    const attempt = (conclusions: ConcludeReview['conclusions']): unknown => refusalOf(() => { conclude(office, conclusions); });
    office.authority = 'NONE';
    expect(attempt([{ code: 'CORE-IM', outcome: 'GRANTED' }])).toBe('LICENCE_AUTHORITY_NEEDED');
    expect(attempt([{ code: 'NONE', outcome: 'GRANTED' }])).toBe('PRIVILEGE_NOT_FOUND');
    expect(attempt([{ code: 'CORE-IM', outcome: 'MODIFIED' }])).toBe('INVALID_INPUT');
    expect(attempt([{ code: 'CORE-IM', outcome: 'RELINQUISHED' }])).toBeUndefined();
    expect(attempt([{ code: 'CORE-IM', outcome: 'RELINQUISHED' }])).toBe('PRIVILEGES_NOT_AT_STEP');
  });
});

describe('privileges for a time', () => {
  const grant = (office: Office, changes: Partial<GrantTemporaryPrivileges> = {}): void => {
    office.run({
      verb: 'grantTemporaryPrivileges', privilegesId: idOf('t'), npi: NPI, jurisdiction: 'CA', formVersion: 'im/2026', kind: 'temporary', need: 'complete application', thru: addDays(START, 119),
      items: [{ ...ITEMS[0], fppe }], ...changes,
    });
  };

  test('last at most 120 days, with an FPPE from the first', () => {
    const office = new Office(START);
    grant(office); // 120 days, both ends included
    expect(newest(office, 't').body).toMatchObject({ kind: 'temporary', from: START, items: [{ state: 'GRANTED', fppe: { from: START } }] });
    expect(refusalOf(() => { grant(office, { thru: addDays(START, 120) }); })).toBe('PERIOD_TOO_LONG');
    expect(refusalOf(() => { grant(office, { thru: addDays(START, -1) }); })).toBe('INVALID_INPUT');
  });

  test.each([['temporary', 'UNKNOWN', 'LICENCE_AUTHORITY_NEEDED'], ['disaster', 'UNKNOWN', undefined], ['disaster', 'NONE', 'LICENCE_AUTHORITY_NEEDED']] as const)('%s under authority %s: %s', (kind, authority, refusal) => {
    const office = new Office(START);
    office.authority = authority;
    expect(refusalOf(() => { grant(office, { kind }); })).toBe(refusal);
    if (refusal === undefined) expect(newest(office, 't').body.tasks).toMatchObject([{ cause: 'LICENCE_UNKNOWN' }]);
  });
});

describe('when authority changes, and a person confirms it', () => {
  const confirm = (office: Office): void => { office.run({ verb: 'confirmAuthority', privileges: newest(office), cause: 'LICENCE' }); };
  const states = (office: Office): readonly string[] => newest(office).body.items.map(({ state }) => state);

  test.each([
    ['NONE', ['RELINQUISHED', 'RELINQUISHED'], []],
    ['LIMITED', ['UNDER_REVIEW', 'UNDER_REVIEW'], ['LICENCE_LIMITED']],
    ['UNKNOWN', ['GRANTED', 'GRANTED'], ['LICENCE_UNKNOWN']],
  ] as const)('%s: %j, tasks %j', (authority, after, tasks) => {
    const office = appointed();
    office.authority = authority;
    confirm(office);
    expect(states(office)).toEqual(after);
    expect(newest(office).body.tasks.map(({ cause }) => cause)).toEqual(tasks);
  });

  test('nothing happens to who may practise', () => {
    expect(refusalOf(() => { confirm(appointed()); })).toBe('PRIVILEGES_NOT_AT_STEP');
  });

  test('a DEA registration that is gone takes the prescribing privileges alone', () => {
    const office = appointed();
    const dea = (name: string, answer: { found: boolean; expiresOn?: string }): void => {
      const verification = office.verified(name, 'dea', { consent: office.newest('consent', 'c'), answer: { type: 'credential', number: 'AB5836727', adverse: [], references: [], ...answer } });
      office.run({ verb: 'confirmAuthority', privileges: newest(office), cause: 'DEA', dea: verification });
    };
    expect(refusalOf(() => { dea('valid', { found: true, expiresOn: START }); })).toBe('VERIFICATION_NOT_USABLE');
    expect(refusalOf(() => { office.run({ verb: 'confirmAuthority', privileges: newest(office), cause: 'DEA' }); })).toBe('VERIFICATION_NOT_USABLE');
    dea('lapsed', { found: true, expiresOn: addDays(START, -1) });
    expect(states(office)).toEqual(['GRANTED', 'RELINQUISHED']);
  });
});

describe('evaluations', () => {
  test('focused ones end, go on, or go outside, by privilege', () => {
    const office = appointed();
    const record = (outcome: 'COMPLETED' | 'EXTENDED', thru?: string): void => {
      office.run({ verb: 'recordFocusedEvaluation', privileges: newest(office), code: 'OPIOIDS', outcome, ...(thru !== undefined && { thru }) });
    };
    expect(refusalOf(() => { record('EXTENDED', fppe.thru); })).toBe('INVALID_INPUT');
    record('EXTENDED', '2026-12-01');
    record('COMPLETED');
    expect(newest(office).body.items.map((item) => [item.fppe?.thru, item.fppe?.outcome])).toEqual([['2026-09-01', undefined], ['2026-12-01', 'COMPLETED']]);
    expect(refusalOf(() => { office.run({ verb: 'recordFocusedEvaluation', privileges: newest(office), code: 'NONE', outcome: 'COMPLETED' }); })).toBe('PRIVILEGE_NOT_FOUND');
  });

  test('ongoing ones are due within twelve months of the last', () => {
    const office = appointed();
    office.today = '2026-10-01';
    office.run({ verb: 'recordOngoingEvaluation', privileges: newest(office), outcome: 'CONTINUE' });
    expect(newest(office).body.oppeDueOn).toBe('2027-10-01');
    expect(refusalOf(() => { const early = requested(); early.run({ verb: 'recordOngoingEvaluation', privileges: newest(early), outcome: 'CONTINUE' }); })).toBe('PRIVILEGES_NOT_AT_STEP');
  });
});

describe('the data bank', () => {
  test('hears of actions of more than 30 days, and of resignations under investigation, within 30', () => {
    const office = appointed();
    const act = (type: 'SUSPENSION' | 'RESIGNED_UNDER_INVESTIGATION', thru?: string): void => {
      office.run({ verb: 'recordAdverseAction', privileges: newest(office), type, codes: ['OPIOIDS'], from: START, ...(thru !== undefined && { thru }) });
    };
    act('SUSPENSION', addDays(START, 29)); // 30 days
    act('SUSPENSION', addDays(START, 30)); // 31 days
    act('RESIGNED_UNDER_INVESTIGATION', addDays(START, 1));
    const due = addDays(START, 30);
    expect(newest(office).body.adverse.map(({ reportDueOn }) => reportDueOn)).toEqual([undefined, due, due]);
    office.today = addDays(due, 1);
    const report = (action: number, sentOn: string): void => { office.run({ verb: 'recordNpdbReport', privileges: newest(office), action, controlNumber: '5500000012345678', sentOn }); };
    report(1, due);
    report(2, addDays(due, 1));
    expect(newest(office).body.adverse.map((one) => one.report?.late)).toEqual([undefined, false, true]);
    expect(refusalOf(() => { report(0, due); })).toBe('PRIVILEGES_NOT_AT_STEP');
    expect(refusalOf(() => { report(1, due); })).toBe('PRIVILEGES_NOT_AT_STEP');
    expect([isReportable({ from: START }), isReportable({ from: START, thru: START })]).toEqual([true, false]);
  });

  test('golden (n): reappointed at month 36, asked at months 0 and 24', () => {
    const month = (months: number): string => addMonths(START, months);
    const queries = [{ on: month(24), query: 'one-time' }, { on: month(0), query: 'one-time' }] as const;
    expect(npdbGaps(START, month(36), queries)).toEqual([]);
    expect(npdbQueryDueOn(START, queries)).toBe(month(48)); // two years after month 24: reappointment starts no new clock
    expect(npdbGaps(START, month(36), queries.slice(1))).toEqual([{ from: addDays(month(24), 1), thru: month(36) }]);
    expect(npdbQueryDueOn(START, [])).toBe(START);
    expect(npdbQueryDueOn(START, [{ on: START, query: 'continuous' }])).toBe(month(12));
  });
});

test('a reappointment names the first application, which lies in the past', () => {
  const office = new Office(START);
  const request = (appliedOn: string): void => { office.run({ verb: 'requestPrivileges', privilegesId: idOf('p'), npi: NPI, jurisdiction: 'CA', formVersion: 'im/2026', items: ITEMS, appliedOn }); };
  expect(refusalOf(() => { request(addDays(START, 1)); })).toBe('INVALID_INPUT');
  request(addMonths(START, -36));
  expect(newest(office).body).toMatchObject({ requestedOn: START, appliedOn: addMonths(START, -36) });
});

test('Idaho and North Carolina appoint for two years', () => {
  const office = new Office(START);
  office.run({ verb: 'requestPrivileges', privilegesId: idOf('p'), npi: NPI, jurisdiction: 'ID', formVersion: 'im/2026', items: ITEMS });
  const privileges = { ...newest(office), body: { ...newest(office).body, stage: 'MEC' as const } };
  const run = (months: number): unknown => refusalOf(() => { decide(office, { privileges, months }); });
  expect([run(25), run(24)]).toEqual(['PERIOD_TOO_LONG', undefined]);
});
