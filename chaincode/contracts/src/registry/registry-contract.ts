import * as domain from '@medaccord/domain';
import type { ActionRequest, ActionResult, LicenceState, RegistryExecution } from '@medaccord/domain';
import { DomainError, parseJson } from '@medaccord/domain';
import { Info, Returns, Transaction } from '../platform/contract-api.js';
import { MedAccordContract } from '../platform/medaccord-contract.js';
import { sha256 } from '../platform/sha256.js';
import { loadEvent, loadEvents, loadLicence, loadLicences, loadTimelines, saveLicences } from './licence-records.js';
import { ownersOf, saveMember } from './member-records.js';
import { answerStandings, loadLinkContext, loadProviders, saveLinks } from './provider-records.js';
import { exclusionSnapshotsQueryShape, licenceQueryShape, licenceStandingQueryShape, memberQueryShape } from './queries.js';
import { clockKey, clocks, configurationKey, configurations, exclusionSnapshotKey, exclusionSnapshots, memberKey, members, providerKey, providerLinks, providers } from './records.js';
import { RegistryContext } from './registry-context.js';

/** Most items of one batch: a transaction stays well under what one block and one message carry. */
const MOST_ITEMS = 1000;

/** Public facts that everyone relies on: who is a member, which licences stand, who holds them, what time it is. */
@Info({ title: 'registry', description: 'Members, providers, licences and the clock.' })
export class RegistryContract extends MedAccordContract<RegistryContext> {
  constructor() {
    super('registry');
  }

  override createContext(): RegistryContext {
    return new RegistryContext();
  }

  protected override authorise(ctx: RegistryContext, transaction: string): Promise<void> {
    return ctx.authorise(transaction);
  }

  /** Founds the registry, once: the caller's organisation becomes the consortium office. */
  @Transaction()
  @Returns('string')
  async initialise(ctx: RegistryContext, request: string): Promise<string> {
    if (ctx.caller.role !== 'member-admin') throw new DomainError(ctx.caller.role === undefined ? 'NO_ROLE' : 'FORBIDDEN_ROLE');
    const command = parseJson(domain.initialiseShape, request);
    const existing = await ctx.store.get(configurations, configurationKey);
    const { configuration, member } = domain.initialise(existing, command, { mspId: ctx.caller.mspId, now: ctx.now });
    await ctx.store.put(configurations, configurationKey, configuration);
    await saveMember(ctx, member);
    ctx.emit([{ type: 'registry.initialised.v1', id: member.mspId, position: 1 }]);
    return answer({ configuration, member });
  }

  /** Admits a member. */
  @Transaction()
  @Returns('string')
  async registerMember(ctx: RegistryContext, request: string): Promise<string> {
    const command = parseJson(domain.registerMemberShape, request);
    const existing = await ctx.store.get(members, memberKey(command.mspId));
    const member = domain.registerMember(existing, command, await ownersOf(ctx, command.units), ctx.now);
    if (member === undefined) return answer({ outcome: 'ALREADY_RECORDED', member: existing });
    await saveMember(ctx, member);
    ctx.emit([{ type: 'member.registered.v1', id: member.mspId, position: 1 }]);
    return answer({ outcome: 'REGISTERED', member });
  }

  /** Changes a member's name, status or units. */
  @Transaction()
  @Returns('string')
  async updateMember(ctx: RegistryContext, request: string): Promise<string> {
    const command = parseJson(domain.updateMemberShape, request);
    const existing = await ctx.store.get(members, memberKey(command.mspId));
    const member = domain.updateMember(existing, command, await ownersOf(ctx, command.units ?? []), ctx.now);
    await saveMember(ctx, member);
    ctx.emit([{ type: 'member.updated.v1', id: member.mspId, position: member.version }]);
    return answer({ outcome: 'UPDATED', member });
  }

  /** Moves the clock forward by one tick. */
  @Transaction()
  @Returns('string')
  async advanceClock(ctx: RegistryContext, request: string): Promise<string> {
    const command = parseJson(domain.advanceClockShape, request);
    const clock = domain.advanceClock(await ctx.store.get(clocks, clockKey), command, await ctx.configuration(), ctx.now);
    await ctx.store.put(clocks, clockKey, clock);
    ctx.emit([{ type: 'clock.advanced.v1', id: 'clock', position: clock.tick }]);
    return answer(clock);
  }

