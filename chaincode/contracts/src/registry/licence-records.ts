import type { FoldInput, Licence, LicenceChange, LicenceEvent, LicenceId, LicenceKey, LicenceState, LicenceTimeline, NewestEvents, OrderedLicences, RecordBoardOrder } from '@medaccord/domain';
import { classOf, completeTimeline, DomainError, isClass, licenceEventId, licenceId, placesOf, present, storedTimeline, witnessesOf } from '@medaccord/domain';
import { ownerAndOneOther } from '../platform/key-policy.js';
import type { WantedRecord } from '../platform/public-store.js';
import { sha256 } from '../platform/sha256.js';
import { licenceEventKey, licenceEvents, licenceRecordKey, licences, membershipKey, memberships, timelines } from './records.js';
import type { RegistryContext } from './registry-context.js';

/**
 * Timelines of the licences that exist and of their classes, with all their entries, each vouched for by its newest event.
 * Two messages to the peer, however many licences; `besides`: what a stored timeline, which nobody has vouched for yet,
 * suggests to read in the second one. Throws LICENCE_RECORD_FAULTY.
 */
async function loadTimelines(ctx: RegistryContext, keys: readonly LicenceKey[], besides: (stored: LicenceTimeline) => readonly WantedRecord[] = () => []): Promise<ReadonlyMap<LicenceId, LicenceTimeline>> {
  const asked = [...new Map([...keys, ...keys.map(classOf)].map((key) => [licenceId(key), key])).values()];
  const stored = await ctx.store.getMany(timelines, asked.map(licenceRecordKey));
  const found = stored.filter((timeline) => timeline !== undefined);
  const firstOfClass = asked.filter((key, index) => isClass(key) && stored[index] === undefined).map((key) => licenceEventKey(key, 1));
  const witnesses = found.flatMap((timeline) => witnessesOf(timeline).map((sequence) => licenceEventKey(timeline.licence, sequence)));
  await ctx.store.preload([...[...firstOfClass, ...witnesses].map((parts) => ({ type: licenceEvents, parts })), ...found.flatMap(besides)]);
  await assertNone(ctx, firstOfClass);
  const loaded = new Map<LicenceId, LicenceTimeline>();
  for (const timeline of found) loaded.set(licenceId(timeline.licence), await completed(ctx, timeline));
  return loaded;
}

/** A class without a timeline has no event: two organisations could remove the one, and only a majority the other. */
async function assertNone(ctx: RegistryContext, events: readonly (readonly string[])[]): Promise<void> {
  const found = (await ctx.store.getMany(licenceEvents, events)).find((event) => event !== undefined);
  if (found !== undefined) throw new DomainError('LICENCE_RECORD_FAULTY', { licence: licenceId(found.licence) });
}

/** What the standing of each licence that exists is computed from: as many messages as `loadTimelines`. */
export async function loadFoldInputs(ctx: RegistryContext, keys: readonly LicenceKey[], besides?: (stored: LicenceTimeline) => readonly WantedRecord[]): Promise<ReadonlyMap<LicenceId, FoldInput>> {
  const loaded = await loadTimelines(ctx, keys, besides);
  return new Map(keys.flatMap((key) => {
    const timeline = loaded.get(licenceId(key));
    return timeline === undefined ? [] : [[licenceId(key), { licence: key, entries: timeline.entries, ...classEntriesOf(key, loaded) }] as const];
  }));
}

function classEntriesOf(key: LicenceKey, loaded: ReadonlyMap<LicenceId, LicenceTimeline>): Pick<FoldInput, 'classEntries'> {
  return isClass(key) ? {} : present('classEntries', loaded.get(licenceId(classOf(key)))?.entries);
}

/** Licences that exist, with their particulars. */
export async function loadLicences(ctx: RegistryContext, keys: readonly LicenceKey[]): Promise<ReadonlyMap<LicenceId, LicenceState>> {
  const classes = keys.map((key) => ({ type: timelines, parts: licenceRecordKey(classOf(key)) }));
  await ctx.store.preload([...keys.flatMap((key) => [licences, timelines].map((type) => ({ type, parts: licenceRecordKey(key) }))), ...classes]);
  const records = await ctx.store.getMany(licences, keys.map(licenceRecordKey));
  const loaded = await loadTimelines(ctx, keys);
  return new Map(keys.flatMap((key, index) => {
    const [record, timeline] = [records[index], loaded.get(licenceId(key))];
    return record === undefined || timeline === undefined ? [] : [[licenceId(key), { record, timeline, ...classEntriesOf(key, loaded) }] as const];
  }));
}

/** One licence. Throws LICENCE_NOT_FOUND. */
export async function loadLicence(ctx: RegistryContext, key: LicenceKey): Promise<LicenceState> {
  const licence = (await loadLicences(ctx, [key])).get(licenceId(key));
  if (licence === undefined) throw new DomainError('LICENCE_NOT_FOUND');
  return licence;
}

