import fc from 'fast-check';
import type { BoardAction } from '../licences/licence-event.js';
import { obviousStanding } from '../licences/testing/obvious-standing.js';
import { dayOf, inWholeDays, timelineOf } from '../licences/testing/timelines.js';
import { standing } from '../licences/fold-standing.js';
import { cascadeOf } from './cascade.js';
import { among, keyIn, licenceIn, principalIn } from './testing/licences.js';

const probation: BoardAction = { type: 'ENCUMBER', encumbrance: 'PROBATION', effectiveFrom: '2026-02-01', automaticReinstatement: false, basisCodes: [] };
const suspended: BoardAction = { type: 'SUSPEND', summary: false, effectiveFrom: '2026-02-01', automaticReinstatement: false, basisCodes: ['CARE'] };
const expired: BoardAction = { type: 'CHANGE_STATUS', effectiveFrom: '2026-02-01', status: 'INACTIVE' };
const days = ['2026-01-31', '2026-02-01'];

/** What Washington's board has of the privilege of an Idaho nurse. */
const privilege = (...acts: readonly BoardAction[]): ReturnType<typeof licenceIn> => licenceIn('WA', principalIn('ID', 'nlc/1'), ...acts);

describe('a multistate licence', () => {
  // Golden scenario f.
  test('that is limited at home carries no privilege elsewhere, and still lets practise at home', () => {
    const home = licenceIn('ID', probation);
    expect(among(home, [], days)).toEqual(['ACTIVE FULL', 'ACTIVE LIMITED']);
    expect(among(home, [], days, 'WA')).toEqual(['ACTIVE FULL', 'ACTIVE NONE PRIVILEGE_INACTIVE by ID~2']);
    expect(among(licenceIn('ID', { ...probation, encumbrance: 'REPRIMAND' }), [], days, 'WA')).toEqual(['ACTIVE FULL', 'ACTIVE FULL']);
  });

  test('permits nothing in a remote state whose board acted on the privilege there; elsewhere and at home all as before', () => {
    const home = licenceIn('ID');
    const others = [privilege(suspended), licenceIn('OR', principalIn('ID', 'nlc/1'))];
    expect(among(home, others, days, 'WA')).toEqual(['ACTIVE FULL', 'ACTIVE NONE SUSPENSION by WA~3']);
    expect(among(home, others, days, 'OR')).toEqual(['ACTIVE FULL', 'ACTIVE FULL']);
    expect(among(home, others, days)).toEqual(['ACTIVE FULL', 'ACTIVE FULL']);
    expect(among(home, [privilege(probation)], days, 'WA')).toEqual(['ACTIVE FULL', 'ACTIVE LIMITED PROBATION by WA~3']);
  });

  test('is not touched by a remote state’s licence that stands for itself', () => {
    expect(among(licenceIn('ID'), [licenceIn('WA', suspended)], days, 'WA')).toEqual(['ACTIVE FULL', 'ACTIVE FULL']);
  });
});

describe('a remote state’s record of a privilege', () => {
  test.each<[string, readonly ReturnType<typeof licenceIn>[], string]>([
    ['in full force', [licenceIn('ID')], 'ACTIVE FULL'],
    ['on probation', [licenceIn('ID', probation)], 'ACTIVE NONE PRIVILEGE_INACTIVE by ID~2'],
    ['suspended', [licenceIn('ID', suspended)], 'ACTIVE NONE PRIVILEGE_INACTIVE by ID~2'],
    ['inactive', [licenceIn('ID', expired)], 'ACTIVE NONE PRIVILEGE_INACTIVE by ID~2'],
    ['not on the ledger', [], 'ACTIVE UNKNOWN PRIVILEGE_UNKNOWN by ID~0'],
  ])('permits what a home licence carries that is %s', (_, others, expected) => {
    expect(among(privilege(), others, ['2026-02-01'])).toEqual([expected]);
  });

  test('is unknown from the day on which the home board fell silent', () => {
    const cascade = cascadeOf(privilege(), Number.MAX_SAFE_INTEGER, [{ input: licenceIn('ID'), knownAt: 1, silentAfter: '2026-01-31' }]);
    expect(days.map((day) => standing(privilege(), day, undefined, cascade).authority)).toEqual(['FULL', 'UNKNOWN']);
    expect(standing(privilege(), '2026-01-31', undefined, cascade).nextChangeDate).toBe('2026-02-01');
  });

  test('never permits more than the home licence, whatever both boards record', () => {
    const timelines = fc.array(fc.nat(), { minLength: 100, maxLength: 130 }).map(timelineOf).map(inWholeDays);
    const designation = { sequence: 99, kind: 'INITIAL', action: principalIn('ID', 'nlc/1') } as const;
    fc.assert(
      fc.property(timelines, timelines, fc.nat(20).map(dayOf), (own, home, asOf) => {
        const input = { licence: keyIn('WA'), entries: [...own, designation] };
        const cascade = cascadeOf(input, Number.MAX_SAFE_INTEGER, [{ input: { licence: keyIn('ID'), entries: home }, knownAt: Number.MAX_SAFE_INTEGER }]);
        const [here, there] = [obviousStanding(own, asOf, 99).authority, obviousStanding(home, asOf, 99).authority];
        const expected = here === 'NONE' || here === 'UNKNOWN' || there === 'FULL' ? here : there === 'UNKNOWN' ? 'UNKNOWN' : 'NONE';
        expect(standing(input, asOf, undefined, cascade).authority).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });
});
