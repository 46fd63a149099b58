import { DomainError, assertClock, rolesFor } from '@medaccord/domain';
import type { Instant, OwnCommand, StandingsForClaimsResponse } from '@medaccord/domain';
import { assertPermitted, assertRole, effectiveRole } from '../platform/authorisation.js';
import type { Caller } from '../platform/caller.js';

/** Roles whose people work with credential files and privileges. Nobody who works with claims is among them. */
const READERS: readonly string[] = [
  'service', 'credentialing', 'medical-staff-office', 'credentials-committee', 'medical-director', 'department-chair', 'medical-executive-committee', 'governing-body',
];

/**
 * Refuses a command that its caller may not give: only the owner's own people write the owner's documents, in a role that
 * may give this very command, at a time that the registry's clock bounds. Throws FORBIDDEN_ORGANISATION, NOT_A_MEMBER,
 * MEMBER_NOT_ACTIVE, NO_ROLE, ROLE_MISMATCH, FORBIDDEN_ROLE, CLOCK_NOT_SET and CLOCK_OUT_OF_BOUNDS.
 */
export function assertOwnCommandPermitted({ parties, body, actor }: OwnCommand, caller: Caller, registry: StandingsForClaimsResponse, now: Instant): void {
  const [owner] = registry.members;
  if (parties.ownerMsp !== caller.mspId) throw new DomainError('FORBIDDEN_ORGANISATION');
  if (owner === undefined || owner === null) throw new DomainError('NOT_A_MEMBER');
  const roles = rolesFor(body, owner.kind);
  if (roles === undefined) throw new DomainError('FORBIDDEN_ORGANISATION');
  assertPermitted({ kinds: [owner.kind], roles }, owner, effectiveRole(caller, actor.role));
  assertClock(now, registry.clock);
}

/** Refuses a reader whose role has nothing to do with credentials. Throws NO_ROLE and FORBIDDEN_ROLE. */
export function assertCredentialReader({ role }: Caller): void {
  assertRole(READERS, role);
}
