import { executionBy, membersOfTest } from '../members/testing/executions.js';
import { issueLicences, licencesNamedIn } from './issue-licences.js';
import { licenceId } from './licence-key.js';
import { actionId, issue, issued } from './testing/licences.js';
import { licence } from './testing/timelines.js';

const id = licenceId(licence);
const existing = new Map([[id, issued({ holder: 'Doe, Jane' })]]);
const outcomesOf = (items: readonly unknown[], execution = executionBy('board')): unknown => issueLicences(items, existing, execution).outcomes;
const newKey = { ...licence, number: 'B1' };

describe('issuing licences', () => {
  test('records each new licence with its first event', () => {
    const { changes } = issueLicences([issue({ licence: newKey, validThru: '2027-12-31', source: { status: 'Current' } })], existing, executionBy('board'));
    expect(changes).toMatchObject([{ state: { record: { issuer: 'BoardMSP', source: { status: 'Current' } }, timeline: { lastSequence: 1 } }, events: [{ sequence: 1, action: { type: 'ISSUE', validThru: '2027-12-31' } }] }]);
  });

  test('says of each item by itself what became of it', () => {
    const items = [issue({ licence: newKey }), issue({ licence: newKey, actionId: actionId(9) }), issue({ licence: newKey, validThru: '2027-12-31' }), issue({ holder: 'Doe, Jane' }), issue(), 'nonsense'];
    expect(outcomesOf(items)).toEqual([
      { outcome: 'ISSUED', id: licenceId(newKey) },
      { outcome: 'ALREADY_RECORDED', id: licenceId(newKey) },
      { outcome: 'REFUSED', code: 'LICENCE_ALREADY_ISSUED' },
      { outcome: 'ALREADY_RECORDED', id },
      { outcome: 'REFUSED', code: 'LICENCE_ALREADY_ISSUED' },
      { outcome: 'REFUSED', code: 'INVALID_INPUT', issues: [expect.objectContaining({ path: '/items/5', code: 'NOT_AN_OBJECT' })] },
    ]);
  });

  test('takes the grace after expiry, which ends later than that', () => {
    const withGrace = (thru: string): unknown => outcomesOf([issue({ licence: newKey, validThru: '2027-12-31', grace: { thru, practice: false } })]);
    expect(withGrace('2028-01-31')).toEqual([{ outcome: 'ISSUED', id: licenceId(newKey) }]);
    expect(withGrace('2027-12-31')).toMatchObject([{ outcome: 'REFUSED', code: 'INVALID_INPUT', issues: [{ code: 'INCONSISTENT' }] }]);
  });

  const closed = { ...membersOfTest.board, units: membersOfTest.board.units.map((unit) => ({ ...unit, status: 'CLOSED' as const })) };

  test.each([
    ['another agency', executionBy('otherBoard'), 'FORBIDDEN_ORGANISATION'],
    ['a hospital', executionBy('hospital'), 'FORBIDDEN_ORGANISATION'],
    ['a certificate of the agency’s other board', executionBy('board', { unit: 'ca-nursing' }), 'FORBIDDEN_UNIT'],
    ['a board that has closed', { ...executionBy('board'), actor: { ...executionBy('board').actor, member: closed } }, 'LICENCE_TYPE_NOT_OF_BOARD'],
  ])('is refused to %s', (_, execution, code) => {
    expect(outcomesOf([issue({ licence: newKey })], execution)).toEqual([{ outcome: 'REFUSED', code }]);
  });

  test.each([
    ['a type', { type: 'RN' }],
    ['a jurisdiction', { jurisdiction: 'NV' }],
  ])('is refused for %s that the board does not issue', (_, other) => {
    expect(outcomesOf([issue({ licence: { ...newKey, ...other } })])).toEqual([{ outcome: 'REFUSED', code: 'LICENCE_TYPE_NOT_OF_BOARD' }]);
  });

  test('needs to know of the licences that its well-formed items name, each once', () => {
    expect(licencesNamedIn([issue(), issue(), 'nonsense', issue({ licence: newKey })])).toEqual([licence, newKey]);
  });
});
