import type { JointParties, PrivateDocument } from '../documents/document.js';
import type { DocumentReference } from '../documents/key.js';
import type { Coordination } from '../coordination/payer-order.js';
import type { PriorPayersFact } from '../coordination/prior-payer.js';
import type { CoveragePeriod } from '../coverage/coverage.js';
import type { AuthorisationFact } from '../authorisations/authorisation.js';
import type { ClockPause, PaymentDue } from '../coverage/prompt-pay.js';
import type { BenefitPlanBody } from '../coverage/benefit-plan.js';
import type { FeeScheduleBody } from '../coverage/fee-schedule.js';
import type { Rate } from '../coverage/prices.js';
import type { ClaimLine, Quantity, Procedure } from '../claims/claim.js';
import type { IdentityPosition } from '../providers/provider-identity.js';
import type { KnownPosition, AuthorityPeriod } from '../licences/standing-query.js';
import type { PlainDate } from '../shared/dates.js';
import type { Npi, OpaqueId } from '../shared/ids.js';
import type { ReferenceFacts } from './reference-facts.js';
import type { Currency, Minor } from '../shared/money.js';
import type { SystemDecision } from './system-decision.js';

/** Who bears an adjustment: CO the provider writes it off, PR the patient may be billed, OA neither (duplicates, other payers). */
export const GROUPS = ['CO', 'PR', 'OA'] as const;

/** Who bears an adjustment. */
export type Group = (typeof GROUPS)[number];

/** Why a line is paid less than its charge, as a claim adjustment group and reason code. Positive lowers the payment. */
export interface Adjustment {
  readonly group: Group;
  /** Claim adjustment reason code, such as `45`. */
  readonly reason: string;
  readonly amountMinor: Minor;
}

/** A decision on one line. charge = paid + sum of adjustments, always. */
export interface LineDecision {
  readonly number: number;
  readonly controlNumber?: string;
  readonly procedure: Procedure;
  readonly serviceFrom: PlainDate;
  readonly serviceThru: PlainDate;
  readonly quantity: Quantity;
  readonly renderingNpi?: Npi;
  /** Benefit category by which it was decided; absent where it never came to a price. */
  readonly category?: string;
  readonly chargeMinor: Minor;
  readonly allowedMinor: Minor;
  readonly deductibleMinor: Minor;
  readonly copayMinor: Minor;
  readonly coinsuranceMinor: Minor;
  /** What payers before this one paid; absent where there was none. */
  readonly priorPaidMinor?: Minor;
  readonly paidMinor: Minor;
  readonly denied: boolean;
  readonly adjustments: readonly Adjustment[];
  /** Remittance advice remark codes. */
  readonly remarks: readonly string[];
}

/** The sums over a claim's lines. */
export interface DecisionTotals {
  readonly chargeMinor: Minor;
  readonly allowedMinor: Minor;
  readonly paidMinor: Minor;
  /** Sum of the PR adjustments. */
  readonly patientMinor: Minor;
}

/** PAID in full as allowed, PARTIAL with a denied line, ZERO_PAY approved without payment, DENIED on every line. */
export const DECISIONS = ['PAID', 'PARTIAL', 'ZERO_PAY', 'DENIED'] as const;

/** What came of a claim. */
export type Decision = (typeof DECISIONS)[number];

/**
 * What was decided, as hospital and patient are told, and all that a second insurer need be shown. Its id and version
 * are those of the adjudication.
 */
export interface EobBody {
  readonly claim: DocumentReference;
  readonly patientControlNumber: string;
  readonly currency: Currency;
  readonly decision: Decision;
  readonly totals: DecisionTotals;
  readonly lines: readonly LineDecision[];
  /** The reversal of an earlier, final decision that this one comes after: both stand in one remittance. */
  readonly corrects?: DocumentReference;
  /** Whom the payment goes to where it is not the hospital: benefits were not assigned. */
  readonly payee?: 'member';
  /** By when it is to be paid, and the interest after that; absent where the product has no such terms. */
  readonly due?: PaymentDue;
}

/** A recorded explanation of benefits. */
export type EobDocument = PrivateDocument<'eob', EobBody> & { readonly parties: JointParties };

/** What was known of a provider's authority in a period, and from which events: enough to ask again years later. */
export interface StandingFact {
  readonly npi: Npi;
  readonly jurisdiction: string;
  readonly from: PlainDate;
  readonly thru: PlainDate;
  readonly periods: readonly AuthorityPeriod[];
  readonly licences: readonly KnownPosition[];
  /** What was known of who the person is; absent where nothing was. */
  readonly identity?: readonly IdentityPosition[];
}

/** A line of an earlier claim of the same person, as far as duplicates and copays look at it. */
export interface HistoryLine extends Pick<ClaimLine, 'number' | 'procedure' | 'quantity' | 'chargeMinor' | 'serviceFrom' | 'serviceThru' | 'placeOfService'> {
  readonly renderingNpi?: Npi;
  readonly category?: string;
  readonly copayMinor: Minor;
  readonly denied: boolean;
}

