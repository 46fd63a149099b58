import { addDays } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import type { Npi } from '../shared/ids.js';
import { identityFacts, numbersOf } from './provider-identity.js';
import type { IdentityFact, IdentityPosition, ProviderIdentity } from './provider-identity.js';

/** Identities that were looked up, by number: undefined where nothing was ever said about one. */
export type Identities = ReadonlyMap<Npi, ProviderIdentity | undefined>;

/**
 * The numbers of one person, the asked one first, then the others in order: follows replacements and merges from one to the
 * next, as all is known or as it was known at these positions. While it names numbers that were not looked up, more may follow.
 */
export function onePerson(npi: Npi, identities: Identities, known?: readonly IdentityPosition[]): readonly Npi[] {
  const found = new Set([npi]);
  // A set that grows while it is walked is walked to its end.
  for (const number of found) for (const other of identityFacts(identities.get(number), positionOf(number, known)).flatMap(numbersOf)) found.add(other);
  return [npi, ...[...found].filter((other) => other !== npi).sort(ascending)];
}

/** The position to which a number's identity is taken into account; what an earlier answer did not name, it did not know. */
export function positionOf(npi: Npi, known: readonly IdentityPosition[] | undefined): number | undefined {
  return known === undefined ? undefined : (known.find((position) => position.npi === npi)?.knownAt ?? 0);
}

/** What identity says about a service on a day: nothing, that nobody can have rendered it, or that a person has to look. */
export type IdentityLimit = 'NONE' | 'UNKNOWN' | undefined;

/**
 * No licence survives its holder: NONE after the day of death. A number that is not in use on the day (replaced, deactivated) says
 * nothing about the licence of whoever stands behind it, and retirement is not the board's word: UNKNOWN, as unknown pends and
 * never denies. A deactivation for death is UNKNOWN as well, as its date is the enumerator's and not that of the death.
 */
export function identityLimit(asked: Npi, facts: readonly IdentityFact[], day: PlainDate): IdentityLimit {
  if (facts.some((fact) => fact.type === 'DECEASED' && fact.on < day)) return 'NONE';
  const replaced = facts.some((fact) => fact.type === 'REPLACED' && fact.npi === asked && fact.from <= day);
  return replaced || isOut(asked, 'DEACTIVATED', facts, day) || facts.some(({ npi }) => isOut(npi, 'RETIRED', facts, day)) ? 'UNKNOWN' : undefined;
}

/** Days from which `identityLimit` may be another one, each once and in order. */
export function identityDays(facts: readonly IdentityFact[]): readonly PlainDate[] {
  return [...new Set(facts.flatMap(limitDays))].sort(ascending);
}

function limitDays(fact: IdentityFact): readonly PlainDate[] {
  switch (fact.type) {
    case 'SAME_PERSON':
    case 'NAMED':
      return [];
    case 'DECEASED':
      return [addDays(fact.on, 1)];
    default:
      return [fact.from];
  }
}

function ascending(left: string, right: string): number {
  return left < right ? -1 : 1;
}

/** Whether a number went out that way and has not come back; on one day both, it has. */
function isOut(npi: Npi, way: 'DEACTIVATED' | 'RETIRED', facts: readonly IdentityFact[], day: PlainDate): boolean {
  const last = (type: typeof way | 'REACTIVATED'): PlainDate =>
    facts.reduce((latest, fact) => (fact.type === type && fact.npi === npi && fact.from <= day && fact.from > latest ? fact.from : latest), '');
  return last(way) > last('REACTIVATED');
}
