import { FAMILY, leafKey } from '../coverage/accumulator.js';
import type { Bucket, Posting } from '../coverage/accumulator.js';
import type { BenefitPlanBody, YearlyLimit } from '../coverage/benefit-plan.js';
import { DomainError } from '../shared/errors.js';
import type { Minor } from '../shared/money.js';
import type { TotalFact } from './adjudication.js';

/** The totals of one person and the family while the lines of a claim are decided one after the other. */
export class RunningTotals {
  readonly #used = new Map<string, Minor>();
  readonly #added = new Map<string, Minor>();
  readonly #person: string;
  readonly #plan: BenefitPlanBody;

  constructor(person: string, plan: BenefitPlanBody, totals: readonly TotalFact[]) {
    this.#person = person;
    this.#plan = plan;
    for (const { leaf, usedMinor } of totals) this.#used.set(leaf, usedMinor);
  }

  /** What is left of the deductible for this person. */
  deductibleRoom(): Minor {
    return this.#room('deductible', this.#plan.deductible);
  }

  /** What is left of the out-of-pocket limit; no person goes beyond the self-only limit, whatever the family has left. */
  outOfPocketRoom(): Minor {
    const room = this.#room('out-of-pocket', this.#plan.outOfPocket);
    const { selfOnlyLimitMinor } = this.#plan;
    if (selfOnlyLimitMinor === undefined) return room;
    return Math.max(0, Math.min(room, selfOnlyLimitMinor - this.#usedOf(this.#person, 'out-of-pocket')));
  }

  /** Adds an amount to the person's and the family's total. */
  add(bucket: Bucket, amountMinor: Minor): void {
    for (const owner of [this.#person, FAMILY]) this.#add(owner, bucket, amountMinor);
  }

  /** What is left of a limit on one category; the family's total does not count. */
  limitRoom(bucket: Bucket, limit: number): number {
    return Math.max(0, limit - this.#usedOf(this.#person, bucket));
  }

  /** Adds to the person's total alone. */
  addOwn(bucket: Bucket, amount: number): void {
    this.#add(this.#person, bucket, amount);
  }

  /** What was added, per leaf in order of its name, without zeros. */
  postings(cause: string): readonly Posting[] {
    return [...this.#added]
      .filter(([, amountMinor]) => amountMinor !== 0)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([leaf, amountMinor]) => ({ leaf, amountMinor, cause }));
  }

  #add(owner: string, bucket: Bucket, amount: number): void {
    const leaf = leafKey(owner, bucket);
    this.#used.set(leaf, this.#usedOf(owner, bucket) + amount);
    this.#added.set(leaf, (this.#added.get(leaf) ?? 0) + amount);
  }

  #room(bucket: Bucket, limit: YearlyLimit): Minor {
    const family = limit.familyMinor - this.#usedOf(FAMILY, bucket);
    const individual = limit.individualMinor - this.#usedOf(this.#person, bucket);
    return Math.max(0, limit.kind === 'embedded' ? Math.min(individual, family) : family);
  }

  #usedOf(owner: string, bucket: Bucket): Minor {
    const used = this.#used.get(leafKey(owner, bucket));
    if (used === undefined) throw new DomainError('INPUT_MISSING', { input: 'accumulator' });
    return used;
  }
}
