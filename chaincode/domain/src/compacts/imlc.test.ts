import type { BoardAction, TimelineEntry } from '../licences/licence-event.js';
import { among, keyIn, licenceIn, principalIn } from './testing/licences.js';

const suspended = (effectiveFrom = '2026-02-01'): BoardAction => ({ type: 'SUSPEND', summary: false, effectiveFrom, automaticReinstatement: false, basisCodes: ['CARE'] });
const entered = (action: BoardAction, enteredOn: string): Omit<TimelineEntry, 'sequence'> => ({ kind: 'INITIAL', action, enteredOn });
const probation: BoardAction = { type: 'ENCUMBER', encumbrance: 'PROBATION', effectiveFrom: '2026-02-01', automaticReinstatement: false, basisCodes: [] };
const revoked: BoardAction = { type: 'REVOKE', effectiveFrom: '2026-02-01', basisCodes: [] };
const surrendered = (inLieuOfDiscipline: boolean): BoardAction => ({ type: 'SURRENDER', effectiveFrom: '2026-02-01', inLieuOfDiscipline });
const reinstated = (ends: readonly number[], effectiveFrom = '2026-04-01'): BoardAction => ({ type: 'REINSTATE', effectiveFrom, ends });
const ended = (jurisdiction: string, event: number, effectiveFrom: string): BoardAction => ({ type: 'REINSTATE', effectiveFrom, ends: [], endsDerived: [{ licence: keyIn(jurisdiction), event }] });
const stay = (target: number, effectiveFrom: string, effectiveThru?: string): Omit<TimelineEntry, 'sequence'> => ({ kind: 'STAY', target, action: { type: 'STAY', by: 'COURT', effectiveFrom, ...(effectiveThru === undefined ? {} : { effectiveThru }) } });

const self = principalIn('CA');
/** The licence of the principal state, which says so itself. */
const principal = (...acts: Parameters<typeof licenceIn>[1][]): ReturnType<typeof licenceIn> => licenceIn('CA', self, ...acts);
const member = (jurisdiction: string, ...acts: Parameters<typeof licenceIn>[1][]): ReturnType<typeof licenceIn> => licenceIn(jurisdiction, principalIn('CA'), ...acts);

