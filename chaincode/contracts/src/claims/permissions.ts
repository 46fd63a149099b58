import { DomainError, VERBS, assertClock } from '@medaccord/domain';
import type { Command, Instant, Member, StandingsForClaimsResponse } from '@medaccord/domain';
import { assertPermitted, assertRole, effectiveRole } from '../platform/authorisation.js';
import type { Caller } from '../platform/caller.js';

/** Roles whose people work with patients' documents. */
const READERS: readonly string[] = ['service', 'claims-examiner', 'claims-supervisor', 'finance', 'plan-admin', 'biller', 'denials', 'privacy-officer'];

/**
 * Refuses a command that its caller may not give: both parties are active members of the right kinds, the caller is one of
 * them, and its role may give this command; where a deadline counts, the registry's clock bounds the transaction's time.
 * Throws WRONG_PARTIES, FORBIDDEN_ORGANISATION, NOT_A_MEMBER, MEMBER_NOT_ACTIVE, NO_ROLE, ROLE_MISMATCH, FORBIDDEN_ROLE,
 * CLOCK_NOT_SET and CLOCK_OUT_OF_BOUNDS.
 */
export function assertCommandPermitted(command: Command, caller: Caller, registry: StandingsForClaimsResponse, now: Instant): void {
  const { parties, body, actor } = command;
  const { joint, roles, timed } = VERBS[body.verb];
  const [insurer, hospital] = registry.members;
  if (joint !== (parties.hospitalMsp !== undefined)) throw new DomainError('WRONG_PARTIES');
  assertParty(insurer, 'insurer');
  if (joint) assertParty(hospital, 'hospital');
  const member = [insurer, hospital].find((party) => party?.mspId === caller.mspId);
  if (member === undefined || member === null) throw new DomainError('FORBIDDEN_ORGANISATION');
  const allowed = roles[member.kind];
  if (allowed === undefined) throw new DomainError('FORBIDDEN_ORGANISATION');
  assertPermitted({ kinds: [member.kind], roles: allowed }, member, effectiveRole(caller, actor.role));
  if (timed) assertClock(now, registry.clock);
}

/** Refuses a reader of private documents whose role has nothing to do with them. Throws NO_ROLE and FORBIDDEN_ROLE. */
export function assertReader({ role }: Caller): void {
  assertRole(READERS, role);
}

function assertParty(member: Member | null | undefined, kind: Member['kind']): void {
  if (member === undefined || member === null) throw new DomainError('NOT_A_MEMBER');
  if (member.kind !== kind) throw new DomainError('WRONG_PARTIES');
  if (member.status !== 'ACTIVE') throw new DomainError('MEMBER_NOT_ACTIVE', { status: member.status });
}
