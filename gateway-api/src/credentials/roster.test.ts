import { randomUUID } from 'node:crypto';
import { foundRegistry } from '../testing/founding.js';
import { TestConsortium } from '../testing/test-consortium.js';
import type { TestAnswer, TestGateway } from '../testing/test-gateway.js';

const board = { mspId: 'LicensingBoardMSP', name: 'Boards', kind: 'licensing-board', units: [{ id: 'wa-nursing', name: 'Nursing board', status: 'OPEN', kind: 'board', jurisdiction: 'WA', licenceTypes: ['RN'], timeZone: 'America/Los_Angeles' }] };
const query = 'jurisdiction=WA&board=wa-nursing&type=RN&importBatch=wa-2026-03&recordedOn=2026-03-01';
const roster = [
  'number,status,effectiveFrom,validThru,holder',
  'rn 1,ACTIVE,2020-01-01,2027-12-31,"Doe, Jane"',
  'RN2,EXPIRED WA - ACTIVE MSL,2018-01-01,2025-06-30,',
  'RN3,EXPIRED,2018-01-01,2025-06-30,',
  'RN4,ACTIVE,yesterday,,',
  'RN5,CLOSED,2018-01-01,,',
].join('\r\n');

describe('a roster', () => {
  let consortium: TestConsortium;
  let atBoard: TestGateway;

  const upload = async (content: string, role = 'registrar', of = query): Promise<TestAnswer> =>
    atBoard.request(`/v1/licences/import?${of}`, { method: 'POST', raw: content, claims: { roles: [role], subject: `${role}@test` }, headers: { 'Content-Type': 'text/csv', 'Idempotency-Key': randomUUID() } });
  const standing = async (number: string): Promise<string> => {
    const { json } = await atBoard.read(`/v1/licences/WA/wa-nursing/RN/${number}/standing?asOf=2026-03-01`, 'registrar');

    return `${String(json['lifecycle'])} ${String(json['authority'])}`;
  };

  beforeAll(async () => {
    consortium = await TestConsortium.start();
    const office = await consortium.gateway('ConsortiumMSP');
    atBoard = await consortium.gateway('LicensingBoardMSP');
    await foundRegistry(office, board);
  }, 120_000);
  afterAll(async () => { await consortium.stop(); });

  test('becomes licences; what its words do not say is unknown, and each bad row is told', async () => {
    const imported = await upload(roster);

    expect([imported.status, imported.json]).toMatchObject([201, {
      counts: { rows: 5, issued: 4, alreadyRecorded: 0, refused: 1, unknown: 2 },
      unmapped: [{ word: 'EXPIRED WA - ACTIVE MSL', rows: 1 }, { word: 'CLOSED', rows: 1 }],
      refused: [{ row: 4, code: 'INVALID_INPUT', issues: [{ path: '/effectiveFrom', code: 'NOT_A_DATE' }] }],
      proofs: [{}],
    }]);
    expect(await Promise.all(['RN1', 'RN2', 'RN3', 'RN5'].map(standing))).toEqual(['ACTIVE FULL', 'UNKNOWN UNKNOWN', 'EXPIRED NONE', 'UNKNOWN UNKNOWN']);
    expect((await atBoard.read('/v1/licences/WA/wa-nursing/RN/RN1', 'registrar')).json['licence']).toMatchObject({ numberAsPrinted: 'rn 1', holder: 'Doe, Jane', source: { status: 'ACTIVE', importBatch: 'wa-2026-03' } });
  });

  test('imported again changes nothing', async () => {
    expect((await upload(roster)).json['counts']).toEqual({ rows: 5, issued: 0, alreadyRecorded: 4, refused: 1, unknown: 2 });
  });

  test('of many rows goes in several transactions', async () => {
    const rows = Array.from({ length: 1201 }, (_, index) => `M${index},ACTIVE,2020-01-01,2027-12-31,`);
    const { json } = await upload([roster.split('\r\n')[0], ...rows].join('\n'));

    expect(json).toMatchObject({ counts: { rows: 1201, issued: 1201 }, proofs: [{}, {}, {}] });
    expect(await standing('M1200')).toBe('ACTIVE FULL');
  });

  test('is refused to another role, for another’s board, and without its particulars', async () => {
    const codeOf = ({ status, json }: TestAnswer): readonly unknown[] => [status, json['code']];

    expect(codeOf(await upload(roster, 'disciplinary-officer'))).toEqual([403, 'FORBIDDEN_ROLE']);
    expect(codeOf(await upload(roster, 'registrar', query.replace('&recordedOn=2026-03-01', '')))).toEqual([400, 'INVALID_INPUT']);
    expect((await upload(roster, 'registrar', query.replace('wa-nursing', 'or-nursing'))).json).toMatchObject({ counts: { issued: 0, refused: 5 } });
  });
});
