import type { TestAnswer } from '../testing/test-gateway.js';
import { BoardWorld, codeOf, initial, member, officer, probation, registrar, summary } from './testing/board-world.js';
import type { BoardPerson } from './testing/board-world.js';

const ofNursing = ({ role }: BoardPerson): BoardPerson => ({ role, unit: 'wa-nursing' });
const doctor = '/v1/licences/WA/wa-medical/MD/M1';
const order = { number: 'M-1', decidedOn: '2026-02-01' };

describe('people of one board of an agency', () => {
  let world: BoardWorld;
  const write = async (path: string, who: BoardPerson, body?: unknown): Promise<readonly unknown[]> => codeOf(await world.write(path, ofNursing(who), body));
  const read = async (path: string, who: BoardPerson): Promise<readonly unknown[]> => codeOf(await world.read(path, ofNursing(who)));
  const issue = async (board: string, type: string, number: string): Promise<TestAnswer> => world.write('/v1/licences', ofNursing(registrar), { items: [{ licence: { jurisdiction: 'WA', board, type, number }, effectiveFrom: '2020-01-01', status: 'ACTIVE' }] });

  beforeAll(async () => {
    world = await BoardWorld.start();
    await world.importRows('wa-1', ['RN1,ACTIVE,2020-01-01,2027-12-31,', 'RN2,ACTIVE,2020-01-01,2027-12-31,']);
    await world.upload('/v1/licences/import?jurisdiction=WA&board=wa-medical&type=MD&importBatch=md-1&recordedOn=2026-03-01', registrar, 'number,status,effectiveFrom\nM1,ACTIVE,2020-01-01');
    await world.write(`${doctor}/orders`, officer, { expectedSequence: 1, order, steps: [initial(probation)], narrative: 'What the panel found.' });
  }, 120_000);
  afterAll(async () => { await world.stop(); });

  test('do their own board’s work under their own certificates', async () => {
    expect((await issue('wa-nursing', 'RN', 'RN9')).json).toMatchObject({ outcomes: [{ outcome: 'ISSUED' }] });
    expect((await world.importRows('wa-2', ['RN10,ACTIVE,2020-01-01,,'], ofNursing(registrar))).json).toMatchObject({ counts: { issued: 1 } });
    const draft = await world.write('/v1/licences/WA/wa-nursing/RN/RN1/order-drafts', ofNursing(officer), { expectedSequence: 1, steps: [initial(summary)] });
    expect((await world.write(`/v1/order-drafts/${String(draft.json['id'])}/approval`, ofNursing(member), undefined)).json).toMatchObject({ outcome: 'RECORDED' });
    expect((await world.read('/v1/boards/wa-nursing/changes', ofNursing(registrar))).json['items']).toHaveLength(5);
    const proposed = await world.write('/v1/boards/wa-nursing/batch-voids', ofNursing(officer), { importBatch: 'wa-2', order });
    expect((await world.write(`/v1/boards/wa-nursing/batch-voids/${String(proposed.json['id'])}/approval`, ofNursing(member), undefined)).json).toMatchObject({ counts: { voided: 1, refused: 0 } });
  });

  test('touch no licence of another board of the agency', async () => {
    expect((await issue('wa-medical', 'MD', 'M9')).json).toMatchObject({ outcomes: [{ outcome: 'REFUSED', code: 'FORBIDDEN_UNIT' }] });
    expect(await write(`${doctor}/orders`, officer, { expectedSequence: 2, order, steps: [initial(probation)] })).toEqual([403, 'FORBIDDEN_UNIT']);
    expect(await write(`${doctor}/order-drafts`, officer, { expectedSequence: 2, order, steps: [initial(summary)] })).toEqual([403, 'FORBIDDEN_UNIT']);
    expect((await world.write('/v1/licence-orders', ofNursing(officer), { items: [{ licence: { jurisdiction: 'WA', board: 'wa-medical', type: 'MD', number: 'M1' }, expectedSequence: 2, steps: [initial(probation)] }] })).json).toMatchObject({ outcomes: [{ outcome: 'REFUSED', code: 'FORBIDDEN_UNIT' }] });
    expect(codeOf(await world.upload('/v1/licences/import?jurisdiction=WA&board=wa-medical&type=MD&importBatch=md-2&recordedOn=2026-03-01', ofNursing(registrar), 'number,status,effectiveFrom\nM2,ACTIVE,2020-01-01'))).toEqual([403, 'FORBIDDEN_UNIT']);
    expect(await write('/v1/board-reports', registrar, { board: 'wa-medical', through: '2026-03-01T00:00:00.000Z' })).toEqual([403, 'FORBIDDEN_UNIT']);
    expect(await write('/v1/boards/wa-medical/status-words', registrar, { version: 1, words: [{ word: 'A', meaning: 'ACTIVE' }] })).toEqual([403, 'FORBIDDEN_UNIT']);
  });

  test('read no other board’s work and documents', async () => {
    expect(await read(`${doctor}/events/2/document`, officer)).toEqual([403, 'FORBIDDEN_UNIT']);
    for (const path of ['changes', 'changes.csv', 'runs', 'runs/x', 'runs/x/findings', 'batch-voids', 'exports/fsmb', 'exports/nursys/licences.csv', 'exports/nursys/discipline.csv']) {
      expect([path, await read(`/v1/boards/wa-medical/${path}`, registrar)]).toEqual([path, [403, 'FORBIDDEN_UNIT']]);
    }
    expect(await read('/v1/boards/wa-medical/npdb-reports', officer)).toEqual([403, 'FORBIDDEN_UNIT']);
  });

  test('do not decide, publish, reconcile or report for another board', async () => {
    const ofDoctors = await world.write(`${doctor}/order-drafts`, officer, { expectedSequence: 2, order, steps: [initial(summary)] });
    const id = String(ofDoctors.json['id']);
    const batchVoid = await world.write('/v1/boards/wa-medical/batch-voids', officer, { importBatch: 'md-1', order });

    expect(JSON.parse((await world.read('/v1/order-drafts', ofNursing(member))).text)).toEqual([]);
    expect(await read(`/v1/order-drafts/${id}`, member)).toEqual([404, 'ORDER_DRAFT_NOT_FOUND']);
    for (const verb of ['approval', 'refusal']) expect([verb, await write(`/v1/order-drafts/${id}/${verb}`, member)]).toEqual([verb, [404, 'ORDER_DRAFT_NOT_FOUND']]);
    expect(await write(`/v1/order-drafts/${id}/withdrawal`, officer)).toEqual([404, 'ORDER_DRAFT_NOT_FOUND']);
    for (const board of ['wa-medical', 'wa-nursing']) {
      const refusal = board === 'wa-medical' ? [403, 'FORBIDDEN_UNIT'] : [404, 'ORDER_DRAFT_NOT_FOUND'];
      for (const verb of ['approval', 'refusal']) expect([board, verb, await write(`/v1/boards/${board}/batch-voids/${String(batchVoid.json['id'])}/${verb}`, member)]).toEqual([board, verb, refusal]);
    }
    expect(await write('/v1/boards/wa-medical/batch-voids', officer, { importBatch: 'md-1', order })).toEqual([403, 'FORBIDDEN_UNIT']);
    expect(await write(`${doctor}/events/2/publication`, officer)).toEqual([403, 'FORBIDDEN_UNIT']);
    expect(await write(`${doctor}/events/2/publication/withdrawal`, officer)).toEqual([403, 'FORBIDDEN_UNIT']);
    expect(codeOf(await world.upload(`${doctor}/events/2/publication/file?salt=${'0'.repeat(32)}&mediaType=text/plain`, ofNursing(officer), 'x', 'text/plain'))).toEqual([403, 'FORBIDDEN_UNIT']);
    expect(codeOf(await world.upload('/v1/boards/wa-medical/reconciliations?jurisdiction=WA&type=MD&recordedOn=2026-03-01', ofNursing(registrar), 'number,status,effectiveFrom'))).toEqual([403, 'FORBIDDEN_UNIT']);
    expect(await write('/v1/boards/wa-medical/npdb-reports/MD/M1/2', officer, { controlNumber: '5500000012345678', sentOn: '2026-03-01' })).toEqual([403, 'FORBIDDEN_UNIT']);
  });

  test('withdraw no certificate but their own board’s', async () => {
    const officers = JSON.parse((await world.read('/v1/board-officers', registrar)).text) as { fingerprint: string; role: string; unit?: string }[];
    const withdrawn = async (unit: string | undefined): Promise<readonly unknown[]> => write(`/v1/board-officers/${officers.find((one) => one.role === 'board-member' && one.unit === unit)?.fingerprint ?? ''}/withdrawal`, registrar);

    expect([await withdrawn(undefined), await withdrawn('wa-nursing')]).toEqual([[403, 'FORBIDDEN_UNIT'], [200, undefined]]);
  });

  test('do nothing where their board has enrolled nobody in their role, or their token names no unit that can be', async () => {
    expect(codeOf(await world.write('/v1/licences', { role: 'registrar', unit: 'wa-medical' }, { items: [] }))).toEqual([400, 'INVALID_INPUT']);
    expect(codeOf(await world.write(`${doctor}/orders`, { role: 'disciplinary-officer', unit: 'wa-medical' }, { expectedSequence: 2, steps: [initial(probation)] }))).toEqual([403, 'FORBIDDEN_UNIT']);
    expect(codeOf(await world.atBoard.request('/v1/board-officers', { claims: { roles: ['registrar'], unit: 7 } }))).toEqual([401, 'UNAUTHENTICATED']);
  });

  test('of no board at all have none to work on', async () => {
    expect(codeOf(await world.read('/v1/boards/wa-dental/changes', registrar))).toEqual([404, 'BOARD_NOT_OF_ORGANISATION']);
  });
});
