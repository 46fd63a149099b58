import type { OpaqueId } from '../shared/ids.js';
import { freeText, integer, list, object, oneOf, optional, sha256Shape } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import type { Rejection } from '../claims/rejection.js';
import { rejectionShape } from '../claims/rejection.js';
import { documentShape } from './document.js';
import type { PrivateDocument } from './document.js';

/** What became of one item of a command. */
export const OUTCOMES = ['RECORDED', 'ACCEPTED', 'REJECTED', 'ADJUDICATED', 'PENDED', 'VOIDED', 'REOPENED', 'ISSUED', 'HEALED'] as const;

/** What became of one item of a command. */
export type Outcome = (typeof OUTCOMES)[number];

/** The outcome of one item, in the order of the command. */
export interface ReceiptItem {
  /** The id of the document that the item concerns: claim, coverage, plan, remittance… */
  readonly id: string;
  readonly outcome: Outcome;
  /** The version of the document that the item wrote; absent where none was written. */
  readonly version?: number;
  /** REJECTED: why the claim was not taken in, in the categories of a claim acknowledgement. */
  readonly rejections?: readonly Rejection[];
  /** ADJUDICATED: what came of it. */
  readonly decision?: 'PAID' | 'PARTIAL' | 'ZERO_PAY' | 'DENIED';
  /** PENDED: the rules that want a person, with their reason codes. */
  readonly reasons?: readonly string[];
}

/** What a command did. Joint for a command of two parties, otherwise the insurer's. */
export interface ReceiptBody {
  readonly verb: string;
  /** SHA-256 of the command bytes, in hexadecimal: the argument of the transaction. */
  readonly commandHash: string;
  readonly items: readonly ReceiptItem[];
}

/** A receipt; its id is the command's. */
export type Receipt = PrivateDocument<'receipt', ReceiptBody>;

const itemShape: Shape<ReceiptItem> = object<ReceiptItem>({
  id: freeText(1, 200),
  outcome: oneOf(OUTCOMES),
  version: optional(integer(1)),
  rejections: optional(list(rejectionShape)),
  decision: optional(oneOf(['PAID', 'PARTIAL', 'ZERO_PAY', 'DENIED'])),
  reasons: optional(list(freeText(1, 100))),
});

/** Reads a receipt. */
export const receiptShape: Shape<Receipt> = documentShape('receipt', object<ReceiptBody>({
  verb: freeText(1, 64),
  commandHash: sha256Shape,
  items: list(itemShape),
}));

/** The outcome of one item; undefined where the command had no such item. */
export function outcomeOf(receipt: Receipt, id: OpaqueId): ReceiptItem | undefined {
  return receipt.body.items.find((item) => item.id === id);
}
