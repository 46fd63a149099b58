import { foundRegistry } from '../testing/founding.js';
import { TestConsortium } from '../testing/test-consortium.js';
import type { TestAnswer, TestGateway } from '../testing/test-gateway.js';

const board = { mspId: 'LicensingBoardMSP', name: 'Boards', kind: 'licensing-board', units: [{ id: 'ca-medical', name: 'Medical board', status: 'OPEN', kind: 'board', jurisdiction: 'CA', licenceTypes: ['MD'], timeZone: 'America/Los_Angeles' }] };
const hospital = { mspId: 'HospitalMSP', name: 'General Hospital', kind: 'hospital', units: [] };
const npi = '1234567893';
const key = (number: string): object => ({ jurisdiction: 'CA', board: 'ca-medical', type: 'MD', number });
const licence = (number: string): object => ({ licence: key(number), effectiveFrom: '2020-01-01', validThru: '2027-12-31', status: 'ACTIVE' });
const path = '/v1/licences/CA/ca-medical/MD/A12345';
const initial = (action: object): object => ({ kind: 'INITIAL', action });
const suspension = { expectedSequence: 1, steps: [initial({ type: 'SUSPEND', effectiveFrom: '2026-03-10', summary: false, automaticReinstatement: false, basisCodes: ['NEGLIGENCE'] })] };

