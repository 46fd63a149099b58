import { TRANSIENT_COMMAND, accumulatorId, assembleAdjudication, benefitYearOf, commandHash, documentKey, encodeCommand, personKey } from '@medaccord/domain';
import type { AccumulatorFile, ClaimFile, Command, CommandBody, CoverageDocument, EobDocument, FeeScheduleFile, PlanDocument, Receipt, SubmissionItem } from '@medaccord/domain';
import { sha256 } from '../platform/sha256.js';
import { refusalOf } from '../testing/contract-network.js';
import { assertValid } from '../testing/founded-registry.js';
import type { OrganisationOfTest } from '../testing/organisations.js';
import { BOTH, ClaimsTown, HOSPITAL, SERVICE_DAY } from './testing/claims-town.js';
import { claim, contract, plan, service } from './testing/terms.js';

const SECOND: OrganisationOfTest = { mspId: 'UnionHealthMSP', name: 'union-health', kind: 'insurer', units: [] };
const SECOND_AND_HOSPITAL = { insurerMsp: SECOND.mspId, hospitalMsp: HOSPITAL };

describe('two insurers and one hospital', () => {
  let town: ClaimsTown;
  let firstClaimId: string;
  let eob: EobDocument;

  /** A command of the second insurer, or of the hospital with it. */
  async function send(role: string, body: CommandBody, parties: Command['parties'] = SECOND_AND_HOSPITAL): Promise<Receipt> {
    const mspId = role === 'biller' ? HOSPITAL : SECOND.mspId;
    const party = await town.network.as(mspId, role, { 'medaccord.role': role });
    const command: Command = { schema: 'command/v1', commandId: town.newId(), salt: town.newId(), actor: { id: `person-${role}`, role }, parties, body };
    const bytes = encodeCommand(command);
    const endorsers = parties.hospitalMsp === undefined ? [mspId] : [SECOND.mspId, HOSPITAL];
    assertValid(await party.submit('claims', 'apply', commandHash(bytes, sha256), { transient: { [TRANSIENT_COMMAND]: bytes }, endorsers }));
    return (await party.evaluate('claims', 'readReceipt', [command.commandId])) as Receipt;
  }

  async function atSecond<T>(query: string, ...args: readonly string[]): Promise<T> {
    const examiner = await town.network.as(SECOND.mspId, 'claims-examiner', { 'medaccord.role': 'claims-examiner' });
    return (await examiner.evaluate('claims', query, args)) as T;
  }

  function secondClaim(priorEob: EobDocument): SubmissionItem {
    const first = claim('M-1', service(SERVICE_DAY));
    const subscriber = { ...first.subscriber, memberId: 'U-9', payerSequence: 'S' as const };
    return { claimId: town.newId(), claim: { ...first, subscriber, otherPayers: [{ payerSequence: 'P', claimNumber: firstClaimId }] }, priorEobs: [priorEob] };
  }

  beforeAll(async () => {
    town = await ClaimsTown.start([SECOND]);
    const content = claim('M-1', service(SERVICE_DAY));
    const terms = await town.insure();
    const insured = await town.enrol(content, terms.planId);
    [firstClaimId = ''] = await town.submit(content);
    await town.apply('claims-examiner', await town.adjudication([firstClaimId], { ...terms, ...insured }));
    const file = await town.read<ClaimFile>('biller', 'readClaim', firstClaimId);
    if (file.eob === null) throw new Error('a decision expected');
    eob = file.eob;
  }, 120_000);

  afterAll(async () => {
    await town.stop();
  });

  test('the second one pays from the first one’s explanation of benefits alone', async () => {
    const [planId, feeScheduleId, coverageId, familyId] = [town.newId(), town.newId(), town.newId(), town.newId()];
    const own = { insurerMsp: SECOND.mspId };
    const item = secondClaim(eob);
    await send('plan-admin', { verb: 'recordPlans', items: [{ id: planId, version: 1, body: plan({ otherPayers: 'coordinate', coordination: { method: 'standard', allowableExpense: 'higher' }, deductible: { kind: 'embedded', individualMinor: 0, familyMinor: 0 } }) }] }, own);
    await send('plan-admin', { verb: 'recordFeeSchedules', items: [{ id: feeScheduleId, version: 1, body: contract() }] });
    await send('plan-admin', { verb: 'recordCoverages', items: [{ id: coverageId, version: 1, body: { personKey: personKey(item.claim), known: true, familyId, person: '01', periods: [{ from: '2020-01-01', planId }], reason: 'enrolled' } }] }, own);
    const totals = ['01/deductible', '01/out-of-pocket', 'family/deductible', 'family/out-of-pocket'].map((leaf) => ({ leaf, usedMinor: 0 }));
    const year = benefitYearOf(plan(), SERVICE_DAY);
    await send('plan-admin', { verb: 'recordAccumulators', items: [{ familyId, benefitYear: year, currency: 'USD', version: 1, reason: 'opening', totals }] }, own);
    await send('biller', { verb: 'submitClaims', items: [item] });

    const { claim: submitted } = await atSecond<ClaimFile>('readClaim', item.claimId);
    await send('claims-examiner', assembleAdjudication({
      items: [{ claim: submitted, coverageId, feeScheduleId, history: [], releases: [] }],
      coverages: [await atSecond<CoverageDocument>('readNewest', 'coverage', coverageId)],
      plans: [await atSecond<PlanDocument>('readNewest', 'plan', planId)],
      feeSchedules: [await atSecond<FeeScheduleFile>('readFeeSchedule', feeScheduleId)],
      accumulators: [await atSecond<AccumulatorFile>('readAccumulator', accumulatorId(familyId, year, sha256))],
      history: [],
    }, sha256));
    const decided = await atSecond<ClaimFile>('readClaim', item.claimId);
    // first: 200 charged, 120 allowed, all of it the patient's (100 deductible, 20 copay); second: N = 120 - 20 - 20 % of 100 = 80
    // OA-23 = 200 - 120; paid min(80, 120 - 0, 120) = 80; 40 left: copay 20, coinsurance 20
    expect(decided.eob?.body.lines[0]).toMatchObject({
      paidMinor: 8_000, priorPaidMinor: 0,
      adjustments: [{ group: 'OA', reason: '23', amountMinor: 8_000 }, { group: 'PR', reason: '2', amountMinor: 2_000 }, { group: 'PR', reason: '3', amountMinor: 2_000 }],
    });
    expect(await atSecond('recompute', item.claimId)).toMatchObject({ same: true });
  });

  test('of the first insurer’s documents the second holds none, and its people cannot ask for them', async () => {
    const keys = (['claim', 'adjudication', 'eob'] as const).map((kind) => documentKey({ kind, id: firstClaimId, version: 1 }));
    expect(await atSecond('readDocuments', JSON.stringify(keys))).toEqual([null, null, null]);
    const examiner = await town.network.as(SECOND.mspId, 'claims-examiner', { 'medaccord.role': 'claims-examiner' });
    expect((await refusalOf(examiner.evaluate('claims', 'readClaim', [firstClaimId], { endorsers: [BOTH.insurerMsp] }))).code).toBe('FOREIGN_PEER');
  });

  test('of the second insurer’s documents the first holds none', async () => {
    for (const kind of ['claim', 'adjudication', 'eob', 'plan', 'coverage', 'accumulator', 'fee-schedule'] as const) {
      const { items } = await town.read<{ items: readonly { parties: { insurerMsp: string } }[] }>('claims-examiner', 'listDocuments', kind, '', '1000');
      expect(items.filter(({ parties }) => parties.insurerMsp !== BOTH.insurerMsp)).toEqual([]);
    }
  });

  test.each<[string, string, (recorded: EobDocument) => EobDocument]>([
    ['an altered explanation of benefits', 'DOCUMENT_MISMATCH', (recorded) => ({ ...recorded, body: { ...recorded.body, totals: { ...recorded.body.totals, paidMinor: 1 } } })],
    ['one that was never recorded', 'DOCUMENT_NOT_FOUND', (recorded) => ({ ...recorded, version: 2 })],
    ['one of another hospital', 'MIXED_PARTIES', (recorded) => ({ ...recorded, parties: { ...recorded.parties, hospitalMsp: 'MercyMSP' } })],
  ])('%s is refused: %s', async (_, code, change) => {
    expect((await refusalOf(send('biller', { verb: 'submitClaims', items: [secondClaim(change(eob))] }))).code).toBe(code);
  });

  test('one that the first insurer took back is refused', async () => {
    const { adjudication } = await town.read<ClaimFile>('claims-examiner', 'readClaim', firstClaimId);
    const coverage = adjudication?.body.inputs.find(({ key }) => key.startsWith('coverage~'))?.key.split('~')[1] ?? '';
    const { body } = await town.read<CoverageDocument>('claims-examiner', 'readNewest', 'coverage', coverage);
    await town.apply('claims-supervisor', await town.reopening(firstClaimId, body.familyId ?? ''));
    expect((await refusalOf(send('biller', { verb: 'submitClaims', items: [secondClaim(eob)] }))).code).toBe('ADJUDICATION_REVERSED');
  });
});
