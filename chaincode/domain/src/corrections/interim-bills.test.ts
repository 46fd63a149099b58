import { preconditionsOf } from '../claims/verbs.js';
import { contractOf, houseService, idOf, officeVisit, roomDays, stayOf, usd } from '../claims/testing/builders.js';
import type { ClaimContent, InstitutionalFacts } from '../claims/claim.js';
import type { NewFeeSchedule, SubmissionItem } from '../claims/command.js';
import type { ReceiptItem } from '../documents/receipt.js';
import { documentBytes } from '../documents/bytes.js';
import { LifeCycleDesk } from '../life-cycle/testing/life-cycle-desk.js';
import { recompute } from '../adjudication/recompute.js';
import { toHex } from '../shared/bytes.js';
import { sha256 } from '../shared/testing/sha256.js';

/** 500 a day in a room, one copay of 100. */
const perDiem: NewFeeSchedule = {
  ...contractOf(), settings: ['inpatient'], interimBills: true,
  prices: { type: 'per-diem', notListed: 'CO-147', lesserOfCharge: false, entries: [{ key: '0120', fee: { amountMinor: usd(500), category: 'stay' } }] },
};

function deskWith(contract: NewFeeSchedule = perDiem): LifeCycleDesk {
  const desk = new LifeCycleDesk({ contract, plan: { benefits: [officeVisit({ category: 'stay', deductibleApplies: false, copayMinor: usd(100), coinsurance: 0 })] } });
  desk.today = '2026-02-20';
  return desk;
}

/** The stay from 1 February to a day, of somebody who is still there or left. */
function until(day: number, facts: Partial<InstitutionalFacts> = {}): ClaimContent {
  const statementThru = `2026-02-${String(day).padStart(2, '0')}`;
  return stayOf([roomDays(day - 1, { serviceThru: statementThru, chargeMinor: usd(1000 * (day - 1)) })], { statementThru, ...facts });
}

/** Submits a bill with the contract, and the bill that it goes on from. */
function bill(desk: LifeCycleDesk, name: string, frequency: string, claim: ClaimContent, { original, ...item }: { readonly original?: string; readonly contract?: undefined } = {}): ReceiptItem | undefined {
  const known = original === undefined ? undefined : desk.all('claim').find(({ id }) => id === idOf(original));
  const submission: SubmissionItem = {
    claimId: idOf(name), claim: { ...claim, frequency, ...(original !== undefined && { originalReference: idOf(original) }) }, ...(known !== undefined && { original: known }),
    ...('contract' in item ? {} : { contract: desk.newest('fee-schedule', idOf('contract')) }),
  };
  return desk.run({ verb: 'submitClaims', items: [submission] }).items[0];
}

function paid(desk: LifeCycleDesk, name: string): number {
  desk.adjudicate([name]);
  desk.pay([name]);
  return desk.eob(name).body.totals.paidMinor;
}

describe('bills of a stay', () => {
  test('each takes the place of the one before; the last one prices the whole stay', () => {
    const desk = deskWith();
    expect(bill(desk, 'first', '2', until(5, { patientStatus: '30' }))).toMatchObject({ outcome: 'ACCEPTED' });
    expect(paid(desk, 'first')).toBe(usd(1900)); // 4 days of 500, the copay of 100
    expect(bill(desk, 'second', '3', until(9, { patientStatus: '30' }), { original: 'first' })).toMatchObject({ outcome: 'ACCEPTED' });
    expect(paid(desk, 'second')).toBe(usd(3900)); // 8 days; one copay, as the first bill's was taken back
    expect(bill(desk, 'last', '4', until(11), { original: 'second' })).toMatchObject({ outcome: 'ACCEPTED' });
    expect(paid(desk, 'last')).toBe(usd(4900));
    expect(desk.standing('first').state).toBe('CORRECTED');
    expect(desk.reversal('second').body).toMatchObject({ cause: 'REPLACEMENT', correctedBy: idOf('last') });
    expect(desk.all('remittance').at(-1)?.body.totalMinor).toBe(usd(1000)); // 4900 less the 3900 that were paid
  });

  test('late charges price the stay again, with all that was billed before', () => {
    const desk = deskWith({ ...perDiem, prices: { type: 'share-of-charges', share: 5000, category: 'stay' } });
    bill(desk, 'stay', '1', until(5));
    expect(paid(desk, 'stay')).toBe(usd(1900)); // half of 4000, less the copay
    const late = stayOf([houseService('0250', usd(600))], {}, { patientControlNumber: 'LATE-1' });
    expect(bill(desk, 'late', '5', late, { original: 'stay' })).toMatchObject({ outcome: 'ACCEPTED' });
    expect(paid(desk, 'late')).toBe(usd(2200)); // half of 4600, less one copay
    expect(desk.claim('late').body.content).toMatchObject({ frequency: '5', patientControlNumber: 'LATE-1', totalChargeMinor: usd(4600), lines: [{ number: 1, revenueCode: '0120' }, { number: 2, revenueCode: '0250' }] });
    const again = recompute(desk.claim('late'), desk.adjudication('late'), desk.eob('late'), sha256);
    expect(toHex(again.adjudication)).toBe(toHex(documentBytes(desk.adjudication('late'))));
  });

  test('wait while the one before is not final', () => {
    const desk = deskWith();
    bill(desk, 'first', '2', until(5, { patientStatus: '30' }));
    desk.adjudicate(['first']);
    bill(desk, 'last', '4', until(9), { original: 'first' });
    expect(desk.adjudicate(['last'])).toMatchObject([{ outcome: 'PENDED', reasons: ['correction/v1 original-not-final'] }]);
  });

  test('wait where the contract of the plan accepts none, though another one did', () => {
    const desk = deskWith();
    bill(desk, 'first', '2', until(5));
    desk.run({ verb: 'recordFeeSchedules', items: [{ id: idOf('contract'), version: 2, body: { ...perDiem, interimBills: false } }] });
    expect(desk.adjudicate(['first'])[0]?.reasons).toContain('contract-for-setting/v2 no-interim-bills');
  });

  test('the contract is proved to be the newest', () => {
    const desk = deskWith();
    const contract = desk.newest('fee-schedule', idOf('contract'));
    expect(preconditionsOf({ verb: 'submitClaims', items: [{ claimId: idOf('a'), claim: until(5), contract }] }, sha256).documents).toEqual([contract]);
  });
});

