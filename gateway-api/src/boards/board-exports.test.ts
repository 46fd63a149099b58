import type { TestAnswer } from '../testing/test-gateway.js';
import { BoardWorld, codeOf, initial, member, officer, probation, registrar, summary } from './testing/board-world.js';

const nursing = '/v1/boards/wa-nursing';

describe('a board’s exports', () => {
  let world: BoardWorld;
  const reports = async (query = ''): Promise<readonly Record<string, unknown>[]> => (await world.read(`${nursing}/npdb-reports${query}`, officer)).json['items'] as Record<string, unknown>[];
  const mark = async (sequence: number, body: object, who = officer, number = 'RN1'): Promise<TestAnswer> => world.write(`${nursing}/npdb-reports/RN/${number}/${sequence}`, who, body);

  beforeAll(async () => {
    world = await BoardWorld.start();
    await world.importRows('wa-1', ['rn 1,ACTIVE,2020-01-01,2027-12-31,"Doe, Jane Ann"', 'RN2,ACTIVE,2020-01-01,2024-12-31,Ann Roe', 'RN3,Odd,2020-01-01,,', 'RN4,ACTIVE,2020-01-01,2027-12-31,']);
    await world.order('RN1', { expectedSequence: 1, order: { number: 'N-1', decidedOn: '2026-01-20' }, steps: [initial(probation)] });
    await world.order('RN1', { expectedSequence: 2, order: { number: 'N-2', decidedOn: '2026-02-09' }, steps: [initial(summary)] }, 'two');
    await world.order('RN1', { expectedSequence: 3, order: { number: 'N-3', decidedOn: '2026-02-20' }, steps: [initial({ type: 'REINSTATE', effectiveFrom: '2026-03-01', ends: [3] })] }, 'two');
    await world.order('RN4', { expectedSequence: 1, order: { number: 'N-4', decidedOn: '2026-02-01' }, steps: [initial({ ...probation, encumbrance: 'FINE', effectiveThru: undefined, automaticReinstatement: false })] });
  }, 120_000);
  afterAll(async () => { await world.stop(); });

  test('shape licences and orders as FSMB’s report of a physician does', async () => {
    const { json } = await world.read(`${nursing}/exports/fsmb?limit=3`, registrar);
    const [jane, ann, odd] = json['items'] as object[];

    expect(json['next']).toBe('WA~wa-nursing~RN~RN3');
    expect(jane).toMatchObject({
      boardActionStatus: 'Alerted',
      names: { legal: { firstName: 'Jane', middleName: 'Ann', lastName: 'Doe' } },
      licenses: [{ licenseType: 'RN', issuerName: 'WA', issuerDescription: 'Board wa-nursing', status: 'ACTIVE', licenseNumber: 'rn 1', issueDate: '2020-01-01T00:00:00', expirationDate: '2027-12-31T00:00:00' }],
      boardOrders: [
        { orderId: expect.any(Number) as number, orderNumber: 'N-1', issueDate: '2026-01-20T00:00:00', effectiveDate: '2026-02-01T00:00:00', actions: [{ actionCode: 'PROBN', isPrejudicial: true, isIndefinite: false, effectiveDate: '2026-02-01T00:00:00', expirationDate: '2030-01-31T00:00:00', termDays: 1461 }], bases: [{ code: 'CARE' }] },
        { orderNumber: 'N-2', actions: [{ actionCode: 'SUMMY', isIndefinite: true }] },
        { orderNumber: 'N-3', actions: [{ actionCode: 'REINS', isPrejudicial: false, isIndefinite: false }], bases: [] },
      ],
    });
    expect([ann, odd]).toMatchObject([{ boardActionStatus: 'Cleared', names: { legal: { firstName: 'Ann', lastName: 'Roe' } }, licenses: [{ status: 'EXPIRED' }] }, { boardActionStatus: 'Unknown' }]);
  });

  test('list licences and discipline as Nursys does', async () => {
    const [licences, discipline] = [await world.read(`${nursing}/exports/nursys/licences.csv`, registrar), await world.read(`${nursing}/exports/nursys/discipline.csv`, registrar)];

    expect(licences.text.split('\r\n').slice(1, 5)).toEqual([
      'Doe,Jane,Ann,WA,wa-nursing,RN,rn 1,YES,ENCUMBERED,2020-01-01,2027-12-31,YES',
      'Roe,Ann,,WA,wa-nursing,RN,RN2,NO,EXPIRED,2020-01-01,2024-12-31,NO',
      ',,,WA,wa-nursing,RN,RN3,Contact board of nursing,UNKNOWN,2020-01-01,,NO',
      ',,,WA,wa-nursing,RN,RN4,YES,ENCUMBERED,2020-01-01,2027-12-31,YES',
    ]);
    expect(discipline.text.split('\r\n').slice(1, 3)).toEqual([
      'WA,wa-nursing,RN,RN1,2,N-1,2026-01-20,PROBN,PROBATION,,CARE,2026-02-01,2030-01-31,NO,YES',
      'WA,wa-nursing,RN,RN1,3,N-2,2026-02-09,SUMMY,SUMMARY_SUSPENSION,,DANGER,2026-02-10,,YES,NO',
    ]);
  });

  test('tell what is to be reported to the data bank and by when, until it was sent', async () => {
    expect(await reports()).toMatchObject([
      { reportType: 'INITIAL', dueOn: '2026-02-19', sequence: 2, subject: { firstName: 'Jane', lastName: 'Doe', licenseNumber: 'rn 1', licenseState: 'WA', fieldOfLicensure: 'RN' }, action: { type: 'PROBATION', dateOfAction: '2026-01-20', lengthOfAction: 'SPECIFIC', lengthInDays: 1461, automaticReinstatement: true, basisCodes: ['CARE'] } }, // 20 January + 30
      { reportType: 'INITIAL', dueOn: '2026-03-11', sequence: 3, action: { type: 'SUMMARY_SUSPENSION', lengthOfAction: 'INDEFINITE' } },
      { reportType: 'REVISION_TO_ACTION', dueOn: '2026-03-22', sequence: 4 },
    ]);
    expect(await reports('?dueBy=2026-02-28')).toHaveLength(1);
    expect((await mark(3, { controlNumber: '5500000012345678', sentOn: '2026-02-27' })).json).toEqual({ outcome: 'MARKED' });
    expect((await reports()).map(({ sequence, previousControlNumber }) => [sequence, previousControlNumber])).toEqual([[2, undefined], [4, '5500000012345678']]);
    expect(await reports('?sent=true')).toMatchObject([{}, { sequence: 3, controlNumber: '5500000012345678', sentOn: '2026-02-27' }, {}]);
  });

  test('take no report of what is none, without its number, or by another role', async () => {
    const sent = { controlNumber: '5500000012345678', sentOn: '2026-02-27' };
    expect([codeOf(await mark(1, sent)), codeOf(await mark(2, sent, officer, 'RN4')), codeOf(await mark(9, sent))]).toEqual([[422, 'NPDB_REPORT_NOT_DUE'], [422, 'NPDB_REPORT_NOT_DUE'], [422, 'NPDB_REPORT_NOT_DUE']]);
    expect([codeOf(await mark(2, { ...sent, controlNumber: '12' })), codeOf(await mark(2, sent, member)), codeOf(await mark(2, { ...sent, sentOn: '2199-01-01' }))]).toEqual([[400, 'INVALID_INPUT'], [403, 'FORBIDDEN_ROLE'], [422, 'NPDB_REPORT_NOT_DUE']]);
  });

  test('forget what a court sealed', async () => {
    await world.order('RN1', { expectedSequence: 4, order: { number: 'C-1', decidedOn: '2026-03-02' }, steps: [{ kind: 'SEAL', target: 2 }] }, 'two');
    expect((await reports('?sent=true')).map(({ sequence }) => sequence)).toEqual([3, 4]);
    expect((await world.read(`${nursing}/exports/nursys/discipline.csv`, registrar)).text).not.toContain('PROBN');
    expect(JSON.stringify((await world.read(`${nursing}/exports/fsmb`, registrar)).json)).not.toContain('N-1');
  });
});
