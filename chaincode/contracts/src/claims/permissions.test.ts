import type { Command, Member, MemberKind, StandingsForClaimsResponse, Verb } from '@medaccord/domain';
import { CLOCK_WINDOW, VERBS, instantOf } from '@medaccord/domain';
import { codeOf } from '../testing/code-of.js';
import type { Caller } from '../platform/caller.js';
import { assertCommandPermitted, assertReader } from './permissions.js';

const NOW = '2026-03-02T12:00:00.000Z';
const ROLES = [
  'service', 'claims-examiner', 'claims-supervisor', 'finance', 'plan-admin', 'reference-data', 'biller', 'denials', 'credentialing', 'registrar', 'disciplinary-officer', 'board-member',
  'member-admin', 'privacy-officer',
];
const KINDS: readonly MemberKind[] = ['insurer', 'hospital', 'licensing-board', 'consortium'];

/** Who may do what, written out once more: kind and role, for example `insurer plan-admin`. */
const ALLOWED: Readonly<Record<Verb, readonly string[]>> = {
  recordReferenceTables: ['insurer reference-data'],
  recordPlans: ['insurer plan-admin'],
  recordCoverages: ['insurer plan-admin'],
  recordAccumulators: ['insurer plan-admin'],
  recordFeeSchedules: ['insurer plan-admin'],
  submitClaims: ['hospital biller'],
  adjudicateClaims: ['insurer claims-examiner', 'insurer service'],
  issueRemittance: ['insurer finance'],
  reopenClaims: ['insurer claims-supervisor'],
  confirmPayment: ['insurer finance'],
  acknowledgeRemittance: ['hospital biller', 'hospital denials'],
  demandRefund: ['insurer finance'],
  fileAppeal: ['insurer claims-examiner', 'hospital denials'],
  decideAppeal: ['insurer claims-supervisor'],
  withdrawAppeal: ['insurer claims-examiner', 'hospital denials'],
  routePend: ['insurer claims-examiner'],
  requestInformation: ['insurer claims-examiner'],
  answerRequest: ['insurer claims-examiner', 'hospital biller', 'hospital denials'],
  releasePend: ['insurer claims-supervisor'],
  requestAuthorisation: ['hospital biller', 'hospital denials'],
  decideAuthorisation: ['insurer claims-examiner'],
  cancelAuthorisation: ['hospital biller', 'hospital denials'],
  proposeErasure: ['insurer privacy-officer', 'hospital privacy-officer'],
  answerErasure: ['insurer privacy-officer', 'hospital privacy-officer'],
  executeErasure: ['insurer privacy-officer'],
  askEligibility: ['hospital biller', 'hospital denials'],
  answerEligibility: ['insurer claims-examiner', 'insurer plan-admin'],
  changeCoverages: ['insurer plan-admin'],
  proposeReviews: ['insurer claims-examiner', 'insurer plan-admin'],
  decideReviews: ['insurer claims-supervisor'],
  attemptSubmission: ['hospital biller'],
  lodgeClaims: ['hospital biller'],
  countersignClaims: ['hospital biller'],
  attemptDecision: ['insurer claims-examiner'],
  decideAlone: ['insurer claims-examiner'],
  countersignDecision: ['insurer claims-examiner'],
  withdrawDecision: ['insurer claims-supervisor'],
  openDispute: ['insurer claims-examiner', 'hospital denials'],
  settleDispute: ['insurer claims-supervisor', 'hospital denials'],
  recordContracts: ['insurer plan-admin'],
  recordParticipations: ['insurer plan-admin'],
  postExternal: ['insurer plan-admin'],
  reverseExternal: ['insurer plan-admin'],
  importRows: ['insurer plan-admin'],
  recordMandates: ['insurer plan-admin', 'hospital biller'],
  issueNotices: ['insurer claims-examiner'],
  heal: ['insurer claims-examiner', 'insurer finance', 'insurer plan-admin', 'hospital biller', 'hospital denials'],
};

/** Those for which no deadline or other date counts. */
const UNTIMED: readonly Verb[] = ['recordReferenceTables', 'recordPlans', 'recordCoverages', 'recordAccumulators', 'recordFeeSchedules', 'routePend', 'heal'];

function member(kind: MemberKind, changes: Partial<Member> = {}): Member {
  return { schema: 'member/v1', mspId: `${kind}-msp`, name: kind, kind, status: 'ACTIVE', units: [], version: 1, registeredAt: NOW, changedAt: NOW, ...changes };
}

interface Attempt {
  readonly verb: Verb;
  readonly kind: MemberKind;
  readonly role: string;
  readonly certificate?: string | undefined;
  readonly members?: StandingsForClaimsResponse['members'];
  readonly clock?: string | null;
}

