import type { Member, Unit, UnitOwners } from '@medaccord/domain';
import { membershipWith } from '@medaccord/domain';
import { memberKey, members, membershipKey, memberships, unitKey, unitOwners } from './records.js';
import type { RegistryContext } from './registry-context.js';

/** Who owns the unit ids that a command names. */
export async function ownersOf(ctx: RegistryContext, units: readonly Unit[]): Promise<UnitOwners> {
  const owners = await ctx.store.getMany(unitOwners, units.map(({ id }) => unitKey(id)));
  return new Map(units.flatMap(({ id }, index) => {
    const owner = owners[index];
    return owner === undefined ? [] : [[id, owner.mspId] as const];
  }));
}

/** Writes a member with the records that follow from it: the membership and the owners of its units. */
export async function saveMember(ctx: RegistryContext, member: Member): Promise<void> {
  const owners = await ownersOf(ctx, member.units);
  const before = await ctx.store.get(memberships, membershipKey);
  const after = membershipWith(before, member);
  await ctx.store.put(members, memberKey(member.mspId), member);
  for (const { id } of member.units) {
    if (!owners.has(id)) await ctx.store.put(unitOwners, unitKey(id), { schema: 'unit-owner/v1', mspId: member.mspId });
  }
  if (after !== before) await ctx.store.put(memberships, membershipKey, after);
}
