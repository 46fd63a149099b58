import { derivedSalt } from '../documents/bytes.js';
import { documentShape } from '../documents/document.js';
import type { PrivateDocument } from '../documents/document.js';
import { toHex, utf8 } from '../shared/bytes.js';
import type { Sha256 } from '../shared/bytes.js';
import { covers } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import type { OpaqueId } from '../shared/ids.js';
import type { Leaf } from '../shared/merkle.js';
import { integer, object, optional, plainDate, sha256Shape, text, where } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { tableNameShape } from './tables.js';
import type { ReferenceEntry, TableName } from './tables.js';

/**
 * One edition of a table, such as a quarter of the NCCI edits. Only its root stands on the ledger: entries travel with the
 * claims that need them. Root and file hash follow from the publisher's file alone, so whoever has it can check both.
 */
export interface ReferenceTableBody {
  readonly table: TableName;
  /** The publisher's name of it, such as `2026q1`. */
  readonly edition: string;
  /** Dates of service that it decides. */
  readonly from: PlainDate;
  readonly thru?: PlainDate;
  readonly count: number;
  /** Root of the sorted tree of entries. */
  readonly root: string;
  /** SHA-256 of the file as it was loaded, in hexadecimal. */
  readonly fileSha256: string;
}

/** A recorded edition; the insurer's statement. Its id follows from table and edition, so an edition has one chain of versions. */
export type ReferenceTableDocument = PrivateDocument<'reference-table', ReferenceTableBody>;

/** One entry as a leaf. */
export type ReferenceLeaf = Leaf<ReferenceEntry>;

/** Reads an edition's name. */
export const editionShape: Shape<string> = text(/^[a-z0-9][a-z0-9.-]{0,19}$/);

/** Reads an edition; days in the wrong order are INCONSISTENT. */
export const referenceTableBodyShape: Shape<ReferenceTableBody> = where(object<ReferenceTableBody>({
  table: tableNameShape,
  edition: editionShape,
  from: plainDate,
  thru: optional(plainDate),
  count: integer(0),
  root: sha256Shape,
  fileSha256: sha256Shape,
}), ({ from, thru }) => thru === undefined || from <= thru, 'INCONSISTENT');

/** Reads a recorded edition. */
export const referenceTableDocumentShape: Shape<ReferenceTableDocument> = documentShape('reference-table', referenceTableBodyShape);

/** The id under which an edition is recorded. */
export function referenceTableId({ table, edition }: Pick<ReferenceTableBody, 'table' | 'edition'>, sha256: Sha256): OpaqueId {
  return toHex(sha256(utf8(`reference-table~${table}~${edition}`))).slice(0, 32);
}

/** An entry as a leaf: its salt follows from the file, so that the same file always gives the same root. */
export function referenceLeaf(fileSha256: string, key: string, value: ReferenceEntry, sha256: Sha256): ReferenceLeaf {
  return { key, salt: derivedSalt(fileSha256, key, sha256), value };
}

/** The edition of a table that decides a date of service: of several the one that began last, then the last by name. */
export function editionOn<T extends Pick<ReferenceTableBody, 'table' | 'edition' | 'from' | 'thru'>>(editions: readonly T[], table: TableName, date: PlainDate): T | undefined {
  const inForce = editions.filter((one) => one.table === table && covers(one, date));
  return inForce.reduce<T | undefined>((last, one) => (last === undefined || rank(one) > rank(last) ? one : last), undefined);
}

function rank({ from, edition }: Pick<ReferenceTableBody, 'from' | 'edition'>): string {
  return `${from}~${edition}`;
}
