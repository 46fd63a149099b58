import type { ClaimContent } from '../claims/claim.js';
import { claimOf, contractOf, coverageOf, houseService, idOf, line, officeVisit, roomDays, stayOf, usd } from '../claims/testing/builders.js';
import { serviceKeys } from '../claims/service-keys.js';
import { ClaimsDesk } from '../claims/testing/claims-desk.js';
import type { DeskOptions } from '../claims/testing/claims-desk.js';
import type { NewFeeSchedule } from '../claims/command.js';
import type { EobBody } from './adjudication.js';

const shareOfCharges: NewFeeSchedule = { ...contractOf(), settings: ['outpatient', 'inpatient'], prices: { type: 'share-of-charges', share: 10_000, category: 'stay' } };
const stays = { benefits: [officeVisit({ category: 'stay', deductibleApplies: false, copayMinor: usd(100), coinsurance: 0 })] };

function deskWith(options: DeskOptions = {}): ClaimsDesk {
  return new ClaimsDesk({ contract: shareOfCharges, ...options, plan: { ...stays, ...options.plan } });
}

function reasonsOf({ lines }: EobBody): readonly string[] {
  return lines.map(({ adjustments, remarks }) => [...adjustments.filter(({ group }) => group !== 'PR' || adjustments.length === 1).map(({ group, reason }) => `${group}-${reason}`), ...remarks].join(' '));
}

function held(desk: ClaimsDesk, claim: ClaimContent, history: readonly string[] = []): readonly string[] | undefined {
  desk.submit('held', claim);
  return desk.adjudicate(['held'], { history })[0]?.reasons;
}

test('an institution’s claim is decided by a rule set of its own', () => {
  const desk = deskWith();
  desk.submit('stay', stayOf([roomDays(4)]));
  expect(desk.adjudicate(['stay'])).toMatchObject([{ outcome: 'ADJUDICATED', decision: 'PAID' }]);
  expect(desk.adjudication('stay').body.ruleSet).toBe('institutional/2');
});

describe('timely filing runs from the last day of the statement', () => {
  test.each([['2026-05-06', 'PAID'], ['2026-05-07', 'DENIED']])('received on %s: %s', (today, decision) => { // 5 February + 90 days = 6 May
    const desk = deskWith();
    desk.today = today;
    expect(desk.decide(stayOf([roomDays(4)])).decision).toBe(decision);
  });
});

test('a late bill has no appeal where the product gives none', () => {
  const desk = deskWith({ plan: { timelyFilingHasNoAppeal: true } });
  desk.today = '2026-05-07';
  expect(reasonsOf(desk.decide(stayOf([roomDays(4)])))).toEqual(['CO-29 N211']);
});

test.each<[string, DeskOptions, string]>([
  ['another network', { plan: { network: 'east' } }, 'contract-for-setting/v2 no-contract-on-date'],
  ['another currency', { contract: { ...shareOfCharges, currency: 'CAD' } }, 'contract-for-setting/v2 other-currency'],
  ['clinicians alone', { contract: contractOf() }, 'contract-for-setting/v2 no-contract'],
])('a contract of %s holds the claim', (_, options, reason) => {
  expect(held(deskWith(options), stayOf([roomDays(4)]))).toContain(reason);
});

