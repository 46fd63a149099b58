import { referenceShape } from '../adjudication/eob-shape.js';
import { coverageDocumentShape, coveragePeriodShape, personShape } from '../coverage/coverage.js';
import type { CoverageDocument, CoveragePeriod } from '../coverage/coverage.js';
import { documentShape, opaqueId } from '../documents/document.js';
import type { PrivateDocument } from '../documents/document.js';
import type { DocumentReference } from '../documents/key.js';
import type { PlainDate } from '../shared/dates.js';
import type { OpaqueId } from '../shared/ids.js';
import { freeText, list, object, oneOf, optional, plainDate, variant } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import type { Days } from './changed-days.js';

/** What changed in somebody's insurance. */
export const COVERAGE_CHANGES = ['TERMINATION', 'PERIODS', 'NEWBORN', 'MEMBER_ID'] as const;

/** Insurance ends with a day, which may lie in the past. */
export interface Termination {
  readonly type: 'TERMINATION';
  readonly coverage: CoverageDocument;
  readonly lastDay: PlainDate;
  readonly reason: string;
}

/** The periods as they are known now: a reinstatement, another plan. */
export interface OtherPeriods {
  readonly type: 'PERIODS';
  readonly coverage: CoverageDocument;
  readonly periods: readonly CoveragePeriod[];
  readonly reason: string;
}

/** A child of an insured person, insured from birth under the parent's plan. */
export interface Newborn {
  readonly type: 'NEWBORN';
  readonly parent: CoverageDocument;
  readonly coverageId: OpaqueId;
  /** The child's coverage where there is one already, such as the statement that the child is not known. */
  readonly before?: CoverageDocument;
  readonly personKey: string;
  readonly person: string;
  readonly birthDate: PlainDate;
  readonly reason: string;
}

/** The same person under another number from a day on; the old number goes on to find claims. */
export interface OtherMemberId {
  readonly type: 'MEMBER_ID';
  readonly coverage: CoverageDocument;
  readonly coverageId: OpaqueId;
  readonly before?: CoverageDocument;
  readonly personKey: string;
  readonly effectiveFrom: PlainDate;
  readonly reason: string;
}

/** One change. */
export type NewCoverageChange = Termination | OtherPeriods | Newborn | OtherMemberId;

/** Insurer: plan-admin. Writes the coverage that follows from each change, and what changed. */
export interface ChangeCoverages {
  readonly verb: 'changeCoverages';
  readonly items: readonly NewCoverageChange[];
}

/**
 * What changed, since when it is so (`effectiveFrom`) and since when it is known (`recorded.at`). Claims of the changed
 * days that were decided before deserve a second look.
 */
export interface CoverageChangeBody {
  readonly type: (typeof COVERAGE_CHANGES)[number];
  readonly effectiveFrom: PlainDate;
  readonly reason: string;
  readonly before?: DocumentReference;
  readonly after: DocumentReference;
  /** NEWBORN, MEMBER_ID: the parent's coverage, the one under the old number. */
  readonly from?: DocumentReference;
  readonly changedDays: readonly Days[];
}

/** A recorded change, the insurer's statement; id and version are those of the coverage that it made. */
export type CoverageChangeDocument = PrivateDocument<'coverage-change', CoverageChangeBody>;

const reason = freeText(1, 200);
const before = optional(coverageDocumentShape);

/** Reads changes. */
export const changeCoveragesShape: Shape<ChangeCoverages> = object<ChangeCoverages>({
  verb: oneOf(['changeCoverages']),
  items: list(variant<NewCoverageChange>('type', {
    TERMINATION: object<Termination>({ type: oneOf(['TERMINATION']), coverage: coverageDocumentShape, lastDay: plainDate, reason }),
    PERIODS: object<OtherPeriods>({ type: oneOf(['PERIODS']), coverage: coverageDocumentShape, periods: list(coveragePeriodShape, 1, 100), reason }),
    NEWBORN: object<Newborn>({ type: oneOf(['NEWBORN']), parent: coverageDocumentShape, coverageId: opaqueId, before, personKey: freeText(1, 260), person: personShape, birthDate: plainDate, reason }),
    MEMBER_ID: object<OtherMemberId>({ type: oneOf(['MEMBER_ID']), coverage: coverageDocumentShape, coverageId: opaqueId, before, personKey: freeText(1, 260), effectiveFrom: plainDate, reason }),
  }), 1, 500),
});

/** Reads a recorded change. */
export const coverageChangeDocumentShape: Shape<CoverageChangeDocument> = documentShape('coverage-change', object<CoverageChangeBody>({
  type: oneOf(COVERAGE_CHANGES),
  effectiveFrom: plainDate,
  reason,
  before: optional(referenceShape),
  after: referenceShape,
  from: optional(referenceShape),
  changedDays: list(object<Days>({ from: plainDate, thru: optional(plainDate) })),
}));
