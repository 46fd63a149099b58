import type { AnswerErasure, ClaimFile, ErasureDocument, ExecuteErasure, ProposeErasure, RecomputationPage } from '@medaccord/domain';
import { coverageClaimKey, erasedKeys, serviceKeys } from '@medaccord/domain';
import { refusalOf } from '../testing/contract-network.js';
import type { Party } from '../testing/contract-network.js';
import { ClaimsTown, HOSPITAL, SERVICE_DAY } from './testing/claims-town.js';
import type { Envelope } from './testing/claims-town.js';
import { claim, service } from './testing/terms.js';

describe('erasing all that there is about a claim', () => {
  const VERSIONS = { claim: 1, adjudication: 1, appeal: 0, pend: 0, dispute: 0 };
  let town: ClaimsTown;
  let terms: { readonly planId: string; readonly feeScheduleId: string };
  let hospitalsOfficer: Party;
  let members = 0;

  /** A claim that is decided, and the insurer's own keys about it. */
  const decided = async (): Promise<{ readonly claimId: string; readonly own: readonly string[]; readonly coverageId: string }> => {
    members += 1;
    const content = claim(`M-erase-${members}`, service(SERVICE_DAY));
    const insured = await town.enrol(content, terms.planId);
    const [claimId = ''] = await town.submit(content);
    await town.apply('claims-examiner', await town.adjudication([claimId], { ...terms, ...insured }));
    const file = await town.read<ClaimFile>('claims-examiner', 'readClaim', claimId);
    return { claimId, coverageId: insured.coverageId, own: [coverageClaimKey(insured.coverageId, claimId), ...serviceKeys(file.claim)] };
  };
  const atHospital = (): Envelope => ({ by: hospitalsOfficer, actor: { id: 'dpo', role: 'privacy-officer' } });
  const step = async (body: ProposeErasure | AnswerErasure | ExecuteErasure, envelope: Envelope = {}): Promise<void> => {
    await town.apply('privacy-officer', body, envelope);
  };
  const refusal = async (body: ProposeErasure | AnswerErasure | ExecuteErasure, envelope: Envelope = {}): Promise<string> =>
    (await refusalOf(town.send('privacy-officer', town.command('privacy-officer', body, envelope), envelope))).code;
  const newest = async (claimId: string): Promise<ErasureDocument> => town.read<ErasureDocument>('privacy-officer', 'readNewest', 'erasure', claimId);
  const propose = (claimId: string): ProposeErasure => ({ verb: 'proposeErasure', claimId, reason: 'RETENTION_ENDED', note: 'ten years' });
  const answer = async (claimId: string, approve = true): Promise<AnswerErasure> => ({ verb: 'answerErasure', erasure: await newest(claimId), approve });
  const execute = async (claimId: string, own: readonly string[] = [], versions = VERSIONS): Promise<ExecuteErasure> => ({ verb: 'executeErasure', erasure: await newest(claimId), versions, own });

  beforeAll(async () => {
    town = await ClaimsTown.start();
    terms = await town.insure();
    hospitalsOfficer = await town.network.as(HOSPITAL, 'dpo', { 'medaccord.role': 'privacy-officer' });
  }, 120_000);

  afterAll(async () => {
    await town.stop();
  });

  test('proposed by one party, approved by the other, carried out: no value is left at either, and only the fact remains', async () => {
    const { claimId, own, coverageId } = await decided();
    await step(propose(claimId), atHospital());
    await step(await answer(claimId));
    const before = await town.read<RecomputationPage>('privacy-officer', 'recomputeAll', '', '1000');
    await step(await execute(claimId, own));

    const keys = JSON.stringify(erasedKeys(claimId, VERSIONS));
    for (const documents of [await town.read('privacy-officer', 'readDocuments', keys), await hospitalsOfficer.evaluate('claims', 'readDocuments', [keys])]) {
      expect((documents as readonly unknown[]).every((document) => document === null)).toBe(true);
    }
    expect(await town.read('claims-examiner', 'readHistory', coverageId)).toEqual([]);
    expect(await newest(claimId)).toMatchObject({ version: 3, body: { state: 'ERASED', reason: 'RETENTION_ENDED', proposedBy: HOSPITAL, erased: VERSIONS } });
    expect((await refusalOf(town.read('privacy-officer', 'readClaim', claimId))).code).toBe('DOCUMENT_ERASED');
    expect((await refusalOf(hospitalsOfficer.evaluate('claims', 'readClaim', [claimId]))).code).toBe('DOCUMENT_ERASED');
    const after = await town.read<RecomputationPage>('privacy-officer', 'recomputeAll', '', '1000');
    expect([after.items.length, after.erased]).toEqual([before.items.length - 1, (before.erased ?? 0) + 1]);
  });

  test('nobody agrees with itself, and nothing is erased before the other party agreed', async () => {
    const { claimId } = await decided();
    await step(propose(claimId));
    expect(await refusal(await answer(claimId))).toBe('SAME_PARTY');
    expect(await refusal(await execute(claimId))).toBe('ERASURE_NOT_OPEN');
    await step(await answer(claimId, false), atHospital());
    expect(await refusal(await execute(claimId))).toBe('ERASURE_NOT_OPEN');
    expect(await refusal({ ...propose(claimId) })).toBe('DOCUMENT_EXISTS');
    await step({ ...propose(claimId), before: await newest(claimId) });
    expect(await newest(claimId)).toMatchObject({ version: 3, body: { state: 'PROPOSED' } });
  });

  test('an approval that was made up by the insurer alone is void', async () => {
    const { claimId } = await decided();
    await step(propose(claimId));
    const proposed = await newest(claimId);
    const forged: ErasureDocument = { ...proposed, version: 2, body: { ...proposed.body, state: 'APPROVED' } };
    expect(await refusal({ verb: 'executeErasure', erasure: forged, versions: VERSIONS, own: [] })).toBe('DOCUMENT_NOT_FOUND');
  });

  test('no version may be left over: counts below what there is are stale', async () => {
    const { claimId } = await decided();
    await step(propose(claimId));
    await step(await answer(claimId), atHospital());
    expect(await refusal(await execute(claimId, [], { ...VERSIONS, adjudication: 0 }))).toBe('STALE_VERSION');
  });

  test('a claim that waits is not erased', async () => {
    const [claimId = ''] = await town.submit(claim('M-waits', service(SERVICE_DAY)));
    expect(await refusal(propose(claimId))).toBe('CLAIM_STILL_OPEN');
  });

  test('only keys about this very claim go with it', async () => {
    const { claimId } = await decided();
    const other = await decided();
    await step(propose(claimId));
    await step(await answer(claimId), atHospital());
    expect(await refusal(await execute(claimId, other.own))).toBe('INVALID_INPUT');
    expect(await refusal(await execute(claimId, [`coverage~${claimId}~1`]))).toBe('INVALID_INPUT');
  });

  test('the hospital cannot carry it out, nor anybody in another role', async () => {
    const { claimId } = await decided();
    await step(propose(claimId));
    await step(await answer(claimId), atHospital());
    expect(await refusal(await execute(claimId), atHospital())).toBe('FORBIDDEN_ORGANISATION');
    expect((await refusalOf(town.send('claims-examiner', town.command('claims-examiner', await execute(claimId))))).code).toBe('FORBIDDEN_ROLE');
  });
});
