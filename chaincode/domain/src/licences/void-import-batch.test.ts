import { executionBy } from '../members/testing/executions.js';
import { standing } from './fold-standing.js';
import { issueLicences } from './issue-licences.js';
import { licenceId } from './licence-key.js';
import type { LicenceChange, LicenceState } from './licence.js';
import type { BoardOfficer } from './board-officer.js';
import { actionId, contextOfTest, issue, officersOfTest, recorded, signatureOver, suspension } from './testing/licences.js';
import { licence } from './testing/timelines.js';
import { batchVoidBytes, voidImportBatch } from './void-import-batch.js';
import type { NewestEvents, SignedBatchVoid, VoidImportBatch } from './void-import-batch.js';

const id = licenceId(licence);
const batchVoid: VoidImportBatch = { actionId: actionId(7), board: licence.board, importBatch: 'ca-1', order: { number: 'R-1', decidedOn: '2026-03-01' } };
const imported = issue({ source: { status: 'Current', importBatch: 'ca-1', recordedOn: '2025-12-31' } });
const byOfficer = executionBy('board', { role: 'disciplinary-officer' });

function signed(proposer: BoardOfficer = officersOfTest.officer, approver: BoardOfficer = officersOfTest.member, of = batchVoid): SignedBatchVoid {
  const bytes = batchVoidBytes(contextOfTest.channel, batchVoid);
  return { batchVoid: of, signatures: [signatureOver(proposer, bytes), signatureOver(approver, bytes)], licences: [licence] };
}

function changed(items: readonly unknown[], existing: ReadonlyMap<string, LicenceState> = new Map(), execution = executionBy('board', { now: '2026-01-01T00:00:00.000Z' })): LicenceChange {
  const { changes, outcomes } = issueLicences(items, existing, execution);
  if (changes[0] === undefined) throw new Error(JSON.stringify(outcomes));
  return changes[0];
}

function newestOf({ state, events }: LicenceChange): NewestEvents {
  const newest = events.at(-1);
  return new Map(newest === undefined ? [] : [[id, { state, newest }]]);
}

const after = (change: LicenceChange, request = signed(), execution = byOfficer): ReturnType<typeof voidImportBatch> => voidImportBatch(request, newestOf(change), contextOfTest, execution);
const codeOf = (call: () => unknown): unknown => {
  try { return call(); } catch (error) { return (error as { code?: string }).code; }
};

describe('an import that is void', () => {
  test('keeps on each event which import brought it, and the day of the board’s own record', () => {
    expect(changed([imported]).events).toMatchObject([{ sequence: 1, importBatch: 'ca-1', sourceRecordedAt: '2025-12-31' }]);
  });

  test('makes each of its licences never have been, signed once by two persons for all', () => {
    const { outcomes, changes } = after(changed([imported]));
    expect([outcomes, changes[0]?.events]).toMatchObject([[{ outcome: 'VOIDED', id }], [{ sequence: 2, kind: 'VOID', target: 1, actionId: actionId(7), importBatch: 'ca-1', signatures: [{}, {}] }]]);
    const entries = changes[0]?.state.timeline.entries ?? [];
    expect([standing({ licence, entries }, '2026-03-01').lifecycle, standing({ licence, entries }, '2026-03-01', 1).lifecycle, standing({ licence, entries }, '2026-03-01', 0)]).toMatchObject(['NOT_ISSUED', 'ACTIVE', { lifecycle: 'UNKNOWN', authority: 'UNKNOWN' }]);
  });

  test('done again changes nothing', () => {
    const [change] = after(changed([imported])).changes;
    expect(change === undefined ? undefined : after(change).outcomes).toEqual([{ outcome: 'ALREADY_RECORDED', id }]);
  });

  test('leaves a licence alone to which something happened since, one of another import and one that is not there', () => {
    const { state } = changed([imported]);
    expect(after(recorded(state, suspension())).outcomes).toEqual([{ outcome: 'REFUSED', code: 'LICENCE_CHANGED_SINCE' }]);
    expect(after(changed([issue()])).outcomes).toEqual([{ outcome: 'REFUSED', code: 'LICENCE_NOT_OF_BATCH' }]);
    expect(voidImportBatch(signed(), new Map(), contextOfTest, byOfficer).outcomes).toEqual([{ outcome: 'REFUSED', code: 'LICENCE_NOT_FOUND' }]);
  });

  test('lets its licences be imported anew, and be void again under the new import’s name', () => {
    const [change] = after(changed([imported])).changes;
    if (change === undefined) throw new Error('was not void');
    const again = issue({ ...imported, validThru: '2027-12-31', source: { importBatch: 'ca-2', recordedOn: '2026-04-01' } });
    const renewed = changed([again], new Map([[id, change.state]]), executionBy('board', { now: '2026-04-01T00:00:00.000Z' }));
    expect(renewed).toMatchObject({ newParticulars: true, state: { record: { source: { importBatch: 'ca-2' } } }, events: [{ sequence: 3, kind: 'INITIAL' }] });
    expect(issueLicences([again], new Map([[id, renewed.state]]), byOfficer).outcomes).toEqual([{ outcome: 'ALREADY_RECORDED', id }]);
    expect(after(renewed).outcomes).toEqual([{ outcome: 'REFUSED', code: 'LICENCE_NOT_OF_BATCH' }]);
  });

  test.each([
    ['by one person', { ...signed(), signatures: [] }, byOfficer, 'TWO_PERSONS_NEEDED'],
    ['by one person twice', signed(officersOfTest.officer, officersOfTest.officerAgain), byOfficer, 'SIGNER_TWICE'],
    ['without a board member', signed(officersOfTest.officer, officersOfTest.registrar), byOfficer, 'SIGNER_ROLE'],
    ['proposed by a board member', signed(officersOfTest.member, officersOfTest.otherMember), executionBy('board', { role: 'board-member', subject: 'e'.repeat(64) }), 'FORBIDDEN_ROLE'],
    ['by another board’s member', signed(officersOfTest.officer, officersOfTest.ofNursing), byOfficer, 'FORBIDDEN_UNIT'],
    ['of another import than was signed', signed(undefined, undefined, { ...batchVoid, importBatch: 'ca-2' }), byOfficer, 'SIGNATURE_INVALID'],
  ] as const)('is refused %s', (_, request, execution, code) => {
    expect(codeOf(() => after(changed([imported]), request, execution))).toBe(code);
  });

  test('is refused to another agency, licence by licence', () => {
    expect(after(changed([imported]), signed(), executionBy('otherBoard', { role: 'disciplinary-officer', subject: 'c'.repeat(64) })).outcomes).toEqual([{ outcome: 'REFUSED', code: 'FORBIDDEN_ORGANISATION' }]);
  });
});
