import fc from 'fast-check';
import { addDays } from '../../shared/dates.js';
import { present } from '../../shared/present.js';
import type { BoardAction, LicenceEventKind, TimelineEntry } from '../licence-event.js';
import type { LicenceKey } from '../licence-key.js';

export const licence: LicenceKey = { jurisdiction: 'CA', board: 'ca-medical', type: 'MD', number: 'A12345' };

/** Few days, so that dates of different events often meet. */
export const day = fc.integer({ min: 0, max: 20 }).map((offset) => addDays('2026-01-01', offset));

const codes = fc.constant<readonly string[]>(['TEST']);
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });

const issue = fc
  .record({ effectiveFrom: day, validThru: maybe(day), status: fc.constantFrom('ACTIVE' as const, 'UNKNOWN' as const) })
  .map(({ validThru, ...rest }): BoardAction => ({ type: 'ISSUE', ...rest, ...present('validThru', validThru) }));

const limited = fc
  .record({ type: fc.constantFrom('SUSPEND', 'RESTRICT'), effectiveFrom: day, length: maybe(fc.integer({ min: 0, max: 8 })), summary: fc.boolean(), automatic: fc.boolean(), codes })
  .map(({ type, effectiveFrom, length, summary, automatic, codes: list }): BoardAction => {
    const term = { effectiveFrom, ...present('effectiveThru', length === undefined ? undefined : addDays(effectiveFrom, length)), automaticReinstatement: automatic && length !== undefined, basisCodes: list };
    return type === 'SUSPEND' ? { type: 'SUSPEND', summary, ...term } : { type: 'RESTRICT', restrictionCodes: list, ...term };
  });

const revoke = fc.record({ effectiveFrom: day, basisCodes: codes }).map((rest): BoardAction => ({ type: 'REVOKE', ...rest }));

const reinstate = (ends: readonly number[]): fc.Arbitrary<BoardAction> =>
  fc.record({ effectiveFrom: day, ends: fc.subarray([...ends], { minLength: 1 }) }).map((rest): BoardAction => ({ type: 'REINSTATE', ...rest }));

const anyAction = (ends: readonly number[]): fc.Arbitrary<BoardAction> =>
  fc.oneof({ weight: 1, arbitrary: issue }, { weight: 4, arbitrary: limited }, { weight: 1, arbitrary: revoke }, { weight: 3, arbitrary: reinstate(ends) });

/** Timelines of up to ten events that begin with an issue; corrections and voids concern earlier events. */
export const timelines: fc.Arbitrary<readonly TimelineEntry[]> = fc
  .record({ first: issue, steps: fc.array(fc.gen(), { maxLength: 9 }) })
  .map(({ first, steps }) => {
    const entries: TimelineEntry[] = [{ sequence: 1, kind: 'INITIAL', action: first }];
    for (const generate of steps) entries.push(nextEntry(entries, generate));
    return entries;
  });

const oneOf = <T>(values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const upTo = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });

function nextEntry(entries: readonly TimelineEntry[], generate: fc.GeneratorValue): TimelineEntry {
  const sequence = entries.length + 1;
  const initial = entries.filter(({ kind }) => kind === 'INITIAL');
  const ids = initial.map((entry) => entry.sequence);
  const kind = generate(oneOf<LicenceEventKind>, ['INITIAL', 'INITIAL', 'INITIAL', 'CORRECTION', 'VOID']);
  if (kind === 'INITIAL') return { sequence, kind, action: generate(anyAction, ids) };
  if (kind === 'VOID') return { sequence, kind, target: generate(upTo, sequence - 1) };
  const target = generate(oneOf<TimelineEntry>, initial);
  return { sequence, kind: 'CORRECTION', target: target.sequence, action: generate(sameType, target.action, ids) };
}

/** A correction keeps the type of the action. */
function sameType(action: BoardAction | undefined, ids: readonly number[]): fc.Arbitrary<BoardAction> {
  const ofType = { ISSUE: issue, SUSPEND: limited, RESTRICT: limited, REVOKE: revoke, REINSTATE: reinstate(ids) };
  const type = action?.type ?? 'ISSUE';
  return ofType[type].filter((other) => other.type === type);
}
