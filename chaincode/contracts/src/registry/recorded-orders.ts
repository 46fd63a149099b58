import type { LicenceChange, PublicEvent } from '@medaccord/domain';
import { licenceId } from '@medaccord/domain';
import { saveGroups } from './compact-records.js';
import { saveLicences } from './licence-records.js';
import { purgeSealed } from './order-documents.js';
import type { RegistryContext } from './registry-context.js';

/** Writes what orders left, purges what they sealed, and tells of each licence and of each compact's group that grew. */
export async function saveOrders(ctx: RegistryContext, changes: readonly LicenceChange[]): Promise<void> {
  await saveLicences(ctx, changes);
  for (const change of changes) await purgeSealed(ctx, change);
  const groups = await saveGroups(ctx, changes);
  ctx.emit([
    ...changes.map(({ state }): PublicEvent => ({ type: 'licence.order-recorded.v1', id: licenceId(state.record.licence), position: state.timeline.lastSequence })),
    ...groups.map(({ principal, members }): PublicEvent => ({ type: 'compact-group.enlarged.v1', id: licenceId(principal), position: members.length })),
  ]);
}
