import { addDays } from '../shared/dates.js';
import type { Instant, PlainDate } from '../shared/dates.js';
import { DomainError } from '../shared/errors.js';
import { instant, object } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import type { RegistryExecution } from '../members/registry-execution.js';
import { unitIdShape } from './licence-key.js';
import type { Standing } from './standing.js';

/** A board's word that all it had decided up to an instant is on the ledger. */
export interface ReportSource {
  /** The board: the id of a unit of the caller's organisation. */
  readonly board: string;
  readonly through: Instant;
}

/** A board's last report. A board that never made one is not measured by any. */
export interface SourceReport extends ReportSource {
  readonly schema: 'source-report/v1';
  readonly mspId: string;
  /** From 1, one more with each report. */
  readonly sequence: number;
}

/** How fresh a board's word is: STALE answers are told to be so, SILENT ones are not given. */
export interface SourceState {
  readonly through: Instant;
  readonly state: 'CURRENT' | 'STALE' | 'SILENT';
}

/** Reads a report. */
export const reportSourceShape: Shape<ReportSource> = object<ReportSource>({ board: unitIdShape, through: instant });

/** A board reports daily: after two days its word is stale, after seven it is none. */
export const STALE_AFTER_DAYS = 2;
export const SILENT_AFTER_DAYS = 7;

/** The next report; undefined where the last one says so much already. Throws FORBIDDEN_ORGANISATION, FORBIDDEN_UNIT and SOURCE_REPORT_OUT_OF_BOUNDS. */
export function reportSource(last: SourceReport | undefined, report: ReportSource, { actor, now }: RegistryExecution): SourceReport | undefined {
  assertSpeaksFor(report.board, actor);
  if (report.through > now || report.through < (last?.through ?? '')) throw new DomainError('SOURCE_REPORT_OUT_OF_BOUNDS');
  if (report.through === last?.through) return undefined;
  return { schema: 'source-report/v1', ...report, mspId: actor.member.mspId, sequence: (last?.sequence ?? 0) + 1 };
}

/** Refuses who does not speak for a board of the own organisation. Throws FORBIDDEN_ORGANISATION and FORBIDDEN_UNIT. */
export function assertSpeaksFor(board: string, { member, unit }: RegistryExecution['actor']): void {
  if (!member.units.some(({ kind, id }) => kind === 'board' && id === board)) throw new DomainError('FORBIDDEN_ORGANISATION');
  if (unit !== undefined && unit !== board) throw new DomainError('FORBIDDEN_UNIT');
}

/** How fresh a board's word is by the consortium's clock; undefined where the board never reported or there is no clock. */
export function sourceState(report: SourceReport | undefined, time: Instant | undefined): SourceState | undefined {
  if (report === undefined || time === undefined) return undefined;
  const { through } = report;
  const older = (days: number): boolean => through < `${addDays(time.slice(0, 10), -days)}${time.slice(10)}`;
  return { through, state: older(SILENT_AFTER_DAYS) ? 'SILENT' : older(STALE_AFTER_DAYS) ? 'STALE' : 'CURRENT' };
}

/** The last day that the word of a silent board covers; undefined where the board is not silent. */
export function silentAfter(source: SourceState | undefined): PlainDate | undefined {
  return source?.state === 'SILENT' ? source.through.slice(0, 10) : undefined;
}

/** An answer with how fresh it is: nothing is known of days that a silent board's word does not cover. */
export function withSource(answer: Standing, source: SourceState | undefined): Standing {
  if (source === undefined) return answer;
  const lastDay = silentAfter(source);
  return { ...answer, ...(lastDay !== undefined && lastDay < answer.asOf ? { authority: 'UNKNOWN' } : {}), source };
}
