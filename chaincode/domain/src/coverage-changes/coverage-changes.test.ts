import fc from 'fast-check';
import { coverageOf, idOf } from '../claims/testing/builders.js';
import { LifeCycleDesk } from '../life-cycle/testing/life-cycle-desk.js';
import { periodOn } from '../coverage/coverage.js';
import type { CoveragePeriod } from '../coverage/coverage.js';
import { addDays, covers } from '../shared/dates.js';
import { refusalOf } from '../shared/testing/refusal.js';
import { changedDays } from './changed-days.js';
import type { NewCoverageChange } from './coverage-change.js';

const plan = idOf('plan');
const year: CoveragePeriod = { from: '2026-01-01', thru: '2026-12-31', planId: plan };

describe('the days that a change concerns', () => {
  test.each<[string, readonly CoveragePeriod[], readonly CoveragePeriod[], readonly object[]]>([
    ['none where nothing changed', [year], [year], []],
    ['those after a termination', [year], [{ ...year, thru: '2026-03-31' }], [{ from: '2026-04-01', thru: '2026-12-31' }]],
    ['without an end where there was none', [{ from: '2026-01-01', planId: plan }], [{ ...year, thru: '2026-03-31' }], [{ from: '2026-04-01' }]],
    ['all of a new coverage', [], [year], [{ from: '2026-01-01', thru: '2026-12-31' }]],
    ['those under another plan', [year], [{ ...year, thru: '2026-06-30' }, { ...year, from: '2026-07-01', planId: idOf('gold') }], [{ from: '2026-07-01', thru: '2026-12-31' }]],
    ['neighbours as one', [], [{ ...year, thru: '2026-06-30' }, { ...year, from: '2026-07-01', planId: idOf('gold') }], [{ from: '2026-01-01', thru: '2026-12-31' }]],
    ['a gap apart', [year], [{ ...year, thru: '2026-03-31' }, { ...year, from: '2026-05-01' }], [{ from: '2026-04-01', thru: '2026-04-30' }]],
  ])('are %s', (_, before, after, expected) => {
    expect(changedDays(before, after)).toEqual(expected);
  });

  test('are exactly those on which the plan differs', () => {
    const periods = fc.array(fc.record({ gap: fc.nat(5), length: fc.nat(8), plan: fc.constantFrom('a', 'b') }), { maxLength: 4 }).map((parts) => {
      let next = '2026-01-01';
      return parts.map(({ gap, length, plan: planId }): CoveragePeriod => {
        const from = addDays(next, gap);
        next = addDays(from, length + 1);
        return { from, thru: addDays(from, length), planId };
      });
    });
    fc.assert(fc.property(periods, periods, fc.nat(70), (before, after, day) => {
      const date = addDays('2026-01-01', day);
      const differs = periodOn(before, date)?.planId !== periodOn(after, date)?.planId;
      expect(changedDays(before, after).some((days) => covers(days, date))).toBe(differs);
    }));
  });
});

