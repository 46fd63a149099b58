import { identityFacts, plainName, present } from '@medaccord/domain';
import type { ScreenedPerson } from '@medaccord/domain';
import type { ProviderRecord } from '../ledger/registry-client.js';

/**
 * The person with the former names and the other numbers that two organisations have told the registry. Who has neither stays
 * byte for byte the same, so that what was decided about a pair stays decided.
 */
export function asKnown(person: ScreenedPerson, records: readonly ProviderRecord[]): ScreenedPerson {
  const others = records.filter(({ provider }) => provider.npi !== person.npi);
  const told = records.flatMap(({ identity }) => identityFacts(identity)).flatMap((fact) => (fact.type === 'NAMED' ? [fact.name.family] : []));
  const own = new Set(person.familyNames.map(plainName));
  const names = [...told, ...others.map(({ provider }) => provider.name.family)].filter((name) => !own.has(plainName(name)));
  const npis = [...(person.otherNpis ?? []), ...others.map(({ provider }) => provider.npi)];

  return { ...person, familyNames: [...person.familyNames, ...new Set(names)], ...present('otherNpis', npis.length === 0 ? undefined : [...new Set(npis)].toSorted(ascending)) };
}

function ascending(left: string, right: string): number {
  return left < right ? -1 : 1;
}
