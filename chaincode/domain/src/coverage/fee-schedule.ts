import { SETTINGS } from '../claims/claim.js';
import type { Setting } from '../claims/claim.js';
import { documentShape, joint } from '../documents/document.js';
import type { JointParties, PrivateDocument } from '../documents/document.js';
import { covers } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import type { Absence, Inclusion, Neighbour } from '../shared/merkle.js';
import type { Currency } from '../shared/money.js';
import { flag, freeText, list, object, oneOf, optional, plainDate, sha256Shape, text, variant, where } from '../shared/parse.js';
import type { Fields, Shape } from '../shared/parse.js';
import { pathShape } from './accumulator.js';
import { networkShape } from './benefit-plan.js';
import { feeKeyShape, feeLeafShape, pricesShape } from './prices.js';
import type { FeeLeaf, Prices, Rate } from './prices.js';

/** Prices for a hospital that has no contract with the network. */
export interface OutOfNetworkTerms {
  /**
   * The patient may be billed what is not allowed (PR-45). Never for emergency services, whatever stands here (45 CFR
   * 149.410), and nowhere else where the law forbids it (45 CFR 149.420): such a contract says false.
   */
  readonly balanceBilling: boolean;
}

/** The prices of the contract between an insurer and a hospital, for the plans of one network. Joint. */
export interface FeeScheduleBody {
  readonly name: string;
  readonly network: string;
  readonly currency: Currency;
  readonly from: PlainDate;
  readonly thru?: PlainDate;
  /** The kinds of claims that it prices; professional ones where absent. */
  readonly settings?: readonly Setting[];
  /** The hospital is outside the network. */
  readonly outOfNetwork?: OutOfNetworkTerms;
  /** Bills of a part of a stay (frequencies 2, 3, 4) and of late charges (5) are accepted. */
  readonly interimBills?: boolean;
  readonly prices: Prices;
}

/** A recorded fee schedule. */
export type FeeScheduleDocument = PrivateDocument<'fee-schedule', FeeScheduleBody> & { readonly parties: JointParties };

/** Some entries of a fee schedule, `<id>.<page>` from page 1, so that both parties can make and check proofs. */
export type FeeSchedulePage = PrivateDocument<'fee-schedule-page', { readonly entries: readonly FeeLeaf[] }>;

/** Proof that the schedule has this entry. */
export interface ListedFee {
  readonly type: 'listed';
  readonly feeScheduleId: string;
  readonly inclusion: Inclusion<Rate>;
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

/** Reads what a schedule says besides its prices. */
export const feeScheduleTermsShape: Fields<Omit<FeeScheduleBody, 'prices'>> = {
  name: freeText(1, 120),
  network: networkShape,
  currency: text(/^[A-Z]{3}$/),
  from: plainDate,
  thru: optional(plainDate),
  settings: optional(where(list(oneOf(SETTINGS), 1, SETTINGS.length), (settings) => new Set(settings).size === settings.length, 'DUPLICATE')),
  outOfNetwork: optional(object<OutOfNetworkTerms>({ balanceBilling: flag })),
  interimBills: optional(flag),
};

const feeScheduleBody: Shape<FeeScheduleBody> = object<FeeScheduleBody>({ ...feeScheduleTermsShape, prices: pricesShape });

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
    inclusion: object<Inclusion<Rate>>({ leaf: feeLeafShape, path: pathShape }),
  }),
  'not-listed': object<UnlistedFee>({
    type: oneOf(['not-listed']),
    feeScheduleId: freeText(1, 64),
    key: feeKeyShape,
    absence: object<Absence>({ before: optional(neighbour), after: optional(neighbour) }),
  }),
});

/** True where the schedule was in force on a date. */
export function isInForce(schedule: Pick<FeeScheduleBody, 'from' | 'thru'>, date: PlainDate): boolean {
  return covers(schedule, date);
}

/** True where the schedule prices claims of that kind. */
export function pricesSetting({ settings = ['professional'] }: Pick<FeeScheduleBody, 'settings'>, setting: Setting): boolean {
  return settings.includes(setting);
}
