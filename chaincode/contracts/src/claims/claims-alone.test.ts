import type { AttemptDocument, ClaimFile, CommandBody, DisputeDocument, ErasureDocument, LodgedDocument, PayerContractDocument, UnilateralDocument, VersionCounts } from '@medaccord/domain';
import { refusalOf } from '../testing/contract-network.js';
import { ClaimsTown, HOSPITAL, INSURER, SERVICE_DAY } from './testing/claims-town.js';
import type { Envelope, Role } from './testing/claims-town.js';
import { claim, service } from './testing/terms.js';

describe('what one party writes while the other is away', () => {
  let town: ClaimsTown;
  let terms: { readonly planId: string; readonly feeScheduleId: string };
  let contract: PayerContractDocument;

  beforeAll(async () => {
    town = await ClaimsTown.start();
    terms = await town.insure();
    const id = town.newId();
    const body = { payee: { name: 'General Hospital', taxId: '123456789' }, networks: ['west'], products: [], from: '2020-01-01', aloneAfterHours: 0 };
    await town.apply('plan-admin', { verb: 'recordContracts', items: [{ id, version: 1, body }] });
    contract = await town.read<PayerContractDocument>('biller', 'readNewest', 'payer-contract', id);
  }, 120_000);

  afterAll(async () => {
    await town.stop();
  });

  const refusal = async (role: Role, body: CommandBody, envelope: Envelope = {}): Promise<string> => (await refusalOf(town.send(role, town.command(role, body, envelope), envelope))).code;
  const newest = async <T>(role: Role, kind: string, id: string): Promise<T> => town.read<T>(role, 'readNewest', kind, id);

  const execution = async (claimId: string, versions: VersionCounts): Promise<CommandBody> => ({ verb: 'executeErasure', erasure: await newest<ErasureDocument>('privacy-officer', 'erasure', claimId), versions, own: [] });
  const agreeToErase = async (claimId: string): Promise<void> => {
    const by = await town.network.as(HOSPITAL, 'dpo', { 'medaccord.role': 'privacy-officer' });
    await town.apply('privacy-officer', { verb: 'proposeErasure', claimId, reason: 'ENTERED_IN_ERROR' });
    await town.apply('privacy-officer', { verb: 'answerErasure', erasure: await newest<ErasureDocument>('privacy-officer', 'erasure', claimId), approve: true }, { by, actor: { id: 'dpo', role: 'privacy-officer' } });
  };

  test('a claim is lodged with the hospital’s signature alone, and countersigned with both', async () => {
    const content = claim('A-1', service(SERVICE_DAY));
    const { coverageId } = await town.enrol(content, terms.planId);
    const claimId = town.newId();
    const receipt = await town.apply('biller', { verb: 'attemptSubmission', items: [{ claimId, claim: content }] });
    await expect(town.read('finance', 'readReceipt', receipt.id)).rejects.toThrow(/DOCUMENT_NOT_FOUND/);
    const attempt = await newest<AttemptDocument>('biller', 'attempt', claimId);
    expect(await refusal('biller', { verb: 'lodgeClaims', items: [{ attempt, claim: content }] })).toBe('TOO_EARLY_ALONE');
    await town.apply('biller', { verb: 'lodgeClaims', items: [{ attempt, claim: content }], contract });
    const lodged = await newest<LodgedDocument>('biller', 'lodged', claimId);
    await expect(newest('claims-examiner', 'lodged', claimId)).rejects.toThrow(/DOCUMENT_NOT_FOUND/);
    const countersign: CommandBody = { verb: 'countersignClaims', items: [lodged] };
    expect(await refusal('biller', { ...countersign, items: [{ ...lodged, body: { ...lodged.body, filedAt: '2026-01-01T00:00:00.000Z' } }] })).toBe('DOCUMENT_MISMATCH');
    expect((await town.send('biller', town.command('biller', countersign), { endorsers: [HOSPITAL] })).code).not.toBe(0);
    await town.apply('biller', countersign);
    expect((await town.read<ClaimFile>('claims-examiner', 'readClaim', claimId)).claim.body).toMatchObject({ content, filed: { at: attempt.body.at } });
    await town.apply('claims-examiner', await town.adjudication([claimId], { coverageId, ...terms }));
    expect((await town.decision(claimId)).adjudication.body.facts.payableFrom).toBeDefined();

    await agreeToErase(claimId);
    await town.apply('privacy-officer', await execution(claimId, { claim: 1, adjudication: 1, appeal: 0, pend: 0, dispute: 0 }));
    for (const kind of ['attempt', 'lodged', 'claim']) await expect(newest('biller', kind, claimId)).rejects.toThrow(/DOCUMENT_(NOT_FOUND|ERASED)/);
  });

  test('a decision is made with the insurer’s signature alone, disputed, countersigned by both, or withdrawn', async () => {
    const content = claim('A-2', service(SERVICE_DAY));
    const ids = { ...(await town.enrol(content, terms.planId)), ...terms };
    const [claimId = ''] = await town.submit(content);
    await town.apply('claims-examiner', { verb: 'attemptDecision', claimIds: [claimId] });
    const attempt = await newest<AttemptDocument>('claims-examiner', 'attempt', claimId);
    const adjudication = await town.adjudication([claimId], ids);
    expect(await refusal('claims-examiner', { verb: 'decideAlone', attempt, terms: adjudication })).toBe('TOO_EARLY_ALONE');
    await town.apply('claims-examiner', { verb: 'decideAlone', attempt, contract, terms: adjudication });
    const unilateral = await newest<UnilateralDocument>('claims-examiner', 'unilateral', claimId);
    expect(await town.waiting('biller')).toContain(claimId);
    expect(await refusal('claims-examiner', await town.adjudication([claimId], ids))).toBe('DECIDED_ALONE');
    const dispute: CommandBody = { verb: 'openDispute', about: unilateral, grounds: 'NOT_UNREACHABLE', statement: 'our peer answered all day' };
    expect(await refusal('claims-examiner', dispute)).toBe('FORBIDDEN');
    await town.apply('denials', dispute);
    expect(await newest<DisputeDocument>('claims-examiner', 'dispute', claimId)).toMatchObject({ body: { openedBy: HOSPITAL, state: 'OPEN' } });
    await town.apply('claims-supervisor', { verb: 'settleDispute', dispute: await newest<DisputeDocument>('denials', 'dispute', claimId), state: 'REFUSED', answer: 'see the log' });
    const countersign: CommandBody = { verb: 'countersignDecision', unilateral, terms: adjudication };
    expect((await town.send('claims-examiner', town.command('claims-examiner', countersign), { endorsers: [INSURER] })).code).not.toBe(0);
    await town.apply('claims-examiner', countersign);
    const decided = await town.read<ClaimFile>('biller', 'readClaim', claimId);
    expect([decided.eob?.body, decided.open]).toEqual([unilateral.body.eob, null]);
    expect((await town.read<{ readonly same: boolean }>('denials', 'recompute', claimId)).same).toBe(true);
    expect(await refusal('claims-supervisor', { verb: 'withdrawDecision', unilateral: await newest('claims-examiner', 'unilateral', claimId), reason: 'x' })).toBe('DECISION_SETTLED');

    await agreeToErase(claimId);
    expect(await refusal('privacy-officer', await execution(claimId, { claim: 1, adjudication: 1, appeal: 0, pend: 0, dispute: 1 }))).toBe('STALE_VERSION');
    await town.apply('privacy-officer', await execution(claimId, { claim: 1, adjudication: 1, appeal: 0, pend: 0, dispute: 2 }));
    for (const role of ['denials', 'claims-examiner'] as const) await expect(newest(role, 'dispute', claimId)).rejects.toThrow(/DOCUMENT_(NOT_FOUND|ERASED)/);
  });
});
