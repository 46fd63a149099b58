import type { EobDocument } from '../adjudication/adjudication.js';
import type { JointParties, PrivateDocument } from '../documents/document.js';
import type { DocumentReference } from '../documents/key.js';
import type { Instant, PlainDate } from '../shared/dates.js';
import type { Currency, Minor } from '../shared/money.js';

/**
 * A person or organisation that acts in a claim. `state` is the place whose law counts (US postal code). Front-end checks
 * say what is wrong with a claim, so values are text here and proven later.
 */
export interface ClaimProvider {
  readonly entity: 'person' | 'organisation';
  readonly npi?: string;
  readonly name?: string;
  readonly taxonomy?: string;
  /** Employer identification number or social security number, as billed. */
  readonly taxId?: string;
  readonly state?: string;
}

/** Who holds the insurance, as the hospital knows it. */
export interface ClaimSubscriber {
  readonly memberId: string;
  readonly familyName: string;
  readonly givenName?: string;
  readonly birthDate?: string;
  readonly sex?: 'F' | 'M' | 'U';
  readonly state?: string;
  readonly groupNumber?: string;
  /** Which payer this one is: primary, secondary, tertiary or a later one. */
  readonly payerSequence: 'P' | 'S' | 'T' | 'U';
  /** Claim filing indicator, such as `CI` or `MB`. */
  readonly filingIndicator?: string;
}

/** The patient where it is not the subscriber. */
export interface ClaimPatient {
  /** Individual relationship code to the subscriber: 01 spouse, 19 child, G8 other… */
  readonly relationship: string;
  readonly familyName: string;
  readonly givenName?: string;
  readonly birthDate?: string;
  readonly sex?: 'F' | 'M' | 'U';
  readonly state?: string;
}

/** ICD-10-CM or older code without the point; the first is the principal one. */
export interface Diagnosis {
  /**
   * ICD-10-CM: `ABK` principal, `ABF` other; of institutions also `ABJ` admitting, `APR` reason of the visit, `ABN` external
   * cause. ICD-9-CM: the same without the A (`BK`, `BF`, `BJ`, `PR`, `BN`).
   */
  readonly qualifier: string;
  readonly code: string;
  /** Institutions: whether the condition was there at admission, Y, N, U, W or 1. */
  readonly presentOnAdmission?: string;
}

/** How much was done, in thousandths of the unit: 1000 is one. */
export interface Quantity {
  /** `UN` units, `MJ` minutes (professional) or `DA` days (institutional). */
  readonly unit: string;
  readonly thousandths: number;
}

/**
 * A service with its modifiers, opaque codes here (the official texts are licensed and not part of this project). An
 * institution's line without a procedure code is known by its revenue code, under the qualifier `NU` as in remittances.
 */
export interface Procedure {
  readonly qualifier: string;
  readonly code: string;
  readonly modifiers: readonly string[];
}

/** One billed service. */
export interface ClaimLine {
  /** From 1 without gaps. */
  readonly number: number;
  /** The hospital's own number of the line, returned in the remittance. */
  readonly controlNumber?: string;
  readonly procedure: Procedure;
  readonly chargeMinor: Minor;
  readonly quantity: Quantity;
  /** Where it was done; the claim's place of service where absent. */
  readonly placeOfService?: string;
  /** Positions in the claim's diagnoses, from 1. */
  readonly diagnosisPointers: readonly number[];
  readonly serviceFrom: string;
  readonly serviceThru: string;
  /** Who did it; the claim's rendering provider where absent. */
  readonly rendering?: ClaimProvider;
  /** Who ordered it (837P loop 2420E). */
  readonly ordering?: ClaimProvider;
  readonly emergency?: boolean;
  readonly priorAuthorisation?: string;
  readonly drugCode?: string;
  /** Institutions: where in the house the service belongs, four digits. */
  readonly revenueCode?: string;
  /** Institutions: the part of the charge that the hospital itself bills as not covered. */
  readonly nonCoveredMinor?: Minor;
}

/** An ICD procedure of an institution's claim. */
export interface InstitutionalProcedure {
  /** `BBR` principal, `BBQ` other (ICD-10-PCS); `BR`, `BQ` (ICD-9-CM). */
  readonly qualifier: string;
  readonly code: string;
  readonly date?: string;
}

/** An event that the claim depends on: one day, or a span of days. */
export interface Occurrence {
  readonly code: string;
  readonly from: string;
  readonly thru?: string;
}

/** When and how a patient came in. */
export interface Admission {
  readonly date?: string;
  /** HHMM. */
  readonly time?: string;
  readonly type?: string;
  readonly source?: string;
}

