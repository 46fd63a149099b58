import { claimOf, coverageOf, idOf, line, usd } from '../claims/testing/builders.js';
import { ClaimsDesk } from '../claims/testing/claims-desk.js';
import type { DeskOptions } from '../claims/testing/claims-desk.js';
import type { ClaimContent } from '../claims/claim.js';
import type { CredentialException } from '../coverage/credential-policy.js';
import type { ReceiptItem } from '../documents/receipt.js';
import type { EobBody } from './adjudication.js';

const code = (name: string): { procedure: { qualifier: string; code: string; modifiers: string[] } } => ({ procedure: { qualifier: 'HC', code: name, modifiers: [] } });

/** The reasons of the first line's adjustments with its remarks, for example `CO-B7 N570`. */
function reasonOf({ lines: [first] }: EobBody): string {
  const adjustments = first?.adjustments.map(({ group, reason }) => `${group}-${reason}`) ?? [];
  return [...adjustments, ...(first?.remarks ?? [])].join(' ');
}

function denialOf(claim: ClaimContent, options: DeskOptions = {}, prepare: (desk: ClaimsDesk) => void = () => undefined): string {
  const desk = new ClaimsDesk(options);
  prepare(desk);
  const eob = desk.decide(claim);
  expect(eob).toMatchObject({ decision: 'DENIED', totals: { paidMinor: 0, allowedMinor: 0, chargeMinor: claim.totalChargeMinor } });
  expect(desk.accumulator().version).toBe(1); // a denial reserves nothing
  return reasonOf(eob);
}

function holdOf(claim: ClaimContent, options: DeskOptions = {}, prepare: (desk: ClaimsDesk) => void = () => undefined): ReceiptItem | undefined {
  const desk = new ClaimsDesk(options);
  prepare(desk);
  desk.submit('held', claim);
  const [item] = desk.adjudicate(['held']);
  expect(desk.waiting.has(idOf('held'))).toBe(true);
  return item;
}

describe('denials: the first in edit order carries the whole charge', () => {
  test.each<[string, string, ClaimContent, DeskOptions, ((desk: ClaimsDesk) => void)?]>([
    ['person not known', 'PR-31 N382', claimOf(), { coverage: { known: false, periods: [] } }],
    ['before coverage', 'PR-26 N30', claimOf([line({ serviceFrom: '2025-12-31' })]), {}],
    ['after coverage', 'PR-27 N30', claimOf(), { coverage: { periods: [{ from: '2025-01-01', thru: '2026-02-02', planId: idOf('plan') }] } }],
    ['in a gap of coverage', 'PR-200 N30', claimOf(), {
      coverage: { periods: [{ from: '2025-01-01', thru: '2026-01-31', planId: idOf('plan') }, { from: '2026-03-01', planId: idOf('plan') }] },
    }],
    ['a gap between the days of a service', 'PR-200 N30', claimOf([line({ serviceFrom: '2026-01-30', serviceThru: '2026-02-03' })]), {
      coverage: { periods: [{ from: '2025-01-01', thru: '2026-01-31', planId: idOf('plan') }, { from: '2026-02-02', planId: idOf('plan') }] },
    }],
    ['a day after the filing limit', 'CO-29', claimOf(), {}, (desk) => (desk.today = '2026-05-05')], // 3 February + 90 days = 4 May
    ['late, without appeal', 'CO-29 N211', claimOf(), { plan: { timelyFilingHasNoAppeal: true } }, (desk) => (desk.today = '2026-05-05')],
    ['provider without authority', 'CO-B7 N570', claimOf(), {}, (desk) => (desk.authority = 'NONE')],
    ['no diagnosis for the line', 'CO-16 M76', claimOf([line({ diagnosisPointers: [] })]), {}],
    ['no place of service', 'CO-16 M77', withoutPlace(), {}],
    ['no person who rendered it', 'CO-16 N290', claimOf([line()], { rendering: { entity: 'organisation', npi: '1003357849' } }), {}],
    ['excluded from the plan', 'PR-204', claimOf([line(code('X0003'))]), {}],
    ['excluded as not covered', 'PR-96 N130', claimOf([line(code('X0004'))]), {}],
    ['a category that the plan does not know', 'PR-96 N130', claimOf([line(code('X0005'))]), {}],
    ['a price of nothing', 'CO-97', claimOf([line(code('X0006'))]), {}],
    ['no price on file', 'CO-147', claimOf([line(code('X9999'))]), {}],
  ])('%s: %s', (_, reason, claim, options, ...[prepare]) => {
    expect(denialOf(claim, options, prepare)).toBe(reason);
  });

  test('the last day of the filing limit is in time', () => {
    const desk = new ClaimsDesk();
    desk.today = '2026-05-04';
    expect(desk.decide(claimOf())).toMatchObject({ decision: 'ZERO_PAY' });
  });

  test('the day of receipt is that of the insurer’s clocks', () => {
    const desk = new ClaimsDesk({ plan: { timelyFilingDays: 7, utcOffsetMinutes: 13 * 60 } }); // noon in UTC is the next day there
    expect(reasonOf(desk.decide(claimOf([line({ serviceFrom: '2026-02-03' })])))).toBe('CO-29');
  });

  test('two denials: the earlier edit decides, both are recorded', () => {
    const desk = new ClaimsDesk();
    desk.authority = 'NONE';
    desk.submit('both', claimOf([line(code('X0003'))]));
    desk.adjudicate(['both']);
    expect(reasonOf(desk.eob('both').body)).toBe('CO-B7 N570');
    expect(desk.adjudication('both').body.rulesFired).toEqual([
      { rule: 'credential/v1', line: 1, effect: 'deny', reason: 'CO-B7' },
      { rule: 'benefit-map/v2', line: 1, effect: 'deny', reason: 'PR-204' },
    ]);
  });

  test('one denied line leaves the others: PARTIAL', () => {
    const eob = new ClaimsDesk({ used: { deductible: 500 } }).decide(claimOf([line(), line(code('X0003'))]));
    // 120 - 20 copay = 100; 20 % = 20; paid 80
    expect(eob).toMatchObject({ decision: 'PARTIAL', totals: { chargeMinor: usd(400), allowedMinor: usd(120), paidMinor: usd(80), patientMinor: usd(240) } });
  });
});

