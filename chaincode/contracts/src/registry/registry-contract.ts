import * as domain from '@medaccord/domain';
import { DomainError, parseJson } from '@medaccord/domain';
import { Info, Returns, Transaction } from '../platform/contract-api.js';
import { sha256 } from '../platform/sha256.js';
import { loadOfficer, loadOwnOfficer, saveOfficer, signatureContext } from './board-officers.js';
import { loadCauses } from './compact-records.js';
import { loadEvent, loadEvents, loadLicence, loadLicences, loadNewest, loadOrdered, saveLicences } from './licence-records.js';
import { loadIssuerKey, saveIssuerKey } from './issuer-keys.js';
import { ownersOf, saveMember } from './member-records.js';
import { keepDocument, presentedDocument, readDocument } from './order-documents.js';
import { saveOrders } from './recorded-orders.js';
import { loadPractitioners } from './practitioners.js';
import { answerLicences, answerStanding, answerStandings, loadLinkContext, loadProviders, loadStandingFacts, saveLinks } from './provider-records.js';
import { exclusionSnapshotsQueryShape, licenceQueryShape, licenceStandingQueryShape, memberQueryShape, npiQueryShape } from './queries.js';
import { clockKey, clocks, configurationKey, configurations, exclusionSnapshotKey, exclusionSnapshots, issuerKeys, memberKey, members, officers, providerIdentities, providerIdentityKey, providerKey, providerLinks, providers, sourceReportKey, sourceReports, statusWords, statusWordsKey } from './records.js';
// A value import: the contract API finds the context among the parameters' types at run time.
import { RegistryContext } from './registry-context.js';
import { MOST_ITEMS, RegistryPeople } from './registry-people.js';

/** Public facts that everyone relies on: who is a member, which licences stand, who holds them, what time it is. */
@Info({ title: 'registry', description: 'Members, providers, licences and the clock.' })
export class RegistryContract extends RegistryPeople {
  constructor() {
    super('registry');
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
    ctx.emit(changes.map(({ state }) => ({ type: 'licence.issued.v1', id: domain.licenceId(state.record.licence), position: state.timeline.lastSequence })));
    return answer({ outcomes });
  }

  /** Strikes what an import brought, for some of its licences: signed by two persons once for all of them; a result per licence. */
  @Transaction()
  @Returns('string')
  async voidImportBatch(ctx: RegistryContext, request: string): Promise<string> {
    const signed = parseJson(domain.signedBatchVoidShape, request);
    const { outcomes, changes } = domain.voidImportBatch(signed, await loadNewest(ctx, signed.licences), await signatureContext(ctx, signed), ctx.execution);
    await saveOrders(ctx, changes);
    return answer({ outcomes });
  }

  /** Adds the next version of a board's table of status words. */
  @Transaction()
  @Returns('string')
  async defineStatusWords(ctx: RegistryContext, request: string): Promise<string> {
    const command = parseJson(domain.defineStatusWordsShape, request);
    const existing = await ctx.store.list(statusWords, [command.board]);
    const words = domain.defineStatusWords(existing.at(-1), command, ctx.execution);
    await ctx.store.put(statusWords, statusWordsKey(words.board, words.version), words);
    ctx.emit([{ type: 'status-words.defined.v1', id: words.board, position: words.version }]);
    return answer({ outcome: 'DEFINED', words });
  }

  /** Says up to when a board of the caller has recorded all that it decided. */
  @Transaction()
  @Returns('string')
  async reportSource(ctx: RegistryContext, request: string): Promise<string> {
    const command = parseJson(domain.reportSourceShape, request);
    const last = await ctx.store.get(sourceReports, sourceReportKey(command.board));
    const report = domain.reportSource(last, command, ctx.execution, (await ctx.configuration()).sourcePatience);
    if (report === undefined) return answer({ outcome: 'ALREADY_RECORDED', report: last });
    await ctx.store.put(sourceReports, sourceReportKey(report.board), report);
    ctx.emit([{ type: 'source.reported.v1', id: report.board, position: report.sequence }]);
    return answer({ outcome: 'REPORTED', report });
  }

