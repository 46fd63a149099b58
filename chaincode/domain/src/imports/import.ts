import { documentShape, opaqueId } from '../documents/document.js';
import type { PrivateDocument } from '../documents/document.js';
import type { PlainDate } from '../shared/dates.js';
import type { OpaqueId } from '../shared/ids.js';
import type { Currency, Minor } from '../shared/money.js';
import { flag, freeText, integer, list, object, oneOf, optional, plainDate, sha256Shape, text } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import type { OpeningTotals } from '../claims/command.js';

/** What an insurer brings along from the system that it used before. */
export const IMPORT_SUBJECTS = ['TOTALS', 'CLAIMS'] as const;

/** One service of a claim that was decided, or waited, elsewhere. */
export interface ImportedLine {
  readonly number: number;
  readonly code: string;
  readonly modifiers: readonly string[];
  readonly unitsThousandths: number;
  readonly chargeMinor: Minor;
  readonly allowedMinor: Minor;
  readonly paidMinor: Minor;
  readonly copayMinor: Minor;
  readonly category?: string;
  readonly serviceFrom: PlainDate;
  readonly serviceThru: PlainDate;
  readonly placeOfService?: string;
  readonly renderingNpi?: string;
}

/** A claim of another system: PAID there, or OPEN there when it was brought along. */
export interface ImportedClaimBody {
  readonly coverageId: OpaqueId;
  /** Its number there. */
  readonly claimNumber: string;
  readonly state: 'PAID' | 'OPEN';
  readonly receivedOn: PlainDate;
  readonly billingTaxId?: string;
  readonly currency: Currency;
  readonly lines: readonly ImportedLine[];
}

/** A recorded claim of another system, the insurer's statement. */
export type ImportedClaimDocument = PrivateDocument<'imported-claim', ImportedClaimBody>;

/** Figures of an import: what the old system states, and what was loaded. */
export interface ImportFigures {
  readonly rows: number;
  /** TOTALS: the sum over all leaves. */
  readonly usedMinor: Minor;
  /** CLAIMS */
  readonly paid: number;
  readonly open: number;
  readonly chargeMinor: Minor;
  readonly paidMinor: Minor;
}

/** How far an import is, and once it is COMPLETE its reconciliation: every figure that is not as the old system states it. */
export interface ImportBody {
  readonly subject: (typeof IMPORT_SUBJECTS)[number];
  /** SHA-256 of the file, in hexadecimal. */
  readonly fileHash: string;
  /** What the old system states; figures that it does not state are not compared. */
  readonly control: Partial<ImportFigures>;
  readonly loaded: ImportFigures;
  /** Last line of the file that is loaded. */
  readonly lastLine: number;
  readonly state: 'LOADING' | 'COMPLETE';
  readonly differences: readonly { readonly figure: keyof ImportFigures; readonly stated: number; readonly loaded: number }[];
}

/** A recorded import, the insurer's statement, chained: a version per part of the file. */
export type ImportDocument = PrivateDocument<'import', ImportBody>;

/** Insurer: plan-admin. Loads a part of a file; `before` is how far the import is. */
export interface ImportRows {
  readonly verb: 'importRows';
  readonly importId: OpaqueId;
  readonly before?: ImportDocument;
  readonly subject: ImportBody['subject'];
  readonly fileHash: string;
  readonly control: Partial<ImportFigures>;
  readonly totals: readonly OpeningTotals[];
  readonly claims: readonly { readonly id: OpaqueId; readonly body: ImportedClaimBody }[];
  readonly lastLine: number;
  readonly isLast: boolean;
}

const count = integer(0);
const currency = text(/^[A-Z]{3}$/);

/** Reads the figures of an old system. */
export const controlShape: Shape<Partial<ImportFigures>> = object<Partial<ImportFigures>>({
  rows: optional(count), usedMinor: optional(count), paid: optional(count), open: optional(count), chargeMinor: optional(count), paidMinor: optional(count),
});

/** Reads a claim of another system. */
export const importedClaimShape: Shape<ImportedClaimBody> = object<ImportedClaimBody>({
  coverageId: opaqueId,
  claimNumber: freeText(1, 80),
  state: oneOf(['PAID', 'OPEN']),
  receivedOn: plainDate,
  billingTaxId: optional(text(/^\d{9}$/)),
  currency,
  lines: list(object<ImportedLine>({
    number: integer(1), code: freeText(1, 20), modifiers: list(text(/^[A-Z0-9]{2}$/), 0, 4), unitsThousandths: count, chargeMinor: count, allowedMinor: count, paidMinor: count, copayMinor: count,
    category: optional(freeText(1, 40)), serviceFrom: plainDate, serviceThru: plainDate, placeOfService: optional(text(/^\d{2}$/)), renderingNpi: optional(text(/^\d{10}$/)),
  }), 1, 999),
});

/** Reads a recorded claim of another system. */
export const importedClaimDocumentShape: Shape<ImportedClaimDocument> = documentShape('imported-claim', importedClaimShape);

const figures: Shape<ImportFigures> = object<ImportFigures>({ rows: count, usedMinor: count, paid: count, open: count, chargeMinor: count, paidMinor: count });

/** Reads a recorded import. */
export const importDocumentShape: Shape<ImportDocument> = documentShape('import', object<ImportBody>({
  subject: oneOf(IMPORT_SUBJECTS),
  fileHash: sha256Shape,
  control: controlShape,
  loaded: figures,
  lastLine: count,
  state: oneOf(['LOADING', 'COMPLETE']),
  differences: list(object<ImportBody['differences'][number]>({ figure: oneOf(['rows', 'usedMinor', 'paid', 'open', 'chargeMinor', 'paidMinor']), stated: count, loaded: count })),
}));

/** Reads a part of a file; opening totals are read as those of any record. */
export const importRowsShape = (totals: Shape<OpeningTotals>): Shape<ImportRows> => object<ImportRows>({
  verb: oneOf(['importRows']),
  importId: opaqueId,
  before: optional(importDocumentShape),
  subject: oneOf(IMPORT_SUBJECTS),
  fileHash: sha256Shape,
  control: controlShape,
  totals: list(totals, 0, 500),
  claims: list(object<ImportRows['claims'][number]>({ id: opaqueId, body: importedClaimShape }), 0, 500),
  lastLine: count,
  isLast: flag,
});
