import { isSalt } from '../shared/ids.js';
import type { Leaf } from '../shared/merkle.js';
import type { BasisPoints, Minor } from '../shared/money.js';
import { WHOLE } from '../shared/money.js';
import { flag, integer, list, object, oneOf, optional, sha256Shape, text, variant, where } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { categoryShape } from './benefit-plan.js';

/** What is done with a service that has no price, or the price zero. CARC 45 never takes a whole charge. */
export const NO_PRICE = ['CO-97', 'CO-147', 'PR-96'] as const;

/** Denial for a service without a price: bundled, no rate on file, or not covered. */
export type NoPrice = (typeof NO_PRICE)[number];

/** The price of one service for one whole unit, of one day, or of one case. */
export interface Fee {
  readonly amountMinor: Minor;
  /** Where the place of service is a facility that bills its own part. */
  readonly facilityAmountMinor?: Minor;
  /** Benefit category that the plan decides by. */
  readonly category: string;
  /** What a zero price means. */
  readonly zeroPrice?: NoPrice;
  /** Paid less where it is not the most expensive such procedure of its provider and day. */
  readonly multipleProcedure?: boolean;
}

/** One whole relative weight. */
export const WHOLE_WEIGHT = 10_000;

/** What a diagnosis-related group counts against the average case. */
export interface DrgWeight {
  /** In ten-thousandths: 10 000 is the average case. */
  readonly relativeWeight: number;
  readonly category: string;
  /** Geometric mean of the stay, in tenths of a day; without it a transfer is paid in full. */
  readonly meanStayTenths?: number;
}

/** One entry of a table. */
export type Rate = Fee | DrgWeight;

/** One entry with its key: of listed prices `feeKey`, of days a revenue code, of cases and groups `caseKeys`. */
export type FeeLeaf = Leaf<Rate>;

/** A modifier that changes the price, such as 50 with 15 000 basis points. */
export interface ModifierFactor {
  readonly modifier: string;
  readonly factor: BasisPoints;
}

/** Entries, committed as one root of a sorted tree. */
interface Table {
  readonly root: string;
  readonly count: number;
  readonly pages: number;
  readonly notListed: NoPrice | 'pend';
  /** The allowed amount is never more than the charge: of the line, or of the claim where that has one price. */
  readonly lesserOfCharge: boolean;
}

/** Prices per service. */
export interface ListedPrices extends Table {
  readonly type: 'listed';
  readonly modifierFactors: readonly ModifierFactor[];
  /** What the first, second… most expensive procedure of a provider and day is paid; the last one goes for all that follow. */
  readonly multipleProcedureFactors?: readonly BasisPoints[];
}

/** One share of whatever is charged. */
export interface ShareOfCharges {
  readonly type: 'share-of-charges';
  readonly share: BasisPoints;
  readonly category: string;
}

/** A price per day in a room (unit DA); it pays for the whole claim. */
export interface PerDiemPrices extends Table {
  readonly type: 'per-diem';
}

/** One price for the whole claim, by its group, its principal procedure or the dearest of its services. */
export interface CaseRatePrices extends Table {
  readonly type: 'case-rate';
}

/** What is paid beyond the price where a stay costs far more: a share of its cost above price and threshold (42 CFR 412.84). */
export interface OutlierTerms {
  /** Cost as a share of covered charges. */
  readonly costToCharge: BasisPoints;
  readonly thresholdMinor: Minor;
  readonly share: BasisPoints;
}

/** Base rate × relative weight for the whole claim. */
export interface DrgPrices extends Table {
  readonly type: 'drg';
  readonly baseRateMinor: Minor;
  readonly outlier?: OutlierTerms;
  /** Patient statuses that make a transfer: then each day is paid as a mean day, the first twice (42 CFR 412.4(f)). */
  readonly transferStatuses?: readonly string[];
}

/** How a contract prices its claims. */
export type Prices = ListedPrices | ShareOfCharges | PerDiemPrices | CaseRatePrices | DrgPrices;

/** Prices with entries of their own. */
export type TablePrices = Exclude<Prices, ShareOfCharges>;

/** Reads an entry's key. */
export const feeKeyShape: Shape<string> = text(/^[A-Z0-9]{1,10}(-[A-Z0-9]{2})*$/);
const noPrice = oneOf(NO_PRICE);
const share = integer(0, WHOLE);

const fee: Shape<Fee> = object<Fee>({
  amountMinor: integer(0),
  facilityAmountMinor: optional(integer(0)),
  category: categoryShape,
  zeroPrice: optional(noPrice),
  multipleProcedure: optional(flag),
});