/** What only an institution's claim says (837I). The codes are those of the UB-04, opaque here: their texts are licensed. */
export interface InstitutionalFacts {
  /** First two digits of the type of bill after its leading zero (CLM05-1): kind of facility, kind of care. */
  readonly facilityType: string;
  readonly statementFrom: string;
  readonly statementThru: string;
  readonly admission?: Admission;
  /** HHMM. */
  readonly dischargeTime?: string;
  /** Where the patient went, or that the stay goes on. */
  readonly patientStatus?: string;
  /** The diagnosis-related group, as grouped by the hospital; nothing here groups or validates it. */
  readonly drg?: string;
  readonly procedures: readonly InstitutionalProcedure[];
  readonly conditions: readonly string[];
  readonly occurrences: readonly Occurrence[];
  readonly values: readonly { readonly code: string; readonly amountMinor: Minor }[];
  readonly attending?: ClaimProvider;
  readonly operating?: ClaimProvider;
  readonly otherOperating?: ClaimProvider;
}

/** Where a claim stood in the file that it came from. */
export interface SubmitterTrace {
  readonly interchangeControl?: string;
  readonly groupControl?: string;
  readonly transactionControl?: string;
  readonly batchReference?: string;
  /** SHA-256 of the file, in hexadecimal. */
  readonly fileHash?: string;
}

/** Another insurer that the claim was or will be presented to. */
export interface OtherPayer {
  /** Its place in the order of payers, as the hospital knows it. */
  readonly payerSequence: 'P' | 'S' | 'T' | 'U';
  readonly name?: string;
  /** That insurer's number of its own claim (REF*F8): its explanation of benefits is the evidence. */
  readonly claimNumber?: string;
  /** What it decided, as the hospital says; it counts where a plan takes it without proof. */
  readonly reported?: ReportedDecision;
}

/** What another insurer decided of a claim, as its remittance told the hospital (837: loops 2320, 2330B and 2430). */
export interface ReportedDecision {
  /** When it decided (DTP*573). */
  readonly decidedOn: string;
  readonly lines: readonly ReportedLine[];
}

/** What another insurer decided of one line: charge = paid + sum of adjustments. */
export interface ReportedLine {
  readonly number: number;
  /** SVD02, or AMT*D of a claim with one line. */
  readonly paidMinor: Minor;
  /** CAS. */
  readonly adjustments: readonly ReportedAdjustment[];
}

/** Why another insurer paid less than the charge. */
export interface ReportedAdjustment {
  readonly group: string;
  readonly reason: string;
  readonly amountMinor: Minor;
}

/** P professional (837P), I institutional (837I). */
export const CLAIM_TYPES = ['P', 'I'] as const;

/** P professional, I institutional. */
export type ClaimType = (typeof CLAIM_TYPES)[number];

/** A claim as a hospital submits it. */
export interface ClaimContent {
  readonly type: ClaimType;
  /** Exactly on institutional claims. */
  readonly institutional?: InstitutionalFacts;
  /** 1 original, 7 replacement, 8 void (CLM05-3). */
  readonly frequency: string;
  /** The hospital's own number of the claim (CLM01). */
  readonly patientControlNumber: string;
  /** The payer's number of the claim that 7 and 8 concern. */
  readonly originalReference?: string;
  readonly currency: Currency;
  readonly totalChargeMinor: Minor;
  readonly placeOfService?: string;
  readonly acceptsAssignment: boolean;
  readonly benefitsAssigned: boolean;
  readonly priorAuthorisation?: string;
  readonly referral?: string;
  readonly accident?: { readonly date?: string; readonly kinds: readonly string[]; readonly state?: string };
  readonly billing: ClaimProvider;
  readonly rendering?: ClaimProvider;
  readonly referring?: ClaimProvider;
  readonly serviceFacility?: ClaimProvider;
  readonly subscriber: ClaimSubscriber;
  /** Absent: the subscriber is the patient. */
  readonly patient?: ClaimPatient;
  /** Payers that decided before this one, in their order. */
  readonly otherPayers?: readonly OtherPayer[];
  readonly diagnoses: readonly Diagnosis[];
  readonly lines: readonly ClaimLine[];
  readonly trace?: SubmitterTrace;
}

/** A claim that passed the front end; its id is the payer's claim number. It was received at `recorded.at`. */
export interface ClaimBody {
  readonly content: ClaimContent;
  /** The clock's tick under which it was received: no later tick had been committed. */
  readonly clockTick: number;
  /** What the payers before this one decided, in their order: proved to be the recorded ones when the claim was taken in. */
  readonly priorEobs?: readonly EobDocument[];
  /** It was lodged while the insurer could not be reached: it counts as filed then, and was received when it was recorded. */
  readonly filed?: FiledAlone;
}

