import { idOf } from '../claims/testing/builders.js';
import { LifeCycleDesk } from '../life-cycle/testing/life-cycle-desk.js';
import { parse } from '../shared/parse.js';
import { refusalOf } from '../shared/testing/refusal.js';
import { participates, participationShape, payerContractShape } from './payer-contract.js';
import type { ParticipationBody, PayerContractBody } from './payer-contract.js';

const contract: PayerContractBody = { payee: { name: 'General Hospital', taxId: '123456789' }, networks: ['west'], products: [], from: '2026-01-01', aloneAfterHours: 24 };
const participation: ParticipationBody = { npi: '1234567893', taxId: '123456789', network: 'west', from: '2026-01-01', thru: '2026-06-30' };

test('contracts and participations are versions of documents of both', () => {
  const desk = new LifeCycleDesk();
  desk.run({ verb: 'recordContracts', items: [{ id: idOf('agreed'), version: 1, body: contract }] });
  desk.run({ verb: 'recordContracts', items: [{ id: idOf('agreed'), version: 2, body: { ...contract, aloneAfterHours: 0 } }] });
  desk.run({ verb: 'recordParticipations', items: [{ id: idOf('byron'), version: 1, body: participation }] });
  expect(desk.newest('payer-contract', idOf('agreed'))).toMatchObject({ version: 2, parties: { hospitalMsp: 'HospitalMSP' }, body: { aloneAfterHours: 0 } });
  expect(desk.newest('participation', idOf('byron')).body).toEqual(participation);
  expect(refusalOf(() => desk.run({ verb: 'recordContracts', items: [{ id: idOf('agreed'), version: 4, body: contract }] }))).toBe('STALE_VERSION');
});

test.each<[string, Partial<Parameters<typeof participates>[1]>, boolean]>([
  ['on its first day', { on: '2026-01-01' }, true],
  ['on its last day', { on: '2026-06-30' }, true],
  ['after it', { on: '2026-07-01' }, false],
  ['for another biller', { taxId: '987654321' }, false],
  ['in another network', { network: 'east' }, false],
  ['as another person', { npi: '1003357849' }, false],
])('a clinician takes part %s: %s', (_, changes, expected) => {
  expect(participates([participation], { npi: '1234567893', taxId: '123456789', network: 'west', on: '2026-03-01', ...changes })).toBe(expected);
});

test.each<[string, () => unknown]>([
  ['ends before it begins', () => parse(payerContractShape, { ...contract, thru: '2025-12-31' })],
  ['has no network', () => parse(payerContractShape, { ...contract, networks: [] })],
  ['waits for more than a month', () => parse(payerContractShape, { ...contract, aloneAfterHours: 721 })],
  ['is of a number that is no NPI', () => parse(participationShape, { ...participation, npi: '1234567890' })],
])('what %s is refused', (_, read) => {
  expect(refusalOf(read)).toBe('INVALID_INPUT');
});