describe('a stay belongs to its admission', () => {
  const overNewYear = stayOf([roomDays(4, { serviceFrom: '2026-12-29', serviceThru: '2027-01-02' })], {
    statementFrom: '2026-12-29', statementThru: '2027-01-02', admission: { date: '2026-12-29', type: '1' },
  });
  const coverage = coverageOf({ periods: [{ from: '2026-01-01', planId: idOf('plan') }] });

  test('its benefit year is that of the admission, and its totals too', () => {
    const desk = deskWith({ coverage });
    desk.today = '2027-01-10';
    expect(desk.decide(overNewYear).totals).toMatchObject({ patientMinor: usd(100) });
    expect(desk.accumulator().body).toMatchObject({ benefitYear: '2026-01-01', postings: [{ leaf: '01/out-of-pocket', amountMinor: usd(100) }, { leaf: 'family/out-of-pocket' }] });
  });

  test('also a service of its last day, in the next year', () => {
    const desk = deskWith({ coverage });
    desk.today = '2027-01-10';
    const late = houseService('0250', usd(100), { serviceFrom: '2027-01-02', serviceThru: '2027-01-02' });
    expect(desk.decide({ ...overNewYear, lines: [{ ...late, number: 1 }], totalChargeMinor: usd(100) }).decision).toBe('ZERO_PAY'); // all of it the copay
  });

  test('an outpatient line of another year is split off by a person', () => {
    const desk = deskWith({ coverage });
    desk.today = '2027-01-10';
    const outpatient = { ...overNewYear, lines: [...overNewYear.lines, { ...houseService('0250', usd(1), { serviceFrom: '2027-01-01', serviceThru: '2027-01-01' }), number: 2 }], totalChargeMinor: usd(201) };
    const facts = { ...overNewYear.institutional, facilityType: '13' } as NonNullable<ClaimContent['institutional']>;
    expect(held(desk, { ...outpatient, institutional: facts })).toEqual(['one-plan-and-stay/v1 other-benefit-year']);
  });

  test('its prices are those of the admission', () => {
    const ended = deskWith({ coverage, contract: { ...shareOfCharges, thru: '2026-12-30' } });
    ended.today = '2027-01-10';
    expect(ended.decide(overNewYear).decision).toBe('PAID');
    const begun = deskWith({ coverage, contract: { ...shareOfCharges, from: '2026-12-30' } });
    begun.today = '2027-01-10';
    expect(held(begun, overNewYear)).toEqual(['contract-for-setting/v2 no-contract-on-date']);
  });

  test('a stay that ends after the coverage is denied as one', () => {
    expect(reasonsOf(deskWith({ coverage: coverageOf({ periods: [{ from: '2026-01-01', thru: '2026-02-03', planId: idOf('plan') }] }) }).decide(stayOf([roomDays(4)])))).toEqual(['PR-27 N30']);
  });

  test('draws one copay, whatever days its lines have', () => {
    const dated = [1, 2, 3].map((day) => houseService('0250', usd(300), { serviceFrom: `2026-02-0${day}`, serviceThru: `2026-02-0${day}` }));
    expect(deskWith().decide(stayOf(dated)).lines.map(({ copayMinor }) => copayMinor)).toEqual([usd(100), 0, 0]);
    expect(deskWith().decide(stayOf(dated, { facilityType: '13' })).lines.map(({ copayMinor }) => copayMinor)).toEqual([usd(100), usd(100), usd(100)]);
  });
});

describe('duplicates', () => {
  const first = stayOf([roomDays(4)]);
  function after(second: ClaimContent): string {
    const desk = deskWith();
    desk.submit('first', first);
    desk.submit('second', second);
    const [, item] = desk.adjudicate(['first', 'second']);
    return item?.outcome === 'PENDED' ? (item.reasons ?? []).join() : reasonsOf(desk.eob('second').body).join();
  }

  test.each<[string, ClaimContent, string]>([
    ['the same bill again', first, 'OA-18 N522'],
    ['the same days on another type of bill', stayOf([roomDays(4)], { facilityType: '12' }), 'duplicate-bill/v2 suspect-duplicate'],
    ['another charge for the same days', stayOf([roomDays(4, { chargeMinor: usd(250) })]), 'duplicate-bill/v2 suspect-duplicate'],
    ['another service', stayOf([houseService('0250', usd(200))]), ''],
  ])('%s: %s', (_, second, expected) => {
    expect(after(second)).toBe(expected);
  });

  test('a clinician’s bill is none of a house’s bill of the same service and day', () => {
    const contract = { ...shareOfCharges, settings: ['professional', 'outpatient'] as const };
    const desk = deskWith({ contract });
    const service = line();
    desk.submit('house', stayOf([houseService('0510', usd(200), { procedure: service.procedure, serviceFrom: service.serviceFrom, serviceThru: service.serviceThru })], { facilityType: '13' }));
    desk.submit('clinician', claimOf([service]));
    expect(desk.adjudicate(['house', 'clinician'])).toMatchObject([{ outcome: 'ADJUDICATED' }, { outcome: 'ADJUDICATED' }]);
  });
});

