import 'reflect-metadata';
import { ApplicationsContract } from './applications-contract.js';
import { RegistryContract } from './registry-contract.js';
import { applicationRequirements, registryRequirements } from './requirements.js';

interface DeclaredTransaction {
  readonly name: string;
  readonly parameters: readonly { readonly schema: { readonly type: string } }[];
  readonly returns?: { readonly type: string };
}

describe.each([
  ['registry', RegistryContract, registryRequirements],
  ['applications', ApplicationsContract, applicationRequirements],
] as const)('the %s contract', (_, contract, requirements) => {
  const declared = Reflect.getMetadata('fabric:transactions', contract.prototype) as readonly DeclaredTransaction[];

  test('declares exactly the transactions that the table of requirements names', () => {
    expect(declared.map((one) => one.name).sort()).toEqual(Object.keys(requirements).sort());
  });

  test('takes one text or nothing, and answers with text', () => {
    for (const { parameters, returns } of declared) {
      expect(parameters.length).toBeLessThanOrEqual(1);
      expect(parameters.map(({ schema }) => schema.type)).toEqual(parameters.map(() => 'string'));
      expect(returns).toMatchObject({ type: 'string' });
    }
  });

  test('keeps nothing in the contract object, which serves every transaction', () => {
    expect(Object.keys(new contract())).toEqual(['__isContract', 'name']);
  });
});
