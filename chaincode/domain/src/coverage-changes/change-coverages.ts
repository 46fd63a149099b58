import { NO_PRECONDITIONS } from '../claims/preconditions.js';
import type { AbsentKey, Preconditions } from '../claims/preconditions.js';
import { areAscending, periodOn } from '../coverage/coverage.js';
import type { CoverageBody, CoverageDocument, CoveragePeriod } from '../coverage/coverage.js';
import { recorded } from '../coverage/record-statements.js';
import { referenceTo } from '../documents/bytes.js';
import type { Parties } from '../documents/document.js';
import { newDocument } from '../documents/execution.js';
import type { Effects, Execution } from '../documents/execution.js';
import { documentKey } from '../documents/key.js';
import type { PlainDate } from '../shared/dates.js';
import { DomainError } from '../shared/errors.js';
import { present } from '../shared/present.js';
import { changedDays } from './changed-days.js';
import type { ChangeCoverages, CoverageChangeBody, NewCoverageChange, Newborn, OtherMemberId } from './coverage-change.js';

/** What changes rest on: the newest coverages, and that a new one is new. */
export function changePreconditions({ items }: ChangeCoverages): Preconditions {
  return { ...NO_PRECONDITIONS, documents: items.flatMap(documentsOf), absent: items.flatMap(unlessNew) };
}

/**
 * Writes the coverages that follow. Throws COVERAGE_NOT_IN_FORCE for a person who was not insured then, INPUT_MISMATCH for
 * a coverage of somebody else, and INPUT_MISSING where an earlier statement of a new number is left out.
 */
export function changeCoverages({ items }: ChangeCoverages, parties: Parties, execution: Execution): Effects {
  const written = items.map((change, index) => {
    const made = madeBy(change, String(index));
    const coverage: CoverageDocument = newDocument(execution, 'coverage', made.name, parties, made.body);
    const body: CoverageChangeBody = {
      type: change.type,
      effectiveFrom: made.effectiveFrom,
      reason: change.reason,
      ...present('before', made.before && referenceTo(made.before, execution.sha256)),
      after: referenceTo(coverage, execution.sha256),
      ...present('from', made.from && referenceTo(made.from, execution.sha256)),
      changedDays: changedDays(made.before?.body.periods ?? [], coverage.body.periods),
    };
    return { coverage, change: newDocument(execution, 'coverage-change', made.name, parties, body) };
  });
  return { ...recorded(written.map(({ coverage }) => coverage)), documents: written.flatMap(({ coverage, change }) => [coverage, change]) };
}

interface Made {
  readonly name: { readonly id: string; readonly version: number };
  readonly body: CoverageBody;
  readonly effectiveFrom: PlainDate;
  readonly before?: CoverageDocument;
  readonly from?: CoverageDocument;
}

function madeBy(change: NewCoverageChange, place: string): Made {
  switch (change.type) {
    case 'TERMINATION':
      return changed(change.coverage, endedWith(change.coverage, change.lastDay, place), change.reason);
    case 'PERIODS':
      return changed(change.coverage, ascending(change.periods, place), change.reason);
    case 'NEWBORN':
      return newborn(change, place);
    default:
      return renumbered(change, place);
  }
}

function changed(before: CoverageDocument, periods: readonly CoveragePeriod[], reason: string): Made {
  const effectiveFrom = changedDays(before.body.periods, periods)[0]?.from ?? periods[0]?.from ?? '';
  return { name: { id: before.id, version: before.version + 1 }, body: { ...before.body, periods, reason }, effectiveFrom, before };
}

/** A period that begins after the last day falls away; the one that holds it ends with it. */
function endedWith({ body: { periods } }: CoverageDocument, lastDay: PlainDate, place: string): readonly CoveragePeriod[] {
  const kept = periods.filter(({ from }) => from <= lastDay).map((period) => (period.thru !== undefined && period.thru <= lastDay ? period : { ...period, thru: lastDay }));
  if (kept.length === 0) throw new DomainError('COVERAGE_NOT_IN_FORCE', { items: [place] });
  return kept;
}

function ascending(periods: readonly CoveragePeriod[], place: string): readonly CoveragePeriod[] {
  if (!areAscending(periods)) throw new DomainError('INPUT_MISMATCH', { input: 'periods', items: [place] });
  return periods;
}

/** Insured from birth under the plan that the parent had then (29 CFR 2590.701-6(b)(3)). */
function newborn({ parent, coverageId, before, personKey, person, birthDate, reason }: Newborn, place: string): Made {
  const period = periodOn(parent.body.periods, birthDate);
  const { familyId } = parent.body;
  if (period === undefined || familyId === undefined) throw new DomainError('COVERAGE_NOT_IN_FORCE', { items: [place] });
  const since = parent.body.periods.filter(({ thru }) => thru === undefined || thru >= birthDate).map((one) => (one === period ? { ...one, from: birthDate } : one));
  return { ...successor(coverageId, before, personKey, place), body: { personKey, known: true, familyId, person, periods: since, reason }, effectiveFrom: birthDate, from: parent };
}

function renumbered({ coverage, coverageId, before, personKey, effectiveFrom, reason }: OtherMemberId, place: string): Made {
  if (coverage.id === coverageId || coverage.body.personKey === personKey) throw new DomainError('INPUT_MISMATCH', { input: 'coverage', items: [place] });
  const periods = coverage.body.periods.filter(({ thru }) => thru === undefined || thru >= effectiveFrom).map((one) => (one.from < effectiveFrom ? { ...one, from: effectiveFrom } : one));
  if (periods.length === 0) throw new DomainError('COVERAGE_NOT_IN_FORCE', { items: [place] });
  return { ...successor(coverageId, before, personKey, place), body: { ...coverage.body, personKey, periods, reason }, effectiveFrom, from: coverage };
}

function successor(id: string, before: CoverageDocument | undefined, personKey: string, place: string): Pick<Made, 'name' | 'before'> {
  const isOther = before !== undefined && (before.id !== id || before.body.personKey !== personKey);
  if (isOther) throw new DomainError('INPUT_MISMATCH', { input: 'coverage', items: [place] });
  return { name: { id, version: (before?.version ?? 0) + 1 }, ...present('before', before) };
}

function documentsOf(change: NewCoverageChange): readonly CoverageDocument[] {
  if (change.type === 'TERMINATION' || change.type === 'PERIODS') return [change.coverage];
  return [change.type === 'NEWBORN' ? change.parent : change.coverage, ...(change.before === undefined ? [] : [change.before])];
}

/** Who says that nothing was stated under a number proves it. */
function unlessNew(change: NewCoverageChange): readonly AbsentKey[] {
  if (change.type === 'TERMINATION' || change.type === 'PERIODS' || change.before !== undefined) return [];
  return [{ key: documentKey({ kind: 'coverage', id: change.coverageId, version: 1 }), code: 'INPUT_MISSING', input: 'before' }];
}
