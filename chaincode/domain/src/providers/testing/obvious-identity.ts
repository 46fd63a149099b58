import type { IdentityEventType, IdentityFact } from '../provider-identity.js';

/** One thing that was said, in the order in which all things were said. */
export interface Said {
  readonly mspId: string;
  readonly type: IdentityEventType;
  readonly fact: IdentityFact;
}

/** The facts that hold after all of that: each is agreed on by two, and its doubt not by two. Lives through every word again for each. */
export function obviousFacts(said: readonly Said[]): readonly IdentityFact[] {
  return [...new Set(said.map(({ fact }) => JSON.stringify(fact)))].filter((text) => holds(said.filter(({ fact }) => JSON.stringify(fact) === text))).map((text) => JSON.parse(text) as IdentityFact);
}

/** Who said it, who else agrees, who doubts it. */
type Voices = readonly [by: string, agreeing: string, against: string];

function holds(words: readonly Said[]): boolean {
  return words.reduce<Voices>(heard, ['', '', ''])[1] !== '';
}

function heard([by, agreeing, doubting]: Voices, { type, mspId }: Said): Voices {
  if (by === '') return type === 'PROPOSE' ? [mspId, '', ''] : ['', '', ''];
  if (type === 'DISPUTE') return [by, agreeing, doubting === '' ? mspId : doubting];
  if (type === 'VOID' && !['', mspId].includes(doubting)) return ['', '', ''];
  return type === 'CONFIRM' && by !== mspId ? [by, mspId, doubting === mspId ? '' : doubting] : [by, agreeing, doubting];
}

/** All numbers of the person, by joining sets of numbers until nothing joins any more. */
export function obviousNumbers(npi: string, facts: readonly IdentityFact[]): readonly string[] {
  let numbers = [npi];
  for (let round = 0; round <= facts.length; round += 1) {
    for (const fact of facts) {
      const pair = fact.type === 'REPLACED' ? [fact.npi, fact.by] : fact.type === 'SAME_PERSON' ? [fact.npi, fact.other] : [];
      if (pair.some((one) => numbers.includes(one))) numbers = [...new Set([...numbers, ...pair])];
    }
  }
  return [...numbers].sort();
}

/** What remains of full authority on a day, by living through the days up to it. */
export function obviousLimit(npi: string, facts: readonly IdentityFact[], days: readonly string[]): 'FULL' | 'NONE' | 'UNKNOWN' {
  const mine = facts.filter((fact) => obviousNumbers(npi, facts).includes(fact.npi));
  const lived = new Set<string>();
  for (const day of days) liveThrough(day, mine, lived);
  // On the day of death services are possible.
  if (mine.some((fact) => fact.type === 'DECEASED' && days.slice(0, -1).includes(fact.on))) return 'NONE';
  return [`REPLACED ${npi}`, `DEACTIVATED ${npi}`].some((state) => lived.has(state)) || [...lived].some((state) => state.startsWith('RETIRED')) ? 'UNKNOWN' : 'FULL';
}

function liveThrough(day: string, facts: readonly IdentityFact[], lived: Set<string>): void {
  const today = facts.filter((fact) => 'from' in fact && fact.from === day);
  for (const { type, npi } of today) lived.add(`${type} ${npi}`);
  for (const { npi } of today.filter(({ type }) => type === 'REACTIVATED')) for (const way of ['DEACTIVATED', 'RETIRED']) lived.delete(`${way} ${npi}`);
}
