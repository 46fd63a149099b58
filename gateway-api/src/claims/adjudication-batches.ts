/** A claim that is ready to be decided, and the family whose totals it changes. */
export interface Gathered {
  readonly claimId: string;
  readonly hospitalMsp: string;
  /** The family's id, or the coverage's where the person has no family on record. */
  readonly family: string;
}

/**
 * Packs claims into transactions that can be under way at the same time: each concerns one hospital, and each family is
 * in one of them alone, as two transactions that change the same totals would collide. Claims keep their order within
 * a family. What does not fit is left for the next round, when the totals have changed.
 */
export function packBatches<T extends Gathered>(claims: readonly T[], most: number): { readonly batches: readonly (readonly T[])[]; readonly left: readonly T[] } {
  const batches: T[][] = [];
  const left: T[] = [];
  const families = new Map<string, T[]>();
  for (const claim of claims) {
    const key = `${claim.hospitalMsp} ${claim.family}`;
    families.set(key, [...(families.get(key) ?? []), claim]);
  }
  const homeOf = new Map<string, string>();
  for (const members of families.values()) {
    const [first] = members;
    // A family that was treated in two hospitals has one set of totals: one hospital's claims wait.
    if (first === undefined || (homeOf.get(first.family) ?? first.hospitalMsp) !== first.hospitalMsp) {
      left.push(...members);
      continue;
    }
    homeOf.set(first.family, first.hospitalMsp);
    left.push(...members.slice(most));
    place(batches, members.slice(0, most), most);
  }

  return { batches, left };
}

/** Into the first batch of the hospital with room for the whole family, else into a new one. */
function place<T extends Gathered>(batches: T[][], family: readonly T[], most: number): void {
  const roomy = batches.find((batch) => batch[0]?.hospitalMsp === family[0]?.hospitalMsp && batch.length + family.length <= most);
  if (roomy === undefined) batches.push([...family]);
  else roomy.push(...family);
}
