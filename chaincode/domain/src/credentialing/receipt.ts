import { ownDocumentShape } from '../documents/document.js';
import type { OwnDocument } from '../documents/document.js';
import { freeText, integer, list, object, oneOf, sha256Shape } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { CREDENTIAL_KINDS } from './kinds.js';
import type { CredentialKind } from './kinds.js';

/** One document that a command wrote. */
export interface OwnReceiptItem {
  readonly kind: CredentialKind;
  readonly id: string;
  readonly version: number;
}

/** What a command of the credentials contract did. Its kind is its own, so that readers of claims never meet it. */
export type OwnReceipt = OwnDocument<'credentials-receipt', {
  readonly verb: string;
  /** SHA-256 of the command's bytes: the transaction's argument. */
  readonly commandHash: string;
  readonly items: readonly OwnReceiptItem[];
}>;

/** Reads such a receipt. */
export const ownReceiptShape: Shape<OwnReceipt> = ownDocumentShape('credentials-receipt', object<OwnReceipt['body']>({
  verb: freeText(1, 64),
  commandHash: sha256Shape,
  items: list(object<OwnReceiptItem>({ kind: oneOf(CREDENTIAL_KINDS), id: freeText(1, 200), version: integer(1) })),
}));