describe('an act on the licence of the principal state', () => {
  // Golden scenario e.
  test('that suspends it suspends every other licence, and its reinstatement there ends nothing here', () => {
    const home = principal(suspended(), reinstated([3]));
    const days = ['2026-01-31', '2026-02-01', '2026-04-01', '2030-01-01'];
    expect(among(home, [member('NV'), member('WA')], days)).toEqual(['ACTIVE FULL', 'ACTIVE NONE', 'ACTIVE FULL', 'ACTIVE FULL']);
    for (const state of ['NV', 'WA']) {
      expect(among(member(state), [home, member('OR')], days)).toEqual(['ACTIVE FULL', ...Array<string>(3).fill('ACTIVE NONE SUSPENSION by CA~3')]);
    }
  });

  test('ends for a licence when its own board says so, and for no other', () => {
    const home = principal(suspended(), reinstated([3]));
    const days = ['2026-04-30', '2026-05-01'];
    expect(among(member('NV', ended('CA', 3, '2026-05-01')), [home], days)).toEqual(['ACTIVE NONE SUSPENSION by CA~3', 'ACTIVE FULL']);
    expect(among(member('WA'), [home, member('NV', ended('CA', 3, '2026-05-01'))], days)).toEqual(Array(2).fill('ACTIVE NONE SUSPENSION by CA~3'));
  });

  test.each<[string, BoardAction, string]>([
    ['revokes', revoked, 'REVOKED NONE REVOCATION by CA~3'],
    ['is a surrender in lieu of discipline', surrendered(true), 'SURRENDERED NONE SURRENDER by CA~3'],
    ['is a summary suspension', { ...suspended(), summary: true } as BoardAction, 'ACTIVE NONE SUMMARY_SUSPENSION by CA~3'],
    ['is a surrender without cause', surrendered(false), 'ACTIVE FULL'],
    ['is probation', probation, 'ACTIVE FULL'],
  ])('that %s gives the others the same status, or none', (_, act, expected) => {
    expect(among(member('NV'), [principal(act)], ['2026-01-31', '2026-02-01'])).toEqual(['ACTIVE FULL', expected]);
  });

  test('that is void never was, a correction moves it, a stay suspends it here too', () => {
    const days = ['2026-02-01', '2026-03-01', '2026-03-15'];
    const one = 'ACTIVE NONE SUSPENSION by CA~3';
    expect(among(member('NV'), [principal(suspended(), { kind: 'VOID', target: 3 })], days)).toEqual(Array(3).fill('ACTIVE FULL'));
    expect(among(member('NV'), [principal(suspended(), { kind: 'CORRECTION', target: 3, action: suspended('2026-03-01') })], days)).toEqual(['ACTIVE FULL', one, one]);
    expect(among(member('NV'), [principal(suspended(), stay(3, '2026-02-15', '2026-03-10'))], days)).toEqual([one, 'ACTIVE FULL SUSPENSION stayed by CA~3', one]);
    expect(among(member('NV'), [principal(revoked, stay(3, '2026-02-01'))], days)).toEqual(Array(3).fill('ACTIVE FULL'));
  });

  test('whose term is over goes on for the others, as after any other reinstatement', () => {
    const term: BoardAction = { ...suspended(), effectiveThru: '2026-02-28', automaticReinstatement: true } as BoardAction;
    expect(among(principal(term), [], ['2026-03-01'])).toEqual(['ACTIVE FULL']);
    expect(among(member('NV'), [principal(term)], ['2026-03-01'])).toEqual(['ACTIVE NONE SUSPENSION by CA~3']);
  });

  test('reaches a licence that comes into the compact under it, and one that has left it no more', () => {
    const late = licenceIn('NV', principalIn('CA', 'imlc/1', '2026-03-01'));
    expect(among(late, [principal(suspended())], ['2026-02-28', '2026-03-01'])).toEqual(['ACTIVE FULL', 'ACTIVE NONE SUSPENSION by CA~3']);
    expect(among(late, [principal(suspended(), reinstated([3], '2026-03-01'))], ['2026-03-01'])).toEqual(['ACTIVE FULL']);
    const redesignated = member('NV', principalIn('WA', 'imlc/1', '2026-01-15'));
    expect(among(redesignated, [principal(suspended()), licenceIn('WA', principalIn('WA'))], ['2026-02-01'])).toEqual(['ACTIVE FULL']);
    expect(among(member('NV', principalIn('WA', 'imlc/1', '2026-02-15')), [principal(suspended())], ['2026-03-01'])).toEqual(['ACTIVE NONE SUSPENSION by CA~3']);
  });
});