function withoutPlace(): ClaimContent {
  const { placeOfService, ...rest } = claimOf();
  expect(placeOfService).toBe('11');
  return rest;
}

describe('duplicates', () => {
  const first = claimOf();
  const after = (second: ClaimContent): ReceiptItem | undefined => {
    const desk = new ClaimsDesk();
    desk.submit('first', first);
    desk.submit('second', second);
    const [, item] = desk.adjudicate(['first', 'second']);
    return item;
  };

  test('exact, in the same batch or in history: OA-18', () => {
    const desk = new ClaimsDesk();
    desk.submit('first', first);
    desk.submit('second', first);
    desk.adjudicate(['first', 'second']);
    expect(reasonOf(desk.eob('second').body)).toBe('OA-18 N522');
    expect(reasonOf(desk.decide(first, { history: [idOf('first')] }))).toBe('OA-18 N522');
  });

  test('a denied line has no duplicates: it may be billed again', () => {
    const desk = new ClaimsDesk();
    desk.authority = 'NONE';
    desk.submit('first', first);
    desk.adjudicate(['first']);
    desk.authority = 'FULL';
    expect(desk.decide(first, { history: [idOf('first')] }).decision).toBe('ZERO_PAY');
  });

  test.each<[string, ClaimContent]>([
    ['another charge', claimOf([line({ chargeMinor: usd(201) })])],
    ['other units', claimOf([line({ quantity: { unit: 'UN', thousandths: 2000 } })])],
    ['another place', claimOf([line({ placeOfService: '12' })])],
    ['another provider', claimOf([line({ rendering: { entity: 'person', npi: '1122334455' } })])],
    ['another biller', claimOf([line()], { billing: { entity: 'organisation', npi: '1003357849', taxId: '987654321', state: 'CA' } })],
    ['a modifier for a repeated service', claimOf([line({ procedure: { qualifier: 'HC', code: 'X0001', modifiers: ['76'] } })])],
  ])('the same day and code with %s is a suspect: held', (_, second) => {
    expect(after(second)).toMatchObject({ outcome: 'PENDED', reasons: ['duplicate/v2 suspect-duplicate'] });
  });

  test('another day or code is none', () => {
    expect(after(claimOf([line({ serviceFrom: '2026-02-04' })]))).toMatchObject({ outcome: 'ADJUDICATED' });
    expect(after(claimOf([line(code('X0002'))]))).toMatchObject({ outcome: 'ADJUDICATED' });
  });
});

