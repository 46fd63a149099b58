import { millisecondsOf } from '../shared/dates.js';
import type { Instant, PlainDate } from '../shared/dates.js';
import { DomainError } from '../shared/errors.js';
import { instant, object } from '../shared/parse.js';
import { present } from '../shared/present.js';
import type { Shape } from '../shared/parse.js';
import type { SourcePatience } from '../members/registry-configuration.js';
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
  /** As the founders agreed; absent where they left it to the usual. */
  readonly patience?: SourcePatience;
}

/** How fresh a board's word is: STALE answers are told to be so, SILENT ones are not given. */
export interface SourceState {
  readonly through: Instant;
  readonly state: 'CURRENT' | 'STALE' | 'SILENT';
}

/** Reads a report. */
export const reportSourceShape: Shape<ReportSource> = object<ReportSource>({ board: unitIdShape, through: instant });

/** A board reports daily: after two days its word is stale, after seven it is none. */
const USUAL_PATIENCE: SourcePatience = { staleAfterHours: 48, silentAfterHours: 168 };

const MILLISECONDS_PER_HOUR = 3_600_000;

/** The next report; undefined where the last one says so much already. Throws FORBIDDEN_ORGANISATION, FORBIDDEN_UNIT and SOURCE_REPORT_OUT_OF_BOUNDS. */
export function reportSource(last: SourceReport | undefined, report: ReportSource, { actor, now }: RegistryExecution, patience?: SourcePatience): SourceReport | undefined {
  assertSpeaksFor(report.board, actor);
  if (report.through > now || report.through < (last?.through ?? '')) throw new DomainError('SOURCE_REPORT_OUT_OF_BOUNDS');
  if (report.through === last?.through) return undefined;
  return { schema: 'source-report/v1', ...report, mspId: actor.member.mspId, sequence: (last?.sequence ?? 0) + 1, ...present('patience', patience) };
}

/** Refuses who does not speak for a board of the own organisation. Throws FORBIDDEN_ORGANISATION and FORBIDDEN_UNIT. */
export function assertSpeaksFor(board: string, { member, unit }: RegistryExecution['actor']): void {
  if (!member.units.some(({ kind, id }) => kind === 'board' && id === board)) throw new DomainError('FORBIDDEN_ORGANISATION');
  if (unit !== undefined && unit !== board) throw new DomainError('FORBIDDEN_UNIT');
}

/** How fresh a board's word is by the consortium's clock; undefined where the board never reported or there is no clock. */
export function sourceState(report: SourceReport | undefined, time: Instant | undefined): SourceState | undefined {
  if (report === undefined || time === undefined) return undefined;
  const { through, patience: { staleAfterHours, silentAfterHours } = USUAL_PATIENCE } = report;
  const isOlderThan = (hours: number): boolean => millisecondsOf(time) - millisecondsOf(through) > hours * MILLISECONDS_PER_HOUR;
  return { through, state: isOlderThan(silentAfterHours) ? 'SILENT' : isOlderThan(staleAfterHours) ? 'STALE' : 'CURRENT' };
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