/** Licences that exist, with all their events, in a few messages to the peer however many they are. */
export async function loadLicencesWithEvents(ctx: RegistryContext, keys: readonly LicenceKey[]): Promise<ReadonlyMap<LicenceId, { readonly state: LicenceState; readonly events: readonly LicenceEvent[] }>> {
  const loaded = await loadLicences(ctx, keys);
  await ctx.store.preload([...loaded.values()].flatMap(({ timeline }) => sequencesOf(timeline).map((sequence) => ({ type: licenceEvents, parts: licenceEventKey(timeline.licence, sequence) }))));
  const withEvents = new Map<LicenceId, { readonly state: LicenceState; readonly events: readonly LicenceEvent[] }>();
  for (const [id, state] of loaded) withEvents.set(id, { state, events: await loadEvents(ctx, state.timeline) });
  return withEvents;
}

/** Licences that exist, each with its newest event, which loading its timeline has read already. */
export async function loadNewest(ctx: RegistryContext, keys: readonly LicenceKey[]): Promise<NewestEvents> {
  const loaded = [...await loadLicences(ctx, keys)];
  const events = await ctx.store.getMany(licenceEvents, loaded.map(([, { timeline }]) => licenceEventKey(timeline.licence, timeline.lastSequence)));
  return new Map(loaded.flatMap(([id, state], index) => {
    const newest = events[index];
    return newest === undefined ? [] : [[id, { state, newest }] as const];
  }));
}

/** One event of a licence, or undefined. */
export async function loadEvent(ctx: RegistryContext, key: LicenceKey, sequence: number): Promise<LicenceEvent | undefined> {
  return ctx.store.get(licenceEvents, licenceEventKey(key, sequence));
}

/** What is on the ledger of the licences that orders name, with the events at the positions that the orders would take. */
export async function loadOrdered(ctx: RegistryContext, orders: readonly RecordBoardOrder[]): Promise<OrderedLicences> {
  const loaded = await loadLicences(ctx, orders.map(({ licence }) => licence));
  const places = orders.flatMap((order) => placesOf(order).map((sequence) => licenceEventKey(order.licence, sequence)));
  const events = (await ctx.store.getMany(licenceEvents, places)).filter((event) => event !== undefined);
  return { licences: loaded, events: new Map(events.map((event) => [licenceEventId(event.licence, event.sequence), event])) };
}

/** All events of a licence, in their order. */
export async function loadEvents(ctx: RegistryContext, timeline: LicenceTimeline): Promise<readonly LicenceEvent[]> {
  const events = await ctx.store.getMany(licenceEvents, sequencesOf(timeline).map((sequence) => licenceEventKey(timeline.licence, sequence)));
  return events.filter((event) => event !== undefined);
}

function sequencesOf({ lastSequence }: LicenceTimeline): readonly number[] {
  return Array.from({ length: lastSequence }, (_, index) => index + 1);
}

/**
 * Writes what actions left. Licence and timeline carry the policy for today's membership: the board and any one other, or a
 * majority. It is set again as soon as the membership has changed, and only then: a policy that changes makes another
 * action on the licence in the same block invalid instead of merely outdated. The event stays under the chaincode's own
 * policy, so that it vouches for the timeline.
 */
export async function saveLicences(ctx: RegistryContext, changes: readonly LicenceChange[]): Promise<void> {
  if (changes.length === 0) return;
  const membership = await ctx.store.get(memberships, membershipKey);
  const version = membership?.version ?? 0;
  const policyFor = once((issuer: string) => ownerAndOneOther(issuer, membership?.mspIds ?? []));
  for (const { state, events, newParticulars } of changes) {
    const { record, timeline } = state;
    const key = licenceRecordKey(record.licence);
    const policy = timeline.membership === version ? undefined : policyFor(record.issuer);
    if (policy !== undefined || newParticulars === true) await ctx.store.put<Licence>(licences, key, record, policy);
    await ctx.store.put(timelines, key, { ...storedTimeline(timeline, sha256), membership: version }, policy);
    for (const event of events) await ctx.store.put(licenceEvents, licenceEventKey(event.licence, event.sequence), event);
  }
}

/** A function of a name that computes each answer once. */
function once<T>(compute: (name: string) => T): (name: string) => T {
  const answers = new Map<string, T>();
  return (name) => {
    const answer = answers.get(name) ?? compute(name);
    answers.set(name, answer);
    return answer;
  };
}

async function completed(ctx: RegistryContext, timeline: LicenceTimeline): Promise<LicenceTimeline> {
  const events = await ctx.store.getMany(licenceEvents, witnessesOf(timeline).map((sequence) => licenceEventKey(timeline.licence, sequence)));
  const older = events.slice(0, -2).filter((event) => event !== undefined);
  return completeTimeline(timeline, { older, newest: events.at(-2), following: events.at(-1) }, sha256);
}
