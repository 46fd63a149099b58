import { executionBy } from '../members/testing/executions.js';
import type { RegistryExecution } from '../members/registry-execution.js';
import { parse } from '../shared/parse.js';
import { refusalOf } from '../shared/testing/refusal.js';
import { sha256 } from '../shared/testing/sha256.js';
import { recordBoardOrderShape } from './board-order.js';
import type { BoardOrderStep, RecordBoardOrder } from './board-order.js';
import { timelineFaults } from './check-events.js';
import { standing } from './fold-standing.js';
import { orderedState } from './licence-class.js';
import { classOf } from './licence-key.js';
import type { LicenceState } from './licence.js';
import { recordBoardOrder } from './record-board-order.js';
import { recordBoardOrders } from './record-board-orders.js';
import { actionId, issued, orderOf, recorded, requestOf, suspended } from './testing/licences.js';
import { licence } from './testing/timelines.js';

const key = classOf(licence);
const registrar = executionBy('board', { role: 'registrar' });
const extended: BoardOrderStep = { kind: 'INITIAL', action: { type: 'EXTEND_CLASS', effectiveFrom: '2026-03-01', expiring: { from: '2026-04-01', thru: '2026-09-30' }, validThru: '2026-10-23' } };
const classOrder = (steps: readonly BoardOrderStep[] = [extended], overrides: Partial<RecordBoardOrder> = {}): RecordBoardOrder => orderOf(steps, { licence: key, expectedSequence: 0, ...overrides });
const opened = (execution: RegistryExecution = registrar): LicenceState => orderedState(undefined, key, execution);
const asIfRead = (order: RecordBoardOrder): string | undefined => refusalOf(() => parse(recordBoardOrderShape, order));

describe('an order about a class', () => {
  test('begins the class, and is chained and checked as a licence’s events are', () => {
    const { state, events } = recorded(opened(), classOrder());
    expect(events).toMatchObject([{ sequence: 1, licence: key, action: { type: 'EXTEND_CLASS' } }]);
    expect(timelineFaults(state.timeline, events, sha256)).toEqual([]);
    expect(timelineFaults(state.timeline, events.map((event) => ({ ...event, licence })), sha256).map(({ fault }) => fault)).toEqual(['FOREIGN_LICENCE', 'FIRST_IS_NO_ISSUE', 'BAD_ACTION']);
  });

  test.each<[string, RegistryExecution, string]>([
    ['another agency', executionBy('otherBoard', { role: 'registrar' }), 'FORBIDDEN_ORGANISATION'],
    ['a hospital', executionBy('hospital', { role: 'registrar' }), 'FORBIDDEN_ORGANISATION'],
    ['the agency’s other board', executionBy('board', { unit: 'ca-nursing' }), 'FORBIDDEN_UNIT'],
  ])('is refused to %s', (_, execution, code) => {
    expect(refusalOf(() => opened(execution))).toBe(code);
  });

  test('is refused for a type or a state that is not the board’s, and never begins a licence', () => {
    expect(refusalOf(() => orderedState(undefined, { ...key, type: 'RN' }, registrar))).toBe('LICENCE_TYPE_NOT_OF_BOARD');
    expect(refusalOf(() => orderedState(undefined, { ...key, jurisdiction: 'NV' }, registrar))).toBe('LICENCE_TYPE_NOT_OF_BOARD');
    expect(refusalOf(() => orderedState(undefined, licence, registrar))).toBe('LICENCE_NOT_FOUND');
  });

  test('extends and nothing else; a licence is not extended as a class', () => {
    expect([asIfRead(classOrder()), asIfRead(classOrder([suspended()])), asIfRead(orderOf([extended])), asIfRead(orderOf([suspended()]))]).toEqual([undefined, 'INVALID_INPUT', 'INVALID_INPUT', undefined]);
    expect(asIfRead(classOrder([{ kind: 'INITIAL', action: { type: 'EXTEND_CLASS', effectiveFrom: '2026-03-01', expiring: { from: '2026-09-30', thru: '2026-04-01' }, validThru: '2026-10-23' } }]))).toBe('INVALID_INPUT');
  });

  test('takes one registrar, also in a batch, and its void two persons', () => {
    const alone = (state: LicenceState, order: RecordBoardOrder, execution = registrar): string | undefined => refusalOf(() => recordBoardOrder(state, requestOf({ order, signatures: [] }), execution));
    expect(alone(opened(), classOrder())).toBeUndefined();
    expect(alone(opened(), classOrder(), executionBy('board', { role: 'board-member' }))).toBe('FORBIDDEN_ROLE');
    const { state } = recorded(opened(), classOrder());
    const voided = classOrder([{ kind: 'VOID', target: 1 }], { actionId: actionId(3), expectedSequence: 1 });
    expect(alone(state, voided)).toBe('TWO_PERSONS_NEEDED');
    expect(recorded(state, voided).events).toHaveLength(1);
    expect(recordBoardOrders([classOrder()], { licences: new Map(), events: new Map() }, registrar).outcomes).toEqual([{ outcome: 'RECORDED', id: 'CA~ca-medical~MD~*' }]);
  });

  test('makes a licence renewable that would have lapsed without it', () => {
    const { entries } = recorded(opened(), classOrder([{ kind: 'INITIAL', action: { type: 'EXTEND_CLASS', effectiveFrom: '2026-01-01', expiring: { from: '2026-01-01', thru: '2026-02-28' }, validThru: '2026-03-31' } }])).state.timeline;
    const lapsed = issued({ validThru: '2026-01-31', grace: { thru: '2026-02-28', practice: false } });
    const renewal = orderOf([{ kind: 'INITIAL', action: { type: 'RENEW', effectiveFrom: '2026-03-10', validThru: '2028-01-31' } }]);
    expect(refusalOf(() => recorded(lapsed, renewal))).toBe('LICENCE_NOT_IN_FORCE');
    const { state } = recorded({ ...lapsed, classEntries: entries }, renewal);
    expect(standing({ licence, entries: state.timeline.entries, classEntries: entries }, '2026-03-09')).toMatchObject({ lifecycle: 'ACTIVE', classKnownAt: 1 });
  });
});
