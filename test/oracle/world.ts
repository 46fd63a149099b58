import type { BenefitPlanBody, ClaimContent, Coordination, NewFeeSchedule } from '@medaccord/domain';

/** A claim of the generated world; `original` is the control number of the claim that it corrects. */
export interface WorldClaim {
  readonly number: string;
  readonly family: number;
  readonly person: string;
  readonly kind: string;
  readonly releasable: boolean;
  readonly content: ClaimContent;
  readonly original?: string;
}

/** A person of the world; `plan` of a period is a position among the world's plans. */
export interface WorldPerson {
  readonly memberId: string;
  readonly family: string;
  readonly person: string;
  readonly known: boolean;
  readonly dependant: boolean;
  readonly birthDate: string;
  /** What the insurer states of the person's plans. */
  readonly coordination?: Coordination;
  readonly periods: readonly { readonly from: string; readonly thru?: string; readonly plan: number }[];
}

/** Services that the hospital asks to have approved before any claim; `approved` is null where the insurer has not decided. */
export interface WorldAuthorisation {
  /** By which claims name it. */
  readonly name: string;
  readonly person: string;
  readonly codes: readonly string[];
  readonly providerNpis: readonly string[];
  readonly from: string;
  readonly thru: string;
  readonly units: number;
  readonly approved: number | null;
}

/** An edition of a table, as its publisher writes it. */
export interface WorldEdition {
  readonly table: string;
  readonly edition: string;
  readonly from: string;
  readonly thru?: string;
  readonly file: string;
}

/** What happens, in order; steps of one kind work on many families at once. */
export type Step =
  | { readonly kind: 'claims'; readonly name: string; readonly claims: readonly WorldClaim[] }
  | { readonly kind: 'release'; readonly name: string; readonly rules: readonly string[] }
  | { readonly kind: 'suspend' }
  | { readonly kind: 'reopen'; readonly name: string; readonly numbers: readonly string[]; readonly cause: 'RECONSIDERATION' | 'APPEAL' }
  | { readonly kind: 'remit'; readonly paidOn: string };

/** What `generate.py` writes. */
export interface World {
  readonly plans: readonly BenefitPlanBody[];
  readonly feeSchedules: readonly NewFeeSchedule[];
  readonly editions: readonly WorldEdition[];
  readonly authorisations: readonly WorldAuthorisation[];
  readonly people: Readonly<Record<string, WorldPerson>>;
  readonly accumulators: readonly { readonly family: string; readonly benefitYear: string; readonly totals: readonly { readonly leaf: string; readonly usedMinor: number }[] }[];
  readonly steps: readonly Step[];
}

/** Answers by step and control number, totals by family, year and leaf, and one entry per remittance run. */
export interface AnswerKey {
  readonly answers: Readonly<Record<string, unknown>>;
  readonly totals: Readonly<Record<string, number>>;
  readonly remittances: readonly unknown[];
  readonly fired: Readonly<Record<string, number>>;
  /** Where asked for: how many constants of the rules were changed in turn, and those with which everything comes to the same. */
  readonly mutants?: number;
  readonly unnoticed?: readonly string[];
}
