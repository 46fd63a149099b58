import type { Adjustment } from '../adjudication/adjudication.js';
import type { CostShareResult } from '../adjudication/cost-share.js';
import { oneOf, object, optional } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import type { Minor } from '../shared/money.js';
import { assertNever } from '../shared/errors.js';
import type { PriorPaymentFact } from './prior-payer.js';

/** How a plan that pays second finds what it pays. */
export const COORDINATION_METHODS = ['standard', 'maintenance', 'non-duplication'] as const;

/** How a plan pays where another one paid before it. */
export interface CoordinationTerms {
  readonly method: (typeof COORDINATION_METHODS)[number];
  /** What counts as allowed for both together: the higher of the two negotiated fees, or the own one. */
  readonly allowableExpense: 'higher' | 'own';
  /**
   * What the hospital says of a payer that is not on the ledger: `accept` pays by it, `hold` waits for an examiner's release;
   * without this it does not count.
   */
  readonly reported?: 'accept' | 'hold';
}

/** Reads how a plan coordinates. */
export const coordinationTermsShape: Shape<CoordinationTerms> = object<CoordinationTerms>({
  method: oneOf(COORDINATION_METHODS),
  allowableExpense: oneOf(['higher', 'own']),
  reported: optional(oneOf(['accept', 'hold'])),
});

/** A line that others have paid of, and what we would do with it. */
export interface CoordinationInput {
  readonly chargeMinor: Minor;
  /** What our contract allows. */
  readonly allowedMinor: Minor;
  readonly terms: CoordinationTerms;
  readonly prior: PriorPaymentFact;
  /** Our cost shares as if nobody had paid before us. */
  readonly asPrimary: CostShareResult;
  /** Our cost shares of such an amount. */
  readonly sharesOf: (allowedMinor: Minor) => CostShareResult;
}

/** What we pay of the line, and what the patient still bears. */
export interface CoordinationResult {
  readonly shares: CostShareResult;
  /** OA-23 and CO-45; the patient's shares are not among them. */
  readonly adjustments: readonly Adjustment[];
}

/** Coordinates one line. Published versions are never changed. */
export interface CoordinationRule {
  readonly id: string;
  readonly source: string;
  readonly coordinate: (input: CoordinationInput) => CoordinationResult;
}

/**
 * P is what the payers before us paid, L what they left to the patient, N our own normal benefit, A our allowed amount, AE
 * the allowable expense. Standard min(N, max(0, AE − P), L); maintenance our cost shares applied to max(0, A − P), at most
 * L; non-duplication min(max(0, N − P), L). OA-23 = charge − L and CO-45 = max(0, L − max(0, AE − P)), so that nothing is
 * written off twice; the patient bears the rest as deductible, copay and coinsurance, each at most our own share of that
 * name, and what is left beyond them joins CO-45. The deductible is credited as if we had been first.
 */
export const coordinate: CoordinationRule = {
  id: 'coordination/v1',
  source: 'claims guide, decisions (coordination of benefits); NAIC Model 120 § 3; X12 RFI 1696, 2143, 2535; CARC 23 with group OA only',
  coordinate: (input) => {
    const { chargeMinor, prior, asPrimary } = input;
    const left = leftToPatient(chargeMinor, prior);
    const own = input.terms.method === 'maintenance' ? input.sharesOf(Math.max(0, input.allowedMinor - prior.paidMinor)) : asPrimary;
    const paidMinor = Math.min(left, benefit(input, own, left));
    const writtenOff = Math.max(0, left - roomOf(input));
    const patient = spread(Math.max(0, left - paidMinor - writtenOff), own);
    const borne = patient.deductibleMinor + patient.copayMinor + patient.coinsuranceMinor;
    return {
      shares: { ...patient, paidMinor, toDeductibleMinor: asPrimary.toDeductibleMinor, toOutOfPocketMinor: Math.min(asPrimary.toOutOfPocketMinor, borne) },
      adjustments: [priorEffect(chargeMinor - left), { group: 'CO' as const, reason: '45', amountMinor: left - paidMinor - borne }].filter(({ amountMinor }) => amountMinor !== 0),
    };
  },
};

/** What the payers before us left of a charge to the patient. */
export function leftToPatient(chargeMinor: Minor, { patientMinor }: PriorPaymentFact): Minor {
  return Math.min(chargeMinor, Math.max(0, patientMinor));
}

/** What the payers before us did with a line, as one adjustment. */
export function priorEffect(amountMinor: Minor): Adjustment {
  return { group: 'OA', reason: '23', amountMinor };
}

/** What is left of the allowable expense after what the others paid. */
function roomOf({ allowedMinor, terms, prior }: CoordinationInput): Minor {
  const allowable = terms.allowableExpense === 'own' ? allowedMinor : Math.max(allowedMinor, prior.allowedMinor);
  return Math.max(0, allowable - prior.paidMinor);
}

function benefit(input: CoordinationInput, own: CostShareResult, left: Minor): Minor {
  const { method } = input.terms;
  switch (method) {
    case 'standard':
      return Math.min(own.paidMinor, roomOf(input));
    case 'maintenance':
      return Math.min(own.paidMinor, left);
    case 'non-duplication':
      return Math.max(0, own.paidMinor - input.prior.paidMinor);
    default:
      return assertNever(method);
  }
}

/** The patient's part as deductible, copay, coinsurance, each at most our own share of that name. */
function spread(patient: Minor, own: CostShareResult): Pick<CostShareResult, 'deductibleMinor' | 'copayMinor' | 'coinsuranceMinor'> {
  const deductibleMinor = Math.min(patient, own.deductibleMinor);
  const copayMinor = Math.min(patient - deductibleMinor, own.copayMinor);
  return { deductibleMinor, copayMinor, coinsuranceMinor: Math.min(patient - deductibleMinor - copayMinor, own.coinsuranceMinor) };
}
