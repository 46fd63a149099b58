import { randomUUID } from 'node:crypto';
import { foundRegistry } from '../testing/founding.js';
import { TestConsortium } from '../testing/test-consortium.js';
import type { TestAnswer, TestGateway } from '../testing/test-gateway.js';

const board = { mspId: 'LicensingBoardMSP', name: 'Boards', kind: 'licensing-board', units: [{ id: 'ca-medical', name: 'Medical board', status: 'OPEN', kind: 'board', jurisdiction: 'CA', licenceTypes: ['MD'], timeZone: 'America/Los_Angeles' }, { id: 'nv-medical', name: 'Medical board of Nevada', status: 'OPEN', kind: 'board', jurisdiction: 'NV', licenceTypes: ['MD'], timeZone: 'America/Los_Angeles' }] };
const nevada = { jurisdiction: 'NV', board: 'nv-medical', type: 'MD', number: 'B1' };
const key = (number: string): object => ({ jurisdiction: 'CA', board: 'ca-medical', type: 'MD', number });
const path = (number: string): string => `/v1/licences/CA/ca-medical/MD/${number}`;
const initial = (action: object): object => ({ kind: 'INITIAL', action });
const revoked = { expectedSequence: 1, steps: [initial({ type: 'REVOKE', effectiveFrom: '2026-03-01', basisCodes: ['NEGLIGENCE'] })] };
const probation = { expectedSequence: 1, steps: [initial({ type: 'ENCUMBER', encumbrance: 'PROBATION', effectiveFrom: '2026-03-01', automaticReinstatement: false, basisCodes: [] })] };
const officer = 'disciplinary-officer';

