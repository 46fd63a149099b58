import type { CompactFacts, CompactGroup, FoldInput, LicenceChange, LicenceId, LicenceKey, RecordBoardOrder, RelatedLicence } from '@medaccord/domain';
import { classOf, distinctLicences, DomainError, endsDerived, groupsJoined, licenceId, principalsJoined, principalsNamed, relatedLicences, relatedNow } from '@medaccord/domain';
import type { WantedRecord } from '../platform/public-store.js';
import { loadFoldInputs } from './licence-records.js';
import { compactGroups, licenceRecordKey, timelines } from './records.js';
import type { RegistryContext } from './registry-context.js';

/** Timelines with the licences that compacts relate to them. */
export type LoadedCompacts = Required<Pick<CompactFacts, 'timelines' | 'groups'>>;

/**
 * Timelines of licences, of their classes, and of those that compacts relate to them. The two messages of `loadFoldInputs`
 * where there is no compact; two more where there is one, however many licences. `besides`: what else is read of each licence
 * with its timeline.
 */
export async function loadWithRelated(ctx: RegistryContext, keys: readonly LicenceKey[], besides: (licence: LicenceKey) => readonly WantedRecord[] = () => []): Promise<LoadedCompacts> {
  await ctx.store.preload(keys.flatMap((key) => [timelineOf(key), timelineOf(classOf(key)), groupOf(key), ...besides(key)]));
  const own = await loadFoldInputs(ctx, keys, ({ licence, entries }) => principalsNamed(licence, entries).map(groupOf));
  const principals = [...own.values()].flatMap(({ licence, entries }) => principalsNamed(licence, entries));
  const groups = await loadGroups(ctx, [...keys, ...principals]);
  const related = distinctLicences([...own.values()].flatMap((timeline) => relatedLicences(timeline, groups) ?? []));
  await ctx.store.preload(related.flatMap((key) => [timelineOf(key), timelineOf(classOf(key)), ...besides(key)]));
  const others = await loadFoldInputs(ctx, related);
  return { timelines: new Map<LicenceId, FoldInput>([...own, ...others]), groups };
}

/** What an order that ends derived effects is judged by; nothing of others. Throws LICENCE_NOT_FOUND. */
export async function loadCauses(ctx: RegistryContext, order: RecordBoardOrder): Promise<{ readonly related?: readonly RelatedLicence[] }> {
  if (!endsDerived(order)) return {};
  const loaded = await loadWithRelated(ctx, [order.licence]);
  const input = loaded.timelines.get(licenceId(order.licence));
  if (input === undefined) throw new DomainError('LICENCE_NOT_FOUND');
  return { related: relatedNow(input, loaded, ctx.now.slice(0, 10)) ?? [] };
}

/** Enters the licences that orders brought into a compact with their principal licences; the groups that changed. */
export async function saveGroups(ctx: RegistryContext, changes: readonly LicenceChange[]): Promise<readonly CompactGroup[]> {
  const groups = groupsJoined(changes, await loadGroups(ctx, principalsJoined(changes)));
  for (const group of groups) await ctx.store.put(compactGroups, licenceRecordKey(group.principal), group);
  return groups;
}

async function loadGroups(ctx: RegistryContext, principals: readonly LicenceKey[]): Promise<ReadonlyMap<LicenceId, CompactGroup>> {
  const found = await ctx.store.getMany(compactGroups, distinctLicences(principals).map(licenceRecordKey));
  return new Map(found.filter((group) => group !== undefined).map((group) => [licenceId(group.principal), group]));
}

function timelineOf(licence: LicenceKey): WantedRecord {
  return { type: timelines, parts: licenceRecordKey(licence) };
}

function groupOf(principal: LicenceKey): WantedRecord {
  return { type: compactGroups, parts: licenceRecordKey(principal) };
}
