import type { Member, MemberKind, OwnCommand, OwnVerb, StandingsForClaimsResponse } from '@medaccord/domain';
import { OWN_VERBS } from '@medaccord/domain';
import { codeOf } from '../testing/code-of.js';
import type { Caller } from '../platform/caller.js';
import { assertCredentialReader, assertOwnCommandPermitted } from './permissions.js';

const NOW = '2026-03-02T12:00:00.000Z';
const ROLES = [
  'service', 'claims-examiner', 'claims-supervisor', 'finance', 'plan-admin', 'biller', 'denials', 'credentialing', 'registrar', 'disciplinary-officer', 'board-member', 'member-admin',
  'medical-staff-office', 'credentials-committee', 'medical-director', 'department-chair', 'medical-executive-committee', 'governing-body', 'practitioner',
];
const KINDS: readonly MemberKind[] = ['insurer', 'hospital', 'licensing-board', 'consortium'];
const OFFICE = ['insurer credentialing', 'hospital credentialing', 'hospital medical-staff-office'];

/** Who may do what, written out once more. */
const ALLOWED: Readonly<Record<OwnVerb, readonly string[]>> = {
  recordConsent: OFFICE,
  withdrawConsent: OFFICE,
  collectVerification: OFFICE,
  reviewVerification: OFFICE,
  openCredentialFile: OFFICE,
  recordAttestation: OFFICE,
  assessCredentialFile: OFFICE,
  decideCredentialFile: ['insurer credentials-committee', 'hospital credentials-committee'],
  recordDecisionNotice: OFFICE,
  recordFileAppeal: OFFICE,
  decideFileAppeal: ['insurer credentials-committee', 'hospital credentials-committee'],
  terminateCredentialFile: OFFICE,
  recordDelegation: OFFICE,
  receiveRoster: OFFICE,
  acknowledgeRoster: OFFICE,
  recordExclusionMatch: OFFICE,
  decideExclusionMatch: OFFICE,
  recordScreeningRun: OFFICE,
  requestPrivileges: ['hospital medical-staff-office'],
  recommendPrivileges: ['hospital department-chair'],
  decidePrivileges: ['hospital governing-body'],
  grantTemporaryPrivileges: ['hospital medical-director'],
  grantByProxy: ['hospital governing-body'],
  concludeReview: ['hospital medical-executive-committee', 'hospital governing-body'],
  recordBylaws: ['hospital governing-body'],
  recordFocusedEvaluation: ['hospital department-chair'],
  recordOngoingEvaluation: ['hospital department-chair'],
  confirmAuthority: ['hospital medical-staff-office', 'hospital medical-director'],
  recordAdverseAction: ['hospital medical-director', 'hospital medical-executive-committee'],
  recordNpdbReport: ['hospital medical-staff-office'],
};

interface Attempt {
  readonly body: Readonly<Record<string, string>>;
  readonly kind: MemberKind;
  readonly role: string;
  readonly certificate?: string | undefined;
  readonly member?: Partial<Member> | null;
  readonly owner?: string;
  readonly clock?: string | null;
}

/** The refusal of a command by somebody of that kind of organisation in that role; undefined where it is permitted. */
function refusal({ body, kind, role, member = {}, owner = 'own-msp', clock = NOW, ...rest }: Attempt): string | undefined {
  const command = { actor: { id: 'person', role }, parties: { ownerMsp: owner }, body } as unknown as OwnCommand;
  const caller: Caller = { mspId: 'own-msp', role: 'certificate' in rest ? rest.certificate : role, unit: undefined, subject: '' };
  const known: Member | null = member && { schema: 'member/v1', mspId: 'own-msp', name: kind, kind, status: 'ACTIVE', units: [], version: 1, registeredAt: NOW, changedAt: NOW, ...member };
  const registry: StandingsForClaimsResponse = { schema: 'standings-for-claims/v1', members: [known], standings: [], clock: clock === null ? null : { schema: 'clock/v1', tick: 1, time: clock } };
  return codeOf(() => { assertOwnCommandPermitted(command, caller, registry, NOW); });
}

