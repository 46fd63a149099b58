import { accumulatorId, accumulatorInput } from '@medaccord/domain';
import type { AccumulatorFile, AnswerEligibility, ChangeCoverages, ClaimFile, CommandBody, CoverageDocument, EligibilityDocument, PlanDocument, ProposeReviews, Receipt, ReviewListDocument } from '@medaccord/domain';
import { sha256 } from '../platform/sha256.js';
import { inRole } from '../testing/founded-registry.js';
import { refusalOf } from '../testing/contract-network.js';
import { BOTH, ClaimsTown, HOSPITAL, INSURER, LICENCE, SERVICE_DAY } from './testing/claims-town.js';
import type { Envelope, Role } from './testing/claims-town.js';
import { claim, service } from './testing/terms.js';

describe('what stands around a claim, on the ledger', () => {
  let town: ClaimsTown;
  let terms: { readonly planId: string; readonly feeScheduleId: string };

  beforeAll(async () => {
    town = await ClaimsTown.start();
    terms = await town.insure();
  }, 120_000);

  afterAll(async () => {
    await town.stop();
  });

  const refusal = async (role: Role, body: CommandBody, envelope: Envelope = {}): Promise<string> => (await refusalOf(town.send(role, town.command(role, body, envelope), envelope))).code;
  const enrolled = async (memberId: string): Promise<{ readonly coverageId: string; readonly familyId: string }> => town.enrol(claim(memberId, service(SERVICE_DAY)), terms.planId);
  const coverageOf = (id: string): Promise<CoverageDocument> => town.read<CoverageDocument>('plan-admin', 'readNewest', 'coverage', id);

  test('a question and its answer lie with both parties, the statements with the insurer alone', async () => {
    const { coverageId, familyId } = await enrolled('E-1');
    const id = town.newId();
    await town.apply('biller', { verb: 'askEligibility', items: [{ id, question: { personKey: 'E-1', serviceDate: SERVICE_DAY, categories: [] } }] });
    const coverage = await coverageOf(coverageId);
    const file = await town.read<AccumulatorFile>('plan-admin', 'readAccumulator', accumulatorId(familyId, `${SERVICE_DAY.slice(0, 4)}-01-01`, sha256));
    const answer: AnswerEligibility = {
      verb: 'answerEligibility',
      items: [{
        inquiry: await town.read<EligibilityDocument>('claims-examiner', 'readNewest', 'eligibility', id), coverage,
        plan: await town.read<PlanDocument>('plan-admin', 'readNewest', 'plan', terms.planId), accumulator: accumulatorInput(file, [coverage], [], sha256),
      }],
    };
    const altered = { ...answer, items: answer.items.map((item) => ({ ...item, coverage: { ...coverage, body: { ...coverage.body, reason: 'made up' } } })) };
    expect(await refusal('claims-examiner', altered)).toBe('DOCUMENT_MISMATCH');
    await town.apply('claims-examiner', answer);
    expect(await refusal('plan-admin', answer)).toBe('STALE_VERSION');
    const receipt = await town.read<EligibilityDocument>('denials', 'readNewest', 'eligibility', id);
    expect(receipt).toMatchObject({ version: 2, body: { answer: { covered: true, plan: { name: 'Silver' } } }, recorded: { by: { mspId: INSURER, actorId: 'person-claims-examiner' } } });
    expect(receipt).toEqual(await town.read('finance', 'readNewest', 'eligibility', id));
    await expect(town.read('biller', 'readNewest', 'coverage', coverageId)).rejects.toThrow(/DOCUMENT_NOT_FOUND/);
  });

  test('a termination in the past is the insurer’s own; its list too, without the hospital’s signature', async () => {
    const { coverageId, familyId } = await enrolled('E-2');
    const ids = { coverageId, familyId, ...terms };
    const [claimId = ''] = await town.submit(claim('E-2', service(SERVICE_DAY)));
    await town.apply('claims-examiner', await town.adjudication([claimId], ids));
    const change: ChangeCoverages = { verb: 'changeCoverages', items: [{ type: 'TERMINATION', coverage: await coverageOf(coverageId), lastDay: '2020-12-31', reason: 'premium not paid' }] };
    expect(await refusal('plan-admin', change, { parties: BOTH })).toBe('WRONG_PARTIES');
    await town.apply('plan-admin', change);
    const { adjudication, eob } = await town.read<ClaimFile>('claims-examiner', 'readClaim', claimId);
    if (adjudication === null || eob === null) throw new Error('a decision expected');
    const listId = town.newId();
    const propose: ProposeReviews = { verb: 'proposeReviews', listId, cause: { type: 'COVERAGE', coverageId, version: 2 }, reason: 'terminated', decisions: [{ adjudication, eob }], terms: await town.adjudication([claimId], ids) };
    const receipt: Receipt = await town.apply('claims-examiner', propose);
    expect(receipt.body.items).toEqual([{ id: listId, outcome: 'RECORDED', version: 1 }]);
    await expect(town.read('biller', 'readReceipt', receipt.id)).rejects.toThrow(/DOCUMENT_NOT_FOUND/);
    const list = await town.read<ReviewListDocument>('claims-supervisor', 'readNewest', 'review-list', listId);
    expect(list.body).toMatchObject({ hospitalMsp: HOSPITAL, changes: [{ claimId, wouldBe: { decision: 'DENIED', lines: [{ reasons: ['PR-27'] }] }, state: 'PROPOSED' }] });
    expect((await town.read<ClaimFile>('biller', 'readClaim', claimId)).eob).toEqual(eob);
    const release: CommandBody = { verb: 'decideReviews', list, decisions: [{ claimId, state: 'RELEASED', reason: 'looked at' }] };
    expect(await refusal('claims-examiner', release)).toBe('FORBIDDEN_ROLE');
    expect(await refusal('biller', release, { parties: { insurerMsp: INSURER } })).toBe('FORBIDDEN_ORGANISATION');
    await town.apply('claims-supervisor', release);
    expect(await refusal('claims-supervisor', release)).toBe('STALE_VERSION');
    await town.apply('claims-supervisor', await town.reopening(claimId, familyId));
    expect(await refusal('claims-examiner', propose)).toBe('STALE_VERSION');
  });

  test('what happens off the ledger, what is brought along and what people are told is the insurer’s own', async () => {
    const { coverageId, familyId } = await enrolled('E-4');
    const totals = async (): Promise<AccumulatorFile> => town.read<AccumulatorFile>('plan-admin', 'readAccumulator', accumulatorId(familyId, `${SERVICE_DAY.slice(0, 4)}-01-01`, sha256));
    const coverage = await coverageOf(coverageId);
    const plans = [await town.read<PlanDocument>('plan-admin', 'readNewest', 'plan', terms.planId)];
    const event = { source: 'PHARMACY', reference: 'RX-1', serviceDate: SERVICE_DAY, deductibleMinor: 300, outOfPocketMinor: 400 } as const;
    const post: CommandBody = { verb: 'postExternal', items: [{ id: town.newId(), coverageId, event }], coverages: [coverage], plans, accumulators: [accumulatorInput(await totals(), [coverage], [], sha256)] };
    expect(await refusal('biller', post, { parties: { insurerMsp: INSURER } })).toBe('FORBIDDEN_ORGANISATION');
    await town.apply('plan-admin', post);
    expect((await totals()).leaves.find(({ key }) => key === 'family/deductible')?.value.usedMinor).toBe(300);
    expect(await refusal('plan-admin', post)).toBe('STALE_VERSION');
    const [importId, id] = [town.newId(), town.newId()];
    const line = { number: 1, code: 'X0001', modifiers: [], unitsThousandths: 1000, chargeMinor: 100, allowedMinor: 100, paidMinor: 100, copayMinor: 0, serviceFrom: SERVICE_DAY, serviceThru: SERVICE_DAY };
    const body = { coverageId, claimNumber: 'OLD-1', state: 'PAID', receivedOn: SERVICE_DAY, currency: 'USD', lines: [line] } as const;
    await town.apply('plan-admin', { verb: 'importRows', importId, subject: 'CLAIMS', fileHash: 'a'.repeat(64), control: { rows: 2 }, totals: [], claims: [{ id, body }], lastLine: 2, isLast: true });
    expect(await town.read('finance', 'readNewest', 'import', importId)).toMatchObject({ body: { state: 'COMPLETE', differences: [{ figure: 'rows', stated: 2, loaded: 1 }] } });
    expect(await town.read('claims-examiner', 'readImported', coverageId)).toMatchObject([{ id, body }]);
    await expect(town.read('biller', 'readNewest', 'imported-claim', id)).rejects.toThrow(/DOCUMENT_NOT_FOUND/);
    const [claimId = ''] = await town.submit(claim('E-4', service(SERVICE_DAY)));
    await town.apply('claims-examiner', await town.adjudication([claimId], { coverageId, ...terms }));
    const { claim: document, adjudication, eob } = await town.decision(claimId);
    const notice: CommandBody = { verb: 'issueNotices', items: [{ type: 'EXPLANATION_OF_BENEFITS', version: 1, claim: document, adjudication, eob }], contact: { insurer: 'Acme', address: '1 Sample Street', telephone: '555-0100' } };
    expect(await refusal('claims-supervisor', notice)).toBe('FORBIDDEN_ROLE');
    await town.apply('claims-examiner', notice);
    expect(await town.read('finance', 'readNewest', 'notice', claimId)).toMatchObject({ parties: { insurerMsp: INSURER }, body: { text: expect.stringContaining('This is not a bill') as string } });
    await expect(town.read('denials', 'readNewest', 'notice', claimId)).rejects.toThrow(/DOCUMENT_NOT_FOUND/);
  });

  test('a board’s order with an earlier date shows both standings; the list is computed from the registry’s answer of now', async () => {
    const ids = { ...(await enrolled('E-3')), ...terms };
    const [claimId = ''] = await town.submit(claim('E-3', service(SERVICE_DAY)));
    await town.apply('claims-examiner', await town.adjudication([claimId], ids));
    const officer = await inRole(town.network, 'board', 'disciplinary-officer');
    const suspension = { type: 'SUSPEND', effectiveFrom: '2020-02-01', summary: false, automaticReinstatement: false, basisCodes: ['CARE'] };
    const order = { actionId: town.newId(), licence: LICENCE, expectedSequence: 1, steps: [{ kind: 'INITIAL', action: suspension }] };
    expect(await officer.submit('registry', 'recordBoardOrder', { order, signatures: [] })).toMatchObject({ code: 0 });
    const { adjudication, eob } = await town.read<ClaimFile>('claims-examiner', 'readClaim', claimId);
    if (adjudication === null || eob === null) throw new Error('a decision expected');
    const listId = town.newId();
    await town.apply('claims-examiner', { verb: 'proposeReviews', listId, cause: { type: 'LICENCE', npi: '1234567893' }, reason: 'order', decisions: [{ adjudication, eob }], terms: await town.adjudication([claimId], ids) });
    const { body } = await town.read<ReviewListDocument>('claims-supervisor', 'readNewest', 'review-list', listId);
    expect(body.changes).toMatchObject([{
      was: { standings: [{ periods: [{ authority: 'FULL' }] }] }, wouldBe: { decision: 'DENIED', lines: [{ reasons: ['CO-B7'] }], standings: [{ periods: [{ authority: 'NONE' }] }] },
    }]);
  });
});