/** The refusal of a command by somebody of that kind of organisation in that role; undefined where it is permitted. */
function refusal({ verb, kind, role, clock = NOW, ...rest }: Attempt): string | undefined {
  const { joint } = VERBS[verb];
  const parties = joint ? { insurerMsp: 'insurer-msp', hospitalMsp: 'hospital-msp' } : { insurerMsp: 'insurer-msp' };
  const command = { schema: 'command/v1', commandId: '', salt: '', actor: { id: 'person', role }, parties, body: { verb } } as unknown as Command;
  const certificate = 'certificate' in rest ? rest.certificate : role;
  const caller: Caller = { mspId: `${kind}-msp`, role: certificate, unit: undefined, subject: '' };
  const members = rest.members ?? [member('insurer'), ...(joint ? [member('hospital')] : [])];
  const registry: StandingsForClaimsResponse = { schema: 'standings-for-claims/v1', members, standings: [], clock: clock === null ? null : { schema: 'clock/v1', tick: 1, time: clock } };
  return codeOf(() => {
    assertCommandPermitted(command, caller, registry, NOW);
  });
}

describe.each(Object.keys(ALLOWED) as Verb[])('%s', (verb) => {
  test.each(KINDS)('may be given by these roles of a %s and no other', (kind) => {
    const permitted = ROLES.filter((role) => refusal({ verb, kind, role }) === undefined).map((role) => `${kind} ${role}`);
    expect(permitted.sort()).toEqual(ALLOWED[verb].filter((one) => one.startsWith(`${kind} `)).sort());
  });

  const [kind, role] = (ALLOWED[verb][0] ?? '').split(' ') as [MemberKind, string];

  test('is refused to another organisation, another role, another certificate, and to none', () => {
    expect(refusal({ verb, kind: 'licensing-board', role })).toBe('FORBIDDEN_ORGANISATION');
    expect(refusal({ verb, kind, role: 'credentialing' })).toBe('FORBIDDEN_ROLE');
    expect(refusal({ verb, kind, role, certificate: 'credentialing' })).toBe('ROLE_MISMATCH');
    expect(refusal({ verb, kind, role, certificate: undefined })).toBe('NO_ROLE');
    expect(refusal({ verb, kind, role, certificate: 'service' })).toBeUndefined();
  });

  test('is refused while a party is no active member of its kind', () => {
    const rest = VERBS[verb].joint ? [member('hospital')] : [];
    expect(refusal({ verb, kind, role, members: [null, ...rest] })).toBe('NOT_A_MEMBER');
    expect(refusal({ verb, kind, role, members: [member('insurer', { status: 'SUSPENDED' }), ...rest] })).toBe('MEMBER_NOT_ACTIVE');
    expect(refusal({ verb, kind, role, members: [member('consortium'), ...rest] })).toBe('WRONG_PARTIES');
    if (!VERBS[verb].joint) return;
    expect(refusal({ verb, kind, role, members: [member('insurer'), null] })).toBe('NOT_A_MEMBER');
    expect(refusal({ verb, kind, role, members: [member('insurer'), member('hospital', { status: 'LEFT' })] })).toBe('MEMBER_NOT_ACTIVE');
    expect(refusal({ verb, kind, role, members: [member('insurer'), member('insurer')] })).toBe('WRONG_PARTIES');
  });

  test('needs the clock where a deadline counts, and only there', () => {
    const now = Date.parse(NOW);
    const [first, last] = [now - CLOCK_WINDOW.afterMilliseconds, now + CLOCK_WINDOW.beforeMilliseconds];
    const codes = [null, instantOf(first - 1), instantOf(first), instantOf(last), instantOf(last + 1)].map((clock) => refusal({ verb, kind, role, clock }));
    const isTimed = !UNTIMED.includes(verb);
    expect(codes).toEqual(isTimed ? ['CLOCK_NOT_SET', 'CLOCK_OUT_OF_BOUNDS', undefined, undefined, 'CLOCK_OUT_OF_BOUNDS'] : codes.map(() => undefined));
  });
});

test('private documents are read by those who work with them, and by their services', () => {
  const readers = ROLES.filter((role) => codeOf(() => { assertReader({ mspId: 'x', role, unit: undefined, subject: '' }); }) === undefined);
  expect(readers).toEqual(['service', 'claims-examiner', 'claims-supervisor', 'finance', 'plan-admin', 'biller', 'denials', 'privacy-officer']);
  expect(codeOf(() => { assertReader({ mspId: 'x', role: undefined, unit: undefined, subject: '' }); })).toBe('NO_ROLE');
});
