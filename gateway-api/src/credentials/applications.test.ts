import { randomUUID } from 'node:crypto';
import { foundRegistry } from '../testing/founding.js';
import { TestConsortium } from '../testing/test-consortium.js';
import type { TestAnswer, TestGateway } from '../testing/test-gateway.js';

const board = { mspId: 'LicensingBoardMSP', name: 'Boards', kind: 'licensing-board', units: [{ id: 'ca-medical', name: 'Medical board', status: 'OPEN', kind: 'board', jurisdiction: 'CA', licenceTypes: ['MD'], timeZone: 'America/Los_Angeles' }] };
const asked = { jurisdiction: 'CA', board: 'ca-medical', type: 'MD', basis: 'EXAMINATION', applicant: { name: 'Doe, Jane', reference: 'P-1001' }, on: '2026-01-05' };
const grant = { number: 'A1', on: '2026-02-01', effectiveFrom: '2026-02-01', validThru: '2027-12-31' };
const applications = '/v1/licence-applications';

describe('applications for licences', () => {
  let consortium: TestConsortium;
  let atBoard: TestGateway;
  let atOffice: TestGateway;

  const file = async (): Promise<string> => String((await atBoard.write(applications, 'registrar', asked)).json['id']);
  const step = async (id: string, body: object, role = 'registrar', headers?: Record<string, string>): Promise<TestAnswer> => atBoard.write(`${applications}/${id}/steps`, role, body, headers);
  const codeOf = ({ status, json }: TestAnswer): readonly unknown[] => [status, json['code']];
  const reviewed = async (): Promise<string> => {
    const id = await file();
    await step(id, { to: 'UNDER_REVIEW', on: '2026-01-10' });

    return id;
  };

  beforeAll(async () => {
    consortium = await TestConsortium.start();
    [atOffice, atBoard] = [await consortium.gateway('ConsortiumMSP'), await consortium.gateway('LicensingBoardMSP')];
    await foundRegistry(atOffice, board);
  }, 120_000);
  afterAll(async () => { await consortium.stop(); });

  test('become licences, and only then does anybody hear of them', async () => {
    const id = await reviewed();
    expect(codeOf(await atOffice.read('/v1/licences/CA/ca-medical/MD/A1', 'member-admin'))).toEqual([404, 'LICENCE_NOT_FOUND']);
    const headers = { 'Idempotency-Key': randomUUID() };
    const issued = await atBoard.write(`${applications}/${id}/licence`, 'registrar', grant, headers);

    expect([issued.status, issued.json]).toMatchObject([201, { id, newest: { state: 'ISSUED', licence: { number: 'A1' } }, versions: [{ state: 'FILED', recordedBy: 'registrar@test' }, { state: 'UNDER_REVIEW' }, { state: 'ISSUED' }] }]);
    expect((await atBoard.write(`${applications}/${id}/licence`, 'registrar', grant, headers)).json).toEqual(issued.json);
    expect((await atOffice.read('/v1/licences/CA/ca-medical/MD/A1', 'member-admin')).json).toMatchObject({ licence: { holder: 'Doe, Jane' }, events: [{ sequence: 1 }] });
    expect((await atBoard.read(`${applications}/${id}`, 'board-member')).json).toMatchObject({ newest: { version: 3 } });
  });

  test('are denied by a member of the board, with the day by which that is reported, and taken up again', async () => {
    const id = await reviewed();
    const denial = { to: 'DENIED', on: '2026-02-01', reason: 'False statement.', basisCodes: ['FRAUD'] };

    expect(codeOf(await step(id, denial))).toEqual([403, 'FORBIDDEN_ROLE']);
    expect((await step(id, denial, 'board-member')).json).toMatchObject({ newest: { state: 'DENIED', basisCodes: ['FRAUD'] }, reportDueOn: '2026-03-03' });
    expect(codeOf(await atBoard.write(`${applications}/${id}/licence`, 'registrar', { ...grant, number: 'A2' }))).toEqual([422, 'APPLICATION_STATE']);
    expect(codeOf(await atOffice.read('/v1/licences/CA/ca-medical/MD/A2', 'member-admin'))).toEqual([404, 'LICENCE_NOT_FOUND']);
    expect((await step(id, { to: 'UNDER_REVIEW', on: '2026-02-20', reason: 'Remanded.' })).json).toMatchObject({ newest: { state: 'UNDER_REVIEW', version: 4 } });
    expect((await step(id, { to: 'WITHDRAWN', on: '2026-02-21', version: 3 })).status).toBe(412);
    expect((await step(id, { to: 'WITHDRAWN', on: '2026-02-21', version: 4 })).json).toMatchObject({ newest: { state: 'WITHDRAWN' } });
  });

  test('keep the number that another licence has for that one', async () => {
    const id = await reviewed();
    expect(codeOf(await atBoard.write(`${applications}/${id}/licence`, 'registrar', { ...grant, validThru: '2026-12-31' }))).toEqual([409, 'LICENCE_ALREADY_ISSUED']);
    expect((await atBoard.read(`${applications}/${id}`, 'registrar')).json).toMatchObject({ newest: { state: 'UNDER_REVIEW' } });
  });

  test('are the board’s alone, page by page', async () => {
    const [one, two] = [await file(), await file()].sort();
    expect((await atBoard.read(`${applications}?limit=1000`, 'disciplinary-officer')).json['items']).toEqual(expect.arrayContaining([one, two].map((id) => expect.objectContaining({ id }) as unknown)));
    expect((await atBoard.read(`${applications}?limit=1`, 'registrar')).json).toMatchObject({ items: [{}], next: expect.stringMatching(/^[0-9a-f]{32}$/) as string });
    expect(codeOf(await atOffice.read(applications, 'member-admin'))).toEqual([403, 'FORBIDDEN_ROLE']);
    expect(codeOf(await atOffice.read(applications, 'registrar'))).toEqual([403, 'FORBIDDEN_ORGANISATION']);
    expect(codeOf(await atBoard.read(`${applications}/${'0'.repeat(32)}`, 'registrar'))).toEqual([404, 'DOCUMENT_NOT_FOUND']);
  });

  test.each([
    ['no applicant', applications, { ...asked, applicant: undefined }, '/applicant'],
    ['no day', applications, { ...asked, on: undefined }, '/on'],
    ['a field that nobody knows', applications, { ...asked, birthDate: '1980-01-01' }, '/birthDate'],
  ])('are refused with %s', async (_, path, body, place) => {
    const answer = await atBoard.write(path, 'registrar', body);
    expect([answer.status, answer.json['code'], JSON.stringify(answer.json['issues'])]).toEqual([400, 'INVALID_INPUT', expect.stringContaining(`"path":"${place}"`) as string]);
  });

  test.each([
    ['a step that issues', '/steps', { to: 'ISSUED', on: '2026-02-01', licence: { jurisdiction: 'CA', board: 'ca-medical', type: 'MD', number: 'A9' } }, '/to'],
    ['a denial without grounds', '/steps', { to: 'DENIED', on: '2026-02-01', reason: 'x', basisCodes: [] }, '/basisCodes'],
    ['a licence before its decision', '/licence', { ...grant, effectiveFrom: '2026-01-31' }, '/effectiveFrom'],
    ['a number that is none', '/licence', { ...grant, number: 'no. 1' }, '/number'],
  ])('are not carried on with %s', async (_, path, body, place) => {
    const answer = await atBoard.write(`${applications}/${await reviewed()}${path}`, 'registrar', body);
    expect([answer.status, answer.json['code'], JSON.stringify(answer.json['issues'])]).toEqual([400, 'INVALID_INPUT', expect.stringContaining(`"path":"${place}"`) as string]);
  });
});
