import type { AdjudicateClaims, ClaimFile, HistoryInput, IssueRemittance, SubmitClaims } from '@medaccord/domain';
import { canonicalJson } from '@medaccord/domain';
import { refusalOf } from '../testing/contract-network.js';
import { ClaimsTown, SERVICE_DAY } from './testing/claims-town.js';
import type { Role } from './testing/claims-town.js';
import { claim, service } from './testing/terms.js';

interface Insured {
  readonly coverageId: string;
  readonly familyId: string;
  readonly planId: string;
  readonly feeScheduleId: string;
}

describe('a claim that is corrected, voided or opened again', () => {
  let town: ClaimsTown;

  beforeAll(async () => {
    town = await ClaimsTown.start();
  }, 120_000);

  afterAll(async () => {
    await town.stop();
  });

  const file = async (claimId: string, role: Role = 'biller'): Promise<ClaimFile> => town.read<ClaimFile>(role, 'readClaim', claimId);

  /** Two visits, decided and final: 100 deductible and 20 copay, then 120 - 20 - 20 (20 % of 100) = 80 paid. */
  async function paid(memberId: string): Promise<{ readonly claimId: string; readonly ids: Insured }> {
    const content = claim(memberId, service(SERVICE_DAY), service(SERVICE_DAY, { rendering: { entity: 'person', npi: '1234567893' }, procedure: { qualifier: 'HC', code: 'X0002', modifiers: [] } }));
    const terms = await town.insure();
    const ids = { ...terms, ...(await town.enrol(content, terms.planId)) };
    const [claimId = ''] = await town.submit(content);
    await town.apply('claims-examiner', await town.adjudication([claimId], ids));
    const { eob } = await town.decision(claimId);
    await town.apply('finance', town.remittance([eob], eob.body.totals.paidMinor));
    return { claimId, ids };
  }

  async function correction(original: string, frequency: '7' | '8'): Promise<SubmitClaims> {
    const known = (await file(original)).claim;
    return { verb: 'submitClaims', items: [{ claimId: town.newId(), claim: { ...known.body.content, frequency, originalReference: original }, original: known }] };
  }

  async function deciding(claimId: string, original: string, ids: Insured): Promise<AdjudicateClaims> {
    const body = await town.adjudication([claimId], ids);
    const decision = await town.decision(original);
    return { ...body, items: body.items.map((item) => ({ ...item, original: decision })) };
  }

  test('a replacement: the reversal at both parties, one remittance with both, and the person’s history has one claim', async () => {
    const { claimId, ids } = await paid('C-1');
    const submission = await correction(claimId, '7');
    const corrected = submission.items[0]?.claimId ?? '';
    await town.apply('biller', submission);
    const receipt = await town.apply('claims-examiner', await deciding(corrected, claimId, ids));
    expect(receipt.body.items).toMatchObject([{ id: corrected, outcome: 'ADJUDICATED', version: 1 }]);
    expect(canonicalJson(await file(claimId))).toBe(canonicalJson(await file(claimId, 'finance')));
    const [before, after] = [await file(claimId), await file(corrected)];
    expect(before.reversal?.body).toMatchObject({ cause: 'REPLACEMENT', correctedBy: corrected });
    expect(after.eob?.body.totals).toEqual(before.eob?.body.totals);
    expect((await town.read<HistoryInput[]>('claims-examiner', 'readHistory', ids.coverageId)).map((one) => one.claim.id)).toEqual([corrected]);
    if (before.reversal === null || before.eob === null || after.eob === null) throw new Error('documents expected');
    const command = town.remittance([after.eob], 0, { reversals: [{ reversal: before.reversal, eob: before.eob }] });
    await town.apply('finance', command);
    const again = { ...command, remittanceId: town.newId() };
    expect((await refusalOf(town.send('finance', town.command('finance', again)))).code).toBe('CLAIM_ALREADY_PAID');
  });

  test('a void: taken back, not decided, and remitted alone as a balance carried forward', async () => {
    const { claimId, ids } = await paid('C-2');
    const submission = await correction(claimId, '8');
    const voiding = submission.items[0]?.claimId ?? '';
    await town.apply('biller', submission);
    expect((await town.apply('claims-examiner', await deciding(voiding, claimId, ids))).body.items).toEqual([{ id: voiding, outcome: 'VOIDED' }]);
    expect(await file(voiding)).toMatchObject({ open: null, adjudication: null });
    const { reversal, eob } = await file(claimId);
    if (reversal === null || eob === null) throw new Error('documents expected');
    const command: IssueRemittance = town.remittance([], 0, { reversals: [{ reversal, eob }] });
    await town.apply('finance', command);
    expect((await town.read<{ body: object }>('biller', 'readNewest', 'payee-account', command.account?.accountId ?? '')).body).toMatchObject({ carriedForwardMinor: eob.body.totals.paidMinor });
    const twice = { ...command, remittanceId: town.newId() };
    expect((await refusalOf(town.send('finance', town.command('finance', twice)))).code).toBe('INPUT_MISSING');
  });

  test('opened again by a supervisor: version 2 after the reversal of version 1', async () => {
    const { claimId, ids } = await paid('C-3');
    const reopening = await town.reopening(claimId, ids.familyId);
    await town.apply('claims-supervisor', reopening);
    expect(await town.waiting('biller')).toContain(claimId);
    const { reversal } = await file(claimId);
    if (reversal === null) throw new Error('a reversal expected');
    const body = await town.adjudication([claimId], ids);
    await town.apply('claims-examiner', { ...body, items: body.items.map((item) => ({ ...item, reopened: reversal })) });
    expect((await file(claimId)).eob).toMatchObject({ version: 2, body: { corrects: { key: `reversal~${claimId}~1` } } });
    expect((await town.read<{ readonly same: boolean }>('denials', 'recompute', claimId)).same).toBe(true);
    // the first decision is not the newest any more
    expect((await refusalOf(town.send('claims-supervisor', town.command('claims-supervisor', reopening)))).code).toBe('STALE_VERSION');
  });

  test('the ledger knows what a command hides: a known original, a payment, an account', async () => {
    const { claimId, ids } = await paid('C-4');
    const { original, ...bare } = (await correction(claimId, '7')).items[0] ?? { claimId: '', claim: claim('C-4') };
    expect(original).toBeDefined();
    const refusal = async (role: Role, body: Parameters<ClaimsTown['command']>[1]): Promise<string> => (await refusalOf(town.send(role, town.command(role, body)))).code;
    expect(await refusal('biller', { verb: 'submitClaims', items: [bare] })).toBe('INPUT_MISSING');
    const reopening = await town.reopening(claimId, ids.familyId);
    const items = reopening.items.map(({ decision: { payment, ...rest }, ...one }) => ({ ...one, decision: rest, ...(payment === undefined && {}) }));
    expect(await refusal('claims-supervisor', { ...reopening, items })).toBe('INPUT_MISSING');
    expect(await refusal('claims-examiner', reopening)).toBe('FORBIDDEN_ROLE');
    expect(await refusal('biller', reopening)).toBe('FORBIDDEN_ORGANISATION');
  });
});
