import { flag, integer, object, oneOf, optional, plainDate, text, list } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import type { PlainDate } from '../shared/dates.js';

/** A plan as the order of payers looks at it: what it is, and how the patient comes to be insured by it. */
export interface CoordinatedCoverage {
  readonly kind: 'group' | 'individual' | 'medicare' | 'medicaid';
  /** False: the plan's contract says nothing of coordination, so it always pays first. */
  readonly hasCoordinationRule: boolean;
  /** Whether the patient is the one who holds it (employee, member, retiree). */
  readonly holder: 'patient' | 'other';
  /** Whether it rests on current employment: laid-off and retired people's plans do not. */
  readonly employment: 'active' | 'inactive';
  /** Continued by right after it would have ended (COBRA or a state's law). */
  readonly continuation: boolean;
  readonly since: PlainDate;
  /** Children: a court decree makes this plan's holder responsible for health care. */
  readonly courtDecree?: boolean;
  /** Children: month and day on which the holder was born, `MM-DD`. */
  readonly holderBirthday?: string;
  /** Medicare: why the patient is entitled to it. */
  readonly entitlement?: 'age' | 'disability' | 'end-stage-renal-disease';
  /** Group plans beside Medicare: people that the employer employs. */
  readonly employees?: number;
  /** Medicare for end-stage renal disease: the last day on which a group plan pays first (30 months). */
  readonly coordinationPeriodThru?: PlainDate;
}

/** What an insurer states about a person's plans: its own, and those of others. */
export interface Coordination {
  readonly ours: CoordinatedCoverage;
  readonly others: readonly CoordinatedCoverage[];
}

const coordinatedCoverage: Shape<CoordinatedCoverage> = object<CoordinatedCoverage>({
  kind: oneOf(['group', 'individual', 'medicare', 'medicaid']),
  hasCoordinationRule: flag,
  holder: oneOf(['patient', 'other']),
  employment: oneOf(['active', 'inactive']),
  continuation: flag,
  since: plainDate,
  courtDecree: optional(flag),
  holderBirthday: optional(text(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)),
  entitlement: optional(oneOf(['age', 'disability', 'end-stage-renal-disease'])),
  employees: optional(integer(0)),
  coordinationPeriodThru: optional(plainDate),
});

/** Reads what an insurer states about a person's plans. */
export const coordinationShape: Shape<Coordination> = object<Coordination>({ ours: coordinatedCoverage, others: list(coordinatedCoverage, 1, 9) });

/** One rule of the order: below zero the left plan pays first, above it the right one, 0 where it cannot tell. */
type OrderRule = (left: CoordinatedCoverage, right: CoordinatedCoverage, on: PlainDate) => number;

/** Which of two plans pays first on a day: the first rule that can tell decides; 0 where none can. */
export function comparePayers(left: CoordinatedCoverage, right: CoordinatedCoverage, on: PlainDate): number {
  for (const rule of ORDER) {
    const order = rule(left, right, on);
    if (order !== 0) return order;
  }
  return 0;
}

/** How many of the others pay before us on a day; undefined where the rules cannot tell, which a person has to settle. */
export function payersBeforeUs({ ours, others }: Coordination, on: PlainDate): number | undefined {
  const orders = others.map((other) => comparePayers(other, ours, on));
  return orders.includes(0) ? undefined : orders.filter((order) => order < 0).length;
}

/** The plan of which something is true goes first. */
function first(holds: (plan: CoordinatedCoverage) => boolean): OrderRule {
  return (left, right) => Number(holds(right)) - Number(holds(left));
}

/** Medicaid is the payer of last resort (42 USC 1396a(a)(25)). */
const medicaidLast: OrderRule = first(({ kind }) => kind !== 'medicaid');

/** Medicare beside a group plan goes by federal law alone, whatever the contract says (42 CFR 411 subparts E to H). */
const medicareSecondary: OrderRule = (left, right, on) => {
  if ((left.kind === 'medicare') === (right.kind === 'medicare')) return 0;
  const [medicare, other] = left.kind === 'medicare' ? [left, right] : [right, left];
  const isMedicareFirst = !paysBeforeMedicare(other, medicare, on);
  return isMedicareFirst === (medicare === left) ? -1 : 1;
};

/** A contract without a rule of coordination pays before one with it (NAIC Model 120 § 5). */
const withoutRuleFirst: OrderRule = first(({ hasCoordinationRule }) => !hasCoordinationRule);

/** The plan that the patient holds pays before the one in which the patient depends on somebody. */
const nonDependentFirst: OrderRule = first(({ holder }) => holder === 'patient');

/** Children: the plan of the parent whom a court made responsible. */
const courtDecreeFirst: OrderRule = ofDependants(first(({ courtDecree }) => courtDecree === true));

/** Children: the plan of the parent whose birthday comes earlier in the year; the year does not count. */
const birthdayFirst: OrderRule = ofDependants(({ holderBirthday: left }, { holderBirthday: right }) => {
  if (left === undefined || right === undefined || left === right) return 0;
  return left < right ? -1 : 1;
});

/** A plan of current employment pays before that of a retired or laid-off person. */
const activeFirst: OrderRule = first(({ employment }) => employment === 'active');

/** Continued coverage pays after any other. */
const continuationLast: OrderRule = first(({ continuation }) => !continuation);

/** At last the plan that has covered the person longer. */
const longerFirst: OrderRule = ({ since: left }, { since: right }) => (left === right ? 0 : left < right ? -1 : 1);

const ORDER: readonly OrderRule[] = [
  medicaidLast, medicareSecondary, withoutRuleFirst, nonDependentFirst, courtDecreeFirst, birthdayFirst, activeFirst, continuationLast, longerFirst,
];

function ofDependants(rule: OrderRule): OrderRule {
  return (left, right, on) => (left.holder === 'other' && right.holder === 'other' ? rule(left, right, on) : 0);
}

/** Employers of 20 for the aged and of 100 for the disabled, current employment only; any group plan in the first 30 months of renal disease. */
function paysBeforeMedicare({ kind, employment, employees = 0 }: CoordinatedCoverage, { entitlement, coordinationPeriodThru }: CoordinatedCoverage, on: PlainDate): boolean {
  if (kind !== 'group') return false;
  if (entitlement === 'end-stage-renal-disease') return coordinationPeriodThru !== undefined && on <= coordinationPeriodThru;
  return employment === 'active' && employees >= (entitlement === 'disability' ? 100 : 20);
}
