import { DomainError } from '@medaccord/domain';
import type { Member, MemberKind } from '@medaccord/domain';
import type { Caller } from './caller.js';

/** Who may call a transaction: people in one of these roles, of a member of one of these kinds. */
export interface Permission {
  readonly kinds: readonly MemberKind[];
  readonly roles: readonly string[];
}

/** Everyone who belongs to a member, in any role or none: for queries of public facts. A suspended member may still read. */
export const ANY_MEMBER = 'any-member';

/** Before there are members: for what founds the registry and for what any organisation of the channel may see. */
export const ANYONE = 'anyone';

/** What a transaction asks of its caller. */
export type Requirement = Permission | typeof ANY_MEMBER | typeof ANYONE;

/** One requirement per transaction. A transaction that is not in the table is refused. */
export type Requirements = Readonly<Record<string, Requirement>>;

/** The requirement of a transaction; throws FORBIDDEN where the table has none. */
export function requirementOf(requirements: Requirements, transaction: string): Requirement {
  const requirement = Object.hasOwn(requirements, transaction) ? requirements[transaction] : undefined;
  if (requirement === undefined) throw new DomainError('FORBIDDEN');
  return requirement;
}

/**
 * Refuses a caller who does not meet the requirement. `role` is the caller's role in this transaction: the certificate's,
 * or the one that a service names for a person. Throws NOT_A_MEMBER, MEMBER_NOT_ACTIVE, FORBIDDEN_ORGANISATION, NO_ROLE
 * and FORBIDDEN_ROLE.
 */
export function assertPermitted(requirement: Requirement, member: Member | undefined, role: string | undefined): void {
  if (requirement === ANYONE) return;
  if (member === undefined) throw new DomainError('NOT_A_MEMBER');
  if (requirement === ANY_MEMBER) assertNotLeft(member);
  else assertInRole(requirement, member, role);
}

function assertNotLeft(member: Member): void {
  if (member.status === 'LEFT') throw new DomainError('MEMBER_NOT_ACTIVE', { status: member.status });
}

function assertInRole({ kinds, roles }: Permission, member: Member, role: string | undefined): void {
  if (member.status !== 'ACTIVE') throw new DomainError('MEMBER_NOT_ACTIVE', { status: member.status });
  if (!kinds.includes(member.kind)) throw new DomainError('FORBIDDEN_ORGANISATION');
  assertRole(roles, role);
}

/** Refuses a caller in none of these roles. Throws NO_ROLE and FORBIDDEN_ROLE. */
export function assertRole(roles: readonly string[], role: string | undefined): void {
  if (role === undefined) throw new DomainError('NO_ROLE');
  if (!roles.includes(role)) throw new DomainError('FORBIDDEN_ROLE');
}

/** What a service's certificate says: the role is that of the person for whom the service acts. */
export const SERVICE_ROLE = 'service';

/**
 * The role in which a caller acts for a person named in a command. A service speaks for its people; any other certificate
 * speaks for itself and must be of the named role. Throws NO_ROLE and ROLE_MISMATCH.
 */
export function effectiveRole(caller: Caller, actorRole: string): string {
  if (caller.role === undefined) throw new DomainError('NO_ROLE');
  if (caller.role !== SERVICE_ROLE && caller.role !== actorRole) throw new DomainError('ROLE_MISMATCH');
  return actorRole;
}
