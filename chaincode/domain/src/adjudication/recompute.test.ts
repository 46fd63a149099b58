import { claimOf, coverageOf, idOf, line, usd } from '../claims/testing/builders.js';
import { ClaimsDesk } from '../claims/testing/claims-desk.js';
import { accumulatorId } from '../coverage/accumulator.js';
import { chain } from '../coverage/accumulator-state.js';
import { documentBytes, referenceTo } from '../documents/bytes.js';
import { toHex } from '../shared/bytes.js';
import { canonicalJson } from '../shared/canonical-json.js';
import { MerkleTree } from '../shared/merkle.js';
import { refusalOf } from '../shared/testing/refusal.js';
import { sha256 } from '../shared/testing/sha256.js';
import { assembleAdjudication } from './assemble.js';
import { recompute } from './recompute.js';
import { CURRENT_RULE_SETS, ruleSet, rulesIn } from './rule-sets.js';

function decided(): ClaimsDesk {
  const desk = new ClaimsDesk({ used: { deductible: 450 } });
  desk.submit('claim', claimOf([line(), line({ serviceFrom: '2026-02-04' })]));
  desk.adjudicate(['claim']);
  return desk;
}

describe('computing an adjudication again', () => {
  test('gives the same bytes from the claim and the recorded facts alone, whatever has happened since', () => {
    const desk = decided();
    desk.authority = 'NONE';
    desk.run({ verb: 'recordCoverages', items: [{ id: idOf('coverage'), version: 2, body: coverageOf({ reason: 'ended', periods: [{ from: '2026-01-01', thru: '2026-01-02', planId: idOf('plan') }] }) }] });
    const [adjudication, eob] = [desk.adjudication('claim'), desk.eob('claim')];
    const again = recompute(desk.claim('claim'), JSON.parse(canonicalJson(adjudication)) as typeof adjudication, eob, sha256);
    expect(toHex(again.adjudication)).toBe(toHex(documentBytes(adjudication)));
    expect(toHex(again.eob)).toBe(toHex(documentBytes(eob)));
  });

  test('shows a decision that does not follow from its facts', () => {
    const desk = decided();
    const [adjudication, eob] = [desk.adjudication('claim'), desk.eob('claim')];
    const forged = { ...eob, body: { ...eob.body, totals: { ...eob.body.totals, paidMinor: eob.body.totals.paidMinor + 1 } } };
    const again = recompute(desk.claim('claim'), adjudication, forged, sha256);
    expect(toHex(again.eob)).not.toBe(toHex(documentBytes(forged)));
  });

  test('names rules, inputs and facts: enough to do it', () => {
    const { body } = decided().adjudication('claim');
    expect(body.ruleSet).toBe('professional/4');
    expect(body.inputs.map(({ key }) => key.split('~')[0])).toEqual(['accumulator', 'coverage', 'fee-schedule', 'plan']);
    expect(body.facts.standings).toEqual([{
      npi: '1234567893', jurisdiction: 'CA', from: '2026-02-03', thru: '2026-02-03', periods: [{ from: '2026-02-03', thru: '2026-02-03', authority: 'FULL' }],
      licences: [{ licence: { jurisdiction: 'CA', board: 'ca-medical', type: 'MD', number: 'A1' }, knownAt: 3, linkKnownAt: 1 }],
    }, expect.objectContaining({ from: '2026-02-04' })]);
    expect(body.eobHash).toBe(referenceTo(decided().eob('claim'), sha256).hash);
  });
});

