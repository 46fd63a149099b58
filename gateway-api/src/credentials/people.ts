import { identityFacts, numbersOf } from '@medaccord/domain';
import type { IdentityFact, Npi, ProviderIdentity } from '@medaccord/domain';
import { isRefusal } from '../ledger/claims-client.js';
import { SERVICE_ROLE } from '../ledger/ledger.js';
import type { ProviderRecord, RegistryClient } from '../ledger/registry-client.js';

/** The records of a person's numbers that the directory has, the asked one first. */
export async function recordsOfPerson(registry: RegistryClient, npi: Npi): Promise<readonly ProviderRecord[]> {
  return follow(registry, npi, (identity) => identityFacts(identity));
}

/** All numbers that anybody ever said to be the person's: whoever looks at the past looks also at what was taken back. */
export async function numbersEver(registry: RegistryClient, npi: Npi): Promise<readonly Npi[]> {
  const records = await follow(registry, npi, ({ statements }) => statements.map(({ fact }) => fact));

  return [...new Set([npi, ...records.map(({ provider }) => provider.npi)])];
}

async function follow(registry: RegistryClient, npi: Npi, factsOf: (identity: ProviderIdentity) => readonly IdentityFact[]): Promise<readonly ProviderRecord[]> {
  const records: ProviderRecord[] = [];
  const numbers = new Set([npi]);
  // A set that grows while it is walked is walked to its end.
  for (const number of numbers) {
    const record = await recordOf(registry, number);
    if (record === undefined) continue;
    records.push(record);
    for (const other of record.identity === undefined ? [] : factsOf(record.identity).flatMap(numbersOf)) numbers.add(other);
  }

  return records;
}

/** A clinician whom the directory does not know yet may come. */
async function recordOf(registry: RegistryClient, npi: Npi): Promise<ProviderRecord | undefined> {
  try {
    return await registry.provider(SERVICE_ROLE, npi);
  } catch (error) {
    if (isRefusal(error, 'PROVIDER_NOT_FOUND')) return undefined;
    throw error;
  }
}
