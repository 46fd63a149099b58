import type { CompactFacts, LicenceKey, LicencesQuery, LicenceView, LinkProviderLicence, Npi, Provider, ProviderLinks, ProviderStanding, SourceState, Standing, StandingQuery } from '@medaccord/domain';
import { distinctLicences, DomainError, licenceId, licenceView, linkJurisdiction, linksKey, providerStanding, sourceState, standingAmong, withoutSealed } from '@medaccord/domain';
import type { LinkContext } from '@medaccord/domain';
import type { WantedRecord } from '../platform/public-store.js';
import { loadWithRelated } from './compact-records.js';
import { loadPeople } from './identity-records.js';
import { loadLicencesWithEvents } from './licence-records.js';
import type { LicenceStandingQuery } from './queries.js';
import { clockKey, clocks, licenceRecordKey, providerIdentities, providerIdentityKey, providerKey, providerLinks, providerLinksKey, providers, sourceReportKey, sourceReports, timelines } from './records.js';
import type { RegistryContext } from './registry-context.js';

/** The providers among these that the directory has. */
export async function loadProviders(ctx: RegistryContext, npis: readonly Npi[]): Promise<ReadonlyMap<Npi, Provider>> {
  const found = await ctx.store.getMany(providers, npis.map(providerKey));
  return new Map(found.filter((provider) => provider !== undefined).map((provider) => [provider.npi, provider]));
}

/** What a batch of link steps has to know. */
export async function loadLinkContext(ctx: RegistryContext, steps: readonly LinkProviderLicence[]): Promise<LinkContext> {
  await ctx.store.preload(
    steps.flatMap((step) => [
      { type: providers, parts: providerKey(step.npi) },
      { type: providerLinks, parts: providerLinksKey(step.npi, linkJurisdiction(step)) },
      { type: timelines, parts: licenceRecordKey(step.licence) },
    ]),
  );
  const links = await ctx.store.getMany(providerLinks, steps.map((step) => providerLinksKey(step.npi, linkJurisdiction(step))));
  const known = await ctx.store.getMany(timelines, steps.map(({ licence }) => licenceRecordKey(licence)));
  const registered = await loadProviders(ctx, steps.map(({ npi }) => npi));
  return {
    links: new Map(links.filter((document) => document !== undefined).map((document) => [linksKey(document.npi, document.jurisdiction), document])),
    issuers: new Map(known.filter((timeline) => timeline !== undefined).map(({ licence, issuer }) => [licenceId(licence), issuer])),
    providers: new Set(registered.keys()),
  };
}

/** Writes the links of providers that changed. */
export async function saveLinks(ctx: RegistryContext, changed: readonly ProviderLinks[]): Promise<void> {
  for (const document of changed) await ctx.store.put(providerLinks, providerLinksKey(document.npi, document.jurisdiction), document);
}

/** What one licence permits: two messages to the peer, and two more where a compact relates it to others. Throws LICENCE_NOT_FOUND. */
export async function answerStanding(ctx: RegistryContext, { licence, ...asked }: LicenceStandingQuery): Promise<Standing> {
  const facts = await loadStandingFacts(ctx, [licence]);
  const timeline = facts.timelines.get(licenceId(licence));
  if (timeline === undefined) throw new DomainError('LICENCE_NOT_FOUND');
  return withoutSealed(standingAmong(timeline, asked, facts), timeline.entries);
}

/** Many licences with their events and what they mean on a day, in the order asked; null for one that is not on the ledger. */
export async function answerLicences(ctx: RegistryContext, { licences, asOf }: LicencesQuery): Promise<readonly (LicenceView | null)[]> {
  const facts = await loadStandingFacts(ctx, licences);
  const loaded = await loadLicencesWithEvents(ctx, licences);
  return licences.map((key) => {
    const [found, timeline] = [loaded.get(licenceId(key)), facts.timelines.get(licenceId(key))];
    return found === undefined || timeline === undefined ? null : licenceView(found.state, found.events, withoutSealed(standingAmong(timeline, { asOf }, facts), timeline.entries));
  });
}

/**
 * Answers standing queries together, however many: three messages to the peer, one more where people have several numbers, and
 * two more where compacts relate licences (their timelines, and what vouches for them).
 */
export async function answerStandings(ctx: RegistryContext, queries: readonly StandingQuery[]): Promise<readonly ProviderStanding[]> {
  await ctx.store.preload(
    queries.flatMap(({ npi, jurisdiction }) => [
      { type: providers, parts: providerKey(npi) },
      { type: providerLinks, parts: providerLinksKey(npi, jurisdiction) },
      { type: providerIdentities, parts: providerIdentityKey(npi) },
    ]),
  );
  const people = await loadPeople(ctx, queries);
  const links = await ctx.store.getMany(providerLinks, queries.map(({ npi, jurisdiction }) => providerLinksKey(npi, jurisdiction)));
  const registered = await loadProviders(ctx, queries.map(({ npi }) => npi));
  const facts = await loadStandingFacts(ctx, distinctLicences([...links, ...people.flatMap(({ otherLinks }) => otherLinks)].flatMap((document) => document?.links.map(({ licence }) => licence) ?? [])));
  return queries.map((query, index) => providerStanding(query, { registered: registered.has(query.npi), links: links[index], ...people[index], ...facts }));
}

/** Everything that standing on this day or another is computed from: most of it in one message. */
export async function loadStandingFacts(ctx: RegistryContext, licences: readonly LicenceKey[]): Promise<CompactFacts> {
  // The clock goes along with the first message, and each board's word with the timeline of its licence.
  const freshness = ({ board }: LicenceKey): readonly WantedRecord[] => [{ type: clocks, parts: clockKey }, { type: sourceReports, parts: sourceReportKey(board) }];
  const loaded = await loadWithRelated(ctx, licences, freshness);
  return { ...loaded, sources: await loadSources(ctx, [...loaded.timelines.values()].map(({ licence }) => licence.board)) };
}

/** How fresh the word of these boards is, of those that report. */
async function loadSources(ctx: RegistryContext, boards: readonly string[]): Promise<ReadonlyMap<string, SourceState>> {
  const distinct = [...new Set(boards)];
  const clock = await ctx.store.get(clocks, clockKey);
  const reports = await ctx.store.getMany(sourceReports, distinct.map(sourceReportKey));
  return new Map(reports.flatMap((report) => {
    const state = sourceState(report, clock?.time);
    return report === undefined || state === undefined ? [] : [[report.board, state] as const];
  }));
}
