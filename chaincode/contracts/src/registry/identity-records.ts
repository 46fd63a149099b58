import { knownIdentityOf, onePerson } from '@medaccord/domain';
import type { IdentityContext, Npi, Provider, ProviderFacts, ProviderIdentity, ProviderLinks, StandingQuery } from '@medaccord/domain';
import { providerIdentities, providerIdentityKey, providerKey, providerLinks, providerLinksKey, providers } from './records.js';
import type { RegistryContext } from './registry-context.js';

/** What a standing query has to know of who is asked about. */
type AskedPerson = Required<Pick<ProviderFacts, 'identities'>> & { readonly otherLinks: readonly ProviderLinks[] };

/** Whom standing queries are about, one for each, with the links of their other numbers: no message where nobody has any. */
export async function loadPeople(ctx: RegistryContext, queries: readonly StandingQuery[]): Promise<readonly AskedPerson[]> {
  const identities = new Map<Npi, ProviderIdentity | undefined>();
  const numbers = (query: StandingQuery): readonly Npi[] => onePerson(query.npi, identities, knownIdentityOf(query));
  await follow(ctx, identities, () => queries.flatMap((query) => numbers(query).map((npi) => ({ npi, jurisdictions: [query.jurisdiction] }))));
  const people: AskedPerson[] = [];
  for (const query of queries) {
    const others = await ctx.store.getMany(providerLinks, numbers(query).slice(1).map((npi) => providerLinksKey(npi, query.jurisdiction)));
    people.push({ identities, otherLinks: others.filter((document) => document !== undefined) });
  }
  return people;
}

/** What a batch of identity steps has to know: the numbers that it names, and those that they are linked to. */
export async function loadIdentityContext(ctx: RegistryContext, npis: readonly Npi[]): Promise<IdentityContext> {
  const identities = new Map<Npi, ProviderIdentity | undefined>();
  await ctx.store.preload(npis.flatMap((npi) => [{ type: providers, parts: providerKey(npi) }, { type: providerIdentities, parts: providerIdentityKey(npi) }]));
  await follow(ctx, identities, () => npis.flatMap((npi) => onePerson(npi, identities).map((number) => ({ npi: number, jurisdictions: [] }))));
  const registered = await ctx.store.getMany(providers, npis.map(providerKey));
  return { identities, providers: new Set(registered.flatMap((provider) => provider?.npi ?? [])) };
}

/** The identities of people and of all their numbers, where anything was said about them, with the directory's entries. */
export async function readIdentities(ctx: RegistryContext, npis: readonly Npi[]): Promise<{ readonly identities: readonly ProviderIdentity[]; readonly providers: readonly Provider[] }> {
  const known = new Map<Npi, ProviderIdentity | undefined>();
  await follow(ctx, known, () => npis.flatMap((npi) => onePerson(npi, known).map((number) => ({ npi: number, jurisdictions: [] }))));
  const identities = [...known.values()].filter((identity) => identity !== undefined);
  const registered = await ctx.store.getMany(providers, identities.map(({ npi }) => providerKey(npi)));
  return { identities, providers: registered.filter((provider) => provider !== undefined) };
}

/** Writes the identities that changed. */
export async function saveIdentities(ctx: RegistryContext, changed: readonly ProviderIdentity[]): Promise<void> {
  for (const identity of changed) await ctx.store.put(providerIdentities, providerIdentityKey(identity.npi), identity);
}

interface Wanted {
  readonly npi: Npi;
  /** Where its links are of interest, too. */
  readonly jurisdictions: readonly string[];
}

/** Reads identities until they name no number that was not read: each round in one message, with the links. */
async function follow(ctx: RegistryContext, identities: Map<Npi, ProviderIdentity | undefined>, wanted: () => readonly Wanted[]): Promise<void> {
  for (let unread = wanted(); unread.length > 0; unread = wanted().filter(({ npi }) => !identities.has(npi))) {
    await ctx.store.preload(unread.flatMap(({ npi, jurisdictions }) => [
      { type: providerIdentities, parts: providerIdentityKey(npi) },
      ...jurisdictions.map((jurisdiction) => ({ type: providerLinks, parts: providerLinksKey(npi, jurisdiction) })),
    ]));
    const found = await ctx.store.getMany(providerIdentities, unread.map(({ npi }) => providerIdentityKey(npi)));
    unread.forEach(({ npi }, index) => identities.set(npi, found[index]));
  }
}