describe('credentials', () => {
  let consortium: TestConsortium;
  let atBoard: TestGateway;
  let atHospital: TestGateway;

  beforeAll(async () => {
    consortium = await TestConsortium.start();
    const office = await consortium.gateway('ConsortiumMSP');
    [atBoard, atHospital] = [await consortium.gateway('LicensingBoardMSP'), await consortium.gateway('HospitalMSP')];
    await foundRegistry(office, board, hospital);
  }, 120_000);
  afterAll(async () => { await consortium.stop(); });

  test('a board issues licences, each item with its own result', async () => {
    const issued = await atBoard.write('/v1/licences', 'registrar', { items: [licence('A12345'), { ...licence('B1'), status: 'MAYBE' }, licence('A777')] });

    expect(issued.status).toBe(201);
    expect(issued.json['outcomes']).toEqual([
      { outcome: 'ISSUED', id: 'CA~ca-medical~MD~A12345' },
      { outcome: 'REFUSED', code: 'INVALID_INPUT', issues: [{ code: 'NOT_ALLOWED', path: '/items/1/status', message: 'is not one of the allowed values' }] },
      { outcome: 'ISSUED', id: 'CA~ca-medical~MD~A777' },
    ]);
  });

  test('a link counts once the board has asserted it', async () => {
    const standing = `/v1/providers/${npi}/standing?jurisdiction=CA&from=2026-03-01&thru=2026-03-31`;
    const registered = await atHospital.write('/v1/providers', 'credentialing', { items: [{ npi, type: 'individual', name: { family: 'Rivera' }, taxonomies: [] }] });
    const before = await atHospital.read(standing, 'credentialing');
    const linked = await atBoard.write('/v1/provider-licence-links', 'registrar', { items: [{ type: 'ASSERT', npi, licence: key('A12345') }] });
    const after = await atHospital.read(standing, 'credentialing');

    expect(registered.json['outcomes']).toEqual([{ outcome: 'REGISTERED', id: npi }]);
    expect(before.json['periods']).toMatchObject([{ authority: 'UNKNOWN' }]);
    expect(linked.json['outcomes']).toMatchObject([{ outcome: 'CONFIRMED' }]);
    expect(after.json).toMatchObject({ registered: true, periods: [{ from: '2026-03-01', thru: '2026-03-31', authority: 'FULL' }] });
    expect((await atHospital.read(`/v1/providers/${npi}`, 'credentialing')).json).toMatchObject({ provider: { npi }, links: [{ jurisdiction: 'CA' }] });
  });

  test('a number that two organisations say was replaced keeps the person’s licence, and pends from its last day on', async () => {
    const after = '1003357849';
    const fact = { type: 'REPLACED', npi, by: after, from: '2026-03-05' };
    const say = async (gateway: TestGateway, role: string, item: object): Promise<unknown> => ((await gateway.write('/v1/provider-identities', role, { items: [item] })).json['outcomes'] as readonly { outcome: string; code?: string }[]).map(({ outcome, code }) => code ?? outcome);
    const authorities = async (of: string): Promise<unknown> => ((await atHospital.read(`/v1/providers/${of}/standing?jurisdiction=CA&from=2026-03-01&thru=2026-03-31`, 'credentialing')).json['periods'] as readonly { from: string; authority: string }[]).map(({ from, authority }) => `${from} ${authority}`);
    await atHospital.write('/v1/providers', 'credentialing', { items: [{ npi: after, type: 'individual', name: { family: 'Rivera', given: 'Ana', suffix: 'Jr' }, taxonomies: [] }] });
    const proposal = { type: 'PROPOSE', fact, evidenceHash: 'e'.repeat(64) };

    expect(await say(atHospital, 'credentialing', proposal)).toEqual(['PROPOSED']);
    expect(await say(atHospital, 'credentialing', { type: 'CONFIRM', fact })).toEqual(['IDENTITY_NEEDS_ANOTHER']);
    expect(await say(atBoard, 'registrar', { type: 'CONFIRM', fact })).toEqual(['CONFIRMED']);
    expect([await authorities(npi), await authorities(after)]).toEqual([['2026-03-01 FULL', '2026-03-05 UNKNOWN'], ['2026-03-01 FULL']]);
    expect((await atHospital.read(`/v1/providers/${after}`, 'credentialing')).json).toMatchObject({ identity: { statements: [{ fact }] } });
    expect(await say(atHospital, 'credentialing', { type: 'DISPUTE', fact })).toEqual(['DISPUTED']);
    expect(await say(atBoard, 'registrar', { type: 'VOID', fact })).toEqual(['VOIDED']);
    expect(await authorities(npi)).toEqual(['2026-03-01 FULL']);
  });

  test('a roster is checked in one question, each clinician in its place', async () => {
    const check = async (body: unknown, role = 'medical-staff-office'): Promise<TestAnswer> => atHospital.request('/v1/standings/check', { method: 'POST', body, claims: { roles: [role] } });
    const items = [{ npi, jurisdiction: 'CA' }, { npi, jurisdiction: 'NV' }, { npi: '1679576722', jurisdiction: 'CA' }];
    const checked = await check({ asOf: '2026-03-01', items });
    const shortBefore = await check({ asOf: '2027-12-30', items: items.slice(0, 1) });

    expect([checked.status, checked.json]).toEqual([200, [
      { npi, jurisdiction: 'CA', registered: true, authority: 'FULL', nextChangeDate: null }, // valid for more than a year
      { npi, jurisdiction: 'NV', registered: true, authority: 'UNKNOWN', nextChangeDate: null },
      { npi: '1679576722', jurisdiction: 'CA', registered: false, authority: 'UNKNOWN', nextChangeDate: null },
    ]]);
    expect(shortBefore.json).toEqual([{ npi, jurisdiction: 'CA', registered: true, authority: 'FULL', nextChangeDate: '2028-01-01' }]);
    expect((await check({ asOf: '2026-03-01', items: [items[0], { npi: '1234567890', jurisdiction: 'ca' }] })).json).toMatchObject({
      code: 'INVALID_INPUT', issues: [{ path: '/items/1/npi' }, { path: '/items/1/jurisdiction' }],
    });
    expect((await check({ asOf: '2026-03-01', items: Array.from({ length: 1001 }, () => items[0]) })).json).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: '/items' }] });
    expect((await check({ asOf: '2026-03-01', items }, 'visitor')).json['code']).toBe('FORBIDDEN_ROLE');
  });

  test('a suspension takes effect on its day and leaves what was known before as it was', async () => {
    const suspended = await atBoard.write(`${path}/orders`, 'disciplinary-officer', suspension);
    const authority = async (query: string): Promise<unknown> => (await atHospital.read(`${path}/standing?${query}`, 'biller')).json['authority'];

    expect([suspended.status, suspended.json]).toMatchObject([201, { outcome: 'RECORDED', sequence: 2 }]);
    expect(await authority('asOf=2026-03-09')).toBe('FULL');
    expect(await authority('asOf=2026-03-10')).toBe('NONE');
    expect(await authority('asOf=2026-03-10&knownAt=1')).toBe('FULL');
  });

  test('an order that was decided on an older state is refused', async () => {
    const late = await atBoard.write(`${path}/orders`, 'disciplinary-officer', suspension);

    expect([late.status, late.json['code']]).toEqual([412, 'STALE_VERSION']);
  });

  test('the events of a licence tell all of it', async () => {
    const record = await atHospital.read(path, 'credentialing');

    expect(record.json).toMatchObject({ licence: { issuer: 'LicensingBoardMSP' }, events: [{ sequence: 1 }, { sequence: 2 }], faults: [] });
  });

  test('a board says up to when its records are complete, and answers tell it', async () => {
    const through = new Date().toISOString();
    const reported = await atBoard.write('/v1/board-reports', 'registrar', { board: 'ca-medical', through });

    expect([reported.status, reported.json]).toMatchObject([201, { outcome: 'REPORTED', report: { board: 'ca-medical', through, sequence: 1 } }]);
    expect((await atHospital.write('/v1/board-reports', 'registrar', { board: 'ca-medical', through })).json['code']).toBe('FORBIDDEN_ROLE');
  });

  test.each([
    ['no licence at all', '/v1/licences/ca/x/md/1/standing?asOf=2026-01-01', 400, 'INVALID_INPUT'],
    ['a licence that nobody issued', '/v1/licences/CA/ca-medical/MD/Z9/standing?asOf=2026-01-01', 404, 'LICENCE_NOT_FOUND'],
    ['no date', `${path}/standing?asOf=yesterday`, 400, 'INVALID_INPUT'],
    ['no position', `${path}/standing?asOf=2026-01-01&knownAt=first`, 400, 'INVALID_INPUT'],
    ['a parameter that nobody knows', `${path}/standing?asOf=2026-01-01&patient=1`, 400, 'INVALID_INPUT'],
    ['a number that is no NPI', '/v1/providers/1234567890/standing?jurisdiction=CA&from=2026-03-01&thru=2026-03-31', 400, 'INVALID_INPUT'],
  ])('a question about %s is refused', async (_, question, status, code) => {
    const answer = await atHospital.read(question, 'biller');

    expect([answer.status, answer.json['code']]).toEqual([status, code]);
  });

  test('a role that the organisation has nobody for cannot act, whatever the token says', async () => {
    const forged = await atHospital.write('/v1/licences', 'registrar', { items: [licence('H1')] });

    expect([forged.status, forged.json['code']]).toEqual([403, 'FORBIDDEN_ROLE']);
  });
});
