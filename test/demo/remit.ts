import type { RemittanceDocument } from '@medaccord/domain';
import { until } from '@medaccord/network/fabric';
import type { ClaimFacts, RemittanceFacts } from './facts.js';
import type { Proof } from './found-consortium.js';
import type { People } from './people.js';

/** One remittance pays at most so many claims; a file with more would need several. */
const mostClaims = 500;

interface Issued {
  readonly remittanceId: string;
  readonly proof: Proof;
}

/** A decided claim whose payment goes to the hospital: where benefits are not assigned, the member is paid apart. */
export function isForHospital({ outcome, payee }: ClaimFacts): boolean {
  return outcome === 'ADJUDICATED' && payee === undefined;
}

/** Finance pays every such claim in one remittance; the hospital reads it from its own peer. */
export async function remit({ finance, biller }: People, claims: readonly ClaimFacts[], date: string): Promise<RemittanceFacts> {
  const decided = claims.filter(isForHospital).slice(0, mostClaims);
  const totalMinor = sum(decided.map(({ paid }) => paid ?? 0));
  const { remittanceId, proof } = await finance.post<Issued>('/v1/remittances', {
    claimIds: decided.map(({ claimId }) => claimId),
    payment: { method: totalMinor === 0 ? 'NON' : 'ACH', traceNumber: `SAMPLE-${date}`, date },
    totalMinor,
  });
  // The hospital's peer may be some blocks behind the insurer's.
  const { remittance } = await until(() => biller.get<{ remittance: RemittanceDocument }>(`/v1/remittances/${remittanceId}`), { withinMs: 60_000, what: 'the remittance at the hospital' });
  const { body } = remittance;
  return {
    remittanceId,
    claims: body.claims.length,
    charge: sum(body.claims.map(({ chargeMinor }) => chargeMinor)),
    paid: sum(body.claims.map(({ paidMinor }) => paidMinor)),
    patient: sum(body.claims.map(({ patientMinor }) => patientMinor)),
    total: body.totalMinor,
    proof,
  };
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
