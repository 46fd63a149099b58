import { randomUUID } from 'node:crypto';
import type { TestAnswer } from '../testing/test-gateway.js';
import { BoardWorld, codeOf, initial, member, officer, probation, registrar, summary } from './testing/board-world.js';

const nursing = '/v1/boards/wa-nursing';
const nurse = { ...registrar, unit: 'wa-nursing' };

describe('a board’s daily work', () => {
  let world: BoardWorld;

  const changes = async (query = ''): Promise<{ readonly items: readonly Record<string, unknown>[]; readonly next: number }> =>
    (await world.read(`${nursing}/changes${query}`, registrar)).json as unknown as { items: Record<string, unknown>[]; next: number };
  const reconcile = async (rows: readonly string[], query = '', key: string = randomUUID()): Promise<TestAnswer> =>
    world.upload(`${nursing}/reconciliations?jurisdiction=WA&type=RN&recordedOn=2026-03-01${query}`, registrar, rows.join('\n'), 'text/csv', key);
  const findings = async (run: unknown, query = ''): Promise<Record<string, unknown>> => (await world.read(`${nursing}/runs/${String(run)}/findings${query}`, registrar)).json;
  const runs = async (): Promise<readonly Record<string, unknown>[]> => JSON.parse((await world.read(`${nursing}/runs`, registrar)).text) as Record<string, unknown>[];

  beforeAll(async () => {
    world = await BoardWorld.start();
    await world.importRows('wa-1', ['rn 1,ACTIVE,2020-01-01,2027-12-31,"Doe, Jane"', 'RN2,Conditional,2020-01-01,2027-12-31,', 'RN3,ACTIVE,2019-01-01,2025-06-30,"Roe, Ann"', 'RN4,ACTIVE,yesterday,,']);
    await world.write('/v1/licences', registrar, { items: [{ licence: { jurisdiction: 'WA', board: 'wa-medical', type: 'MD', number: 'M1' }, effectiveFrom: '2020-01-01', status: 'ACTIVE' }] });
    await world.order('RN1', { expectedSequence: 1, order: { number: 'N-1', decidedOn: '2026-01-20' }, steps: [initial(probation)] });
  }, 120_000);
  afterAll(async () => { await world.stop(); });

  test('begins with a feed of all that changed, in the order of the chain, that goes on where it stopped', async () => {
    const { items, next } = await changes();
    expect(items.map(({ licence, event }) => [(licence as Record<string, unknown>)['number'], (event as Record<string, unknown>)['sequence'], ((event as Record<string, unknown>)['action'] as Record<string, unknown>)['type']])).toEqual([
      ['RN1', 1, 'ISSUE'], ['RN2', 1, 'ISSUE'], ['RN3', 1, 'ISSUE'], ['RN1', 2, 'ENCUMBER'],
    ]);
    expect(items[0]).toMatchObject({ event: { importBatch: 'wa-1', sourceRecordedAt: '2026-03-01' }, now: { holder: 'Doe, Jane', lifecycle: 'ACTIVE', authority: 'LIMITED', validThru: '2027-12-31', knownAt: 2 } });
    const first = await changes('?limit=3');
    expect([first.items.length, (await changes(`?after=${first.next}`)).items.length, (await changes(`?after=${next}`))]).toEqual([3, 1, { items: [], next }]);

    await world.order('RN3', { expectedSequence: 1, steps: [initial({ type: 'RENEW', effectiveFrom: '2025-07-01', validThru: '2027-06-30' })] });
    expect((await changes(`?after=${next}`)).items).toMatchObject([{ licence: { number: 'RN3' }, event: { sequence: 2, action: { type: 'RENEW' } }, now: { validThru: '2027-06-30' } }]);
  });

  test('gives the feed as a file that other systems load', async () => {
    const { status, headers, text } = await world.read(`${nursing}/changes.csv?limit=4`, officer);
    const [names, ...rows] = text.split('\r\n');

    expect([status, headers.get('content-type'), headers.get('medaccord-next')]).toEqual([200, 'text/csv; charset=utf-8', String((await changes('?limit=4')).next)]);
    expect(names).toBe('position,recordedAt,jurisdiction,board,type,number,sequence,kind,action,target,effectiveFrom,effectiveThru,orderNumber,decidedOn,holder,issuedOn,validThru,lifecycle,authority');
    expect(rows[0]).toMatch(/^\d+,[^,]+Z,WA,wa-nursing,RN,RN1,1,INITIAL,ISSUE,,2020-01-01,,,,"Doe, Jane",2020-01-01,2027-12-31,ACTIVE,LIMITED$/);
    expect(rows[3]).toMatch(/,RN1,2,INITIAL,ENCUMBER,,2026-02-01,2030-01-31,N-1,2026-01-20,/);
  });

  test('does not tell again what a court sealed', async () => {
    await world.importRows('wa-seal', ['RN7,ACTIVE,2020-01-01,2027-12-31,']);
    await world.order('RN7', { expectedSequence: 1, steps: [initial(probation)] });
    const { next } = await changes('?limit=500');
    await world.order('RN7', { expectedSequence: 2, order: { number: 'C-1', decidedOn: '2026-03-02' }, steps: [{ kind: 'SEAL', target: 2 }] }, 'two');
    const told = (await changes('?limit=500')).items.filter(({ licence }) => (licence as Record<string, unknown>)['number'] === 'RN7').map(({ event }) => event);

    expect(told).toMatchObject([{ sequence: 1 }, { sequence: 2, sealed: true }, { sequence: 3, kind: 'SEAL' }]);
    expect((await changes(`?after=${next}`)).items).toMatchObject([{ event: { kind: 'SEAL' } }]);
  });

  test('compares the board’s own records with the ledger, field by field, and keeps what differs', async () => {
    const { status, json } = await reconcile([
      'number,status,effectiveFrom,validThru,holder',
      'RN1,Active,2020-01-01,2027-12-31,"Doe, Jane"', // equal
      'RN2,ACTIVE,2020-01-01,2027-12-31,', // the ledger does not know what Conditional is
      'RN3,EXPIRED,2019-01-01,2025-06-30,"Roe-Low, Ann"', // was renewed, and her name is another
      'RN9,ACTIVE,2024-01-01,,', // nobody recorded it
      'RN9,ACTIVE,2024-01-01,,',
      'RN4,ACTIVE,yesterday,,',
    ]);

    expect([status, json]).toMatchObject([201, { counts: { rows: 6, equal: 1, different: 2, missingOnLedger: 1, missingInExtract: 1, refused: 2 } }]);
    expect(await findings(json['run'])).toEqual({ items: [
      { number: 'RN2', finding: 'DIFFERENT', detail: { fields: [{ field: 'status', extract: 'ACTIVE', ledger: 'UNKNOWN' }, { field: 'validThru', extract: '2027-12-31', ledger: null }] } },
      { number: 'RN3', finding: 'DIFFERENT', detail: { fields: [{ field: 'status', extract: 'EXPIRED', ledger: 'ACTIVE' }, { field: 'validThru', extract: '2025-06-30', ledger: '2027-06-30' }, { field: 'holder', extract: 'Roe-Low, Ann', ledger: 'Roe, Ann' }] } },
      { number: 'RN7', finding: 'MISSING_IN_EXTRACT', detail: { lifecycle: 'ACTIVE', validThru: '2027-12-31' } },
      { number: 'RN9', finding: 'MISSING_ON_LEDGER', detail: { number: 'RN9', status: 'ACTIVE', effectiveFrom: '2024-01-01' } },
      { number: 'RN9', finding: 'REFUSED', detail: { code: 'NAMED_TWICE' } },
      { number: 'row 6', finding: 'REFUSED', detail: { code: 'INVALID_INPUT', issues: [expect.objectContaining({ path: '/effectiveFrom' }) as object] } },
    ] });
    const page = await findings(json['run'], '?limit=2');
    expect([page['next'], (await findings(json['run'], `?after=${String(page['next'])}&limit=2`))['items']]).toMatchObject(['RN3', [{ number: 'RN7' }, { number: 'RN9' }]]);
  });

  test('reads an extract whose columns have other names, and more of them', async () => {
    const { json } = await reconcile(['LIC,ISSUED,SHOE,STAT,EXP', 'RN1,2020-01-01,42,current,2027-12-31'], '&columns=number%3DLIC,status%3DSTAT,effectiveFrom%3DISSUED,validThru%3DEXP');
    expect(json['counts']).toMatchObject({ rows: 1, equal: 1, missingInExtract: 3 });
    expect(codeOf(await reconcile(['LIC', 'RN1'], '&columns=shoe%3DSHOE'))).toEqual([400, 'INVALID_INPUT']);
  });

  test('finds the same when a reconciliation is sent again, and says how far each run is', async () => {
    const key = randomUUID();
    const rows = ['number,status,effectiveFrom', ...Array.from({ length: 1_203 }, (_, index) => `X${index},ACTIVE,2020-01-01`)];
    const [first, again] = [await reconcile(rows, '', key), await reconcile(rows, '', key)];
    const [latest] = await runs();

    expect([first.json['counts'], again.json]).toMatchObject([{ rows: 1_203, missingOnLedger: 1_203 }, first.json]);
    expect(latest).toMatchObject({ id: first.json['run'], kind: 'RECONCILIATION', label: 'WA RN 2026-03-01', status: 'DONE', counts: { rows: 1_203 }, startedBy: 'registrar@test' });
    expect((await runs()).find(({ label }) => label === 'wa-1')).toMatchObject({ kind: 'IMPORT', status: 'DONE', counts: { rows: 4, issued: 3, refused: 1, unknown: 1 } });
    expect((await findings((await runs()).find(({ label }) => label === 'wa-1')?.['id']))['items']).toMatchObject([{ number: 'row 4', finding: 'REFUSED', detail: { code: 'INVALID_INPUT' } }]);
  });

  test('is asked how far an import is while it runs', async () => {
    const imported = world.importRows('wa-long', Array.from({ length: 2_500 }, (_, index) => `L${index},ACTIVE,2020-01-01,2027-12-31,`));
    const seen = new Set<unknown>();
    for (let run: Record<string, unknown> | undefined; run?.['status'] !== 'DONE'; run = (await runs()).find(({ label }) => label === 'wa-long')) seen.add((run?.['counts'] as Record<string, unknown> | undefined)?.['issued'] ?? 0);

    expect((await imported).json['counts']).toMatchObject({ rows: 2_500, issued: 2_500 });
    // Transactions are answered one after the other, so that some number between is seen.
    expect([...seen].filter((issued) => issued !== 0 && issued !== 2_500)).not.toEqual([]);
  }, 120_000);

  test('reads status words by the board’s own table, version by version', async () => {
    const define = async (version: number, meaning: string, who = registrar): Promise<TestAnswer> => world.write(`${nursing}/status-words`, who, { version, words: [{ word: 'Conditional', meaning }] });
    expect((await define(1, 'INACTIVE')).json).toMatchObject({ outcome: 'DEFINED', words: { board: 'wa-nursing', version: 1 } });
    await world.importRows('wa-words', ['RN20,conditional,2020-01-01,2027-12-31,', 'RN21,Odd,2020-01-01,2027-12-31,']);
    expect((await world.read('/v1/licences/WA/wa-nursing/RN/RN20/standing?asOf=2026-03-01', registrar)).json).toMatchObject({ lifecycle: 'INACTIVE' });
    expect((await world.read('/v1/licences/WA/wa-nursing/RN/RN20', registrar)).json['licence']).toMatchObject({ source: { status: 'conditional', wordsVersion: 1, importBatch: 'wa-words' } });
    expect((await world.read('/v1/licences/WA/wa-nursing/RN/RN21/standing?asOf=2026-03-01', registrar)).json).toMatchObject({ lifecycle: 'UNKNOWN', authority: 'UNKNOWN' });
    expect(codeOf(await define(1, 'ACTIVE'))).toEqual([412, 'STALE_VERSION']);
    expect((await define(2, 'ACTIVE', nurse)).status).toBe(201);
    expect(JSON.parse((await world.atOffice.read(`${nursing}/status-words`, 'member-admin')).text)).toMatchObject([{ version: 1 }, { version: 2, words: [{ meaning: 'ACTIVE' }] }]);
    expect(codeOf(await define(3, 'FINE'))).toEqual([400, 'INVALID_INPUT']);
  });

  test('says before an import that a licence is not on the ledger, and not that it is unlicensed', async () => {
    expect((await world.read('/v1/licences/WA/wa-nursing/RN/RN1/standing?asOf=2026-03-01&knownAt=0', registrar)).json).toMatchObject({ lifecycle: 'UNKNOWN', authority: 'UNKNOWN', knownAt: 0 });
  });

  test('takes an import back when two persons say so: each licence to which nothing happened since, the others are listed', async () => {
    await world.importRows('wa-bad', Array.from({ length: 703 }, (_, index) => `B${index},ACTIVE,2020-01-01,2027-12-31,`));
    await world.order('B5', { expectedSequence: 1, steps: [initial(summary)] }, 'two');
    const proposed = await world.write(`${nursing}/batch-voids`, registrar, { importBatch: 'wa-bad', order: { number: 'R-1', decidedOn: '2026-03-02' } });
    // A registrar signs as well, and has introduced the certificate as the other two have.
    await world.write('/v1/board-officers', registrar, undefined);
    const approve = async (who = member, key: string = randomUUID()): Promise<TestAnswer> => world.write(`${nursing}/batch-voids/${String(proposed.json['id'])}/approval`, who, undefined, key);
    const key = randomUUID();

    expect(JSON.parse((await world.read(`${nursing}/batch-voids`, member)).text)).toMatchObject([{ id: proposed.json['id'], importBatch: 'wa-bad', status: 'PROPOSED', proposer: 'registrar@test' }]);
    const approved = await approve(member, key);
    expect([approved.status, approved.json]).toMatchObject([201, { counts: { licences: 703, voided: 702, alreadyRecorded: 0, refused: 1 }, proofs: [{}, {}] }]);
    expect(await findings(approved.json['run'])).toEqual({ items: [{ number: 'B5', finding: 'REFUSED', detail: { licence: 'WA~wa-nursing~RN~B5', code: 'LICENCE_CHANGED_SINCE' } }] });
    expect([(await approve(member, key)).json, (await approve()).json['counts']]).toEqual([approved.json, { licences: 703, voided: 0, alreadyRecorded: 702, refused: 1 }]);
    const standing = async (number: string): Promise<unknown> => (await world.atOffice.read(`/v1/licences/WA/wa-nursing/RN/${number}/standing?asOf=2026-03-01`, 'member-admin')).json['lifecycle'];
    expect([await standing('B0'), await standing('B5')]).toEqual(['NOT_ISSUED', 'ACTIVE']);
  }, 120_000);

  test('brings licences whose import was void anew', async () => {
    const { json } = await world.importRows('wa-good', ['B0,ACTIVE,2021-01-01,2028-12-31,"Doe, Joan"']);
    expect(json['counts']).toMatchObject({ issued: 1 });
    expect((await world.read('/v1/licences/WA/wa-nursing/RN/B0', registrar)).json).toMatchObject({ licence: { holder: 'Doe, Joan', source: { importBatch: 'wa-good' } }, events: [{}, { kind: 'VOID', importBatch: 'wa-bad' }, { sequence: 3, importBatch: 'wa-good' }], faults: [] });
  });

  test('does not take an import back for one person, after a refusal, or where there is none', async () => {
    const propose = async (importBatch: string, who = officer): Promise<TestAnswer> => world.write(`${nursing}/batch-voids`, who, { importBatch, order: { number: 'R-2', decidedOn: '2026-03-02' } });
    const { json } = await propose('wa-good');
    const both = { method: 'POST', claims: { roles: ['board-member'], subject: `${officer.role}@test` }, headers: { 'Idempotency-Key': randomUUID() } };

    expect(codeOf(await world.atBoard.request(`${nursing}/batch-voids/${String(json['id'])}/approval`, both))).toEqual([403, 'SIGNER_TWICE']);
    expect((await world.write(`${nursing}/batch-voids/${String(json['id'])}/refusal`, member, undefined)).json).toMatchObject({ status: 'DECLINED', decidedBy: 'board-member@test' });
    expect(codeOf(await world.write(`${nursing}/batch-voids/${String(json['id'])}/approval`, member, undefined))).toEqual([409, 'ORDER_DRAFT_DECIDED']);
    expect(codeOf(await propose('wa-none'))).toEqual([404, 'IMPORT_BATCH_NOT_FOUND']);
    expect(codeOf(await propose('wa-good', member))).toEqual([403, 'FORBIDDEN_ROLE']);
  });
});
