import { credentialFindings, deniedStandings, DomainError, licenceId, licencesBehind, standingQueriesAsKnown } from '@medaccord/domain';
import type { LicenceFinding, LicenceEvent, LicenceId, LicenceKey, OpaqueId } from '@medaccord/domain';
import type { ClaimsClient } from '../ledger/claims-client.js';
import type { RegistryClient } from '../ledger/registry-client.js';

/** Why lines of a claim were denied for want of a licence. */
export interface CredentialFindings {
  readonly claimId: OpaqueId;
  readonly findings: readonly LicenceFinding[];
}

/** Reads what stands behind a claim's CO-B7, as it was known when the claim was decided. Throws DOCUMENT_NOT_FOUND before that. */
export async function readCredentialFindings(client: ClaimsClient, registry: RegistryClient, role: string, claimId: OpaqueId): Promise<CredentialFindings> {
  const { claim, adjudication } = await client.claim(claimId);
  if (adjudication === null) throw new DomainError('DOCUMENT_NOT_FOUND', { kind: 'adjudication' });
  const denied = deniedStandings(claim, adjudication);
  if (denied.length === 0) return { claimId, findings: [] };
  const { standings } = await registry.standingsForClaims(role, { members: [], standings: standingQueriesAsKnown(denied.map(({ standing }) => standing)) });
  const records = new Map<LicenceId, readonly LicenceEvent[]>();
  for (const licence of licencesBehind(standings)) records.set(licenceId(licence), await openEvents(registry, role, licence));

  return { claimId, findings: credentialFindings(denied, standings, records) };
}

async function openEvents(registry: RegistryClient, role: string, licence: LicenceKey): Promise<readonly LicenceEvent[]> {
  return (await registry.licence(role, licence)).events.flatMap((event) => ('sealed' in event ? [] : [event]));
}
