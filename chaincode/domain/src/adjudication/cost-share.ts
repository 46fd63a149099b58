import { assertNever } from '../shared/errors.js';
import { portion } from '../shared/money.js';
import type { Minor, Rounding } from '../shared/money.js';
import type { CostShare, CoveredBenefit } from '../coverage/benefit-plan.js';

/** What is to be shared, and how. */
export interface CostShareInput {
  readonly allowedMinor: Minor;
  readonly benefit: CoveredBenefit;
  readonly order: readonly CostShare[];
  readonly rounding: Rounding;
  /** What is left of the deductible. */
  readonly deductibleRoomMinor: Minor;
  /** What is left of the yearly out-of-pocket limit. */
  readonly outOfPocketRoomMinor: Minor;
  /** False where the visit's copay was taken already. */
  readonly copayIsDue: boolean;
}

/** What the patient bears of a line, what the plan pays, and what is added to the totals. */
export interface CostShareResult {
  readonly deductibleMinor: Minor;
  readonly copayMinor: Minor;
  readonly coinsuranceMinor: Minor;
  readonly paidMinor: Minor;
  readonly toDeductibleMinor: Minor;
  readonly toOutOfPocketMinor: Minor;
}

/** Shares the cost of one line. Published versions are never changed. */
export interface CostShareRule {
  readonly id: string;
  readonly source: string;
  readonly share: (input: CostShareInput) => CostShareResult;
}

interface Shares {
  readonly deductible: Minor;
  readonly copay: Minor;
  readonly coinsurance: Minor;
}

/**
 * Takes the shares in the plan's order, each of what the ones before it left; then, where they exceed the room under the
 * out-of-pocket limit, cuts coinsurance, then copay, then deductible, and the plan pays what was cut.
 */
export const costShare: CostShareRule = {
  id: 'cost-share/v1',
  source: 'claims guide 2.4: the order is the plan’s configuration',
  share: (input) => {
    const shares = input.benefit.countsToOutOfPocket ? cutTo(input.outOfPocketRoomMinor, taken(input)) : taken(input);
    const patient = shares.deductible + shares.copay + shares.coinsurance;
    const copayToDeductible = input.benefit.copayCountsToDeductible ? shares.copay : 0;
    return {
      deductibleMinor: shares.deductible,
      copayMinor: shares.copay,
      coinsuranceMinor: shares.coinsurance,
      paidMinor: input.allowedMinor - patient,
      toDeductibleMinor: Math.min(input.deductibleRoomMinor, shares.deductible + copayToDeductible),
      toOutOfPocketMinor: input.benefit.countsToOutOfPocket ? patient : 0,
    };
  },
};

function taken(input: CostShareInput): Shares {
  let shares: Shares = { deductible: 0, copay: 0, coinsurance: 0 };
  for (const kind of input.order) {
    const left = input.allowedMinor - shares.deductible - shares.copay - shares.coinsurance;
    shares = { ...shares, [kind]: shareOf(kind, left, shares, input) };
  }
  return shares;
}

function shareOf(kind: CostShare, left: Minor, before: Shares, { benefit, deductibleRoomMinor, copayIsDue, rounding }: CostShareInput): Minor {
  switch (kind) {
    case 'deductible': {
      const used = benefit.copayCountsToDeductible ? before.copay : 0;
      return benefit.deductibleApplies ? Math.min(left, Math.max(0, deductibleRoomMinor - used)) : 0;
    }
    case 'copay':
      return copayIsDue ? Math.min(left, benefit.copayMinor) : 0;
    case 'coinsurance':
      return portion(left, benefit.coinsurance, rounding);
    default:
      return assertNever(kind);
  }
}

function cutTo(room: Minor, { deductible, copay, coinsurance }: Shares): Shares {
  const keptDeductible = Math.min(deductible, room);
  const keptCopay = Math.min(copay, room - keptDeductible);
  return { deductible: keptDeductible, copay: keptCopay, coinsurance: Math.min(coinsurance, room - keptDeductible - keptCopay) };
}
