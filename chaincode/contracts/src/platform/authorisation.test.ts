import { DomainError } from '@medaccord/domain';
import type { Member } from '@medaccord/domain';
import { ANY_MEMBER, ANYONE, assertPermitted, effectiveRole, requirementOf } from './authorisation.js';
import type { Requirement } from './authorisation.js';

const member = (overrides: Partial<Member> = {}): Member => ({ schema: 'member/v1', mspId: 'HospitalMSP', name: 'Hospital', kind: 'hospital', status: 'ACTIVE', units: [], version: 1, registeredAt: '', changedAt: '', ...overrides });
const caller = (role: string | undefined): Parameters<typeof effectiveRole>[0] => ({ mspId: 'HospitalMSP', role, unit: undefined, subject: '' });

function codeOf(action: () => unknown): unknown {
  try {
    return action() ?? 'permitted';
  } catch (error) {
    return error instanceof DomainError ? error.code : error;
  }
}

describe('authorisation', () => {
  const billers = { kinds: ['hospital'], roles: ['biller'] } as const;

  test.each<[Requirement, Member | undefined, string | undefined, string]>([
    [ANYONE, undefined, undefined, 'permitted'],
    [ANY_MEMBER, member(), undefined, 'permitted'],
    [ANY_MEMBER, member({ status: 'SUSPENDED' }), undefined, 'permitted'],
    [ANY_MEMBER, member({ status: 'LEFT' }), undefined, 'MEMBER_NOT_ACTIVE'],
    [ANY_MEMBER, undefined, 'biller', 'NOT_A_MEMBER'],
    [billers, member(), 'biller', 'permitted'],
    [billers, undefined, 'biller', 'NOT_A_MEMBER'],
    [billers, member({ status: 'SUSPENDED' }), 'biller', 'MEMBER_NOT_ACTIVE'],
    [billers, member({ kind: 'insurer' }), 'biller', 'FORBIDDEN_ORGANISATION'],
    [billers, member(), 'denials', 'FORBIDDEN_ROLE'],
    [billers, member(), 'service', 'FORBIDDEN_ROLE'],
    [billers, member(), undefined, 'NO_ROLE'],
  ])('of %j for %j in the role %p is %s', (requirement, of, role, expected) => {
    expect(codeOf(() => { assertPermitted(requirement, of, role); })).toBe(expected);
  });

  test.each(['unheardOf', 'constructor', '__proto__'])('refuses %s, which no table names', (transaction) => {
    expect(codeOf(() => requirementOf({ known: ANYONE }, transaction))).toBe('FORBIDDEN');
  });

  test('lets a service act in the role of the person it names, and everybody else in their own', () => {
    expect(effectiveRole(caller('service'), 'biller')).toBe('biller');
    expect(effectiveRole(caller('biller'), 'biller')).toBe('biller');
    expect(codeOf(() => effectiveRole(caller('denials'), 'biller'))).toBe('ROLE_MISMATCH');
    expect(codeOf(() => effectiveRole(caller(undefined), 'biller'))).toBe('NO_ROLE');
  });
});
