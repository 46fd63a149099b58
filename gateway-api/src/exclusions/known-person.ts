import { identityFacts, onePerson, plainName, present } from '@medaccord/domain';
import type { ScreenedPerson } from '@medaccord/domain';
import type { KnownIdentities } from '../ledger/registry-client.js';

/**
 * A person with the former names and the other numbers that two organisations have told the registry. Who has neither stays
 * byte for byte the same, so that what was decided about a pair stays decided.
 */
export function asKnown(person: ScreenedPerson, { identities, providers }: KnownIdentities): ScreenedPerson {
  const byNumber = new Map(identities.map((identity) => [identity.npi, identity]));
  const [, ...others] = onePerson(person.npi, byNumber);
  const told = [person.npi, ...others].flatMap((npi) => identityFacts(byNumber.get(npi))).flatMap((fact) => (fact.type === 'NAMED' ? [fact.name.family] : []));
  const own = new Set(person.familyNames.map(plainName));
  const names = [...told, ...providers.filter(({ npi }) => others.includes(npi)).map(({ name }) => name.family)].filter((name) => !own.has(plainName(name)));
  const npis = [...new Set([...(person.otherNpis ?? []), ...others])];

  return { ...person, familyNames: [...person.familyNames, ...new Set(names)], ...present('otherNpis', npis.length === 0 ? undefined : npis) };
}