const drgWeight: Shape<DrgWeight> = object<DrgWeight>({
  relativeWeight: integer(1, 100 * WHOLE_WEIGHT),
  category: categoryShape,
  meanStayTenths: optional(integer(1, 10_000)),
});

/** Reads an entry's value: a weight where it has one, else a price. */
export const rateShape: Shape<Rate> = (value, path, issues) =>
  (typeof value === 'object' && value !== null && 'relativeWeight' in value ? drgWeight : fee)(value, path, issues);

/** Reads an entry. */
export const feeLeafShape: Shape<FeeLeaf> = object<FeeLeaf>({ key: feeKeyShape, salt: text(isSalt), value: rateShape });

const shareOfCharges: Shape<ShareOfCharges> = object<ShareOfCharges>({ type: oneOf(['share-of-charges']), share, category: categoryShape });

const terms = { notListed: oneOf([...NO_PRICE, 'pend']), lesserOfCharge: flag };
const table = { ...terms, root: sha256Shape, count: integer(0), pages: integer(0, 9999) };

const modifierFactors: Shape<readonly ModifierFactor[]> = list(
  object<ModifierFactor>({ modifier: text(/^[A-Z0-9]{2}$/), factor: integer(0, 100_000) }), 0, 100,
);

const listedTerms = { type: oneOf(['listed']), modifierFactors, multipleProcedureFactors: optional(list(integer(1, WHOLE), 1, 10)) };
const drgTerms = {
  type: oneOf(['drg']),
  baseRateMinor: integer(1),
  outlier: optional(object<OutlierTerms>({ costToCharge: integer(1, 100_000), thresholdMinor: integer(0), share })),
  transferStatuses: optional(list(text(/^[0-9A-Z]{2}$/), 1, 50)),
};

/** Prices before their entries are committed: the root follows from them. */
export type NewPrices<P extends TablePrices = TablePrices> = P extends TablePrices
  ? Omit<P, 'root' | 'count' | 'pages'> & {
    /** In order of their keys. */
    readonly entries: readonly { readonly key: string; readonly fee: Rate }[];
  }
  : never;

/** Listed prices before they are committed. */
export type NewListedPrices = NewPrices<ListedPrices>;

/** More entries than this belong into several schedules. */
export const MOST_FEES = 20_000;

const newTerms = { ...terms, entries: list(object<{ readonly key: string; readonly fee: Rate }>({ key: feeKeyShape, fee: rateShape }), 0, MOST_FEES) };

/** A modifier is not paid less twice: where procedures are ranked, 51 has no factor of its own. */
function ranksOnce({ modifierFactors: factors, multipleProcedureFactors }: Pick<ListedPrices, 'modifierFactors' | 'multipleProcedureFactors'>): boolean {
  return multipleProcedureFactors === undefined || !factors.some(({ modifier }) => modifier === MULTIPLE_PROCEDURES);
}

/** The modifier by which a biller marks a procedure as not the first one. */
export const MULTIPLE_PROCEDURES = '51';

/** Reads committed prices. */
export const pricesShape: Shape<Prices> = variant<Prices>('type', {
  listed: object<ListedPrices>({ ...table, ...listedTerms }),
  'share-of-charges': shareOfCharges,
  'per-diem': object<PerDiemPrices>({ ...table, type: oneOf(['per-diem']) }),
  'case-rate': object<CaseRatePrices>({ ...table, type: oneOf(['case-rate']) }),
  drg: object<DrgPrices>({ ...table, ...drgTerms }),
});

/** Reads prices before they are committed. */
export const newPricesShape: Shape<NewPrices | ShareOfCharges> = variant<NewPrices | ShareOfCharges>('type', {
  listed: where(object<NewListedPrices>({ ...newTerms, ...listedTerms }), ranksOnce, 'INCONSISTENT'),
  'share-of-charges': shareOfCharges,
  'per-diem': object<NewPrices<PerDiemPrices>>({ ...newTerms, type: oneOf(['per-diem']) }),
  'case-rate': object<NewPrices<CaseRatePrices>>({ ...newTerms, type: oneOf(['case-rate']) }),
  drg: object<NewPrices<DrgPrices>>({ ...newTerms, ...drgTerms }),
});

/** How many pages of entries these prices have. */
export function pagesOfEntries(prices: Prices): number {
  return prices.type === 'share-of-charges' ? 0 : prices.pages;
}

/** True for a price; false for a weight. */
export function isFee(rate: Rate): rate is Fee {
  return 'amountMinor' in rate;
}
