import { canonicalJson } from '../shared/canonical-json.js';
import type { Instant } from '../shared/dates.js';
import { DomainError } from '../shared/errors.js';
import type { Initialise, RegistryConfiguration } from './registry-configuration.js';
import type { RegisterMember, UpdateMember } from './member-commands.js';
import type { Member, Unit } from './member.js';
import { inOrder, unitKindOf } from './units.js';

/** Everyone who counts when a majority of the membership is formed, under one key. */
export interface Membership {
  readonly schema: 'membership/v1';
  /** From 1, one more whenever somebody joins or leaves. */
  readonly version: number;
  /** MSP ids of the members that are not LEFT, in ascending order. */
  readonly mspIds: readonly string[];
}

/** Unit ids that exist, with the member that each belongs to. */
export type UnitOwners = ReadonlyMap<string, string>;

/** The founding state: the configuration and the consortium office as the first member. Throws ALREADY_INITIALISED. */
export function initialise(
  existing: RegistryConfiguration | undefined,
  command: Initialise,
  founder: { readonly mspId: string; readonly now: Instant },
): { readonly configuration: RegistryConfiguration; readonly member: Member } {
  if (existing !== undefined) throw new DomainError('ALREADY_INITIALISED');
  const { name, ...clock } = command;
  return {
    configuration: { schema: 'registry-configuration/v1', consortium: founder.mspId, ...clock },
    member: newMember({ mspId: founder.mspId, name, kind: 'consortium', units: [] }, founder.now),
  };
}

/** The new member, or undefined where it is a member already with the same particulars. Throws MEMBER_ALREADY_REGISTERED and what `assertUnits` throws. */
export function registerMember(existing: Member | undefined, command: RegisterMember, owners: UnitOwners, now: Instant): Member | undefined {
  if (existing !== undefined) {
    assertSame(existing, command);
    return undefined;
  }
  const member = newMember(command, now);
  assertUnits(member, owners);
  return member;
}

/** The member after a change. Throws MEMBER_NOT_FOUND, STALE_VERSION, LAST_MEMBER_ADMIN, UNIT_IN_USE and what `assertUnits` throws. */
export function updateMember(existing: Member | undefined, command: UpdateMember, owners: UnitOwners, now: Instant): Member {
  if (existing === undefined) throw new DomainError('MEMBER_NOT_FOUND');
  if (existing.version !== command.expectedVersion) throw new DomainError('STALE_VERSION', { expected: command.expectedVersion, actual: existing.version });
  const { name = existing.name, status = existing.status, units = existing.units } = command;
  if (existing.kind === 'consortium' && status !== 'ACTIVE') throw new DomainError('LAST_MEMBER_ADMIN');
  if (existing.units.some(({ id, kind }) => !units.some((unit) => unit.id === id && unit.kind === kind))) throw new DomainError('UNIT_IN_USE');
  const member: Member = { ...existing, name, status, units: inOrder(units), version: existing.version + 1, changedAt: now };
  assertUnits(member, owners);
  return member;
}

/** The membership with this member as it now is: the same object where nobody joins or leaves. */
export function membershipWith(membership: Membership | undefined, member: Pick<Member, 'mspId' | 'status'>): Membership {
  const others = (membership?.mspIds ?? []).filter((mspId) => mspId !== member.mspId);
  const mspIds = member.status === 'LEFT' ? others : [...others, member.mspId].sort((left, right) => (left < right ? -1 : 1));
  if (membership?.mspIds.join() === mspIds.join()) return membership;
  return { schema: 'membership/v1', version: (membership?.version ?? 0) + 1, mspIds };
}

/** How many of that many organisations are more than half. */
export function majorityOf(count: number): number {
  return Math.floor(count / 2) + 1;
}

function newMember(command: { readonly mspId: string; readonly name: string; readonly kind: Member['kind']; readonly units: readonly Unit[] }, now: Instant): Member {
  const { mspId, name, kind, units } = command;
  return { schema: 'member/v1', mspId, name, kind, status: 'ACTIVE', units: inOrder(units), version: 1, registeredAt: now, changedAt: now };
}

function assertSame(existing: Member, command: RegisterMember): void {
  const { mspId, name, kind, units } = existing;
  const same = canonicalJson({ mspId, name, kind, units }) === canonicalJson({ ...command, units: inOrder(command.units) });
  if (!same) throw new DomainError('MEMBER_ALREADY_REGISTERED');
}

/** Units are of the member's kind, and no other member has one of the same id. */
function assertUnits(member: Member, owners: UnitOwners): void {
  const kind = unitKindOf(member.kind);
  for (const unit of member.units) {
    if (unit.kind !== kind) throw new DomainError('UNIT_KIND_NOT_OF_MEMBER', { unit: unit.id });
    const owner = owners.get(unit.id);
    if (owner !== undefined && owner !== member.mspId) throw new DomainError('UNIT_ID_TAKEN', { unit: unit.id });
  }
}
