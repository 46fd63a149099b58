import { createHash, randomBytes } from 'node:crypto';
import type { TestAnswer } from '../testing/test-gateway.js';
import { BoardWorld, codeOf, initial, officer, probation, registrar, summary } from './testing/board-world.js';

const publicNurse = (number: string): string => `/v1/public/licences/WA/wa-nursing/RN/${number}`;
const publication = (number: string, sequence: number): string => `/v1/licences/WA/wa-nursing/RN/${number}/events/${sequence}/publication`;
const npi = '1234567893';

describe('the public look-up of a board', () => {
  let world: BoardWorld;

  /** As anyone asks: no token. */
  const ask = async (path: string, headers: Readonly<Record<string, string>> = {}): Promise<TestAnswer> => world.atBoard.request(path, { token: '', headers });
  const found = async (query: string): Promise<unknown> => (await ask(`/v1/public/licences?${query}`)).json;
  const numbers = async (query: string): Promise<readonly unknown[]> => ((await found(query)) as { items: { licence: { number: string } }[] }).items.map(({ licence }) => licence.number);

  beforeAll(async () => {
    world = await BoardWorld.start({ MEDACCORD_PUBLIC_REQUESTS_PER_MINUTE: '1000' });
    await world.importRows('wa-1', ['rn 1,ACTIVE,2020-01-01,2027-12-31,"Doe, Jane"', 'RN2,ACTIVE,2020-01-01,2027-12-31,"O\'Neil-Doe, Zoë"', 'RN3,ACTIVE,2020-01-01,2027-12-31,"Roe, <b>Ann</b>"', ...Array.from({ length: 30 }, (_, index) => `S${index},ACTIVE,2020-01-01,2027-12-31,"Smith, Sam ${index}"`)]);
    await world.write('/v1/providers', registrar, { items: [{ npi, type: 'individual', name: { family: 'Doe', given: 'Jane' }, taxonomies: [] }] });
    await world.write('/v1/provider-licence-links', registrar, { items: [{ type: 'ASSERT', npi, licence: { jurisdiction: 'WA', board: 'wa-nursing', type: 'RN', number: 'RN1' } }] });
    await world.order('RN1', { expectedSequence: 1, order: { number: 'N-1', decidedOn: '2026-01-20' }, steps: [initial(probation)], narrative: 'What the panel found.' });
  }, 120_000);
  afterAll(async () => { await world.stop(); });

  test('tells status, dates and public acts of one licence, and nothing of who recorded them', async () => {
    const { status, json, text, headers } = await ask(publicNurse('RN1'));

    expect([status, json]).toMatchObject([200, {
      licence: { number: 'RN1' }, board: 'Board wa-nursing', holder: 'Doe, Jane', numberAsPrinted: 'rn 1', status: 'ACTIVE', authority: 'LIMITED', issuedOn: '2020-01-01', validThru: '2027-12-31',
      encumbrances: [{ type: 'PROBATION', from: '2026-02-01', thru: '2030-01-31' }],
      actions: [{ sequence: 2, type: 'PROBATION', effectiveFrom: '2026-02-01', effectiveThru: '2030-01-31', orderNumber: 'N-1', decidedOn: '2026-01-20' }],
    }]);
    expect(text).not.toMatch(/subject|actionId|txId|mspId|signature|panel|importBatch|CARE/);
    expect([headers.get('cache-control'), headers.get('set-cookie')]).toEqual(['public, max-age=300', null]);
  });

  test('says only that nothing changed to whoever has the answer', async () => {
    const etag = (await ask(publicNurse('RN1'))).headers.get('etag') ?? '';
    const again = await ask(publicNurse('RN1'), { 'If-None-Match': etag, 'Cache-Control': 'max-age=0' });

    expect([etag, again.status, again.text]).toEqual([expect.stringMatching(/^(W\/)?".+"$/) as string, 304, '']);
  });

  test('finds licences by number, by words of a name, and by NPI', async () => {
    expect(await found('number=rn%201')).toMatchObject({ items: [{ licence: { type: 'RN', number: 'RN1' }, holder: 'Doe, Jane', href: publicNurse('RN1') }], more: false });
    expect([await numbers('name=doe'), await numbers('name=zoe%20oneil'), await numbers('name=jane%20d'), await numbers('name=nobody'), await numbers(`npi=${npi}`), await numbers('npi=1003357849')]).toEqual([['RN1', 'RN2'], ['RN2'], ['RN1'], [], ['RN1'], []]);
  });

  test('lists never all: 25 at most, no next page, no question without three letters', async () => {
    expect(await found('name=smith')).toMatchObject({ items: { length: 25 }, more: true });
    for (const query of ['', 'name=sm', 'name=%25%25%25', 'name=smith&number=S1', 'number=%2a', 'npi=1234567890', 'name=smith&after=S9', 'board=wa-nursing']) {
      expect([query, codeOf(await ask(`/v1/public/licences?${query}`))]).toEqual([query, [400, 'INVALID_INPUT']]);
    }
  });

  test('knows its own boards’ licences only, and none whose issue is void', async () => {
    expect(codeOf(await ask('/v1/public/licences/CA/ca-medical/MD/A1'))).toEqual([404, 'LICENCE_NOT_FOUND']);
    expect(codeOf(await ask(publicNurse('RN99')))).toEqual([404, 'LICENCE_NOT_FOUND']);
    expect(codeOf(await world.atOffice.request(publicNurse('RN1'), { token: '' }))).toEqual([404, 'LICENCE_NOT_FOUND']);
    await world.order('S29', { expectedSequence: 1, order: { number: 'V-1', decidedOn: '2026-02-02' }, steps: [{ kind: 'VOID', target: 1 }] }, 'two');
    expect([codeOf(await ask(publicNurse('S29'))), await numbers('number=S29')]).toEqual([[404, 'LICENCE_NOT_FOUND'], []]);
  });

  test('gives a published narrative, which anyone verifies against the hash on the ledger', async () => {
    expect(codeOf(await ask(`${publicNurse('RN1')}/documents/2`))).toEqual([404, 'ORDER_DOCUMENT_NOT_FOUND']);
    expect((await world.write(publication('RN1', 2), officer, undefined)).json).toEqual({ outcome: 'PUBLISHED' });
    const { json } = await ask(publicNurse('RN1'));
    const [{ document } = { document: { href: '', sha256: '' } }] = json['actions'] as { document: { href: string; sha256: string } }[];
    const { text, headers } = await ask(document.href);

    expect([text, headers.get('content-type'), headers.get('content-security-policy')]).toEqual(['What the panel found.', 'text/plain; charset=utf-8', 'sandbox']);
    expect(createHash('sha256').update(`${headers.get('medaccord-document-salt') ?? ''}${text}`).digest('hex')).toBe(document.sha256);
    const [, order] = (await world.atOffice.read('/v1/licences/WA/wa-nursing/RN/RN1', 'member-admin')).json['events'] as { order: { documentHash: string } }[];
    expect(order?.order.documentHash).toBe(document.sha256);
    expect((await world.write(`${publication('RN1', 2)}/withdrawal`, officer, undefined)).json).toEqual({ outcome: 'WITHDRAWN' });
    expect(codeOf(await ask(document.href))).toEqual([404, 'ORDER_DOCUMENT_NOT_FOUND']);
  });

  test('gives a published file, and takes none that is not the one which the order names', async () => {
    const [salt, pdf] = [randomBytes(16).toString('hex'), Buffer.from('%PDF-1.7\n%âãÏÓ and so on\n', 'latin1')];
    const documentHash = createHash('sha256').update(salt).update(pdf).digest('hex');
    await world.order('RN2', { expectedSequence: 1, order: { number: 'N-2', decidedOn: '2026-02-09', documentHash }, steps: [initial(summary)] }, 'two');
    const publish = async (content: Buffer, query: string, who = officer): Promise<TestAnswer> => world.upload(`${publication('RN2', 2)}/file?${query}`, who, new Uint8Array(content), 'application/pdf');

    expect(codeOf(await publish(Buffer.from('another'), `salt=${salt}&mediaType=application/pdf`))).toEqual([422, 'ORDER_DOCUMENT_DIFFERS']);
    expect(codeOf(await publish(pdf, `salt=${salt}&mediaType=text/html`))).toEqual([400, 'INVALID_INPUT']);
    expect(codeOf(await publish(pdf, `salt=${salt}&mediaType=application/pdf`, registrar))).toEqual([403, 'FORBIDDEN_ROLE']);
    expect((await publish(pdf, `salt=${salt}&mediaType=application/pdf`)).json).toEqual({ outcome: 'PUBLISHED' });
    const { headers, text } = await ask(`${publicNurse('RN2')}/documents/2`);
    expect([headers.get('content-type'), headers.get('medaccord-document-salt'), text.slice(0, 8)]).toEqual(['application/pdf', salt, '%PDF-1.7']);
  });

  test('shows a sealed matter no more, nor its document, though somebody has its address', async () => {
    await world.order('RN2', { expectedSequence: 2, order: { number: 'C-1', decidedOn: '2026-03-02' }, steps: [{ kind: 'SEAL', target: 2 }] }, 'two');
    const { json, text } = await ask(publicNurse('RN2'));

    expect([json['status'], json['authority'], json['actions'], json['encumbrances']]).toEqual(['ACTIVE', 'FULL', [], []]);
    expect(text).not.toMatch(/SUSP|N-2|C-1|SEAL/i);
    expect(codeOf(await ask(`${publicNurse('RN2')}/documents/2`))).toEqual([404, 'ORDER_DOCUMENT_NOT_FOUND']);
    expect(codeOf(await world.write(publication('RN2', 2), officer, undefined))).toEqual([404, 'ORDER_DOCUMENT_NOT_FOUND']);
    expect((await ask('/look-up/WA/wa-nursing/RN/RN2')).text).not.toMatch(/SUSP|N-2/);
  });

  test('shows an act that was voided no more, and a stay beside what it stays', async () => {
    await world.order('S1', { expectedSequence: 1, steps: [initial(probation)] });
    await world.order('S1', { expectedSequence: 2, steps: [{ kind: 'STAY', target: 2, action: { type: 'STAY', by: 'COURT', effectiveFrom: '2026-02-15' } }] });
    expect((await ask(publicNurse('S1'))).json).toMatchObject({ authority: 'FULL', encumbrances: [{ type: 'PROBATION', stayed: true }], actions: [{ type: 'PROBATION' }, { type: 'STAY', about: 2 }] });
    await world.order('S1', { expectedSequence: 3, order: { number: 'V-2', decidedOn: '2026-02-20' }, steps: [{ kind: 'VOID', target: 2 }] }, 'two');
    expect((await ask(publicNurse('S1'))).json).toMatchObject({ authority: 'FULL', encumbrances: [], actions: [] });
  });

  test('is a page as well, with every name as text', async () => {
    const [empty, list, page, wrong] = [await ask('/look-up'), await ask('/look-up?name=roe&number='), await ask('/look-up/WA/wa-nursing/RN/RN3'), await ask('/look-up?name=x')];

    expect([empty.status, empty.headers.get('content-type'), empty.text]).toEqual([200, 'text/html; charset=utf-8', expect.stringContaining('<form') as string]);
    expect(list.text).toContain('<a href="/look-up/WA/wa-nursing/RN/RN3">RN3</a>');
    expect(page.text).toContain('Roe, &lt;b&gt;Ann&lt;/b&gt;');
    expect([wrong.status, wrong.text]).toEqual([200, expect.stringContaining('role="alert"') as string]);
    expect(`${list.text}${page.text}`).not.toMatch(/<b>|<script/);
  });

  test('tells of a day that is over how much was recorded, and the hash over it', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const empty = createHash('sha256').update('[]').digest('hex');

    expect((await ask('/v1/public/boards/wa-nursing/days/2026-01-01')).json).toEqual({ schema: 'board-day/v1', board: 'wa-nursing', day: '2026-01-01', events: 0, byType: {}, sha256: empty });
    expect(codeOf(await ask(`/v1/public/boards/wa-nursing/days/${today}`))).toEqual([404, 'BOARD_NOT_OF_ORGANISATION']);
    expect(codeOf(await ask('/v1/public/boards/ca-medical/days/2026-01-01'))).toEqual([404, 'BOARD_NOT_OF_ORGANISATION']);
  });

  test('answers an address that asks too often no more for a minute, and others still', async () => {
    const strict = await world.consortium.gateway('LicensingBoardMSP', { MEDACCORD_PUBLIC_REQUESTS_PER_MINUTE: '2', MEDACCORD_TRUSTED_PROXIES: 'loopback', MEDACCORD_DATA_DIR: `${world.consortium.directory}/strict` });
    const from = async (address: string): Promise<TestAnswer> => strict.request(publicNurse('RN1'), { token: '', headers: { 'X-Forwarded-For': address } });
    const answers = [await from('192.0.2.1'), await from('192.0.2.1'), await from('192.0.2.1'), await from('192.0.2.2')];

    expect(answers.map(({ status, json, headers }) => [status, json['code'], headers.get('retry-after')])).toEqual([[200, undefined, null], [200, undefined, null], [429, 'TOO_MANY_REQUESTS', '60'], [200, undefined, null]]);
  });
});