describe('holds', () => {
  test.each<[string, string, ClaimContent, DeskOptions, ((desk: ClaimsDesk) => void)?]>([
    ['standing unknown', 'credential/v1 credential-unknown', claimOf(), {}, (desk) => (desk.authority = 'UNKNOWN')],
    ['standing limited', 'credential/v1 credential-limited', claimOf(), {}, (desk) => (desk.authority = 'LIMITED')],
    ['no state to ask in', 'credential/v1 credential-unknown', claimOf([line()], { billing: { entity: 'organisation', npi: '1003357849', taxId: '123456789' } }), {}],
    ['another payer is first', 'payer-order/v3 other-payer', claimOf([line()], { subscriber: { ...claimOf().subscriber, payerSequence: 'S' } }), {}],
    ['the contract’s network', 'contract/v1 no-contract-on-date', claimOf(), { plan: { network: 'east' } }],
    ['the contract’s time', 'contract/v1 no-contract-on-date', claimOf([line({ serviceFrom: '2024-12-31' })]), {
      coverage: { periods: [{ from: '2024-01-01', planId: idOf('plan') }] }, plan: { timelyFilingDays: 3000 },
    }],
    ['the contract’s currency', 'contract/v1 other-currency', claimOf([line()], { currency: 'EUR' }), {}],
  ])('%s: %s', (_, reason, claim, options, ...[prepare]) => {
    expect(holdOf(claim, options, prepare)).toMatchObject({ outcome: 'PENDED', reasons: [reason] });
  });

  test('services of two benefit years in one claim', () => {
    const twoYears = claimOf([line({ serviceFrom: '2026-01-31' }), line({ serviceFrom: '2026-02-01' })]);
    expect(holdOf(twoYears, { plan: { benefitYearMonth: 2 } })?.reasons).toContain('one-plan-and-year/v1 other-benefit-year');
  });

  test('services under two plans in one claim', () => {
    const desk = new ClaimsDesk({ coverage: { periods: [{ from: '2026-01-01', thru: '2026-02-03', planId: idOf('plan') }, { from: '2026-02-04', planId: idOf('other plan') }] } });
    desk.submit('two', claimOf([line(), line({ serviceFrom: '2026-02-04' })]));
    expect(desk.adjudicate(['two'])).toMatchObject([{ outcome: 'PENDED', reasons: ['one-plan-and-year/v1 other-plan'] }]);
  });

  test('the first insured service decides plan and year: an earlier one that is not insured is denied alone', () => {
    const desk = new ClaimsDesk({ coverage: { periods: [{ from: '2026-02-04', planId: idOf('plan') }] } });
    const eob = desk.decide(claimOf([line({ serviceFrom: '2025-12-20', serviceThru: '2025-12-20' }), line({ serviceFrom: '2026-02-04', serviceThru: '2026-02-04' })]));
    expect(eob.lines.map(({ denied }) => denied)).toEqual([true, false]);
    expect(desk.all('adjudication')[0]?.body.facts.benefitYear).toBe('2026-01-01');
  });

  test('a denial on the same line makes a hold moot, a hold on another line holds the claim', () => {
    const [late, fresh] = [line({ serviceFrom: '2025-12-31' }), line()];
    expect(denialOf(claimOf([late]), {}, (desk) => (desk.authority = 'UNKNOWN'))).toBe('PR-26 N30');
    expect(holdOf(claimOf([fresh, { ...fresh, ...code('X0003') }]), {}, (desk) => (desk.authority = 'UNKNOWN'))?.outcome).toBe('PENDED');
  });

  test('is lifted by an examiner’s release for that rule and line, with the reason on record', () => {
    const desk = new ClaimsDesk();
    desk.authority = 'LIMITED';
    desk.submit('held', claimOf());
    const release = { rule: 'credential/v1', line: 1, reason: 'restriction does not touch this service' };
    expect(desk.adjudicate(['held'], { releases: [{ ...release, line: 2 }] })).toMatchObject([{ outcome: 'PENDED' }]);
    expect(desk.adjudicate(['held'], { releases: [{ ...release, rule: 'duplicate/v2' }] })).toMatchObject([{ outcome: 'PENDED' }]);
    expect(desk.adjudicate(['held'], { releases: [release] })).toMatchObject([{ outcome: 'ADJUDICATED' }]);
    expect(desk.adjudication('held').body).toMatchObject({
      facts: { releases: [release] },
      rulesFired: [{ rule: 'credential/v1', effect: 'note', reason: 'credential-limited' }],
    });
  });

  test('a release does not lift a denial', () => {
    const desk = new ClaimsDesk();
    desk.authority = 'NONE';
    expect(reasonOf(desk.decide(claimOf(), { releases: [{ rule: 'credential/v1', reason: 'please' }] }))).toBe('CO-B7 N570');
  });
});

