import { addDays } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import { NPDB_REPORT_DAYS } from '../privileging/npdb-clock.js';
import { isDiscipline } from './licence-event.js';
import type { BoardAction, LicenceEventKind, TimelineEntry } from './licence-event.js';

/** What kind of report the National Practitioner Data Bank takes of a board's act. */
export type NpdbReportType = 'INITIAL' | 'CORRECTION' | 'REVISION_TO_ACTION' | 'VOID' | 'NOTICE_OF_APPEAL';

/** The day from which the 30 days count: that of the order, or the one on which it took effect where no order is named. */
export interface NpdbEvent extends TimelineEntry {
  readonly order?: { readonly decidedOn: PlainDate };
  readonly recordedAt: string;
}

/**
 * What a board reports of an event, given those before it; undefined where it reports nothing (45 CFR 60.8 and 60.9:
 * revocations, suspensions, restrictions, probation, censure and surrenders in lieu, what changes them, and their end). A fine
 * or monitoring alone is for a person to judge and is not listed. A seal is no report: it is a court's word about the record.
 */
export function npdbReportType(entry: TimelineEntry, entries: readonly TimelineEntry[]): NpdbReportType | undefined {
  const aim = entries.find(({ sequence }) => sequence === entry.target);
  if (aim === undefined) return reportOfAct(entry.action);
  return entry.kind === 'STAY_LIFTED' ? npdbReportType(aim, entries) : reportAbout(aim, entry.kind);
}

function reportOfAct(action: BoardAction | undefined): NpdbReportType | undefined {
  if (action?.type === 'REINSTATE') return 'REVISION_TO_ACTION';
  return isReported(action) ? 'INITIAL' : undefined;
}

function reportAbout(aim: TimelineEntry, kind: LicenceEventKind): NpdbReportType | undefined {
  if (!isReported(aim.action)) return undefined;
  // What strikes a correction or a revision changes the act again, and does not undo it.
  return kind === 'VOID' && aim.kind !== 'INITIAL' ? 'REVISION_TO_ACTION' : REPORT_OF[kind];
}

/** By what an event does to an act that was reported. */
const REPORT_OF: Readonly<Partial<Record<LicenceEventKind, NpdbReportType>>> = {
  CORRECTION: 'CORRECTION',
  REVISION: 'REVISION_TO_ACTION',
  STAY: 'REVISION_TO_ACTION',
  APPEAL: 'NOTICE_OF_APPEAL',
  VOID: 'VOID',
};

/** The last day on which the report is in time (45 CFR 60.5). */
export function npdbReportDueOn({ order, action, recordedAt }: NpdbEvent): PlainDate {
  return addDays(order?.decidedOn ?? action?.effectiveFrom ?? recordedAt.slice(0, 10), NPDB_REPORT_DAYS);
}

function isReported(action: BoardAction | undefined): boolean {
  if (!isDiscipline(action)) return false;
  if (action.type === 'SURRENDER') return action.inLieuOfDiscipline;
  return action.type !== 'ENCUMBER' || !['FINE', 'MONITORING'].includes(action.encumbrance);
}
