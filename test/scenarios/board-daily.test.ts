import { createHash, randomUUID } from 'node:crypto';
import { registerBoardOfficers } from '../demo/board-orders.js';
import { foundConsortium } from '../demo/found-consortium.js';
import { GatewayClient, GatewayProblem } from '../demo/gateway-client.js';
import { peopleOf, type People } from '../demo/people.js';
import { DEMO_MEMBERS, DEMO_STATE } from '../fixtures/demo-registry.js';
import { startStoryStack, storyTimeoutMs, type StoryStack } from './story-stack.js';

const board = 'sample-nursing-board';
const agency = DEMO_MEMBERS['LicensingBoardMSP'];
const nursing = { id: board, kind: 'board', name: 'Sample Nursing Board', status: 'OPEN', jurisdiction: DEMO_STATE, licenceTypes: ['RN'], timeZone: 'America/New_York' } as const;
const work = `/v1/boards/${board}`;
const nurse = (number: string): string => `/v1/licences/${DEMO_STATE}/${board}/RN/${number}`;
const inPublic = (number: string): string => nurse(number).replace('/v1/', '/v1/public/');
const summary = { kind: 'INITIAL', action: { type: 'SUSPEND', summary: true, effectiveFrom: '2026-02-10', automaticReinstatement: false, basisCodes: ['DANGER'] } };

let stack: StoryStack;
let people: People;
let ofNursing: GatewayClient;

interface Page {
  readonly items: readonly Record<string, unknown>[];
  readonly next?: number;
}

beforeAll(async () => {
  stack = await startStoryStack();
  people = peopleOf(stack.endpoints);
  ofNursing = new GatewayClient(stack.endpoints, 'licensing-board', 'nursing-registrar');
  await foundConsortium(people, agency === undefined ? DEMO_MEMBERS : { ...DEMO_MEMBERS, LicensingBoardMSP: { ...agency, units: [...agency.units, nursing] } });
  await registerBoardOfficers(people);
}, storyTimeoutMs);

afterAll(async () => {
  await stack.stop();
}, storyTimeoutMs);

const importRows = async (importBatch: string, rows: readonly string[], who = people.registrar): Promise<unknown> =>
  who.upload(`/v1/licences/import?jurisdiction=${DEMO_STATE}&board=${board}&type=RN&importBatch=${importBatch}&recordedOn=2026-03-01`, 'text/csv', ['number,status,effectiveFrom,validThru,holder', ...rows].join('\n'));

async function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(() => 'was not refused', (error: unknown) => (error instanceof GatewayProblem ? error.problem.code : String(error)));
}

