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

function holds(words: readonly Said[]): boolean {
  let [agreed, doubting, by] = [false, '', ''];
  for (const { type, mspId } of words) {
    if (type === 'PROPOSE' && by === '') by = mspId;
    if (type === 'CONFIRM' && by !== '' && by !== mspId) agreed = true;
    if (type === 'CONFIRM' && agreed && mspId === doubting && mspId !== by) doubting = '';
    if (type === 'DISPUTE' && by !== '' && doubting === '') doubting = mspId;
    if (type === 'VOID' && doubting !== '' && doubting !== mspId) [agreed, doubting, by] = [false, '', ''];
  }
  return agreed;
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
  const [out, retired] = [new Set<string>(), new Set<string>()];
  let dead = false;
  days.forEach((day, index) => {
    const yesterday = days[index - 1];
    for (const fact of mine) {
      if (fact.type === 'DECEASED' && fact.on === yesterday) dead = true;
      if (fact.type === 'REPLACED' && fact.from === day) out.add(`${fact.npi} for good`);
      if (fact.type === 'DEACTIVATED' && fact.from === day) out.add(fact.npi);
      if (fact.type === 'RETIRED' && fact.from === day) retired.add(fact.npi);
    }
    for (const fact of mine) if (fact.type === 'REACTIVATED' && fact.from === day) [out, retired].forEach((set) => set.delete(fact.npi));
  });
  return dead ? 'NONE' : out.has(npi) || out.has(`${npi} for good`) || retired.size > 0 ? 'UNKNOWN' : 'FULL';
}
