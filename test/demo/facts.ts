import type { Proof } from './found-consortium.js';

/** A line of a claim as it was decided, in cents. charge = paid + sum of adjustments. */
export interface LineFacts {
  readonly charge: number;
  readonly allowed: number;
  readonly paid: number;
  /** Amounts by group and reason, for example `CO-45`. */
  readonly adjustments: Readonly<Record<string, number>>;
  readonly remarks: readonly string[];
}

/** What became of one claim of a file. */
export interface ClaimFacts {
  /** The hospital's own number. */
  readonly patientControlNumber: string;
  readonly claimId?: string;
  readonly outcome: 'ADJUDICATED' | 'PENDED' | 'REJECTED' | 'UNREADABLE' | 'NOT_DECIDED';
  readonly decision?: string;
  /** Reasons of a pend, rejections, or the segment at fault. */
  readonly reasons: readonly string[];
  readonly charge?: number;
  readonly allowed?: number;
  readonly paid?: number;
  readonly patient?: number;
  /** Whom the payment goes to where it is not the hospital. */
  readonly payee?: 'member';
  readonly lines: readonly LineFacts[];
  /** The transaction that decided it, or took it in where nothing is decided. */
  readonly proof?: Proof;
}

/** A decided claim whose clinician's standing came to be known otherwise since. */
export interface ReviewFacts {
  readonly patientControlNumber: string;
  readonly serviceFrom: string;
  readonly decidedWith: string;
  readonly knownNow: string;
}

/** The remittance as the hospital reads it. */
export interface RemittanceFacts {
  readonly remittanceId: string;
  readonly claims: number;
  readonly charge: number;
  readonly paid: number;
  readonly patient: number;
  readonly total: number;
  readonly proof: Proof;
}

/** What happened to claims that had been paid. */
export interface AfterPaymentFacts {
  readonly rows: readonly { readonly patientControlNumber: string; readonly what: string; readonly state: string; readonly paidBefore: number; readonly paidNow: number }[];
  /** total = paid + reversed - carried; what is carried forward (negative) raises the payment and is owed by the hospital. */
  readonly remittance: { readonly paid: number; readonly reversed: number; readonly carried: number; readonly total: number };
}

/** Everything that the demo shows; the same facts stand in `demo-result.json`. */
export interface DemoFacts {
  readonly network: 'embedded' | 'fabric';
  readonly organisations: readonly string[];
  readonly claims: readonly ClaimFacts[];
  readonly suspension?: { readonly effective: string; readonly recorded: string };
  readonly review: readonly ReviewFacts[];
  readonly recomputed: { readonly decisions: number; readonly sameBytes: number };
  readonly remittance?: RemittanceFacts;
  readonly afterPayment?: AfterPaymentFacts;
  readonly seconds: number;
}