/** As anyone asks: without a token. */
async function anyone(path: string): Promise<{ readonly status: number; readonly headers: Headers; readonly text: string }> {
  const response = await fetch(`${people.registrar.url}${path}`);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

async function byTwo(path: string, proposal: object, approval: (id: string) => string): Promise<unknown> {
  const { id } = await people.disciplinaryOfficer.post<{ id: string }>(path, proposal);
  return people.boardMember.post(approval(id), {});
}

const order = async (number: string, body: object): Promise<unknown> => byTwo(`${nurse(number)}/order-drafts`, body, (id) => `/v1/order-drafts/${id}/approval`);

test('a board brings its roster, reads its words by its own table, and sees how far the import was', async () => {
  await ofNursing.post(`${work}/status-words`, { version: 1, words: [{ word: 'Conditional', meaning: 'INACTIVE' }] });
  const rows = Array.from({ length: 620 }, (_, index) => `N${index},ACTIVE,2020-01-01,2027-12-31,"Sample, Sam ${index}"`);
  expect(await importRows('first', [...rows, 'C1,Conditional,2020-01-01,,', 'bad row'])).toMatchObject({ counts: { rows: 622, issued: 621, refused: 1, unknown: 0 } });
  expect(await people.registrar.get(`${work}/runs`)).toMatchObject([{ kind: 'IMPORT', label: 'first', status: 'DONE', counts: { rows: 622, issued: 621 } }]);
  expect(await people.examiner.get(`${nurse('C1')}/standing?asOf=2026-03-01`)).toMatchObject({ lifecycle: 'INACTIVE' });
}, storyTimeoutMs);

test('its own system takes what changed, and the two compare their records', async () => {
  const first = await people.registrar.get<Page>(`${work}/changes?limit=500`);
  const rest = await people.registrar.get<Page>(`${work}/changes?after=${first.next ?? 0}&limit=500`);
  expect([first.items.length, rest.items.length]).toEqual([500, 121]);

  await order('N1', { expectedSequence: 1, order: { number: 'S-1', decidedOn: '2026-02-09' }, steps: [summary], narrative: 'What the panel found.' });
  expect((await people.registrar.get<Page>(`${work}/changes?after=${rest.next ?? 0}`)).items).toMatchObject([{ licence: { number: 'N1' }, event: { sequence: 2 }, now: { authority: 'NONE' } }]);

  const extract = ['number,status,effectiveFrom,validThru', ...Array.from({ length: 619 }, (_, index) => `N${index + 1},ACTIVE,2020-01-01,2027-12-31`), 'X1,ACTIVE,2024-01-01,'];
  const compared = await people.registrar.upload<{ run: string }>(`${work}/reconciliations?jurisdiction=${DEMO_STATE}&type=RN&recordedOn=2026-03-01`, 'text/csv', extract.join('\n'));
  expect(compared).toMatchObject({ counts: { rows: 620, equal: 618, different: 1, missingOnLedger: 1, missingInExtract: 2, refused: 0 } });
  expect((await people.registrar.get<Page>(`${work}/runs/${compared.run}/findings`)).items).toMatchObject([
    { number: 'C1', finding: 'MISSING_IN_EXTRACT' },
    { number: 'N0', finding: 'MISSING_IN_EXTRACT' },
    { number: 'N1', finding: 'DIFFERENT', detail: { fields: [{ field: 'status', extract: 'ACTIVE', ledger: 'SUSPENDED' }] } },
    { number: 'X1', finding: 'MISSING_ON_LEDGER' },
  ]);
}, storyTimeoutMs);

test('anyone looks a licence up and verifies the order’s document, until a court seals both', async () => {
  await people.disciplinaryOfficer.post(`${nurse('N1')}/events/2/publication`, {});
  const looked = await anyone(inPublic('N1'));
  const { actions } = JSON.parse(looked.text) as { actions: readonly { readonly document?: { readonly href: string; readonly sha256: string } }[] };
  const document = await anyone(actions[0]?.document?.href ?? '');
  expect([looked.status, looked.headers.get('set-cookie'), document.text]).toEqual([200, null, 'What the panel found.']);
  expect(createHash('sha256').update(`${document.headers.get('medaccord-document-salt') ?? ''}${document.text}`).digest('hex')).toBe(actions[0]?.document?.sha256);
  expect(await people.disciplinaryOfficer.get(`${work}/npdb-reports`)).toMatchObject({ items: [{ reportType: 'INITIAL', dueOn: '2026-03-11', subject: { lastName: 'Sample' } }] });

  await order('N1', { expectedSequence: 2, order: { number: 'C-1', decidedOn: '2026-03-02' }, steps: [{ kind: 'SEAL', target: 2 }] });
  expect(JSON.parse((await anyone(inPublic('N1'))).text)).toMatchObject({ status: 'ACTIVE', authority: 'FULL', actions: [] });
  expect((await anyone(actions[0]?.document?.href ?? '')).status).toBe(404);
  expect(await people.disciplinaryOfficer.get(`${work}/npdb-reports`)).toEqual({ items: [] });
}, storyTimeoutMs);

test('an import that was wrong is taken back by two persons, but for what happened since, and comes again', async () => {
  const { id } = await people.disciplinaryOfficer.post<{ id: string }>(`${work}/batch-voids`, { importBatch: 'first', order: { number: 'R-1', decidedOn: '2026-03-02' } });
  const key = randomUUID();
  const report = await people.boardMember.post(`${work}/batch-voids/${id}/approval`, {}, key);
  expect(report).toMatchObject({ counts: { licences: 621, voided: 620, refused: 1 } });
  expect(await people.boardMember.post(`${work}/batch-voids/${id}/approval`, {}, key)).toEqual(report);
  expect(await people.examiner.get(`${nurse('N2')}/standing?asOf=2026-03-01`)).toMatchObject({ lifecycle: 'NOT_ISSUED', authority: 'NONE' });
  expect((await anyone(inPublic('N2'))).status).toBe(404);
  expect(await importRows('second', ['N2,ACTIVE,2021-01-01,2028-12-31,"Sample, Sally"'])).toMatchObject({ counts: { issued: 1 } });
  expect(JSON.parse((await anyone(inPublic('N2'))).text)).toMatchObject({ holder: 'Sample, Sally', issuedOn: '2021-01-01' });
}, storyTimeoutMs);

test('the nursing board’s registrar works for that board alone, at the gateway and under the ledger’s rules', async () => {
  const [medical] = agency?.units ?? [];
  const foreign = `/v1/boards/${medical?.id ?? ''}`;
  expect(await importRows('third', ['N700,ACTIVE,2021-01-01,,'], ofNursing)).toMatchObject({ counts: { issued: 1 } });
  expect(await codeOf(ofNursing.get(`${foreign}/changes`))).toBe('FORBIDDEN_UNIT');
  const licence = { jurisdiction: DEMO_STATE, board: medical?.id, type: 'MD', number: 'D1' };
  expect(await ofNursing.post('/v1/licences', { items: [{ licence, effectiveFrom: '2020-01-01', status: 'ACTIVE' }] })).toMatchObject({ outcomes: [{ outcome: 'REFUSED', code: 'FORBIDDEN_UNIT' }] });
}, storyTimeoutMs);