describe('a change of coverage', () => {
  const change = (desk: LifeCycleDesk, item: NewCoverageChange): void => {
    desk.run({ verb: 'changeCoverages', items: [item] });
  };

  test('ends insurance in the past: effective then, recorded now', () => {
    const desk = new LifeCycleDesk();
    change(desk, { type: 'TERMINATION', coverage: desk.newest('coverage', idOf('coverage')), lastDay: '2026-01-31', reason: 'premium not paid' });
    expect(desk.newest('coverage', idOf('coverage'))).toMatchObject({ version: 2, body: { periods: [{ from: '2026-01-01', thru: '2026-01-31' }], reason: 'premium not paid' } });
    expect(desk.newest('coverage-change', idOf('coverage'))).toMatchObject({
      version: 2, recorded: { at: '2026-02-10T12:00:00.000Z' },
      body: { type: 'TERMINATION', effectiveFrom: '2026-02-01', changedDays: [{ from: '2026-02-01', thru: '2026-12-31' }] },
    });
  });

  test('reinstates what had ended', () => {
    const desk = new LifeCycleDesk({ coverage: { periods: [{ ...year, thru: '2026-01-31' }] } });
    change(desk, { type: 'PERIODS', coverage: desk.newest('coverage', idOf('coverage')), periods: [year], reason: 'premium arrived' });
    expect(desk.newest('coverage-change', idOf('coverage')).body).toMatchObject({ effectiveFrom: '2026-02-01', changedDays: [{ from: '2026-02-01', thru: '2026-12-31' }] });
  });

  test('insures a child from birth in its parent’s family', () => {
    const desk = new LifeCycleDesk();
    const parent = desk.newest('coverage', idOf('coverage'));
    change(desk, { type: 'NEWBORN', parent, coverageId: idOf('child'), personKey: 'M-1|2026-02-01|ADA', person: '03', birthDate: '2026-02-01', reason: 'born' });
    expect(desk.newest('coverage', idOf('child')).body).toMatchObject({ familyId: idOf('family'), person: '03', periods: [{ from: '2026-02-01', thru: '2026-12-31', planId: plan }] });
    expect(desk.newest('coverage-change', idOf('child')).body).toMatchObject({ effectiveFrom: '2026-02-01', from: { key: `coverage~${parent.id}~1` } });
  });

  test('gives a person another number; the old one goes on to find claims', () => {
    const desk = new LifeCycleDesk();
    const coverage = desk.newest('coverage', idOf('coverage'));
    desk.run({ verb: 'recordCoverages', items: [{ id: idOf('new'), version: 1, body: { personKey: 'M-9', known: false, periods: [], reason: 'unknown' } }] });
    const item = { type: 'MEMBER_ID', coverage, coverageId: idOf('new'), personKey: 'M-9', effectiveFrom: '2026-02-01', reason: 'new card' } as const;
    expect(refusalOf(() => { change(desk, item); })).toBe('INPUT_MISSING');
    change(desk, { ...item, before: desk.newest('coverage', idOf('new')) });
    expect(desk.newest('coverage', idOf('new'))).toMatchObject({ version: 2, body: { personKey: 'M-9', known: true, familyId: idOf('family'), person: '01', periods: [{ from: '2026-02-01' }] } });
    expect(desk.newest('coverage', idOf('coverage')).version).toBe(1);
  });

  test.each<[string, (desk: LifeCycleDesk) => NewCoverageChange, string]>([
    ['a termination before the first day', (desk) => ({ type: 'TERMINATION', coverage: desk.newest('coverage', idOf('coverage')), lastDay: '2025-12-31', reason: 'x' }), 'COVERAGE_NOT_IN_FORCE'],
    ['a child born before the parent was insured', (desk) => ({ type: 'NEWBORN', parent: desk.newest('coverage', idOf('coverage')), coverageId: idOf('child'), personKey: 'C', person: '03', birthDate: '2025-06-01', reason: 'x' }), 'COVERAGE_NOT_IN_FORCE'],
    ['the same number again', (desk) => ({ type: 'MEMBER_ID', coverage: desk.newest('coverage', idOf('coverage')), coverageId: idOf('new'), personKey: 'M-1', effectiveFrom: '2026-02-01', reason: 'x' }), 'INPUT_MISMATCH'],
    ['periods that overlap', (desk) => ({ type: 'PERIODS', coverage: desk.newest('coverage', idOf('coverage')), periods: [year, year], reason: 'x' }), 'INPUT_MISMATCH'],
    ['a coverage that is not the newest', (desk) => {
      const coverage = desk.newest('coverage', idOf('coverage'));
      desk.run({ verb: 'recordCoverages', items: [{ id: coverage.id, version: 2, body: coverageOf() }] });
      return { type: 'TERMINATION', coverage, lastDay: '2026-01-31', reason: 'x' };
    }, 'STALE_VERSION'],
  ])('is refused for %s', (_, item, expected) => {
    const desk = new LifeCycleDesk();
    expect(refusalOf(() => { change(desk, item(desk)); })).toBe(expected);
  });
});