const bodyOf = (verb: OwnVerb): Readonly<Record<string, string>> => ({ verb, ...(verb === 'decideCredentialFile' && { route: 'COMMITTEE' }), ...(verb === 'recommendPrivileges' && { stage: 'DEPT_CHAIR' }) });

test('every verb is written out here', () => {
  expect([...OWN_VERBS].sort()).toEqual(Object.keys(ALLOWED).sort());
});

describe.each(Object.keys(ALLOWED) as OwnVerb[])('%s', (verb) => {
  const body = bodyOf(verb);

  test.each(KINDS)('may be given by these roles of a %s and no other', (kind) => {
    const permitted = ROLES.filter((role) => refusal({ body, kind, role }) === undefined).map((role) => `${kind} ${role}`);
    expect(permitted.sort()).toEqual(ALLOWED[verb].filter((one) => one.startsWith(`${kind} `)).sort());
  });

  const [kind, role] = (ALLOWED[verb][0] ?? '').split(' ') as [MemberKind, string];

  test('is refused for another owner, another certificate, a suspended member, and without a clock', () => {
    expect(refusal({ body, kind, role, owner: 'other-msp' })).toBe('FORBIDDEN_ORGANISATION');
    expect(refusal({ body, kind: 'licensing-board', role })).toBe('FORBIDDEN_ORGANISATION');
    expect(refusal({ body, kind, role: 'biller' })).toBe('FORBIDDEN_ROLE');
    expect(refusal({ body, kind, role, certificate: 'biller' })).toBe('ROLE_MISMATCH');
    expect(refusal({ body, kind, role, certificate: undefined })).toBe('NO_ROLE');
    expect(refusal({ body, kind, role, certificate: 'service' })).toBeUndefined();
    expect(refusal({ body, kind, role, member: null })).toBe('NOT_A_MEMBER');
    expect(refusal({ body, kind, role, member: { status: 'SUSPENDED' } })).toBe('MEMBER_NOT_ACTIVE');
    expect(refusal({ body, kind, role, clock: null })).toBe('CLOCK_NOT_SET');
    expect(refusal({ body, kind, role, clock: '2026-03-01T11:59:59.999Z' })).toBe('CLOCK_OUT_OF_BOUNDS');
  });
});

test('a file without findings is decided by a medical director, any other by the committee', () => {
  const decide = (route: string, role: string): string | undefined => refusal({ body: { verb: 'decideCredentialFile', route }, kind: 'hospital', role });
  expect([decide('CLEAN_FILE', 'medical-director'), decide('CLEAN_FILE', 'credentials-committee')]).toEqual([undefined, 'FORBIDDEN_ROLE']);
  expect([decide('COMMITTEE', 'medical-director'), decide('COMMITTEE', 'credentials-committee')]).toEqual(['FORBIDDEN_ROLE', undefined]);
});

test.each([
  ['CRITERIA_CHECK', 'medical-staff-office'], ['PSV_COMPLETE', 'medical-staff-office'], ['DEPT_CHAIR', 'department-chair'], ['CREDENTIALS_COMMITTEE', 'credentials-committee'], ['MEC', 'medical-executive-committee'],
])('%s is recommended by the %s and nobody else', (stage, recommender) => {
  const permitted = ROLES.filter((role) => refusal({ body: { verb: 'recommendPrivileges', stage }, kind: 'hospital', role }) === undefined);
  expect(permitted).toEqual([recommender]);
});

test('credentials are read by those who work with them, and by nobody who works with claims', () => {
  const readers = ROLES.filter((role) => codeOf(() => { assertCredentialReader({ mspId: 'x', role, unit: undefined, subject: '' }); }) === undefined);
  expect(readers).toEqual(['service', 'credentialing', 'medical-staff-office', 'credentials-committee', 'medical-director', 'department-chair', 'medical-executive-committee', 'governing-body']);
  expect(codeOf(() => { assertCredentialReader({ mspId: 'x', role: undefined, unit: undefined, subject: '' }); })).toBe('NO_ROLE');
});
