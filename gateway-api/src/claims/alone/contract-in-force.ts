import { covers } from '@medaccord/domain';
import type { JointParties, PayerContractDocument } from '@medaccord/domain';
import type { ClaimsClient } from '../../ledger/claims-client.js';
import { everyNewest } from '../surroundings/pages.js';

/** The contract between two parties that is in force today; undefined where there is none. */
export async function contractInForce(client: ClaimsClient, { insurerMsp, hospitalMsp }: JointParties): Promise<PayerContractDocument | undefined> {
  const today = new Date().toISOString().slice(0, 10);
  for await (const contract of everyNewest<PayerContractDocument>(client, 'payer-contract')) {
    const { parties, body } = contract;
    if (parties.insurerMsp === insurerMsp && parties.hospitalMsp === hospitalMsp && covers(body, today)) return contract;
  }

  return undefined;
}