/** When a hospital filed a claim alone. */
export interface FiledAlone {
  readonly at: Instant;
  readonly tick: number;
  readonly lodged: DocumentReference;
}

/** A recorded claim, joint. */
export type ClaimDocument = PrivateDocument<'claim', ClaimBody> & { readonly parties: JointParties };

/** A claim that waits for the insurer, under `open~<claimId>` in both collections until it is decided. */
export interface OpenClaim {
  readonly schema: 'open-claim/v1';
  readonly claimId: string;
  readonly claimVersion: number;
  readonly salt: string;
  readonly parties: JointParties;
  readonly state: 'SUBMITTED' | 'PENDED' | 'REOPENED';
  /** Since when it is in this state. */
  readonly since: string;
  /** PENDED: rule and reason codes; REOPENED: the cause. */
  readonly reasons: readonly string[];
  readonly patientControlNumber: string;
  readonly memberId: string;
  readonly totalChargeMinor: Minor;
  readonly currency: Currency;
  readonly serviceFrom: PlainDate;
}

/**
 * The provider who answers for a line's service: the line's, else the claim's, else who bills. On an institution's claim
 * that is the attending provider, for every line.
 */
export function renderingProvider(content: ClaimContent, line: ClaimLine): ClaimProvider {
  if (content.institutional !== undefined) return content.institutional.attending ?? content.billing;
  return line.rendering ?? content.rendering ?? content.billing;
}

/** The part of a charge that the hospital does not itself bill as not covered. */
export function coveredCharge({ chargeMinor, nonCoveredMinor = 0 }: ClaimLine): Minor {
  return chargeMinor - nonCoveredMinor;
}

/** Kinds of bills whose patient is admitted to a bed: hospital, swing bed, skilled nursing, intermediate care, residential. */
const INPATIENT = ['11', '18', '21', '28', '41', '65', '66', '86'];

/** True for an institution's claim of a patient who was admitted to a bed. */
export function isInpatient({ institutional }: Pick<ClaimContent, 'institutional'>): boolean {
  return institutional !== undefined && INPATIENT.includes(institutional.facilityType);
}

/** The kinds of claims that a contract prices in one way. */
export const SETTINGS = ['professional', 'outpatient', 'inpatient'] as const;

/** A kind of claims that a contract prices in one way. */
export type Setting = (typeof SETTINGS)[number];

/** Which of a contract's prices a claim falls under. */
export function settingOf(content: Pick<ClaimContent, 'institutional'>): Setting {
  if (content.institutional === undefined) return 'professional';
  return isInpatient(content) ? 'inpatient' : 'outpatient';
}

/** The first day of service of a claim that passed the front end. */
export function firstServiceDate({ lines }: Pick<ClaimContent, 'lines'>): string {
  return lines.reduce((first, { serviceFrom }) => (serviceFrom < first ? serviceFrom : first), lines[0]?.serviceFrom ?? '');
}

/**
 * The day that decides by which plan, contract and benefit year a claim is decided: a stay belongs to its admission, another
 * claim to the first service on which the person is insured, or to the first of all where none is.
 */
export function governingDate(content: ClaimContent, isInsuredOn: (date: string) => boolean): string {
  const admitted = isInpatient(content) ? content.institutional?.admission?.date : undefined;
  const insured = content.lines.filter(({ serviceFrom }) => isInsuredOn(serviceFrom));
  return admitted ?? firstServiceDate({ lines: insured.length > 0 ? insured : content.lines });
}

/** Where a line's service was done. */
export function placeOfService(content: ClaimContent, line: ClaimLine): string | undefined {
  return line.placeOfService ?? content.placeOfService;
}

/** Telehealth, the patient elsewhere (02) or at home (10). */
const TELEHEALTH = ['02', '10'];

/**
 * The state whose licence a line needs: where the patient was. That is the service facility's state, else the billing
 * provider's, and for telehealth the patient's own.
 */
export function serviceState(content: ClaimContent, line: ClaimLine): string | undefined {
  if (TELEHEALTH.includes(placeOfService(content, line) ?? '')) return content.patient?.state ?? content.subscriber.state;
  return content.serviceFacility?.state ?? content.billing.state;
}

/**
 * What tells one insured person from another in a claim. The insurer's gateway keys it by a secret to find the id of the
 * person's coverage; the chaincode compares it with the coverage's own.
 */
export function personKey({ subscriber, patient }: ClaimContent): string {
  const memberId = subscriber.memberId.replaceAll(' ', '').toUpperCase();
  if (patient === undefined) return memberId;
  return [memberId, patient.birthDate ?? '', (patient.givenName ?? '').trim().toUpperCase()].join('|');
}