// What has been published stays: an adjudication may name it. A change of this list is a new rule set, never another one.
test('every published rule set is still here, with its rules in their order', () => {
  const published: Readonly<Record<string, readonly string[]>> = {
    'professional/1': [
      'coverage-on-date/v1', 'one-plan-and-year/v1', 'payer-order/v1', 'timely-filing/v1', 'duplicate/v1', 'credential/v1', 'contract/v1',
      'required-data/v1', 'benefit-map/v1', 'price/v1', 'cost-share/v1',
    ],
    'professional/2': [
      'coverage-on-date/v1', 'one-plan-and-year/v1', 'payer-order/v2', 'timely-filing/v2', 'duplicate/v1', 'credential/v1', 'contract/v1',
      'required-data/v1', 'benefit-map/v1', 'price/v1', 'cost-share/v1', 'coordination/v1',
    ],
    'professional/3': [
      'coverage-on-date/v1', 'one-plan-and-year/v1', 'payer-order/v3', 'timely-filing/v2', 'duplicate/v1', 'credential/v1', 'exclusion/v1', 'scope-fits-code/v1',
      'contract/v1', 'reference-tables/v1', 'referral/v1', 'authorisation/v1', 'required-data/v1', 'code-on-date/v1', 'modifier-on-date/v1', 'place-on-date/v1',
      'diagnosis-on-date/v1', 'modifier-fits-code/v1', 'place-fits-code/v1', 'age-fits-code/v1', 'sex-fits-code/v1', 'age-fits-diagnosis/v1',
      'sex-fits-diagnosis/v1', 'diagnosis-fits-code/v1', 'benefit-map/v2', 'ncci-ptp/v1', 'mue/v1', 'add-on/v1', 'global-period/v1', 'external-hold/v1',
      'price/v2', 'cost-share/v1', 'coordination/v1', 'benefit-limits/v1', 'reductions/v1',
    ],
    'professional/4': [
      'coverage-on-date/v2', 'one-plan-and-year/v1', 'payer-order/v3', 'timely-filing/v2', 'duplicate/v2', 'credential/v1', 'exclusion/v2', 'scope-fits-code/v1',
      'contract/v1', 'reference-tables/v2', 'referral/v1', 'authorisation/v1', 'required-data/v1', 'code-on-date/v1', 'modifier-on-date/v1', 'place-on-date/v1',
      'diagnosis-on-date/v1', 'modifier-fits-code/v1', 'place-fits-code/v1', 'age-fits-code/v1', 'sex-fits-code/v1', 'age-fits-diagnosis/v1',
      'sex-fits-diagnosis/v1', 'diagnosis-fits-code/v1', 'benefit-map/v2', 'ncci-ptp/v1', 'mue/v1', 'add-on/v1', 'global-period/v1', 'external-hold/v1',
      'price/v2', 'cost-share/v1', 'coordination/v1', 'benefit-limits/v1', 'reductions/v1',
    ],
    'institutional/1': [
      'coverage-on-date/v1', 'one-plan-and-stay/v1', 'payer-order/v3', 'timely-filing-statement/v1', 'duplicate-bill/v1', 'credential/v1', 'contract-for-setting/v1',
      'institutional-data/v1', 'days-of-stay/v1', 'non-covered/v1', 'benefit-map/v2', 'price/v2', 'cost-share/v1', 'coordination/v1',
    ],
    'institutional/2': [
      'coverage-on-date/v2', 'one-plan-and-stay/v1', 'payer-order/v3', 'timely-filing-statement/v1', 'duplicate-bill/v2', 'credential/v1', 'exclusion/v2', 'contract-for-setting/v2',
      'reference-tables/v2', 'referral/v1', 'authorisation/v1', 'institutional-data/v1', 'revenue-code-on-date/v1', 'code-on-date/v1', 'modifier-on-date/v1', 'diagnosis-on-bill/v1',
      'modifier-fits-code/v1', 'age-fits-code/v1', 'sex-fits-code/v1', 'age-fits-diagnosis/v1', 'sex-fits-diagnosis/v1', 'diagnosis-fits-code/v1', 'days-of-stay/v1', 'non-covered/v1',
      'benefit-map/v2', 'ncci-ptp-outpatient/v1', 'mue-outpatient/v1', 'add-on/v1', 'external-hold/v1', 'price/v2', 'cost-share/v1', 'coordination/v1', 'benefit-limits/v1', 'reductions/v1',
    ],
  };
  for (const [name, rules] of Object.entries(published)) expect(rulesIn(ruleSet(name))).toEqual(rules);
  for (const { name } of Object.values(CURRENT_RULE_SETS)) expect(Object.keys(published)).toContain(name);
  expect(refusalOf(() => ruleSet('professional/0'))).toBe('UNKNOWN_RULE');
});