  /** Enters providers in the directory; a result per item. */
  @Transaction()
  @Returns('string')
  async registerProviders(ctx: RegistryContext, request: string): Promise<string> {
    const { items } = parseJson(domain.batchShape(MOST_ITEMS), request);
    const existing = await loadProviders(ctx, domain.providersNamedIn(items));
    const { outcomes, created } = domain.registerProviders(items, existing, ctx.execution);
    for (const provider of created) await ctx.store.put(providers, providerKey(provider.npi), provider);
    ctx.emit(created.map(({ npi }) => ({ type: 'provider.registered.v1', id: npi, position: 1 })));
    return answer({ outcomes });
  }

  /** Asserts, proposes, confirms or disputes that providers hold licences; a result per item. */
  @Transaction()
  @Returns('string')
  async linkProviderLicences(ctx: RegistryContext, request: string): Promise<string> {
    const { items } = parseJson(domain.batchShape(MOST_ITEMS), request);
    const context = await loadLinkContext(ctx, domain.linksNamedIn(items));
    const { outcomes, changed, events } = domain.linkProviderLicences(items, context, ctx.execution);
    await saveLinks(ctx, changed);
    ctx.emit(events);
    return answer({ outcomes });
  }

  /** Issues licences of the caller's own board; a result per item. */
  @Transaction()
  @Returns('string')
  async issueLicences(ctx: RegistryContext, request: string): Promise<string> {
    const { items } = parseJson(domain.batchShape(MOST_ITEMS), request);
    const existing = await loadLicences(ctx, domain.licencesNamedIn(items));
    const { outcomes, changes } = domain.issueLicences(items, existing, ctx.execution);
    await saveLicences(ctx, changes);
    ctx.emit(changes.map(({ event }) => ({ type: 'licence.issued.v1', id: domain.licenceId(event.licence), position: event.sequence })));
    return answer({ outcomes });
  }

  /** Forbids practice under a licence of the caller's own board. */
  @Transaction()
  @Returns('string')
  async suspendLicence(ctx: RegistryContext, request: string): Promise<string> {
    return act(ctx, parseJson(domain.suspendLicenceShape, request), domain.suspendLicence, 'licence.suspended.v1');
  }

  /** Ends suspensions, restrictions or the revocation of a licence of the caller's own board. */
  @Transaction()
  @Returns('string')
  async reinstateLicence(ctx: RegistryContext, request: string): Promise<string> {
    return act(ctx, parseJson(domain.reinstateLicenceShape, request), domain.reinstateLicence, 'licence.reinstated.v1');
  }

  /** Ends a licence of the caller's own board. */
  @Transaction()
  @Returns('string')
  async revokeLicence(ctx: RegistryContext, request: string): Promise<string> {
    return act(ctx, parseJson(domain.revokeLicenceShape, request), domain.revokeLicence, 'licence.revoked.v1');
  }

  /** Adds a steward's word for a published exclusion file. */
  @Transaction()
  @Returns('string')
  async recordExclusionSnapshot(ctx: RegistryContext, request: string): Promise<string> {
    const command = parseJson(domain.recordExclusionSnapshotShape, request);
    const existing = await ctx.store.get(exclusionSnapshots, exclusionSnapshotKey(command));
    const snapshot = domain.recordExclusionSnapshot(existing, command, ctx.execution);
    if (snapshot === undefined) return answer({ outcome: 'ALREADY_RECORDED', snapshot: existing });
    await ctx.store.put(exclusionSnapshots, exclusionSnapshotKey(command), snapshot);
    ctx.emit([{ type: 'exclusion-snapshot.recorded.v1', id: domain.exclusionSnapshotId(snapshot), position: snapshot.attestations.length }]);
    return answer({ outcome: 'RECORDED', snapshot });
  }

  /** The published exclusion files that stewards have told, by month. */
  @Transaction(false)
  @Returns('string')
  async readExclusionSnapshots(ctx: RegistryContext, request: string): Promise<string> {
    const { source, month } = parseJson(exclusionSnapshotsQueryShape, request);
    return answer(await ctx.store.list(exclusionSnapshots, month === undefined ? [source] : [source, month]));
  }

  /** What the founders agreed on. */
  @Transaction(false)
  @Returns('string')
  async readConfiguration(ctx: RegistryContext): Promise<string> {
    return answer(await ctx.configuration());
  }