describe('a bill of a part of a stay is rejected', () => {
  const other: NewFeeSchedule = { ...perDiem, interimBills: false };
  const rejectionOf = (item: ReceiptItem | undefined): string => (item?.rejections ?? []).map(({ category, status, rule }) => `${category}:${status} ${rule}`).join();
  test.each<[string, string, (desk: LifeCycleDesk) => ReceiptItem | undefined, NewFeeSchedule?]>([
    ['where no contract accepts it', 'A7:535 partial-bill/v1', (desk) => bill(desk, 'x', '2', until(5), { contract: undefined })],
    ['where the contract does not', 'A7:535 partial-bill/v1', (desk) => bill(desk, 'x', '2', until(5)), other],
    ['where the contract accepts those of stays alone', 'A7:535 partial-bill/v1', (desk) => bill(desk, 'x', '2', until(5, { facilityType: '13' }))],
    ['before the contract began', 'A7:535 partial-bill/v1', (desk) => bill(desk, 'x', '2', until(5)), { ...perDiem, from: '2026-02-02' }],
    ['that does not name the one before', 'A6:464 bill-frequency/v1', (desk) => bill(desk, 'x', '3', until(5))],
    ['after a whole bill', 'A8:464 partial-bill/v1', (desk) => { bill(desk, 'whole', '1', until(5)); return bill(desk, 'x', '4', until(9), { original: 'whole' }); }],
    ['of another admission', 'A8:464 partial-bill/v1', (desk) => { bill(desk, 'first', '2', until(5)); return bill(desk, 'x', '3', until(9, { admission: { date: '2026-01-31', type: '1' } }), { original: 'first' }); }],
    ['that ends before the one before', 'A8:464 partial-bill/v1', (desk) => { bill(desk, 'first', '2', until(9)); return bill(desk, 'x', '3', until(5), { original: 'first' }); }],
    ['with late charges of a stay that goes on', 'A8:464 partial-bill/v1', (desk) => { bill(desk, 'first', '2', until(5)); return bill(desk, 'x', '5', until(5), { original: 'first' }); }],
    ['with late charges after the stay', 'A8:464 partial-bill/v1', (desk) => { bill(desk, 'stay', '1', until(5)); return bill(desk, 'x', '5', until(6), { original: 'stay' }); }],
    ['of no kind that there is', 'A7:535 bill-frequency/v1', (desk) => bill(desk, 'x', '6', until(5))],
  ])('%s: %s', (_, expected, submit, ...[contract]) => {
    expect(rejectionOf(submit(deskWith(contract)))).toBe(expected);
  });

  test('and clinicians bill none', () => {
    const desk = deskWith();
    const { institutional: _, ...rest } = until(5);
    const claim: ClaimContent = { ...rest, type: 'P', lines: rest.lines.map(({ revenueCode: __, ...line }) => ({ ...line, procedure: { qualifier: 'HC', code: 'X0001', modifiers: [] }, quantity: { unit: 'UN', thousandths: 1000 }, diagnosisPointers: [1] })) };
    expect(rejectionOf(desk.submit('x', { ...claim, frequency: '2' }))).toBe('A7:535 frequency/v2');
  });
});