  /** Introduces the caller's own certificate as one that may sign orders. */
  @Transaction()
  @Returns('string')
  async introduceOfficer(ctx: RegistryContext, request: string): Promise<string> {
    parseJson(domain.object({}), request);
    const { existing, certificate } = await loadOwnOfficer(ctx);
    const officer = domain.introduceOfficer(existing, certificate, ctx.execution);
    if (officer === undefined) return answer({ outcome: 'ALREADY_RECORDED', officer: existing });
    await saveOfficer(ctx, officer, 'board-officer.introduced.v1');
    return answer({ outcome: 'INTRODUCED', officer });
  }

  /** Ends the use of a certificate of the caller's organisation for orders. */
  @Transaction()
  @Returns('string')
  async withdrawOfficer(ctx: RegistryContext, request: string): Promise<string> {
    const existing = await loadOfficer(ctx, parseJson(domain.officerQueryShape, request).fingerprint);
    const officer = domain.withdrawOfficer(existing, ctx.execution);
    if (officer === undefined) return answer({ outcome: 'ALREADY_RECORDED', officer: existing });
    await saveOfficer(ctx, officer, 'board-officer.withdrawn.v1');
    return answer({ outcome: 'WITHDRAWN', officer });
  }

  /** Introduces a key with which the caller's organisation signs attestations. */
  @Transaction()
  @Returns('string')
  async introduceIssuerKey(ctx: RegistryContext, request: string): Promise<string> {
    const command = parseJson(domain.introduceIssuerKeyShape, request);
    const existing = await loadIssuerKey(ctx, domain.issuerKeyId(command.publicKey, sha256));
    const key = domain.introduceIssuerKey(existing, command, ctx.execution);
    if (key === undefined) return answer({ outcome: 'ALREADY_RECORDED', key: existing });
    await saveIssuerKey(ctx, key);
    return answer({ outcome: 'INTRODUCED', key });
  }

  /** Makes suspect what a key of the caller's organisation signed from an instant on. */
  @Transaction()
  @Returns('string')
  async revokeIssuerKey(ctx: RegistryContext, request: string): Promise<string> {
    const command = parseJson(domain.revokeIssuerKeyShape, request);
    const existing = await loadIssuerKey(ctx, command.keyId);
    const key = domain.revokeIssuerKey(existing, command, ctx.execution);
    if (key === undefined) return answer({ outcome: 'ALREADY_RECORDED', key: existing });
    await saveIssuerKey(ctx, key);
    return answer({ outcome: 'REVOKED', key });
  }

  /** Records what the caller's own board decided about a licence: all steps of the order, or none. */
  @Transaction()
  @Returns('string')
  async recordBoardOrder(ctx: RegistryContext, request: string): Promise<string> {
    const signed = parseJson(domain.signedBoardOrderShape, request);
    const id = domain.licenceId(signed.order.licence);
    const { licences, events } = await loadOrdered(ctx, [signed.order]);
    const state = domain.orderedState(licences.get(id), signed.order.licence, ctx.execution);
    const result = domain.recordBoardOrder(state, { signed, following: [...events.values()], ...(await signatureContext(ctx, signed)), ...(await loadCauses(ctx, signed.order)) }, ctx.execution);
    if (result.outcome === 'ALREADY_RECORDED') return answer({ ...result, id });
    await saveOrders(ctx, [result.change]);
    return answer({ outcome: result.outcome, id, sequence: result.change.state.timeline.lastSequence });
  }

  /** Records orders that one person may make, such as renewals or the extension of a class; a result per item. */
  @Transaction()
  @Returns('string')
  async recordBoardOrders(ctx: RegistryContext, request: string): Promise<string> {
    const { items } = parseJson(domain.batchShape(MOST_ITEMS), request);
    const { outcomes, changes } = domain.recordBoardOrders(items, await loadOrdered(ctx, domain.ordersIn(items)), ctx.execution);
    await saveOrders(ctx, changes);
    return answer({ outcomes });
  }

