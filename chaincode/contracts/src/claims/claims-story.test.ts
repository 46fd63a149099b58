import type { ClaimFile, DocumentPage, HistoryInput, Receipt, RemittanceDocument } from '@medaccord/domain';
import { canonicalJson } from '@medaccord/domain';
import { ClaimsTown, SERVICE_DAY } from './testing/claims-town.js';
import { claim, service } from './testing/terms.js';

describe('a claim from submission to payment', () => {
  let town: ClaimsTown;

  beforeAll(async () => {
    town = await ClaimsTown.start();
  }, 120_000);

  afterAll(async () => {
    await town.stop();
  });

  test('is decided by both parties, who hold the same documents', async () => {
    const content = claim('M-1', service(SERVICE_DAY));
    const terms = await town.insure();
    const insured = await town.enrol(content, terms.planId);
    const [claimId = ''] = await town.submit(content);
    expect([await town.waiting('biller'), await town.waiting('claims-examiner')]).toEqual([[claimId], [claimId]]);

    const receipt = await town.apply('claims-examiner', await town.adjudication([claimId], { ...terms, ...insured }));
    expect(receipt.body.items).toEqual([{ id: claimId, outcome: 'ADJUDICATED', version: 1, decision: 'ZERO_PAY' }]);
    expect([await town.waiting('biller'), await town.waiting('claims-examiner')]).toEqual([[], []]);

    const atHospital = await town.read<ClaimFile>('biller', 'readClaim', claimId);
    expect(canonicalJson(atHospital)).toBe(canonicalJson(await town.read('claims-examiner', 'readClaim', claimId)));
    // 200 charged, 120 allowed; 100 deductible, 20 copay
    expect(atHospital.eob?.body).toMatchObject({ totals: { chargeMinor: 20_000, allowedMinor: 12_000, paidMinor: 0, patientMinor: 12_000 } });
    expect(atHospital.adjudication?.body.facts.standings).toMatchObject([{ npi: '1234567893', jurisdiction: 'CA', licences: [{ knownAt: 1 }] }]);
  });

  test('batches: a result for each claim, one version of the family’s totals, then one remittance to the cent', async () => {
    const contents = ['2', '3', '4'].map((day) => claim('M-2', service(`2026-02-0${day}`), service(`2026-02-0${day}`, { procedure: { qualifier: 'HC', code: 'X9999', modifiers: [] } })));
    const terms = await town.insure();
    const insured = await town.enrol(contents[0] ?? claim('M-2'), terms.planId);
    const ids = await town.submit(...contents);
    const adjudicated = await town.apply('claims-examiner', await town.adjudication(ids, { ...terms, ...insured }));
    expect(adjudicated.body.items.map(({ decision }) => decision)).toEqual(['PARTIAL', 'PARTIAL', 'PARTIAL']);

    const files = await Promise.all(ids.map((claimId) => town.read<ClaimFile>('finance', 'readClaim', claimId)));
    const eobs = files.flatMap(({ eob }) => eob ?? []);
    // first: 100 deductible, 20 copay; then twice 120 - 20 copay - 20 (20 % of 100) = 80
    expect(eobs.map(({ body }) => body.totals.paidMinor)).toEqual([0, 8_000, 8_000]);
    const issued = await town.apply('finance', {
      ...town.remittance(eobs, 16_000),
    });
    expect(issued.body.items).toMatchObject([{ outcome: 'ISSUED' }]);
    const page = await town.read<DocumentPage>('biller', 'listDocuments', 'remittance', '', '10');
    const [remittance] = page.items as unknown as RemittanceDocument[];
    expect(remittance?.body).toMatchObject({ totalMinor: 16_000, claims: [{ paidMinor: 0 }, { paidMinor: 8_000 }, { paidMinor: 8_000 }] });
    expect((await town.read<ClaimFile>('biller', 'readClaim', ids[0] ?? '')).payment?.body).toEqual({ remittanceId: remittance?.id });
    expect(await town.read<HistoryInput[]>('claims-examiner', 'readHistory', insured.coverageId)).toHaveLength(3);
  });

  test('a rejected claim is told in the receipt, at both parties, and nowhere else', async () => {
    const bad = { ...claim('M-3', service(SERVICE_DAY)), totalChargeMinor: 1 };
    const items = [{ claimId: town.newId(), claim: bad }, { claimId: town.newId(), claim: claim('M-3', service(SERVICE_DAY)) }];
    const receipt = await town.apply('biller', { verb: 'submitClaims', items });
    expect(receipt.body.items).toEqual([
      { id: items[0]?.claimId, outcome: 'REJECTED', rejections: [{ category: 'A8', status: '400', path: '/totalChargeMinor', rule: 'balance/v1' }] },
      { id: items[1]?.claimId, outcome: 'ACCEPTED', version: 1 },
    ]);
    expect(await town.read<Receipt>('claims-examiner', 'readReceipt', receipt.id)).toEqual(receipt);
    expect(await town.waiting('claims-examiner')).toEqual([items[1]?.claimId]);
  });

  test('many queries in one answer in their order, and one that is refused spoils no other', async () => {
    const claimId = town.newId();
    await town.apply('biller', { verb: 'submitClaims', items: [{ claimId, claim: claim('M-9', service(SERVICE_DAY)) }] });
    const requests = [{ query: 'readClaim', args: [claimId] }, { query: 'readNewest', args: ['claim', town.newId()] }, { query: 'readNewest', args: ['claim', claimId] }];
    const alone = await town.read<ClaimFile>('biller', 'readClaim', claimId);
    expect(await town.read('biller', 'readAll', JSON.stringify(requests))).toEqual([{ answer: alone }, { refused: 'DOCUMENT_NOT_FOUND' }, { answer: alone.claim }]);
  });

  test('the response is empty, and documents are found by key, kind and page', async () => {
    const content = claim('M-4', service(SERVICE_DAY));
    const command = town.command('biller', { verb: 'submitClaims', items: [{ claimId: town.newId(), claim: content }] });
    expect(await town.send('biller', command)).toMatchObject({ result: '', code: 0 });
    const key = `receipt~${command.commandId}~1`;
    expect(await town.read('biller', 'readDocuments', JSON.stringify([key, `claim~${town.newId()}~1`]))).toMatchObject([{ kind: 'receipt' }, null]);
    const ids: string[] = [];
    for (let next: string | undefined = ''; next !== undefined;) {
      const page: DocumentPage = await town.read<DocumentPage>('biller', 'listDocuments', 'claim', next, '2');
      ids.push(...page.items.map(({ id }) => id));
      next = page.next;
    }
    expect(ids).toHaveLength(new Set(ids).size);
    expect(ids).toEqual([...ids].sort());
    expect(ids.length).toBeGreaterThan(4);
  });
});
