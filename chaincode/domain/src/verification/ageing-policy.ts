import type { PlainDate } from '../shared/dates.js';
import { addDays } from '../shared/dates.js';
import { DomainError } from '../shared/errors.js';
import type { Element } from './elements.js';

/** Under whose rules a file is decided. */
export const PROGRAMMES = ['ncqa-accreditation', 'ncqa-cvo', 'joint-commission'] as const;

export type Programme = (typeof PROGRAMMES)[number];

/** How old a verification may be on the day of the decision, and what else the programme counts in days or months. */
export interface AgeingPolicy {
  /** Named in every receipt and file; a version that is named anywhere is never changed. */
  readonly version: string;
  readonly programme: Programme;
  /** Files decided on or after this day. */
  readonly from: PlainDate;
  /** Days from retrieval to decision; null: to be verified before the decision, however long before. */
  readonly days: Readonly<Record<Element, number | null>>;
  /** Longest time between two decisions. */
  readonly recredentialMonths: number;
  /** A file that is overdue by no more than this is recredentialled; by more it begins anew. */
  readonly overdueDays: number;
  /** Days from the decision to its notice. */
  readonly noticeDays: number;
  /** Months between two looks at licences and exclusions. */
  readonly monitoringMonths: number;
}

/** Day counts where the programme has one; DEA, education and training have none. */
function counted(days: number, statements: number): AgeingPolicy['days'] {
  return {
    licence: days, 'board-certification': days, 'malpractice-history': days, sanction: days, exclusion: days,
    dea: null, education: null, training: null, npdb: null,
    'work-history': statements, attestation: statements,
  };
}

const uncounted: AgeingPolicy['days'] = {
  licence: null, 'board-certification': null, 'malpractice-history': null, sanction: null, exclusion: null, dea: null,
  education: null, training: null, npdb: null, 'work-history': null, attestation: null,
};

/**
 * NCQA's standards before and after 1 July 2025: 180 to 120 days for accreditation, 120 to 90 for verification
 * organisations (CVO), notice after 60 and 30 days. For attestation and work history the figure of the earlier editions
 * (365, 305 for CVO) is kept: the later one is not confirmed. The Joint Commission counts no days: it asks for a current
 * licence at every grant, renewal and revision.
 */
export const AGEING_POLICIES: readonly AgeingPolicy[] = [
  { version: 'ncqa-accreditation/2024', programme: 'ncqa-accreditation', from: '1900-01-01', days: counted(180, 365), recredentialMonths: 36, overdueDays: 30, noticeDays: 60, monitoringMonths: 1 },
  { version: 'ncqa-accreditation/2025-07', programme: 'ncqa-accreditation', from: '2025-07-01', days: counted(120, 365), recredentialMonths: 36, overdueDays: 30, noticeDays: 30, monitoringMonths: 1 },
  { version: 'ncqa-cvo/2024', programme: 'ncqa-cvo', from: '1900-01-01', days: counted(120, 305), recredentialMonths: 36, overdueDays: 30, noticeDays: 60, monitoringMonths: 1 },
  { version: 'ncqa-cvo/2025-07', programme: 'ncqa-cvo', from: '2025-07-01', days: counted(90, 305), recredentialMonths: 36, overdueDays: 30, noticeDays: 30, monitoringMonths: 1 },
  { version: 'joint-commission/2022-11', programme: 'joint-commission', from: '1900-01-01', days: uncounted, recredentialMonths: 36, overdueDays: 0, noticeDays: 30, monitoringMonths: 1 },
];

/** The policy for a file that is decided on that day. */
export function policyOn(programme: Programme, decidedOn: PlainDate): AgeingPolicy {
  const found = AGEING_POLICIES.filter((policy) => policy.programme === programme && policy.from <= decidedOn).at(-1);
  if (found === undefined) throw new DomainError('UNKNOWN_RULE', { rule: programme });
  return found;
}

/** The last day on which what was retrieved on a day may be decided on; null where no days are counted. */
export function lastDayOf(policy: AgeingPolicy, element: Element, retrievedOn: PlainDate): PlainDate | null {
  const days = policy.days[element];
  return days === null ? null : addDays(retrievedOn, days);
}
