import type { FoldInput, LicenceId, LinkProviderLicence, Npi, Provider, ProviderLinks, ProviderStanding, SourceState, StandingQuery } from '@medaccord/domain';
import { licenceId, linkJurisdiction, linksKey, providerStanding, sourceState } from '@medaccord/domain';
import type { LinkContext } from '@medaccord/domain';
import { loadFoldInputs } from './licence-records.js';
import { clockKey, clocks, licenceRecordKey, providerKey, providerLinks, providerLinksKey, providers, sourceReportKey, sourceReports, timelines } from './records.js';
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

/** Answers standing queries together: four messages to the peer, however many queries. */
export async function answerStandings(ctx: RegistryContext, queries: readonly StandingQuery[]): Promise<readonly ProviderStanding[]> {
  await ctx.store.preload(
    queries.flatMap(({ npi, jurisdiction }) => [
      { type: providers, parts: providerKey(npi) },
      { type: providerLinks, parts: providerLinksKey(npi, jurisdiction) },
    ]),
  );
  const links = await ctx.store.getMany(providerLinks, queries.map(({ npi, jurisdiction }) => providerLinksKey(npi, jurisdiction)));
  const registered = await loadProviders(ctx, queries.map(({ npi }) => npi));
  const named = distinctLicences(links);
  const found = await loadFoldInputs(ctx, named);
  const sources = await loadSources(ctx, named.map(({ board }) => board));
  return queries.map((query, index) => providerStanding(query, { registered: registered.has(query.npi), links: links[index], timelines: found, sources }));
}

/** How fresh the word of these boards is, of those that report. */
export async function loadSources(ctx: RegistryContext, boards: readonly string[]): Promise<ReadonlyMap<string, SourceState>> {
  const distinct = [...new Set(boards)];
  await ctx.store.preload([{ type: clocks, parts: clockKey }, ...distinct.map((board) => ({ type: sourceReports, parts: sourceReportKey(board) }))]);
  const clock = await ctx.store.get(clocks, clockKey);
  const reports = await ctx.store.getMany(sourceReports, distinct.map(sourceReportKey));
  return new Map(reports.flatMap((report) => {
    const state = sourceState(report, clock?.time);
    return report === undefined || state === undefined ? [] : [[report.board, state] as const];
  }));
}

function distinctLicences(documents: readonly (ProviderLinks | undefined)[]): readonly FoldInput['licence'][] {
  const keys = new Map<LicenceId, FoldInput['licence']>();
  for (const { licence } of documents.flatMap((document) => document?.links ?? [])) keys.set(licenceId(licence), licence);
  return [...keys.values()];
}
