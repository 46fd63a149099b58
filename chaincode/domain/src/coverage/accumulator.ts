import { documentShape, opaqueId } from '../documents/document.js';
import type { PrivateDocument } from '../documents/document.js';
import { toHex, utf8 } from '../shared/bytes.js';
import type { Sha256 } from '../shared/bytes.js';
import type { PlainDate } from '../shared/dates.js';
import { isSalt } from '../shared/ids.js';
import type { OpaqueId } from '../shared/ids.js';
import type { Inclusion, Leaf, Path } from '../shared/merkle.js';
import type { Currency, Minor } from '../shared/money.js';
import { freeText, integer, list, object, oneOf, plainDate, sha256Shape, text } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';

/** What a total counts towards: a yearly limit, or the visits and the payments of one category. Visits are counted, not paid. */
export type Bucket = 'deductible' | 'out-of-pocket' | `visits-${string}` | `paid-${string}`;

/** A total of the benefit year. */
export interface Total {
  readonly usedMinor: Minor;
}

/** One total as a leaf, named `<person>/<bucket>` or `family/<bucket>`. */
export type TotalLeaf = Leaf<Total>;

/**
 * An amount that was added to a total: reserved by the adjudication that it names, confirmed by that adjudication's
 * remittance, taken back by a posting of the opposite sign.
 */
export interface Posting {
  readonly leaf: string;
  readonly amountMinor: Minor;
  /** The adjudication, or what else caused it, such as `opening` or `pharmacy`. */
  readonly cause: string;
}

/**
 * A family's totals in one benefit year. Only the root stands here with what this version changed: a person's and the
 * family's leaves travel with a claim, so a hospital learns what an eligibility answer would tell it and no more.
 */
export interface AccumulatorBody {
  readonly familyId: OpaqueId;
  /** First day of the benefit year. */
  readonly benefitYear: PlainDate;
  readonly currency: Currency;
  /** Root of the sorted tree of all totals. */
  readonly root: string;
  /** Version of the `accumulator-leaves` document that the chain of changes begins with. */
  readonly baseVersion: number;
  /** Leaves as this version left them, in order; those not named are as before. */
  readonly changed: readonly TotalLeaf[];
  readonly postings: readonly Posting[];
  /** Hash chain over all postings so far, in hexadecimal. */
  readonly postingsRoot: string;
  readonly postingCount: number;
}

/** A recorded accumulator; its id follows from family and year (`accumulatorId`). */
export type AccumulatorDocument = PrivateDocument<'accumulator', AccumulatorBody>;

/** All leaves at one version of the accumulator with the same id. */
export type AccumulatorLeavesDocument = PrivateDocument<'accumulator-leaves', { readonly leaves: readonly TotalLeaf[] }>;

/** An accumulator as a transaction carries it: the newest version, and the proved leaves of the patient and the family. */
export interface AccumulatorInput {
  readonly document: AccumulatorDocument;
  readonly leaves: readonly Inclusion<Total>[];
}

/** Reads the name of a leaf. */
export const leafNameShape: Shape<string> = text(/^[a-z0-9]{1,12}\/(deductible|out-of-pocket|(visits|paid)-[a-z][a-z0-9-]{0,39})$/);


/** Reads a leaf. */
export const totalLeafShape: Shape<TotalLeaf> = object<TotalLeaf>({
  key: leafNameShape,
  salt: text(isSalt),
  value: object<Total>({ usedMinor: integer(0) }),
});

/** Reads where a leaf stands. */
export const pathShape: Shape<Path> = object<Path>({ index: integer(0), count: integer(0), siblings: list(sha256Shape, 0, 40) });

const accumulatorBody: Shape<AccumulatorBody> = object<AccumulatorBody>({
  familyId: opaqueId,
  benefitYear: plainDate,
  currency: text(/^[A-Z]{3}$/),
  root: sha256Shape,
  baseVersion: integer(1),
  changed: list(totalLeafShape),
  postings: list(object<Posting>({ leaf: leafNameShape, amountMinor: integer(Number.MIN_SAFE_INTEGER), cause: freeText(1, 100) })),
  postingsRoot: sha256Shape,
  postingCount: integer(0),
});

/** Reads a recorded accumulator. */
export const accumulatorDocumentShape: Shape<AccumulatorDocument> = documentShape('accumulator', accumulatorBody);

/** Reads the recorded leaves of an accumulator. */
export const accumulatorLeavesShape: Shape<AccumulatorLeavesDocument> = documentShape('accumulator-leaves', object({ leaves: list(totalLeafShape) }));

/** Reads an accumulator as a transaction carries it. */
export const accumulatorInputShape: Shape<AccumulatorInput> = object<AccumulatorInput>({
  document: accumulatorDocumentShape,
  leaves: list(object<Inclusion<Total>>({ leaf: totalLeafShape, path: pathShape }), 0, 200),
});

/** The id of a family's accumulator: one per benefit year, as unguessable as the family's id. */
export function accumulatorId(familyId: OpaqueId, benefitYear: PlainDate, sha256: Sha256): OpaqueId {
  return toHex(sha256(utf8(`accumulator~${familyId}~${benefitYear}`))).slice(0, 32);
}

/** The name of a total's leaf. */
export function leafKey(owner: string, bucket: Bucket): string {
  return `${owner}/${bucket}`;
}

/** The name of the family's own totals. */
export const FAMILY = 'family';

/** Reads the bucket of a yearly limit. */
export const bucketShape: Shape<Bucket> = oneOf(['deductible', 'out-of-pocket']);
