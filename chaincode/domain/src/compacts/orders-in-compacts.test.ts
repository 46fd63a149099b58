import { executionBy } from '../members/testing/executions.js';
import { refusalOf } from '../shared/testing/refusal.js';
import { recordBoardOrderShape } from '../licences/board-order.js';
import type { BoardOrderStep, RecordBoardOrder } from '../licences/board-order.js';
import type { DesignatePrincipalAction } from '../licences/licence-event.js';
import { licenceId } from '../licences/licence-key.js';
import type { LicenceKey } from '../licences/licence-key.js';
import type { LicenceState } from '../licences/licence.js';
import { recordBoardOrder } from '../licences/record-board-order.js';
import { actionId, issued, orderOf, recorded, requestOf, revoked, signedByBoth, suspended } from '../licences/testing/licences.js';
import { licence } from '../licences/testing/timelines.js';
import { parse } from '../shared/parse.js';
import { groupsJoined, MOST_GROUP_MEMBERS, principalsJoined } from './compact-group.js';
import type { CompactGroup } from './compact-group.js';
import type { RelatedLicence } from './related-licences.js';

const elsewhere: LicenceKey = { ...licence, jurisdiction: 'NV', board: 'nv-medical' };
const designated = (overrides: Partial<DesignatePrincipalAction> = {}): BoardOrderStep => ({ kind: 'INITIAL', action: { type: 'DESIGNATE_PRINCIPAL', effectiveFrom: '2021-01-01', rule: 'imlc/1', principal: elsewhere, ...overrides } });
const endsDerived = (event: number, effectiveFrom = '2026-03-10', of = elsewhere): BoardOrderStep => ({ kind: 'INITIAL', action: { type: 'REINSTATE', effectiveFrom, ends: [], endsDerived: [{ licence: of, event }] } });
const next = (steps: readonly BoardOrderStep[]): RecordBoardOrder => orderOf(steps, { actionId: actionId(5), expectedSequence: 2 });

const joined = recorded(issued(), orderOf([designated()]));
/** The principal licence, on which its board did something. */
const principal = (step: BoardOrderStep): readonly RelatedLicence[] => {
  const acted = recorded(issued(), orderOf([step])).state;
  return [{ input: { licence: elsewhere, entries: acted.timeline.entries }, knownAt: 9 }];
};
const record = (order: RecordBoardOrder, related: readonly RelatedLicence[] = [], state: LicenceState = joined.state): string | undefined =>
  refusalOf(() => recordBoardOrder(state, { ...requestOf(signedByBoth(order)), related }, executionBy('board', { role: 'disciplinary-officer' })));

describe('a designation of the principal licence', () => {
  test.each<[string, Partial<DesignatePrincipalAction>, string | undefined]>([
    ['of another state', {}, undefined],
    ['that is the licence itself', { principal: licence }, undefined],
    ['of the same state', { principal: { ...licence, number: 'B2' } }, 'COMPACT_PRINCIPAL'],
    ['of another state, in the nurses’ compact', { rule: 'nlc/1' }, undefined],
    ['that is the licence itself, in the nurses’ compact', { rule: 'nlc/1', principal: licence }, 'COMPACT_PRINCIPAL'],
    ['from before the licence was issued', { effectiveFrom: '2019-01-01' }, 'LICENCE_NOT_IN_FORCE'],
  ])('%s is accepted or not', (_, overrides, code) => {
    expect(record(orderOf([designated(overrides)]), [], issued())).toBe(code);
  });

  test('of another one counts for the future only; a wrong one is corrected', () => {
    const another = { principal: { ...elsewhere, jurisdiction: 'WA' } };
    expect(record(next([designated({ ...another, effectiveFrom: '2026-03-08' })]))).toBe('EFFECTIVE_DATE_OUT_OF_BOUNDS');
    expect(record(next([designated({ ...another, effectiveFrom: '2026-03-09' })]))).toBeUndefined();
    expect(record(next([{ ...designated(another), kind: 'CORRECTION', target: 2 }]))).toBeUndefined();
    expect(record(next([{ ...designated({ principal: { ...licence, number: 'B2' } }), kind: 'CORRECTION', target: 2 }]))).toBe('COMPACT_PRINCIPAL');
  });

  test('enters the licence with its principal licence, once', () => {
    const [group] = groupsJoined([joined], new Map());
    expect(principalsJoined([joined])).toEqual([elsewhere]);
    expect(group).toEqual({ schema: 'compact-group/v1', principal: elsewhere, members: [licence] });
    if (group === undefined) throw new Error('has a group');
    expect(groupsJoined([joined], new Map([[licenceId(elsewhere), group]]))).toEqual([]);
    const full: CompactGroup = { ...group, members: Array.from({ length: MOST_GROUP_MEMBERS }, (_, index) => ({ ...licence, number: `X${index}` })) };
    expect(refusalOf(() => groupsJoined([joined], new Map([[licenceId(elsewhere), full]])))).toBe('COMPACT_GROUP_FULL');
    expect(groupsJoined([recorded(issued(), orderOf([designated({ principal: licence })]))], new Map())).toEqual([]);
  });
});

