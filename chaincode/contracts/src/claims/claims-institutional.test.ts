import { addDays } from '@medaccord/domain';
import type { AdjudicateClaims, ClaimFile, Receipt } from '@medaccord/domain';
import { refusalOf } from '../testing/contract-network.js';
import { ClaimsTown, SERVICE_DAY } from './testing/claims-town.js';
import { plan, stay, stayContract } from './testing/terms.js';

const THRU = addDays(SERVICE_DAY, 3);

describe('a stay, priced by its group', () => {
  let town: ClaimsTown;
  let ids: { readonly planId: string; readonly feeScheduleId: string; readonly coverageId: string };

  /** Submits a stay; its claim id. */
  async function submitted(patientControlNumber: string): Promise<string> {
    const [claimId = ''] = await town.submit(stay('M-7', SERVICE_DAY, THRU, { patientControlNumber }));
    return claimId;
  }

  beforeAll(async () => {
    town = await ClaimsTown.start();
    const [planId, feeScheduleId] = [town.newId(), town.newId()];
    await town.apply('plan-admin', { verb: 'recordPlans', items: [{ id: planId, version: 1, body: plan() }] });
    await town.apply('plan-admin', { verb: 'recordFeeSchedules', items: [{ id: feeScheduleId, version: 1, body: stayContract() }] });
    ids = { planId, feeScheduleId, ...(await town.enrol(stay('M-7', SERVICE_DAY, THRU), planId)) };
  }, 120_000);

  afterAll(async () => {
    await town.stop();
  });

  test('is decided by both parties’ peers alike, and computed again to the same bytes', async () => {
    const claimId = await submitted('STAY-1');
    await town.apply('claims-examiner', await town.adjudication([claimId], ids));
    const [atInsurer, atHospital] = [await town.read<ClaimFile>('claims-examiner', 'readClaim', claimId), await town.read<ClaimFile>('biller', 'readClaim', claimId)];
    expect(atHospital.eob).toEqual(atInsurer.eob);
    expect(atHospital.adjudication?.body).toMatchObject({ ruleSet: 'institutional/2', facts: { fees: [{ key: 'DRG470', fee: { relativeWeight: 19_234 } }] } });
    // 6,000 × 1.9234 = 11,540.40; × 6,000 ÷ 15,000 = 4,616.16, the other line 6,924.24
    // room: 100 deductible, 20 copay of the stay, 20 % of 4,496.16 = 899.23: paid 3,596.93
    // surgery: 20 % of 6,924.24 = 1,384.85, of which the limit of 2,000 leaves 2,000 − 1,019.23 = 980.77: paid 5,943.47
    expect(atHospital.eob?.body).toMatchObject({
      decision: 'PAID',
      totals: { chargeMinor: 1_500_000, allowedMinor: 1_154_040, paidMinor: 359_693 + 594_347, patientMinor: 200_000 },
      lines: [
        { allowedMinor: 461_616, deductibleMinor: 10_000, copayMinor: 2_000, coinsuranceMinor: 89_923, paidMinor: 359_693 },
        { allowedMinor: 692_424, deductibleMinor: 0, copayMinor: 0, coinsuranceMinor: 98_077, paidMinor: 594_347 },
      ],
    });
    for (const role of ['claims-examiner', 'biller'] as const) expect(await town.read(role, 'recompute', claimId)).toMatchObject({ same: true });
  });

  test.each<[string, string, (command: AdjudicateClaims) => AdjudicateClaims]>([
    ['without the weight that it asks for', 'INPUT_MISSING', (command) => ({ ...command, fees: [] })],
    ['with another weight', 'PROOF_INVALID', (command) => ({
      ...command,
      fees: command.fees.map((fee) => (fee.type === 'listed' ? { ...fee, inclusion: { ...fee.inclusion, leaf: { ...fee.inclusion.leaf, value: { relativeWeight: 99_999, category: 'visit' } } } } : fee)),
    })],
    ['with another base rate', 'DOCUMENT_MISMATCH', (command) => ({
      ...command,
      feeSchedules: command.feeSchedules.map((one) => ({ ...one, body: { ...one.body, prices: { ...one.body.prices, baseRateMinor: 1 } as typeof one.body.prices } })),
    })],
  ])('%s it is refused: %s', async (name, code, change) => {
    const claimId = await submitted(name.slice(0, 30));
    const command = change(await town.adjudication([claimId], ids));
    expect((await refusalOf(town.apply('claims-examiner', command))).code).toBe(code);
  });

  test('billed in parts is rejected where no contract accepts that', async () => {
    const items = [{ claimId: town.newId(), claim: stay('M-7', SERVICE_DAY, THRU, { frequency: '2' }) }];
    const receipt: Receipt = await town.apply('biller', { verb: 'submitClaims', items });
    expect(receipt.body.items).toMatchObject([{ outcome: 'REJECTED', rejections: [{ category: 'A7', status: '535', path: '/frequency', rule: 'partial-bill/v1' }] }]);
  });
});