  /** One member. */
  @Transaction(false)
  @Returns('string')
  async readMember(ctx: RegistryContext, request: string): Promise<string> {
    const member = await ctx.store.get(members, memberKey(parseJson(memberQueryShape, request).mspId));
    return answer(found(member, 'MEMBER_NOT_FOUND'));
  }

  /** All members, by MSP id. */
  @Transaction(false)
  @Returns('string')
  async readMembers(ctx: RegistryContext): Promise<string> {
    return answer(await ctx.store.list(members, []));
  }

  /** The last tick. */
  @Transaction(false)
  @Returns('string')
  async readClock(ctx: RegistryContext): Promise<string> {
    return answer(found(await ctx.store.get(clocks, clockKey), 'CLOCK_NOT_SET'));
  }

  /** A provider and its links in every jurisdiction. */
  @Transaction(false)
  @Returns('string')
  async readProvider(ctx: RegistryContext, request: string): Promise<string> {
    const { npi } = parseJson(domain.object<{ npi: string }>({ npi: domain.npiShape }), request);
    const provider = found(await ctx.store.get(providers, providerKey(npi)), 'PROVIDER_NOT_FOUND');
    return answer({ provider, links: await ctx.store.list(providerLinks, [npi]) });
  }

  /** A licence with its events, and what is wrong with them, if anything. */
  @Transaction(false)
  @Returns('string')
  async readLicence(ctx: RegistryContext, request: string): Promise<string> {
    const { record, timeline } = await loadLicence(ctx, parseJson(licenceQueryShape, request).licence);
    const events = await loadEvents(ctx, timeline);
    return answer({ licence: record, events, faults: domain.timelineFaults(timeline, events, sha256) });
  }

  /** What a licence permits on a date, as known at a position. */
  @Transaction(false)
  @Returns('string')
  async standing(ctx: RegistryContext, request: string): Promise<string> {
    const { licence, asOf, knownAt } = parseJson(licenceStandingQueryShape, request);
    const timeline = (await loadTimelines(ctx, [licence])).get(domain.licenceId(licence));
    return answer(domain.standing(found(timeline, 'LICENCE_NOT_FOUND'), asOf, knownAt));
  }

  /** All that `claims` needs for one batch: members, clock and what providers might do on the days of service. */
  @Transaction(false)
  @Returns('string')
  async standingsForClaims(ctx: RegistryContext, request: string): Promise<string> {
    const asked = parseJson(domain.standingsForClaimsRequestShape, request);
    await ctx.store.preload([{ type: clocks, parts: clockKey }, ...asked.members.map((mspId) => ({ type: members, parts: memberKey(mspId) }))]);
    const response: domain.StandingsForClaimsResponse = {
      schema: 'standings-for-claims/v1',
      clock: (await ctx.store.get(clocks, clockKey)) ?? null,
      members: (await ctx.store.getMany(members, asked.members.map(memberKey))).map((member) => member ?? null),
      standings: await answerStandings(ctx, asked.standings),
    };
    return answer(response);
  }
}

type BoardRule<C> = (state: LicenceState, request: ActionRequest<C>, execution: RegistryExecution) => ActionResult;

async function act<C extends { readonly licence: domain.LicenceKey; readonly expectedSequence: number }>(
  ctx: RegistryContext,
  command: C,
  rule: BoardRule<C>,
  type: domain.PublicEventType,
): Promise<string> {
  const state = await loadLicence(ctx, command.licence);
  const following = await loadEvent(ctx, command.licence, command.expectedSequence + 1);
  const result = rule(state, { command, ...domain.present('following', following) }, ctx.execution);
  const id = domain.licenceId(command.licence);
  if (result.outcome === 'ALREADY_RECORDED') return answer({ outcome: result.outcome, id, sequence: result.event.sequence });
  const { event } = result.change;
  await saveLicences(ctx, [result.change]);
  ctx.emit([{ type, id, position: event.sequence }]);
  return answer({ outcome: result.outcome, id, sequence: event.sequence });
}

function answer(value: unknown): string {
  return domain.canonicalJson(value);
}

function found<T>(record: T | undefined, code: domain.ErrorCode): T {
  if (record === undefined) throw new DomainError(code);
  return record;
}