describe('the end of what followed from another licence', () => {
  test('names an event that is in effect on its day', () => {
    const related = principal(suspended());
    expect(record(next([endsDerived(2)]), related)).toBeUndefined();
    expect(record(next([endsDerived(2, '2026-01-31')]), related)).toBe('LICENCE_NOT_SUSPENDED');
    expect(record(next([endsDerived(3)]), related)).toBe('LICENCE_NOT_SUSPENDED');
    expect(record(next([endsDerived(2, '2026-03-10', licence)]), related)).toBe('LICENCE_NOT_SUSPENDED');
    expect(record(next([endsDerived(2)]))).toBe('LICENCE_NOT_SUSPENDED');
    expect(record(next([endsDerived(2), endsDerived(2)]), related)).toBe('LICENCE_NOT_SUSPENDED');
  });

  test('counts for the future only where the licence had ended by it', () => {
    expect(record(next([endsDerived(2, '2026-03-08')]), principal(revoked))).toBe('LICENCE_NOT_IN_FORCE');
    expect(record(next([endsDerived(2)]), principal(revoked))).toBeUndefined();
  });

  test('is no step that one person takes, and nothing that a home licence’s limits could be ended by', () => {
    const one = { order: next([endsDerived(2)]), signatures: [] };
    expect(refusalOf(() => recordBoardOrder(joined.state, { ...requestOf(one), related: principal(suspended()) }, executionBy('board', { role: 'disciplinary-officer' })))).toBe('TWO_PERSONS_NEEDED');
    expect(refusalOf(() => recordBoardOrder(joined.state, requestOf(one), executionBy('board', { role: 'registrar' })))).toBe('FORBIDDEN_ROLE');
    const privilege = recorded(issued(), orderOf([designated({ rule: 'nlc/1' })])).state;
    expect(record(next([endsDerived(2)]), principal(suspended()), privilege)).toBe('LICENCE_NOT_SUSPENDED');
  });

  test.each<[string, object, string]>([
    ['nothing to end', { ends: [] }, 'INCONSISTENT'],
    ['no foreign event', { ends: [], endsDerived: [] }, 'TOO_FEW'],
    ['a foreign event without a number', { ends: [], endsDerived: [{ licence: elsewhere }] }, 'REQUIRED'],
  ])('is refused with %s', (_, fields, code) => {
    const order = { ...next([]), steps: [{ kind: 'INITIAL', action: { type: 'REINSTATE', effectiveFrom: '2026-03-10', ...fields } }] };
    let issues: unknown;
    try { parse(recordBoardOrderShape, order); } catch (error) { issues = (error as { details: { issues: unknown } }).details.issues; }
    expect(issues).toEqual([expect.objectContaining({ code })]);
  });
});

describe('an order that takes a licence away', () => {
  test('says when it was entered: when it was decided, or else recorded', () => {
    const entries = (order?: RecordBoardOrder['order']): unknown => recorded(issued(), orderOf([suspended()], order === undefined ? {} : { order })).state.timeline.entries[1];
    expect(entries()).toMatchObject({ enteredOn: '2026-03-10' });
    expect(entries({ number: '1', decidedOn: '2026-03-01' })).toMatchObject({ enteredOn: '2026-03-01' });
  });
});