describe('credentials', () => {
  test.each([['OBSERVE', [{ rule: 'credential/v1', line: 1, effect: 'note', reason: 'CO-B7' }]], ['OFF', []]] as const)('%s does not deny', (credentials, rulesFired) => {
    const desk = new ClaimsDesk({ plan: { credentials } });
    desk.authority = 'NONE';
    desk.submit('claim', claimOf());
    expect(desk.adjudicate(['claim'])).toMatchObject([{ decision: 'ZERO_PAY' }]);
    expect(desk.adjudication('claim').body).toMatchObject({ rulesFired, facts: { standings: credentials === 'OFF' ? [] : [{ licences: [{ knownAt: 3 }] }] } });
  });

  test.each<[string, readonly CredentialException[], string]>([
    ['of another state', [{ jurisdiction: 'NV', effect: 'OFF' }], 'DENIED'],
    ['of the patient’s state', [{ jurisdiction: 'CA', effect: 'OBSERVE' }], 'ZERO_PAY'],
    ['of the licence’s type', [{ licenceType: 'MD', effect: 'OFF' }], 'ZERO_PAY'],
    ['of another type', [{ licenceType: 'RN', effect: 'OFF' }], 'DENIED'],
    ['of another role', [{ role: 'attending', effect: 'OFF' }], 'DENIED'],
    ['all of which must fit', [{ jurisdiction: 'CA', licenceType: 'MD', role: 'rendering', effect: 'OBSERVE' }], 'ZERO_PAY'],
    ['the first that fits decides', [{ jurisdiction: 'CA', effect: 'ENFORCE' }, { licenceType: 'MD', effect: 'OFF' }], 'DENIED'],
  ])('by an exception of the plan: %s', (_, credentialExceptions, expected) => {
    const desk = new ClaimsDesk({ plan: { credentialExceptions } });
    desk.authority = 'NONE';
    expect(desk.decide(claimOf()).decision).toBe(expected);
  });

  test('are asked for an exception alone', () => {
    const desk = new ClaimsDesk({ plan: { credentials: 'OFF', credentialExceptions: [{ jurisdiction: 'CA', effect: 'ENFORCE' }] } });
    desk.authority = 'NONE';
    expect(desk.decide(claimOf()).decision).toBe('DENIED');
  });

  test('are asked in the patient’s state for telehealth, else in the facility’s, else the biller’s', () => {
    const claim = claimOf([line(), line({ placeOfService: '02' })], { serviceFacility: { entity: 'organisation', state: 'NV' }, subscriber: { ...claimOf().subscriber, state: 'OR' } });
    const desk = new ClaimsDesk();
    desk.submit('claim', claim);
    desk.adjudicate(['claim']);
    expect(desk.adjudication('claim').body.facts.standings.map(({ jurisdiction }) => jurisdiction)).toEqual(['NV', 'OR']);
  });

  test('an organisation’s own NPI needs no licence', () => {
    const desk = new ClaimsDesk({ plan: { requiredData: [] } });
    desk.authority = 'NONE';
    expect(desk.decide(claimOf([line()], { rendering: { entity: 'organisation', npi: '1003357849' } })).decision).toBe('ZERO_PAY');
  });
});

test('a decided claim waits no longer, and its explanation cites the claim', () => {
  const desk = new ClaimsDesk();
  desk.submit('claim', claimOf());
  expect(desk.waiting.has(idOf('claim'))).toBe(true);
  desk.adjudicate(['claim']);
  expect(desk.waiting.has(idOf('claim'))).toBe(false);
  expect(desk.eob('claim').body.claim.key).toBe(`claim~${idOf('claim')}~1`);
  expect(coverageOf().personKey).toBe(desk.claim('claim').body.content.subscriber.memberId);
});
