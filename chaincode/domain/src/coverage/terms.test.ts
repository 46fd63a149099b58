import { ClaimsDesk } from '../claims/testing/claims-desk.js';
import { contractOf, coverageOf, idOf, planOf } from '../claims/testing/builders.js';
import type { CommandBody, NewFeeSchedule } from '../claims/command.js';
import { commandHash, commandShape, encodeCommand, endorsingOrganisations } from '../claims/command-shape.js';
import type { Command } from '../claims/command.js';
import { DOCUMENT_KINDS, documentKey, parseDocumentKey } from '../documents/key.js';
import { toHex } from '../shared/bytes.js';
import { parse } from '../shared/parse.js';
import { isIncluded, isAbsent, MerkleTree } from '../shared/merkle.js';
import { refusalOf } from '../shared/testing/refusal.js';
import { sha256 } from '../shared/testing/sha256.js';
import { benefitPlanBodyShape, benefitYearOf } from './benefit-plan.js';
import { coverageBodyShape, periodOn } from './coverage.js';
import { feeKey } from './rate-keys.js';

const refused = (run: () => unknown): boolean => refusalOf(run) === 'INVALID_INPUT';
const periods = (...days: readonly (readonly [from: string, thru?: string])[]): object =>
  coverageOf({ periods: days.map(([from, thru]) => ({ from, ...(thru !== undefined && { thru }), planId: idOf('plan') })) });

describe('a benefit plan', () => {
  test.each([
    ['coordinates by terms', { otherPayers: 'coordinate', coordination: { method: 'standard', allowableExpense: 'higher' } }, false],
    ['coordinates without terms', { otherPayers: 'coordinate' }, true],
    ['has terms that it does not use', { otherPayers: 'pend', coordination: { method: 'standard', allowableExpense: 'higher' } }, true],
  ])('that %s', (_, changes, isRefused) => {
    expect(refused(() => parse(benefitPlanBodyShape, { ...planOf(), ...changes }))).toBe(isRefused);
  });
});

describe('coverage', () => {
  test('has ascending periods without overlap, the last of which may be open', () => {
    expect(parse(coverageBodyShape, periods(['2025-01-01', '2025-12-31'], ['2026-01-01']))).toBeDefined();
    expect(refused(() => parse(coverageBodyShape, periods(['2026-01-01'], ['2026-06-01'])))).toBe(true);
    expect(refused(() => parse(coverageBodyShape, periods(['2025-01-01', '2025-12-31'], ['2025-12-31'])))).toBe(true);
    expect(refused(() => parse(coverageBodyShape, periods(['2025-02-01', '2025-01-01'])))).toBe(true);
    expect(refused(() => parse(coverageBodyShape, periods()))).toBe(true);
  });

  test('of a person who is not known names no family, person or period', () => {
    expect(parse(coverageBodyShape, coverageOf({ known: false, periods: [] }))).toBeDefined();
    expect(refused(() => parse(coverageBodyShape, coverageOf({ known: false })))).toBe(true);
    expect(refused(() => parse(coverageBodyShape, { ...coverageOf(), known: false, periods: [] }))).toBe(true);
    expect(refused(() => parse(coverageBodyShape, coverageOf({ person: 'family' })))).toBe(true);
  });

  test('is found by day', () => {
    const [first, second] = [{ from: '2025-01-01', thru: '2025-06-30', planId: 'a' }, { from: '2026-01-01', planId: 'b' }];
    expect(['2024-12-31', '2025-06-30', '2025-07-01', '2030-01-01'].map((day) => periodOn([first, second], day)?.planId)).toEqual([undefined, 'a', undefined, 'b']);
  });
});

describe('a plan', () => {
  test('orders all three shares, and names each category once', () => {
    expect(parse(benefitPlanBodyShape, planOf())).toEqual(planOf());
    expect(refused(() => parse(benefitPlanBodyShape, planOf({ costShareOrder: ['copay', 'copay', 'deductible'] })))).toBe(true);
    expect(refused(() => parse(benefitPlanBodyShape, planOf({ costShareOrder: ['copay'] })))).toBe(true);
    expect(refused(() => parse(benefitPlanBodyShape, planOf({ benefits: [...planOf().benefits, ...planOf().benefits] })))).toBe(true);
  });

  test.each([[1, '2026-12-31', '2026-01-01'], [7, '2026-06-30', '2025-07-01'], [7, '2026-07-01', '2026-07-01']])('that begins in month %i holds %s in the year of %s', (benefitYearMonth, day, year) => {
    expect(benefitYearOf({ benefitYearMonth }, day)).toBe(year);
  });
});