describe('an act on another member’s licence', () => {
  const days = ['2026-02-04', '2026-02-05', '2026-05-05', '2026-05-06']; // ninety days: 24 of February, 31, 30, 5 of May
  const ninety = (event: string): readonly string[] => ['ACTIVE FULL', `ACTIVE NONE SUSPENSION by ${event}`, `ACTIVE NONE SUSPENSION by ${event}`, 'ACTIVE FULL'];

  test('suspends all the others for ninety days from its entry, the principal state’s among them, and then ends by itself', () => {
    const disciplined = member('NV', entered(suspended(), '2026-02-05'));
    expect(among(principal(), [disciplined, member('WA')], days)).toEqual(ninety('NV~3'));
    expect(among(member('WA'), [disciplined, principal()], days)).toEqual(ninety('NV~3'));
    // what followed for the principal state's licence does not follow on: nothing of it remains on day 91
    expect(among(disciplined, [principal(), member('WA')], days)).toEqual(Array(4).fill('ACTIVE NONE'));
  });

  test.each<[string, BoardAction, boolean]>([
    ['revocation', revoked, true], ['surrender in lieu', surrendered(true), true], ['surrender without cause', surrendered(false), false], ['probation', probation, false],
    ['reprimand', { ...probation, encumbrance: 'REPRIMAND' }, false],
  ])('counts where it is %s as the compact says', (_, act, follows) => {
    expect(among(member('WA'), [member('NV', entered(act, '2026-02-05'))], days)).toEqual(follows ? ninety('NV~3') : Array(4).fill('ACTIVE FULL'));
  });

  test('can be ended earlier by each board for its own licence', () => {
    const disciplined = member('NV', entered(suspended(), '2026-02-05'));
    expect(among(member('WA', ended('NV', 3, '2026-03-01')), [disciplined], ['2026-02-28', '2026-03-01'])).toEqual(['ACTIVE NONE SUSPENSION by NV~3', 'ACTIVE FULL']);
    expect(among(member('OR'), [disciplined, member('WA', ended('NV', 3, '2026-03-01'))], ['2026-03-01'])).toEqual(['ACTIVE NONE SUSPENSION by NV~3']);
  });

  test('follows the void, the stay and the lift of the stay; the reinstatement there ends nothing here', () => {
    const order = entered(suspended(), '2026-02-05');
    const day = ['2026-03-01'];
    expect(among(member('WA'), [member('NV', order, { kind: 'VOID', target: 3 })], day)).toEqual(['ACTIVE FULL']);
    expect(among(member('WA'), [member('NV', order, reinstated([3], '2026-02-20'))], day)).toEqual(['ACTIVE NONE SUSPENSION by NV~3']);
    expect(among(member('WA'), [member('NV', order, stay(3, '2026-02-05'))], day)).toEqual(['ACTIVE FULL SUSPENSION stayed by NV~3']);
    const lifted: Omit<TimelineEntry, 'sequence'> = { kind: 'STAY_LIFTED', target: 4, action: { type: 'LIFT_STAY', effectiveFrom: '2026-09-01' }, enteredOn: '2026-09-01' };
    expect(among(member('WA'), [member('NV', order, stay(3, '2026-02-05'), lifted)], ['2026-08-31', '2026-09-01', '2026-11-29', '2026-11-30'])).toEqual([
      'ACTIVE FULL', 'ACTIVE NONE SUSPENSION by NV~5', 'ACTIVE NONE SUSPENSION by NV~5', 'ACTIVE FULL',
    ]);
    // the lift of a stay that had stayed nothing of it takes nothing away
    const inPart: Omit<TimelineEntry, 'sequence'> = { kind: 'STAY', target: 3, action: { type: 'STAY', by: 'COURT', effectiveFrom: '2026-02-05', codes: ['OTHER'] } };
    expect(among(member('WA'), [member('NV', order, inPart, lifted)], ['2026-09-01'])).toEqual(['ACTIVE FULL']);
  });

  test('starts ninety days again where a revision makes it graver, not where it changes a term', () => {
    const revision = (action: BoardAction): Omit<TimelineEntry, 'sequence'> => ({ kind: 'REVISION', target: 3, action, enteredOn: '2026-06-01' });
    const disciplined = (action: BoardAction): ReturnType<typeof member> => member('NV', entered(suspended(), '2026-02-05'), revision(action));
    expect(among(member('WA'), [disciplined({ ...revoked, effectiveFrom: '2026-06-01' })], ['2026-06-01'])).toEqual(['ACTIVE NONE SUSPENSION by NV~4']);
    expect(among(member('WA'), [disciplined(suspended('2026-06-01'))], ['2026-06-01'])).toEqual(['ACTIVE FULL']);
  });

  test('touches no licence whose own board has not put it into the compact', () => {
    const disciplined = member('NV', entered(suspended(), '2026-02-05'));
    expect(among(licenceIn('CA'), [disciplined], days)).toEqual(Array(4).fill('ACTIVE FULL'));
    expect(among(licenceIn('WA'), [disciplined], days)).toEqual(Array(4).fill('ACTIVE FULL'));
    expect(among(licenceIn('WA', principalIn('OR')), [disciplined], days)).toEqual(Array(4).fill('ACTIVE FULL'));
    expect(among(licenceIn('WA', principalIn('CA', 'imlc/1', '2026-02-06')), [disciplined], days)).toEqual(Array(4).fill('ACTIVE FULL'));
  });
});
