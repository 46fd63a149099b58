import { daysBetween } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import type { Npi, OpaqueId } from '../shared/ids.js';
import { present } from '../shared/present.js';
import type { AdverseAction, PrivilegesDocument } from './privileges.js';

/** What a hospital reports to the National Practitioner Data Bank of an action against a clinician's privileges (45 CFR 60.12). */
export interface PrivilegesReport {
  readonly privilegesId: OpaqueId;
  /** Place of the action among those of the privileges, by which its report is recorded. */
  readonly action: number;
  readonly npi: Npi;
  readonly state: string;
  readonly type: AdverseAction['type'];
  readonly privileges: readonly string[];
  readonly dateOfAction: PlainDate;
  readonly lengthOfAction: 'INDEFINITE' | 'SPECIFIC';
  /** First and last day included. */
  readonly lengthInDays?: number;
  /** The last day on which the report is in time. */
  readonly dueOn: PlainDate;
  readonly report?: NonNullable<AdverseAction['report']>;
}

/** Every action that is to be reported, the most urgent first; those that were reported too where that is asked. */
export function privilegesReports(documents: readonly PrivilegesDocument[], withReported: boolean): readonly PrivilegesReport[] {
  const reports = documents.flatMap((document) => document.body.adverse.flatMap((action, place) => reportOf(document, action, place)));
  return reports.filter(({ report }) => withReported || report === undefined).sort((first, second) => (first.dueOn < second.dueOn ? -1 : first.dueOn > second.dueOn ? 1 : 0));
}

function reportOf({ id, body: { npi, jurisdiction } }: PrivilegesDocument, { type, codes, from, thru, reportDueOn, report }: AdverseAction, action: number): readonly PrivilegesReport[] {
  if (reportDueOn === undefined) return [];
  const length = thru === undefined ? { lengthOfAction: 'INDEFINITE' as const } : { lengthOfAction: 'SPECIFIC' as const, lengthInDays: daysBetween(from, thru) + 1 };
  return [{ privilegesId: id, action, npi, state: jurisdiction, type, privileges: codes, dateOfAction: from, ...length, dueOn: reportDueOn, ...present('report', report) }];
}
