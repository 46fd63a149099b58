import { executionBy } from '../members/testing/executions.js';
import { providersNamedIn, registerProviders } from './register-providers.js';

const doe = { npi: '1234567893', type: 'individual', name: { family: 'Doe', given: 'Jane' }, taxonomies: ['207R00000X'] };
const clinic = { npi: '1003357849', type: 'organisation', name: { family: 'North Clinic' }, taxonomies: [] };

describe('registering providers', () => {
  test('enters each new one, with who entered it and when', () => {
    const { outcomes, created } = registerProviders([doe, clinic], new Map(), executionBy('hospital'));
    expect(outcomes).toEqual([doe, clinic].map(({ npi }) => ({ outcome: 'REGISTERED', id: npi })));
    expect(created).toEqual([doe, clinic].map((provider) => ({ schema: 'provider/v1', ...provider, registeredBy: 'HospitalMSP', registeredAt: '2026-03-10T12:00:00.000Z' })));
  });

  test('knows the same particulars again, from the ledger or from the same batch, and refuses others', () => {
    const { created } = registerProviders([doe], new Map(), executionBy('hospital'));
    const existing = new Map(created.map((provider) => [provider.npi, provider]));
    const items = [doe, { ...doe, name: { family: 'Roe' } }, clinic, clinic];
    expect(registerProviders(items, existing, executionBy('insurer')).outcomes).toEqual([
      { outcome: 'ALREADY_RECORDED', id: doe.npi },
      { outcome: 'REFUSED', code: 'PROVIDER_ALREADY_REGISTERED' },
      { outcome: 'REGISTERED', id: clinic.npi },
      { outcome: 'ALREADY_RECORDED', id: clinic.npi },
    ]);
  });

  test('tells what is wrong with an item at its place', () => {
    const [result] = registerProviders([{ ...doe, npi: '9996643922', taxonomies: ['short'] }], new Map(), executionBy('hospital')).outcomes;
    expect(result).toMatchObject({ outcome: 'REFUSED', code: 'INVALID_INPUT', issues: [{ path: '/items/0/npi', code: 'CHECK_DIGIT' }, { path: '/items/0/taxonomies/0', code: 'WRONG_FORMAT' }] });
  });

  test('needs to know of the NPIs of its well-formed items, each once', () => {
    expect(providersNamedIn([doe, doe, {}, clinic])).toEqual([doe.npi, clinic.npi]);
  });
});
