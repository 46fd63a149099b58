import { addDays } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import type { Npi } from '../shared/ids.js';
import { identityFacts } from './provider-identity.js';
import type { IdentityFact, IdentityPosition, ProviderIdentity } from './provider-identity.js';

/** Identities that were looked up, by number: undefined where nothing was ever said about one. */
export type Identities = ReadonlyMap<Npi, ProviderIdentity | undefined>;

/** The numbers of one person. */
export interface OnePerson {
  /** The asked one first, then the others in order. */
  readonly numbers: readonly Npi[];
  /** Numbers whose identity has not been looked up: while there are any, more numbers may follow. */
  readonly unread: readonly Npi[];
}

/** Follows replacements and merges from one number to the next, as all is known or as it was known at these positions. */
export function onePerson(npi: Npi, identities: Identities, known?: readonly IdentityPosition[]): OnePerson {
  const found = new Set([npi]);
  // A set that grows while it is walked is walked to its end.
  for (const number of found) for (const other of linkedNumbers(identityFacts(identities.get(number), positionOf(number, known)))) found.add(other);
  return { numbers: [npi, ...[...found].filter((other) => other !== npi).sort()], unread: [...found].filter((number) => !identities.has(number)) };
}

/** The position to which a number's identity is taken into account; what an earlier answer did not name, it did not know. */
export function positionOf(npi: Npi, known: readonly IdentityPosition[] | undefined): number | undefined {
  return known === undefined ? undefined : (known.find((position) => position.npi === npi)?.knownAt ?? 0);
}

function linkedNumbers(facts: readonly IdentityFact[]): readonly Npi[] {
  return facts.flatMap((fact) => (fact.type === 'REPLACED' ? [fact.npi, fact.by] : fact.type === 'SAME_PERSON' ? [fact.npi, fact.other] : []));
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

/** Days from which `identityLimit` may be another one. */
export function identityDays(facts: readonly IdentityFact[]): readonly PlainDate[] {
  return facts.flatMap((fact) => (fact.type === 'DECEASED' ? [addDays(fact.on, 1)] : 'from' in fact ? [fact.from] : []));
}

/** Whether a number went out that way and has not come back; on one day both, it has. */
function isOut(npi: Npi, way: 'DEACTIVATED' | 'RETIRED', facts: readonly IdentityFact[], day: PlainDate): boolean {
  const last = (type: IdentityFact['type']): PlainDate =>
    facts.reduce((latest, fact) => (fact.type === type && fact.npi === npi && 'from' in fact && fact.from !== undefined && fact.from <= day && fact.from > latest ? fact.from : latest), '');
  return last(way) > last('REACTIVATED');
}