describe('a fee schedule', () => {
  const recording = (body: NewFeeSchedule): CommandBody => ({ verb: 'recordFeeSchedules', items: [{ id: idOf('other'), version: 1, body }] });
  const listed = (entries: readonly (readonly [string, object])[]): NewFeeSchedule => {
    const body = contractOf();
    return { ...body, prices: { ...body.prices, entries: entries.map(([key, fee]) => ({ key, fee })) } as NewFeeSchedule['prices'] };
  };
  const visit = { amountMinor: 100, category: 'office-visit' };

  test('commits to its entries in pages, with a salt each; proofs hold against the root', () => {
    const desk = new ClaimsDesk();
    const entries = Array.from({ length: 1201 }, (_, index) => [`X${String(index).padStart(4, '0')}`, visit] as const);
    desk.run(recording(listed(entries)));
    const { prices } = desk.newest('fee-schedule', idOf('other')).body;
    const pages = desk.all('fee-schedule-page').filter(({ id }) => id.startsWith(idOf('other')));
    expect(pages.map(({ id, body }) => [id.slice(32), body.entries.length])).toEqual([['.1', 500], ['.2', 500], ['.3', 201]]);
    const leaves = pages.flatMap(({ body }) => body.entries);
    expect(new Set(leaves.map(({ salt }) => salt)).size).toBe(1201);
    const tree = new MerkleTree(leaves, sha256);
    const [inclusion, absence] = [tree.inclusion('X0777'), tree.absence('X07775')];
    expect(prices).toMatchObject({ root: tree.root, count: 1201, pages: 3 });
    expect(inclusion && isIncluded(tree.root, inclusion, sha256)).toBe(true);
    expect(absence && isAbsent(tree.root, 'X07775', absence, sha256)).toBe(true);
  });

  test.each<[string, NewFeeSchedule]>([
    ['entries out of order', listed([['X0002', visit], ['X0001', visit]])],
    ['an entry twice', listed([['X0001', visit], ['X0001', visit]])],
    ['a price of zero that does not say what it means', listed([['X0001', { ...visit, amountMinor: 0 }]])],
    ['a facility price of zero likewise', listed([['X0001', { ...visit, facilityAmountMinor: 0 }]])],
    ['a weight where prices are listed', listed([['X0001', { relativeWeight: 10_000, category: 'office-visit' }]])],
    ['a price where groups have weights', { ...contractOf(), prices: { type: 'drg', baseRateMinor: 100, notListed: 'pend', lesserOfCharge: false, entries: [{ key: 'DRG470', fee: visit }] } }],
    ['a period that ends before it begins', { ...contractOf(), thru: '2024-12-31' }],
  ])('is refused with %s', (_, body) => {
    expect(refused(() => new ClaimsDesk().run(recording(body)))).toBe(true);
  });

  test('lists a price by code and by the modifiers that make another one', () => {
    expect([feeKey('X0001', []), feeKey('X0001', ['76', 'TC']), feeKey('X0001', ['TC', '26'])]).toEqual(['X0001', 'X0001-TC', 'X0001-26-TC']);
  });
});

test('totals are recorded in order of their leaves', () => {
  const totals = ['family/deductible', '01/deductible'].map((leaf) => ({ leaf, usedMinor: 0 }));
  const item = { familyId: idOf('family'), benefitYear: '2027-01-01', currency: 'USD', version: 1, reason: 'opening', totals };
  expect(refused(() => new ClaimsDesk().run({ verb: 'recordAccumulators', items: [item] }))).toBe(true);
});

describe('a document key', () => {
  test.each(DOCUMENT_KINDS)('of a %s is read back', (kind) => {
    const name = { kind, id: idOf(kind), version: 12 };
    expect(parseDocumentKey(documentKey(name))).toEqual(name);
  });

  test.each(['', 'claim', `claim~${idOf('a')}`, `claim~${idOf('a')}~0`, `claim~short~1`, `other~${idOf('a')}~1`, `claim~${idOf('a')}~1~2`])('%p is none', (key) => {
    expect(refusalOf(() => parseDocumentKey(key))).toBe('INVALID_DOCUMENT_KEY');
  });
});

describe('a command', () => {
  const command: Command = {
    schema: 'command/v1', commandId: idOf('command'), salt: idOf('salt'), actor: { id: 'someone', role: 'plan-admin' }, parties: { insurerMsp: 'InsurerMSP' },
    body: { verb: 'recordPlans', items: [{ id: idOf('plan'), version: 1, body: planOf() }] },
  };

  test('is read back from its bytes, and its hash covers all of them', () => {
    const bytes = encodeCommand(command);
    expect(parse(commandShape, JSON.parse(decodeURIComponent(toHex(bytes).replace(/../g, '%$&'))))).toEqual(command);
    expect(commandHash(bytes, sha256)).not.toBe(commandHash(encodeCommand({ ...command, salt: idOf('other') }), sha256));
  });

  test('is signed by both parties; by the insurer alone for its statements; by the caller alone for its own copies', () => {
    const parties = { insurerMsp: 'InsurerMSP', hospitalMsp: 'HospitalMSP' };
    expect(endorsingOrganisations(command, 'InsurerMSP')).toEqual(['InsurerMSP']);
    expect(endorsingOrganisations({ ...command, parties }, 'InsurerMSP')).toEqual(['InsurerMSP', 'HospitalMSP']);
    expect(endorsingOrganisations({ ...command, parties, body: { verb: 'heal', items: [] } }, 'HospitalMSP')).toEqual(['HospitalMSP']);
  });

  test.each<[string, object]>([
    ['an unknown field', { ...command, extra: 1 }],
    ['an unknown verb', { ...command, body: { verb: 'erase' } }],
    ['equal parties', { ...command, parties: { insurerMsp: 'A', hospitalMsp: 'A' } }],
    ['an MSP id that is none', { ...command, parties: { insurerMsp: 'A~B' } }],
    ['no item', { ...command, body: { verb: 'recordPlans', items: [] } }],
    ['an id that tells something', { ...command, body: { verb: 'recordPlans', items: [{ id: 'silver', version: 1, body: planOf() }] } }],
  ])('with %s is refused', (_, value) => {
    expect(refused(() => parse(commandShape, value))).toBe(true);
  });
});
