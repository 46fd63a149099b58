import { documentShape } from '../documents/document.js';
import type { PrivateDocument } from '../documents/document.js';
import { opaqueId } from '../documents/document.js';
import { coordinationShape } from '../coordination/payer-order.js';
import type { Coordination } from '../coordination/payer-order.js';
import { covers } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import type { OpaqueId } from '../shared/ids.js';
import { flag, freeText, list, object, optional, plainDate, text, where } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';

/** Days on which a person is insured under a plan; without `thru` until further notice. */
export interface CoveragePeriod {
  readonly from: PlainDate;
  readonly thru?: PlainDate;
  readonly planId: OpaqueId;
}

/**
 * What the insurer states about one person: insured from when to when under which plan, or not known at all. Periods are
 * ascending and do not overlap; a person who is known has one at least. A change is a new version with a reason.
 */
export interface CoverageBody {
  /** As `personKey` makes it of a claim. */
  readonly personKey: string;
  /** False: the insurer states that it does not know this person. */
  readonly known: boolean;
  /** The family whose totals the person shares; absent where the person is not known. */
  readonly familyId?: OpaqueId;
  /** The person within the family, such as `01`; its accumulator leaves are named by it. */
  readonly person?: string;
  readonly periods: readonly CoveragePeriod[];
  /** How this insurance stands to others of the same person; absent where none is known. */
  readonly coordination?: Coordination;
  /** Why this version was made. */
  readonly reason: string;
}

/** A recorded coverage; its id is the person's key under the insurer's secret. */
export type CoverageDocument = PrivateDocument<'coverage', CoverageBody>;

/** Name of a person within its family: `family` itself is reserved for the family's own totals. */
export const personShape: Shape<string> = text(/^(?!family$)[a-z0-9]{1,12}$/);

/** Reads days on which a person is insured. */
export const coveragePeriodShape: Shape<CoveragePeriod> = object<CoveragePeriod>({ from: plainDate, thru: optional(plainDate), planId: opaqueId });

/** Reads a coverage. */
export const coverageBodyShape: Shape<CoverageBody> = where(
  object<CoverageBody>({
    personKey: freeText(1, 260),
    known: flag,
    familyId: optional(opaqueId),
    person: optional(personShape),
    periods: list(coveragePeriodShape, 0, 100),
    coordination: optional(coordinationShape),
    reason: freeText(1, 200),
  }),
  isConsistent,
  'INCONSISTENT',
);

/** Reads a recorded coverage. */
export const coverageDocumentShape: Shape<CoverageDocument> = documentShape('coverage', coverageBodyShape);

/** The period that holds a date. */
export function periodOn(periods: readonly CoveragePeriod[], date: PlainDate): CoveragePeriod | undefined {
  return periods.find((period) => covers(period, date));
}

function isConsistent({ known, familyId, person, periods }: CoverageBody): boolean {
  if (!known) return familyId === undefined && person === undefined && periods.length === 0;
  return familyId !== undefined && person !== undefined && periods.length > 0 && areAscending(periods);
}

/** True for periods that follow each other and do not overlap. */
export function areAscending(periods: readonly CoveragePeriod[]): boolean {
  return periods.every(({ from, thru }, index) => {
    const next = periods[index + 1];
    if (thru !== undefined && thru < from) return false;
    return next === undefined || (thru !== undefined && thru < next.from);
  });
}
