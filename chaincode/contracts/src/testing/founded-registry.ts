import { ContractNetwork } from './contract-network.js';
import type { Committed, Party } from './contract-network.js';
import { organisations } from './organisations.js';
import type { OrganisationOfTest } from './organisations.js';
import type { ChaincodeName } from '../chaincodes.js';

/** How the founders of a contract test set the clock: ticks as they come, near the transaction's own time. */
export const founding = { name: 'Consortium office', clockIntervalMilliseconds: 0, clockToleranceMilliseconds: 60_000 };

/** A person of one of the organisations of a contract test, in a role. */
export function inRole(network: ContractNetwork, organisation: keyof typeof organisations, role: string, unit?: string): Promise<Party> {
  const name = unit === undefined ? role : `${role}-${unit}`;
  return network.as(organisations[organisation].mspId, name, { 'medaccord.role': role, ...(unit === undefined ? {} : { 'medaccord.unit': unit }) });
}

/** A network on which the registry is founded and every organisation is a member, also others than the usual ones. */
export async function startFoundedNetwork(chaincodes: readonly ChaincodeName[], others: readonly OrganisationOfTest[] = []): Promise<ContractNetwork> {
  const all = [...Object.values<OrganisationOfTest>(organisations), ...others];
  const network = await ContractNetwork.start(all, chaincodes);
  const office = await inRole(network, 'office', 'member-admin');
  assertValid(await office.submit('registry', 'initialise', founding));
  for (const { mspId, name, kind, units } of all) {
    if (kind !== 'consortium') assertValid(await office.submit('registry', 'registerMember', { mspId, name, kind, units }));
  }
  return network;
}

/** Throws where a transaction was not committed as valid. */
export function assertValid({ code, txId }: Committed): void {
  if (code !== 0) throw new Error(`transaction ${txId} has validation code ${code}`);
}