describe('a family’s totals', () => {
  test('grow by what the patient bears, in the version that the decision writes', () => {
    const desk = decided();
    const { version, body } = desk.accumulator();
    // first line: 50 deductible, 20 copay, 10 coinsurance; second: 20 copay, 20 coinsurance (20 % of 100)
    const [deductible, outOfPocket] = [usd(50), usd(50 + 20 + 10 + 20 + 20)];
    const cause = `adjudication~${idOf('claim')}~1`;
    expect(version).toBe(2);
    expect(body.postings).toEqual([
      { leaf: '01/deductible', amountMinor: deductible, cause },
      { leaf: '01/out-of-pocket', amountMinor: outOfPocket, cause },
      { leaf: 'family/deductible', amountMinor: deductible, cause },
      { leaf: 'family/out-of-pocket', amountMinor: outOfPocket, cause },
    ]);
    expect(body.changed.map(({ key, value }) => [key, value.usedMinor])).toEqual([
      ['01/deductible', usd(500)], ['01/out-of-pocket', outOfPocket], ['family/deductible', usd(500)], ['family/out-of-pocket', outOfPocket],
    ]);
  });

  test('the root is that of all leaves, and the postings are chained', () => {
    const desk = decided();
    const [{ leaves, document }] = desk.reading(['claim']).accumulators as [ReturnType<ClaimsDesk['reading']>['accumulators'][0]];
    expect(new MerkleTree(leaves, sha256).root).toBe(document.body.root);
    const opening = desk.document('accumulator', document.id, 1);
    expect(document.body.postingsRoot).toBe(chain(opening.body.postingsRoot, document.body.postings, sha256));
    expect(document.body.postingCount).toBe(2 + 4);
  });

  test('are one accumulator per family and benefit year, with an id that only the family’s own tells', () => {
    expect(accumulatorId(idOf('family'), '2026-01-01', sha256)).not.toBe(accumulatorId(idOf('family'), '2027-01-01', sha256));
    expect(accumulatorId(idOf('family'), '2026-01-01', sha256)).toMatch(/^[0-9a-f]{32}$/);
  });

  test('claims of one batch see the totals of the ones before; the batch writes one version', () => {
    const desk = new ClaimsDesk({ used: { deductible: 450 } });
    for (const [name, day] of [['a', '2026-02-03'], ['b', '2026-02-04'], ['c', '2026-02-05']] as const) desk.submit(name, claimOf([line({ serviceFrom: day })]));
    desk.adjudicate(['a', 'b', 'c']);
    expect(['a', 'b', 'c'].map((name) => desk.eob(name).body.lines[0]?.deductibleMinor)).toEqual([usd(50), 0, 0]);
    expect(desk.accumulator().version).toBe(2);
  });
});

describe('inputs that are missing or wrong', () => {
  const desk = decided();
  desk.submit('next', claimOf([line({ serviceFrom: '2026-02-05' })]));
  const body = assembleAdjudication(desk.reading(['next']), sha256);
  const [item] = body.items;
  const [accumulator] = body.accumulators;
  const [fee] = body.fees;
  if (item === undefined || accumulator === undefined || fee?.type !== 'listed') throw new Error('inputs expected');
  const otherPerson = { ...body.coverages[0], body: coverageOf({ personKey: 'M-2' }) } as (typeof body.coverages)[0];

  test.each<[string, string, Partial<typeof body>]>([
    ['no coverage', 'INPUT_MISSING', { coverages: [] }],
    ['no plan', 'INPUT_MISSING', { plans: [] }],
    ['no fee schedule', 'INPUT_MISSING', { feeSchedules: [] }],
    ['no price', 'INPUT_MISSING', { fees: [] }],
    ['no totals', 'INPUT_MISSING', { accumulators: [] }],
    ['no leaf of the family', 'INPUT_MISSING', { accumulators: [{ ...accumulator, leaves: accumulator.leaves.slice(0, 2) }] }],
    ['no history', 'INPUT_MISSING', { items: [{ ...item, history: [idOf('claim')] }] }],
    ['the coverage of another person', 'INPUT_MISMATCH', { coverages: [otherPerson] }],
    ['the claim as its own history', 'INPUT_MISMATCH', { items: [{ ...item, history: [item.claim.id] }], history: [{ claim: item.claim, eob: { ...desk.eob('claim'), id: item.claim.id } }] }],
    ['a document twice', 'INPUT_MISMATCH', { coverages: [...body.coverages, ...body.coverages] }],
    ['an altered price', 'PROOF_INVALID', { fees: [{ ...fee, inclusion: { ...fee.inclusion, leaf: { ...fee.inclusion.leaf, value: { ...fee.inclusion.leaf.value, amountMinor: usd(500) } } } }] }],
    ['a price said to be absent', 'PROOF_INVALID', { fees: [{ type: 'not-listed', feeScheduleId: fee.feeScheduleId, key: fee.inclusion.leaf.key, absence: {} }] }],
    ['an altered total', 'PROOF_INVALID', { accumulators: [{ ...accumulator, leaves: accumulator.leaves.map((one) => ({ ...one, leaf: { ...one.leaf, value: { usedMinor: 0 } } })) }] }],
  ])('%s: %s', (_, code, changes) => {
    expect(refusalOf(() => desk.run({ ...body, ...changes }))).toBe(code);
  });

  test('none missing or wrong', () => {
    expect(desk.run(body).items).toMatchObject([{ outcome: 'ADJUDICATED' }]);
  });
});
