import type { PlainDate } from '../shared/dates.js';
import { flag, freeText, integer, list, object, oneOf, optional, plainDate, text, variant } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';

/** A code is valid from its first to its last day; one without days always was and is. */
export interface CodeEntry {
  readonly type: 'code';
  readonly from?: PlainDate;
  readonly thru?: PlainDate;
  /** ICD-10-CM: a heading, which names a group and may not be billed. */
  readonly heading?: boolean;
}

/** When two codes exclude each other, which of the two is denied, and whether a modifier may say that they were distinct. */
export interface PairPeriod {
  /** Column 1: the code that is paid. */
  readonly pays: string;
  readonly from: PlainDate;
  readonly thru?: PlainDate;
  /** 0 never, 1 a modifier lifts the edit, 9 the edit is not active. */
  readonly modifier: '0' | '1' | '9';
}

/** A pair of the National Correct Coding Initiative, whichever of its codes is column 1. */
export interface PairEntry {
  readonly type: 'pair';
  readonly periods: readonly PairPeriod[];
}

/** The most units of a code that one provider may do for one person on one day. */
export interface UnitsEntry {
  readonly type: 'units';
  readonly most: number;
  /** MUE adjudication indicator: 1 counts each line, 2 and 3 the day, 3 with records reviewable on appeal. */
  readonly indicator: '1' | '2' | '3';
}

/** What a payer wants before a service is done. */
export interface RequirementEntry {
  readonly type: 'requirement';
  readonly from?: PlainDate;
  readonly thru?: PlainDate;
  readonly authorisation: boolean;
  readonly referral: boolean;
}

/** What a payer expects of a claim that bills a code. Whatever is absent is not looked at. */
export interface ServiceEntry {
  readonly type: 'service';
  readonly modifiers?: readonly string[];
  readonly places?: readonly string[];
  /** Whole years of age on the first day of the service. */
  readonly youngest?: number;
  readonly oldest?: number;
  readonly sex?: 'F' | 'M';
  /** Beginnings of ICD-10-CM codes, one of which the line points to. */
  readonly diagnoses?: readonly string[];
  /** Beginnings of taxonomy codes of those who may render it. */
  readonly taxonomies?: readonly string[];
  /** An add-on: billed only beside one of these codes; `*` any. */
  readonly addOnTo?: readonly string[];
  /** Days after the procedure in which its visits are part of it: 0, 10 or 90; 90 begins the day before. */
  readonly globalDays?: 0 | 10 | 90;
  /** A visit (evaluation and management): modifiers 24, 25 and 57 mean something on it alone. */
  readonly visit?: boolean;
}

/** What an ICD-10-CM code says of the patient. */
export interface DiagnosisEntry {
  readonly type: 'diagnosis';
  readonly youngest?: number;
  readonly oldest?: number;
  readonly sex?: 'F' | 'M';
}

/** When a provider may not be paid by federal programmes, as far as `isExcludedOn` looks at it. */
export interface ExclusionEntry {
  readonly type: 'exclusion';
  readonly periods: readonly { readonly excludedOn: PlainDate; readonly reinstatedOn?: PlainDate; readonly waivedOn?: PlainDate; readonly waiverState?: string }[];
}

/** One entry of a table. */
export type ReferenceEntry = CodeEntry | PairEntry | UnitsEntry | RequirementEntry | ServiceEntry | DiagnosisEntry | ExclusionEntry;

/** Every table, with the type of its entries and whose it is. */
export const TABLES = {
  'ncci-ptp': 'pair', // CMS, procedure-to-procedure edits; key `pairKey`
  mue: 'units', // CMS, medically unlikely edits
  'ncci-ptp-outpatient': 'pair', // CMS, those of outpatient hospitals
  'mue-outpatient': 'units', // CMS, those of outpatient hospitals
  hcpcs: 'code', // CMS, HCPCS Level II
  'icd-10-cm': 'code', // CDC
  'place-of-service': 'code', // CMS
  cpt: 'code', // the customer's licence
  modifier: 'code', // the customer's licence
  'revenue-code': 'code', // the customer's licence
  carc: 'code', // the customer's licence
  rarc: 'code', // the customer's licence
  'prior-authorisation': 'requirement', // the payer's own
  'service-rules': 'service', // the payer's own: code logic, add-ons, global days
  'diagnosis-rules': 'diagnosis', // the payer's own
  exclusions: 'exclusion', // OIG, by NPI
} as const satisfies Readonly<Record<string, ReferenceEntry['type']>>;

/** The name of a table. */
export type TableName = keyof typeof TABLES;

/** All table names. */
export const TABLE_NAMES = Object.keys(TABLES) as readonly TableName[];

/** An entry of that table. */
export type EntryOf<T extends TableName> = Extract<ReferenceEntry, { readonly type: (typeof TABLES)[T] }>;

/** Reads the name of a table. */
export const tableNameShape: Shape<TableName> = oneOf(TABLE_NAMES);

/** Reads the key of an entry: a code, or two with a slash between. */
export const entryKeyShape: Shape<string> = text(/^[A-Z0-9]{1,10}(\/[A-Z0-9]{1,10})?$/);

const code = text(/^[A-Z0-9]{1,10}$/);
const codes = optional(list(text(/^([A-Z0-9]{1,10}|\*)$/), 0, 500));
const age = optional(integer(0, 150));
const sex = optional(oneOf(['F', 'M']));
const days = { from: optional(plainDate), thru: optional(plainDate) };

/** Reads an entry. */
export const referenceEntryShape: Shape<ReferenceEntry> = variant<ReferenceEntry>('type', {
  code: object<CodeEntry>({ type: oneOf(['code']), ...days, heading: optional(flag) }),
  pair: object<PairEntry>({
    type: oneOf(['pair']),
    periods: list(object<PairPeriod>({ pays: code, from: plainDate, thru: optional(plainDate), modifier: oneOf(['0', '1', '9']) }), 1, 50),
  }),
  units: object<UnitsEntry>({ type: oneOf(['units']), most: integer(0, 1_000_000), indicator: oneOf(['1', '2', '3']) }),
  requirement: object<RequirementEntry>({ type: oneOf(['requirement']), ...days, authorisation: flag, referral: flag }),
  service: object<ServiceEntry>({
    type: oneOf(['service']), modifiers: codes, places: codes, youngest: age, oldest: age, sex, diagnoses: codes, taxonomies: codes, addOnTo: codes,
    globalDays: optional(globalDays()), visit: optional(flag),
  }),
  diagnosis: object<DiagnosisEntry>({ type: oneOf(['diagnosis']), youngest: age, oldest: age, sex }),
  exclusion: object<ExclusionEntry>({
    type: oneOf(['exclusion']),
    periods: list(object<ExclusionEntry['periods'][number]>({
      excludedOn: plainDate, reinstatedOn: optional(plainDate), waivedOn: optional(plainDate), waiverState: optional(freeText(2, 2)),
    }), 1, 50),
  }),
});

/** The key of a pair of codes, whichever is column 1: so one proof answers both directions. */
export function pairKey(one: string, other: string): string {
  return one < other ? `${one}/${other}` : `${other}/${one}`;
}

function globalDays(): Shape<0 | 10 | 90> {
  return integer(0, 90) as Shape<0 | 10 | 90>;
}
