import { documentShape, joint } from '../documents/document.js';
import type { JointParties, PrivateDocument } from '../documents/document.js';
import { covers } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import { isSalt } from '../shared/ids.js';
import type { Absence, Inclusion, Leaf, Neighbour } from '../shared/merkle.js';
import type { BasisPoints, Currency, Minor } from '../shared/money.js';
import { flag, freeText, integer, list, object, oneOf, optional, plainDate, sha256Shape, text, variant } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { pathShape } from './accumulator.js';
import { categoryShape, networkShape } from './benefit-plan.js';

/** What is done with a service that has no price, or the price zero. CARC 45 never takes a whole charge. */
export const NO_PRICE = ['CO-97', 'CO-147', 'PR-96'] as const;

/** Denial for a service without a price: bundled, no rate on file, or not covered. */
export type NoPrice = (typeof NO_PRICE)[number];

/** The price of one service for one whole unit. */
export interface Fee {
  readonly amountMinor: Minor;
  /** Where the place of service is a facility that bills its own part. */
  readonly facilityAmountMinor?: Minor;
  /** Benefit category that the plan decides by. */
  readonly category: string;
  /** What a zero price means. */
  readonly zeroPrice?: NoPrice;
}

/** One entry of a fee schedule; its key is made by `feeKey`. */
export type FeeLeaf = Leaf<Fee>;

/** A modifier that changes the price, such as 50 with 15 000 basis points. */
export interface ModifierFactor {
  readonly modifier: string;
  readonly factor: BasisPoints;
}

/** Prices per service, committed as one root of a sorted tree. */
export interface ListedPrices {
  readonly type: 'listed';
  readonly root: string;
  readonly count: number;
  readonly pages: number;
  readonly notListed: NoPrice | 'pend';
  /** The allowed amount is never more than the charge. */
  readonly lesserOfCharge: boolean;
  readonly modifierFactors: readonly ModifierFactor[];
}

/** One share of whatever is charged. */
export interface ShareOfCharges {
  readonly type: 'share-of-charges';
  readonly share: BasisPoints;
  readonly category: string;
}

/** The prices of the contract between an insurer and a hospital, for the plans of one network. Joint. */
export interface FeeScheduleBody {
  readonly name: string;
  readonly network: string;
  readonly currency: Currency;
  readonly from: PlainDate;
  readonly thru?: PlainDate;
  readonly prices: ListedPrices | ShareOfCharges;
}

/** A recorded fee schedule. */
export type FeeScheduleDocument = PrivateDocument<'fee-schedule', FeeScheduleBody> & { readonly parties: JointParties };

/** Some entries of a fee schedule, `<id>.<page>` from page 1, so that both parties can make and check proofs. */
export type FeeSchedulePage = PrivateDocument<'fee-schedule-page', { readonly entries: readonly FeeLeaf[] }>;

/** Proof that the schedule has this entry. */
export interface ListedFee {
  readonly type: 'listed';
  readonly feeScheduleId: string;
  readonly inclusion: Inclusion<Fee>;
}

/** Proof that the schedule has no entry with this key. */
export interface UnlistedFee {
  readonly type: 'not-listed';
  readonly feeScheduleId: string;
  readonly key: string;
  readonly absence: Absence;
}

/** What a transaction carries about one entry of a schedule. */
export type FeeInput = ListedFee | UnlistedFee;

/** Reads an entry's key. */
export const feeKeyShape: Shape<string> = text(/^[A-Z0-9]{1,10}(-[A-Z0-9]{2})*$/);
const noPrice = oneOf(NO_PRICE);

/** Reads the price of a service. */
export const feeShape: Shape<Fee> = object<Fee>({
  amountMinor: integer(0),
  facilityAmountMinor: optional(integer(0)),
  category: categoryShape,
  zeroPrice: optional(noPrice),
});

/** Reads an entry. */
export const feeLeafShape: Shape<FeeLeaf> = object<FeeLeaf>({ key: feeKeyShape, salt: text(isSalt), value: feeShape });

/** Reads factors of modifiers. */
export const modifierFactorsShape: Shape<readonly ModifierFactor[]> = list(
  object<ModifierFactor>({ modifier: text(/^[A-Z0-9]{2}$/), factor: integer(0, 100_000) }), 0, 100,
);

/** Reads a share of charges. */
export const shareOfChargesShape: Shape<ShareOfCharges> = object<ShareOfCharges>({
  type: oneOf(['share-of-charges']), share: integer(0, 10_000), category: categoryShape,
});

const listedPrices: Shape<ListedPrices> = object<ListedPrices>({
  type: oneOf(['listed']),
  root: sha256Shape,
  count: integer(0),
  pages: integer(0, 9999),
  notListed: oneOf([...NO_PRICE, 'pend']),
  lesserOfCharge: flag,
  modifierFactors: modifierFactorsShape,
});

const feeScheduleBody: Shape<FeeScheduleBody> = object<FeeScheduleBody>({
  name: freeText(1, 120),
  network: networkShape,
  currency: text(/^[A-Z]{3}$/),
  from: plainDate,
  thru: optional(plainDate),
  prices: variant<ListedPrices | ShareOfCharges>('type', { listed: listedPrices, 'share-of-charges': shareOfChargesShape }),
});

/** Reads a recorded fee schedule. */
export const feeScheduleDocumentShape: Shape<FeeScheduleDocument> = joint(documentShape('fee-schedule', feeScheduleBody));

/** Reads a page of entries. */
export const feeSchedulePageShape: Shape<FeeSchedulePage> = documentShape('fee-schedule-page', object({ entries: list(feeLeafShape) }));

const neighbour: Shape<Neighbour> = object<Neighbour>({ key: feeKeyShape, content: sha256Shape, path: pathShape });

/** Reads what a transaction carries about an entry. */
export const feeInputShape: Shape<FeeInput> = variant<FeeInput>('type', {
  listed: object<ListedFee>({
    type: oneOf(['listed']),
    feeScheduleId: freeText(1, 64),
    inclusion: object<Inclusion<Fee>>({ leaf: feeLeafShape, path: pathShape }),
  }),
  'not-listed': object<UnlistedFee>({
    type: oneOf(['not-listed']),
    feeScheduleId: freeText(1, 64),
    key: feeKeyShape,
    absence: object<Absence>({ before: optional(neighbour), after: optional(neighbour) }),
  }),
});

/** Modifiers that make another price of a service: professional or technical part, new, rented or used equipment. */
const PRICING_MODIFIERS = ['26', 'TC', 'NU', 'RR', 'UE'];

/** The key under which a service's price is listed: its code, then its pricing modifiers. */
export function feeKey(code: string, modifiers: readonly string[]): string {
  return [code, ...PRICING_MODIFIERS.filter((modifier) => modifiers.includes(modifier))].join('-');
}

/** True where the schedule was in force on a date. */
export function isInForce(schedule: Pick<FeeScheduleBody, 'from' | 'thru'>, date: PlainDate): boolean {
  return covers(schedule, date);
}
