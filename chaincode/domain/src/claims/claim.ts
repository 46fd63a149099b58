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
  /** `ABK`, `ABF` (ICD-10-CM) or `BK`, `BF` (ICD-9-CM). */
  readonly qualifier: string;
  readonly code: string;
}

/** How much was done, in thousandths of the unit: 1000 is one. */
export interface Quantity {
  /** `UN` units or `MJ` minutes. */
  readonly unit: string;
  readonly thousandths: number;
}

/** A service with its modifiers, opaque codes here (the official texts are licensed and not part of this project). */
export interface Procedure {
  readonly qualifier: string;
  readonly code: string;
  readonly modifiers: readonly string[];
}

/** One billed service of a professional claim. */
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
  readonly emergency?: boolean;
  readonly priorAuthorisation?: string;
  readonly drugCode?: string;
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
}

/** A professional claim as a hospital submits it (837P). `type` leaves room for institutional claims. */
export interface ClaimContent {
  readonly type: 'P';
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

/** The provider who did a line's service: the line's, else the claim's, else who bills. */
export function renderingProvider(content: ClaimContent, line: ClaimLine): ClaimProvider {
  return line.rendering ?? content.rendering ?? content.billing;
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