  /** Keeps the narrative of a recorded order in the board's own collection. */
  @Transaction()
  @Returns('string')
  async keepOrderDocument(ctx: RegistryContext, request: string): Promise<string> {
    const { licence, sequence } = parseJson(domain.orderDocumentQueryShape, request);
    const { record } = await loadLicence(ctx, licence);
    const document = domain.orderDocument(record, await loadEvent(ctx, licence, sequence), presentedDocument(ctx), ctx.execution);
    await keepDocument(ctx, licence, document);
    return answer({ outcome: 'KEPT' });
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

  /** A provider, its links in every jurisdiction, and what was said about who it is. */
  @Transaction(false)
  @Returns('string')
  async readProvider(ctx: RegistryContext, request: string): Promise<string> {
    const { npi } = parseJson(npiQueryShape, request);
    const provider = found(await ctx.store.get(providers, providerKey(npi)), 'PROVIDER_NOT_FOUND');
    const identity = await ctx.store.get(providerIdentities, providerIdentityKey(npi));
    return answer({ provider, links: await ctx.store.list(providerLinks, [npi]), ...domain.present('identity', identity) });
  }

  /** The narrative of an order of the caller's own board. */
  @Transaction(false)
  @Returns('string')
  async readOrderDocument(ctx: RegistryContext, request: string): Promise<string> {
    const { licence, sequence } = parseJson(domain.orderDocumentQueryShape, request);
    domain.assertOwnUnit(licence, ctx.execution);
    const event = found(await loadEvent(ctx, licence, sequence), 'ORDER_DOCUMENT_NOT_FOUND');
    return answer(await readDocument(ctx, licence, event.actionId));
  }

  /** The people of a member who may sign its boards' orders. */
  @Transaction(false)
  @Returns('string')
  async readOfficers(ctx: RegistryContext, request: string): Promise<string> {
    return answer(await ctx.store.list(officers, [parseJson(memberQueryShape, request).mspId]));
  }

  /** The keys with which a member's boards sign attestations, revoked ones among them. */
  @Transaction(false)
  @Returns('string')
  async readIssuerKeys(ctx: RegistryContext, request: string): Promise<string> {
    return answer(await ctx.store.list(issuerKeys, [parseJson(memberQueryShape, request).mspId]));
  }

  /** A licence with its events but for sealed ones, what is wrong with them, if anything, and its compact, if it is in one. */
  @Transaction(false)
  @Returns('string')
  async readLicence(ctx: RegistryContext, request: string): Promise<string> {
    const { record, timeline } = await loadLicence(ctx, parseJson(licenceQueryShape, request).licence);
    const events = await loadEvents(ctx, timeline);
    const compact = domain.compactView(timeline, await loadStandingFacts(ctx, [record.licence]), ctx.now.slice(0, 10));
    return answer({ licence: record, events: domain.visibleEvents(events), faults: domain.timelineFaults(timeline, events, sha256), ...domain.present('compact', compact) });
  }

  /** Many licences with their events and what they mean on a day; null for one that is not on the ledger. */
  @Transaction(false)
  @Returns('string')
  async readLicences(ctx: RegistryContext, request: string): Promise<string> {
    return answer(await answerLicences(ctx, parseJson(domain.licencesQueryShape, request)));
  }

  /** Every version of a board's table of status words. */
  @Transaction(false)
  @Returns('string')
  async readStatusWords(ctx: RegistryContext, request: string): Promise<string> {
    return answer(await ctx.store.list(statusWords, [parseJson(domain.statusWordsQueryShape, request).board]));
  }

  /** What a licence permits on a date, as known at a position. */
  @Transaction(false)
  @Returns('string')
  async standing(ctx: RegistryContext, request: string): Promise<string> {
    return answer(await answerStanding(ctx, parseJson(licenceStandingQueryShape, request)));
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
      ...domain.present('practitioners', asked.practitioners && (await loadPractitioners(ctx, asked.practitioners))),
    };
    return answer(response);
  }
}

function answer(value: unknown): string {
  return domain.canonicalJson(value);
}

function found<T>(record: T | undefined, code: domain.ErrorCode): T {
  if (record === undefined) throw new DomainError(code);
  return record;
}