describe('the attending provider answers for a stay', () => {
  test('who has no licence on its days: CO-B7 on every line', () => {
    const desk = deskWith();
    desk.authority = 'NONE';
    expect(reasonsOf(desk.decide(stayOf([roomDays(4), houseService('0250', usd(20))])))).toEqual(['CO-B7 N570', 'CO-B7 N570']);
  });

  test('and is asked about in the state of the house, for the days of the line', () => {
    const desk = deskWith();
    desk.submit('stay', stayOf([roomDays(4)]));
    desk.adjudicate(['stay']);
    expect(desk.adjudication('stay').body.facts.standings).toMatchObject([{ npi: '1234567893', jurisdiction: 'CA', from: '2026-02-01', thru: '2026-02-05' }]);
  });

  test('is wanted by number where the plan wants to know who did it', () => {
    expect(reasonsOf(deskWith().decide(stayOf([roomDays(4)], { attending: { entity: 'person', name: 'Byron, Ada' } })))).toEqual(['CO-16 N253']);
  });

  test('is wanted where the plan wants to know who did it', () => {
    const { attending: _, ...unattended } = stayOf([]).institutional ?? {};
    const stay = { ...stayOf([roomDays(4)]), institutional: unattended as NonNullable<ClaimContent['institutional']> };
    expect(reasonsOf(deskWith().decide(stay))).toEqual(['CO-16 N253']);
    expect(reasonsOf(deskWith({ plan: { requiredData: [] } }).decide(stay))).toEqual(['PR-3']);
  });

  test('is found again when that person’s past changes', () => {
    const desk = deskWith();
    desk.submit('stay', stayOf([roomDays(4)]));
    expect(serviceKeys(desk.claim('stay'))).toEqual([expect.stringContaining('1234567893')]);
  });
});

describe('days in rooms', () => {
  test.each<[string, number, string, readonly string[] | undefined]>([
    ['as many as nights', 4, '01', undefined],
    ['one more', 5, '01', ['days-of-stay/v1 more-days-than-nights']],
    ['one more, of somebody who is still there', 5, '30', undefined],
  ])('%s', (_, days, patientStatus, reasons) => {
    const desk = deskWith();
    desk.submit('stay', stayOf([roomDays(days)], { patientStatus }));
    expect(desk.adjudicate(['stay'])[0]?.reasons).toEqual(reasons);
  });

  test('of a stay without a night are one', () => {
    const oneDay = stayOf([roomDays(1, { serviceThru: '2026-02-01' })], { statementThru: '2026-02-01' });
    expect(deskWith().decide(oneDay).decision).toBe('PAID');
  });
});

test('after another payer the filing limit runs from the day on which that one decided', () => {
  const coordination = { method: 'standard', allowableExpense: 'own', reported: 'accept' } as const;
  const decided = (decidedOn: string): EobBody => {
    const desk = deskWith({ plan: { ...stays, otherPayers: 'coordinate', coordination } });
    desk.today = '2026-06-10'; // 125 days after the statement's last day
    const adjustments = [{ group: 'PR', reason: '2', amountMinor: usd(200) }];
    return desk.decide(stayOf([roomDays(4)], {}, {
      subscriber: { ...stayOf([]).subscriber, payerSequence: 'S' }, otherPayers: [{ payerSequence: 'P', reported: { decidedOn, lines: [{ number: 1, paidMinor: 0, adjustments }] } }],
    }));
  };
  expect(decided('2026-03-12').decision).toBe('PAID'); // 12 March + 90 days = 10 June
  expect(decided('2026-03-11').decision).toBe('DENIED');
});

test('a part that is not covered, after another payer, is a person’s to look at', () => {
  const coordination = { method: 'standard', allowableExpense: 'own', reported: 'accept' } as const;
  const desk = deskWith({ plan: { ...stays, otherPayers: 'coordinate', coordination } });
  const stay = stayOf([roomDays(4, { chargeMinor: usd(1000), nonCoveredMinor: usd(200) })], {}, {
    subscriber: { ...stayOf([]).subscriber, payerSequence: 'S' },
    otherPayers: [{ payerSequence: 'P', reported: { decidedOn: '2026-02-08', lines: [{ number: 1, paidMinor: usd(700), adjustments: [{ group: 'PR', reason: '2', amountMinor: usd(300) }] }] } }],
  });
  expect(held(desk, stay)).toEqual(['non-covered/v1 non-covered-after-other-payer']);
});