describe('a board’s orders', () => {
  let consortium: TestConsortium;
  let atBoard: TestGateway;
  let atOffice: TestGateway;

  const propose = async (number: string, body: object): Promise<TestAnswer> => atBoard.write(`${path(number)}/order-drafts`, officer, body);
  const decide = async (draft: unknown, verb: string, role = 'board-member'): Promise<TestAnswer> => atBoard.write(`/v1/order-drafts/${String(draft)}/${verb}`, role, undefined);
  const standing = async (number: string, asOf: string): Promise<string> => {
    const { json } = await atOffice.read(`${path(number)}/standing?asOf=${asOf}`, 'member-admin');

    return `${String(json['lifecycle'])} ${String(json['authority'])}`;
  };
  const codeOf = ({ status, json }: TestAnswer): readonly unknown[] => [status, json['code']];

  beforeAll(async () => {
    consortium = await TestConsortium.start();
    [atOffice, atBoard] = [await consortium.gateway('ConsortiumMSP'), await consortium.gateway('LicensingBoardMSP')];
    await foundRegistry(atOffice, board);
    const items = ['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7', 'A8'].map((number) => ({ licence: key(number), effectiveFrom: '2020-01-01', validThru: '2027-12-31', grace: { thru: '2028-01-31', practice: true }, status: 'ACTIVE' }));
    await atBoard.write('/v1/licences', 'registrar', { items });
  }, 120_000);
  afterAll(async () => { await consortium.stop(); });

  test('count only with signatures of people who were introduced', async () => {
    const { json } = await propose('A1', revoked);
    expect(codeOf(await decide(json['id'], 'approval'))).toEqual([403, 'SIGNER_UNKNOWN']);
    const introduced = await Promise.all(['board-member', officer, 'registrar'].map((role) => atBoard.write('/v1/board-officers', role, undefined)));
    const officers = await atBoard.read('/v1/board-officers', 'registrar');

    expect(introduced.map(({ status, json: answer }) => [status, answer['outcome']])).toEqual([[201, 'INTRODUCED'], [201, 'INTRODUCED'], [201, 'INTRODUCED']]);
    expect(JSON.parse(officers.text)).toHaveLength(3);
    expect((await decide(json['id'], 'approval')).json).toMatchObject({ outcome: 'RECORDED', sequence: 2 });
    expect(await standing('A1', '2026-03-01')).toBe('REVOKED NONE');
  });

  test('that one person may make are recorded at once, and grave ones refused', async () => {
    expect(codeOf(await atBoard.write(`${path('A2')}/orders`, officer, revoked))).toEqual([403, 'TWO_PERSONS_NEEDED']);
    expect((await atBoard.write(`${path('A2')}/orders`, officer, probation)).json).toMatchObject({ outcome: 'RECORDED', sequence: 2 });
    expect(codeOf(await atBoard.write(`${path('A2')}/orders`, 'registrar', { ...probation, expectedSequence: 2 }))).toEqual([403, 'FORBIDDEN_ROLE']);
    expect(await standing('A2', '2026-03-01')).toBe('ACTIVE LIMITED');
  });

  test('bring a licence into a compact; standing and licence tell what follows from the other state’s', async () => {
    const designated = { expectedSequence: 1, steps: [initial({ type: 'DESIGNATE_PRINCIPAL', effectiveFrom: '2021-01-01', rule: 'imlc/1', principal: nevada })] };
    await atBoard.write('/v1/licences', 'registrar', { items: [{ licence: nevada, effectiveFrom: '2020-01-01', status: 'ACTIVE' }] });
    expect(codeOf(await atBoard.write(`${path('A8')}/orders`, 'board-member', designated))).toEqual([403, 'FORBIDDEN_ROLE']);
    expect((await atBoard.write(`${path('A8')}/orders`, 'registrar', designated)).json).toMatchObject({ outcome: 'RECORDED' });
    await atBoard.write('/v1/licences/NV/nv-medical/MD/B1/orders', officer, { expectedSequence: 1, steps: [initial({ type: 'SUSPEND', summary: false, effectiveFrom: '2026-02-01', automaticReinstatement: false, basisCodes: [] })] });

    const asked = async (query: string): Promise<TestAnswer> => atOffice.read(`${path('A8')}/standing?asOf=2026-03-01${query}`, 'member-admin');
    expect((await asked('')).json).toMatchObject({ authority: 'NONE', derived: [{ causedBy: { licence: nevada, event: 2, rule: 'imlc/1' } }], related: [{ licence: nevada, knownAt: 2 }] });
    expect((await asked('&knownAt=2&related=NV~nv-medical~MD~B1~1')).json).toMatchObject({ authority: 'FULL', related: [{ licence: nevada, knownAt: 1 }] });
    expect(codeOf(await asked('&related=NV~nv-medical~MD~B1'))).toEqual([400, 'INVALID_INPUT']);
    expect(codeOf(await asked('&related=NV~nv-medical~MD~B9~1'))).toEqual([404, 'LICENCE_NOT_FOUND']);
    expect((await atOffice.read(path('A8'), 'member-admin')).json['compact']).toMatchObject({ licences: [{ licence: key('A8') }, { licence: nevada, knownAt: 2 }] });
    expect(codeOf(await atBoard.write(`${path('A8')}/orders`, officer, { expectedSequence: 2, steps: [initial({ type: 'REINSTATE', effectiveFrom: '2026-03-01', ends: [], endsDerived: [{ licence: nevada, event: 2 }] })] }))).toEqual([403, 'TWO_PERSONS_NEEDED']);
  });

  test('are known to the board alone until both have signed; a resend of either step changes nothing', async () => {
    const headers = { 'Idempotency-Key': randomUUID() };
    const proposed = await atBoard.write(`${path('A3')}/order-drafts`, officer, revoked, headers);
    const again = await atBoard.write(`${path('A3')}/order-drafts`, officer, revoked, headers);
    const id = String(proposed.json['id']);

    expect(proposed).toMatchObject({ status: 201, json: { status: 'PROPOSED', proposer: `${officer}@test`, expectedSequence: 1 } });
    expect(again.json).toEqual(proposed.json);
    expect(JSON.parse((await atBoard.read('/v1/order-drafts', 'board-member')).text)).toMatchObject([{ id }]);
    expect(await standing('A3', '2026-03-01')).toBe('ACTIVE FULL');
    expect((await atOffice.read(path('A3'), 'member-admin')).json['events']).toHaveLength(1);
    expect((await decide(id, 'approval')).json).toMatchObject({ outcome: 'RECORDED' });
    expect((await decide(id, 'approval')).json).toMatchObject({ outcome: 'ALREADY_RECORDED', sequence: 2 });
    expect((await atBoard.read(`/v1/order-drafts/${id}`, officer)).json).toMatchObject({ status: 'RECORDED', decidedBy: 'board-member@test' });
    expect(JSON.parse((await atBoard.read('/v1/order-drafts', 'board-member')).text)).toEqual([]);
  });

  test('are not approved by whoever proposed them, though they be in both roles', async () => {
    const { json } = await propose('A4', revoked);
    const both = { method: 'POST', claims: { roles: ['board-member'], subject: `${officer}@test` }, headers: { 'Idempotency-Key': randomUUID() } };

    expect(codeOf(await atBoard.request(`/v1/order-drafts/${String(json['id'])}/approval`, both))).toEqual([403, 'SIGNER_TWICE']);
    expect(codeOf(await decide(json['id'], 'approval', officer))).toEqual([403, 'FORBIDDEN_ROLE']);
    expect(codeOf(await decide(json['id'], 'approval', 'registrar'))).toEqual([403, 'FORBIDDEN_ROLE']);
    expect(await standing('A4', '2026-03-01')).toBe('ACTIVE FULL');
    expect((await decide(json['id'], 'withdrawal', officer)).json).toMatchObject({ status: 'WITHDRAWN' });
  });

  test('that are declined, withdrawn or unknown are not approved afterwards', async () => {
    const declined = (await propose('A4', revoked)).json['id'];
    const withdrawn = (await propose('A4', revoked)).json['id'];

    expect((await decide(declined, 'refusal')).json).toMatchObject({ status: 'DECLINED', decidedBy: 'board-member@test' });
    expect(codeOf(await decide(declined, 'approval'))).toEqual([409, 'ORDER_DRAFT_DECIDED']);
    expect(codeOf(await decide(withdrawn, 'withdrawal', 'registrar'))).toEqual([403, 'FORBIDDEN']);
    expect((await decide(withdrawn, 'withdrawal', officer)).status).toBe(200);
    expect(codeOf(await decide(withdrawn, 'refusal'))).toEqual([409, 'ORDER_DRAFT_DECIDED']);
    expect(codeOf(await decide('0'.repeat(32), 'approval'))).toEqual([404, 'ORDER_DRAFT_NOT_FOUND']);
    expect(await standing('A4', '2026-03-01')).toBe('ACTIVE FULL');
  });

  test('that one member approves and another declines at once are either recorded or declined', async () => {
    const { json } = await propose('A7', revoked);
    const [approval, refusal] = await Promise.all([decide(json['id'], 'approval'), decide(json['id'], 'refusal')]);
    const { status } = (await atBoard.read(`/v1/order-drafts/${String(json['id'])}`, officer)).json;

    expect([[approval.status, refusal.status, status], await standing('A7', '2026-03-01')]).toEqual(
      approval.status === 201 ? [[201, 409, 'RECORDED'], 'REVOKED NONE'] : [[409, 200, 'DECLINED'], 'ACTIVE FULL'],
    );
  });

  test('that were proposed on an older state are refused when they are approved', async () => {
    const { json } = await propose('A4', { ...revoked, expectedSequence: 1 });
    await atBoard.write(`${path('A4')}/orders`, officer, probation);

    expect(codeOf(await decide(json['id'], 'approval'))).toEqual([412, 'STALE_VERSION']);
    expect((await decide(json['id'], 'withdrawal', officer)).json).toMatchObject({ status: 'WITHDRAWN' });
    expect(await standing('A4', '2026-03-01')).toBe('ACTIVE LIMITED');
  });

  test('keep their narrative with the board until a seal purges it', async () => {
    const order = { number: '800-2026-9', decidedOn: '2026-02-27' };
    const { json } = await propose('A5', { ...revoked, order, narrative: 'What the panel found.' });
    await decide(json['id'], 'approval');
    const document = `${path('A5')}/events/2/document`;
    const events = async (): Promise<unknown> => (await atOffice.read(path('A5'), 'member-admin')).json['events'];

    expect((await atBoard.read(document, officer)).json).toMatchObject({ narrative: 'What the panel found.' });
    expect(codeOf(await atBoard.read(document, 'registrar'))).toEqual([403, 'FORBIDDEN_ROLE']);
    expect(await events()).toMatchObject([{}, { order: { ...order, documentHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string } }]);
    expect(JSON.stringify(await events())).not.toContain('panel');

    const sealing = await propose('A5', { expectedSequence: 2, order: { number: 'court-1', decidedOn: '2026-03-20' }, steps: [{ kind: 'SEAL', target: 2 }] });
    expect((await decide(sealing.json['id'], 'approval')).json).toMatchObject({ outcome: 'RECORDED', sequence: 3 });
    expect(codeOf(await atBoard.read(document, officer))).toEqual([404, 'ORDER_DOCUMENT_NOT_FOUND']);
    expect(await events()).toMatchObject([{}, { sequence: 2, sealed: true }, { kind: 'SEAL' }]);
    expect(await standing('A5', '2026-03-01')).toBe('ACTIVE FULL');
  });

  test('extend a class of licences, each with its own result', async () => {
    const extended = (number: string, expectedSequence: number): object => ({ licence: key(number), expectedSequence, order: { number: 'EO-1', decidedOn: '2026-02-27' }, steps: [initial({ type: 'EXTEND', effectiveFrom: '2027-12-01', validThru: '2028-06-30' })] });
    const { json } = await atBoard.write('/v1/licence-orders', 'registrar', { items: [extended('A6', 1), extended('A4', 1), extended('Z9', 1)] });

    expect(json['outcomes']).toMatchObject([{ outcome: 'RECORDED' }, { outcome: 'REFUSED', code: 'STALE_VERSION' }, { outcome: 'REFUSED', code: 'LICENCE_NOT_FOUND' }]);
    expect(await standing('A6', '2028-06-30')).toBe('ACTIVE FULL');
  });

  test('extend a class at once, one order for all its licences, and are read by its name', async () => {
    const everyMd = '/v1/licences/CA/ca-medical/MD/*';
    const extension = initial({ type: 'EXTEND_CLASS', effectiveFrom: '2026-03-01', expiring: { from: '2027-12-01', thru: '2027-12-31' }, validThru: '2028-03-31' });
    const body = { expectedSequence: 0, order: { number: 'EO-2', decidedOn: '2026-02-27' }, steps: [extension] };

    expect(codeOf(await atBoard.write(`${everyMd}/orders`, officer, { ...revoked, expectedSequence: 0 }))).toEqual([400, 'INVALID_INPUT']);
    expect(codeOf(await atBoard.write(`${path('A2')}/orders`, 'registrar', { ...body, expectedSequence: 2 }))).toEqual([400, 'INVALID_INPUT']);
    expect((await atBoard.write(`${everyMd}/orders`, 'registrar', body)).json).toMatchObject({ outcome: 'RECORDED', id: 'CA~ca-medical~MD~*', sequence: 1 });
    expect((await atOffice.read(`${path('A2')}/standing?asOf=2028-03-31`, 'member-admin')).json).toMatchObject({ lifecycle: 'ACTIVE', classKnownAt: 1 });
    expect((await atOffice.read(`${path('A2')}/standing?asOf=2028-03-31&knownAt=2`, 'member-admin')).json).toMatchObject({ lifecycle: 'LAPSED', classKnownAt: 0 });
    expect((await atOffice.read(`${path('A2')}/standing?asOf=2028-03-31&knownAt=2&classKnownAt=1`, 'member-admin')).json).toMatchObject({ lifecycle: 'ACTIVE', classKnownAt: 1 });
    expect((await atOffice.read(everyMd, 'member-admin')).json).toMatchObject({ events: [{ sequence: 1, action: { type: 'EXTEND_CLASS' } }], faults: [] });
    expect(codeOf(await atBoard.write(`${everyMd}/orders`, officer, { expectedSequence: 1, steps: [{ kind: 'VOID', target: 1 }] }))).toEqual([403, 'TWO_PERSONS_NEEDED']);
    const draft = await atBoard.write(`${everyMd}/order-drafts`, 'registrar', { expectedSequence: 1, steps: [{ kind: 'VOID', target: 1 }] });
    expect((await decide(draft.json['id'], 'approval')).json).toMatchObject({ outcome: 'RECORDED', sequence: 2 });
    expect(await standing('A2', '2028-03-31')).toBe('LAPSED NONE');
  });

  test('tell that a renewal waits, when a hearing is due, and when a licence can be asked for again', async () => {
    const filed = { expectedSequence: 2, steps: [initial({ type: 'RENEWAL_FILED', effectiveFrom: '2027-12-31', continues: true })] };
    const answer = await atBoard.write(`${path('A6')}/orders`, 'registrar', filed);
    expect([answer.status, (await atOffice.read(`${path('A6')}/standing?asOf=2028-12-31`, 'member-admin')).json]).toMatchObject([201, { lifecycle: 'ACTIVE', renewalPending: true }]);

    const suspended = initial({ type: 'SUSPEND', summary: true, effectiveFrom: '2026-03-01', hearing: { by: '2026-03-31', unheard: 'DISSOLVES' }, automaticReinstatement: false, basisCodes: ['DANGER'] });
    await decide((await propose('A6', { expectedSequence: 3, steps: [suspended] })).json['id'], 'approval');
    expect((await atOffice.read(`${path('A6')}/standing?asOf=2026-03-31`, 'member-admin')).json).toMatchObject({ authority: 'NONE', encumbrances: [{ hearingBy: '2026-03-31' }], nextChangeDate: '2026-04-01' });

    await decide((await propose('A6', { expectedSequence: 4, steps: [initial({ type: 'REVOKE', effectiveFrom: '2026-06-01', permanent: true, basisCodes: [] })] })).json['id'], 'approval');
    const petition = await propose('A6', { expectedSequence: 5, steps: [initial({ type: 'REINSTATE', effectiveFrom: '2030-01-01', ends: [5] })] });
    expect(codeOf(await decide(petition.json['id'], 'approval'))).toEqual([422, 'REINSTATEMENT_NOT_OPEN']);
  });

  test.each([
    ['a hearing of what was heard already', { expectedSequence: 1, steps: [initial({ type: 'SUSPEND', summary: false, effectiveFrom: '2026-03-01', hearing: { by: '2026-03-31', unheard: 'STANDS' }, automaticReinstatement: false, basisCodes: [] })] }, '/steps/0/action'],
    ['an hour that no clock shows', { expectedSequence: 1, steps: [initial({ type: 'REVOKE', effectiveFrom: '2026-03-01', effectiveAt: { time: '25:00', zone: 'America/Los_Angeles' }, basisCodes: [] })] }, '/steps/0/action/effectiveAt/time'],
    ['a wait of what has no end', { expectedSequence: 1, steps: [initial({ type: 'REVOKE', effectiveFrom: '2026-03-01', petitionFrom: '2030-01-01', permanent: true, basisCodes: [] })] }, '/steps/0/action'],
    ['no step', { expectedSequence: 1, steps: [] }, '/steps'],
    ['a step of no kind', { expectedSequence: 1, steps: [{ kind: 'PARDON' }] }, '/steps/0/kind'],
    ['a void with an action', { expectedSequence: 1, steps: [{ kind: 'VOID', target: 1, action: {} }] }, '/steps/0/action'],
    ['an issue', { expectedSequence: 1, steps: [initial({ type: 'ISSUE', effectiveFrom: '2026-01-01', status: 'ACTIVE' })] }, '/steps/0/action/type'],
    ['a term that ends before it begins', { expectedSequence: 1, steps: [initial({ type: 'SUSPEND', summary: false, effectiveFrom: '2026-03-01', effectiveThru: '2026-02-01', automaticReinstatement: true, basisCodes: [] })] }, '/steps/0/action'],
    ['a narrative without an order', { ...probation, narrative: 'x' }, '/order'],
    ['a licence in the body', { ...probation, licence: key('A6') }, '/licence'],
  ])('are refused with %s', async (_, body, place) => {
    const answer = await atBoard.write(`${path('A6')}/orders`, officer, body);

    expect([answer.status, answer.json['code'], JSON.stringify(answer.json['issues'])]).toEqual([400, 'INVALID_INPUT', expect.stringContaining(`"path":"${place}"`) as string]);
  });

  test('stop counting a certificate that was withdrawn', async () => {
    const [signer] = (JSON.parse((await atBoard.read('/v1/board-officers', 'registrar')).text) as { fingerprint: string; role: string }[]).filter(({ role }) => role === 'board-member');
    const withdrawn = await atBoard.write(`/v1/board-officers/${signer?.fingerprint ?? ''}/withdrawal`, 'registrar', undefined);
    const { json } = await propose('A2', { ...revoked, expectedSequence: 2 });

    expect([withdrawn.status, withdrawn.json['outcome']]).toEqual([200, 'WITHDRAWN']);
    expect(codeOf(await decide(json['id'], 'approval'))).toEqual([403, 'SIGNER_WITHDRAWN']);
    expect(codeOf(await atOffice.write('/v1/board-officers', officer, undefined))).toEqual([403, 'FORBIDDEN_ROLE']);
  });
});