/** An earlier claim that was considered. */
export interface HistoryClaim {
  readonly claimId: OpaqueId;
  readonly billingTaxId?: string;
  /** The type of bill of an institutional claim, without its frequency. */
  readonly facilityType?: string;
  readonly lines: readonly HistoryLine[];
}

/** A plan, as far as a claim was decided by it: only the benefits that its lines touch. */
export interface PlanFact {
  readonly planId: OpaqueId;
  readonly version: number;
  readonly terms: BenefitPlanBody;
}

/** A contract's prices, as far as they are not entries. */
export interface FeeScheduleFact {
  readonly feeScheduleId: OpaqueId;
  readonly version: number;
  readonly terms: FeeScheduleBody;
}

/** One entry of the schedule; null where it is proved to have none. */
export interface FeeFact {
  readonly key: string;
  readonly fee: Rate | null;
}

/** A total before the claim. */
export interface TotalFact {
  readonly leaf: string;
  readonly usedMinor: Minor;
}

/** A person's decision to let a line pass that a rule would have held, with the reason. It never lifts a denial. */
export interface Release {
  /** Rule and version, such as `duplicate/v2`. */
  readonly rule: string;
  /** The line; absent: every line. */
  readonly line?: number;
  readonly reason: string;
}

/** A hold by a review of the insurer that the joint transaction does not see: only its class and when it is due. */
export interface ExternalHold {
  /** Such as `audit` or `clinical-review`. */
  readonly class: string;
  readonly dueOn: PlainDate;
}

/** Everything that the rules looked at besides the claim. The same facts give the same decision on every machine. */
export interface DecisionFacts {
  /** The day of receipt where the insurer's clocks stand. */
  readonly receivedOn: PlainDate;
  /** A lodged claim reached the insurer on this later day: the clock of prompt payment begins then. */
  readonly payableFrom?: PlainDate;
  readonly coverage: {
    readonly known: boolean;
    readonly person?: string;
    readonly periods: readonly CoveragePeriod[];
  };
  /** Absent where the person is not known. */
  readonly plan?: PlanFact;
  readonly feeSchedule?: FeeScheduleFact;
  /** Per key of the schedule that a line asks for; null where it is proved to have no entry. */
  readonly fees: readonly FeeFact[];
  readonly standings: readonly StandingFact[];
  /** Totals of the benefit year before this claim, by leaf. */
  readonly benefitYear?: PlainDate;
  readonly totals: readonly TotalFact[];
  readonly history: readonly HistoryClaim[];
  readonly releases: readonly Release[];
  /** Prior authorisations that the claim names, as they stood before it; absent where none was brought. */
  readonly authorisations?: readonly AuthorisationFact[];
  /** How the person's insurances stand to each other, where the plan coordinates. */
  readonly coordination?: Coordination;
  /** What the payers before this one decided, where the plan coordinates. */
  readonly priorPayers?: PriorPayersFact;
  /** Editions of the tables that the plan applies, and their entries that the claim asks for; absent where it applies none. */
  readonly reference?: ReferenceFacts;
  /** What the insurer’s own reviews, off the ledger, want a person to look at. */
  readonly externalHolds?: readonly ExternalHold[];
  /** When the insurer waited for information that it had asked for: the clock of prompt payment stood still. */
  readonly pauses?: readonly ClockPause[];
}

/** What a rule says of a line: denied, held for a person, or only worth noting. */
export type Effect = 'deny' | 'pend' | 'note';

/** A rule that had something to say, also where an earlier one already decided. */
export interface RuleFired {
  /** Rule and version, such as `timely-filing/v1`. */
  readonly rule: string;
  /** Absent where it concerns the whole claim. */
  readonly line?: number;
  readonly effect: Effect;
  /** Group and reason, such as `CO-29`, or the rule's own word. */
  readonly reason: string;
}

/** How a claim was decided: what was read, by which rules, with what facts. Any party can compute it again. */
export interface AdjudicationBody {
  readonly claim: DocumentReference;
  /** Documents that were proved to be the recorded ones, in order of their keys. */
  readonly inputs: readonly DocumentReference[];
  /** The rule set and every rule version in it, in order. */
  readonly ruleSet: string;
  readonly rules: readonly string[];
  readonly facts: DecisionFacts;
  readonly rulesFired: readonly RuleFired[];
  /** The reversal of an earlier, final decision that this one comes after. */
  readonly corrects?: DocumentReference;
  /** Absent where a person decided. */
  readonly bySystem?: SystemDecision;
  /** SHA-256 of the explanation of benefits, in hexadecimal. */
  readonly eobHash: string;
}

/** A recorded adjudication; its id is the claim's. */
export type AdjudicationDocument = PrivateDocument<'adjudication', AdjudicationBody> & { readonly parties: JointParties };
