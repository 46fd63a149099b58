import { accumulatorInput, accumulatorOf, DomainError, present } from '@medaccord/domain';
import type { AccumulatorFile, AppealDocument, OpaqueId, Reopening, ReversalInput } from '@medaccord/domain';
import type { WriteRequest } from '../idempotency/write-request.js';
import { sha256 } from '../ledger/claims-client.js';
import type { ClaimsClient } from '../ledger/claims-client.js';
import { answerOf } from './claim-copies.js';
import type { CommandAnswer } from './claim-copies.js';
import { standingDecision, withAuthorisations } from './originals.js';

/** A claim whose decision is to be taken back, and why. */
export interface ClaimToReopen {
  readonly claimId: OpaqueId;
  readonly cause: Reopening['cause'];
  readonly reason: string;
}

const STEP = 'reopen';

/**
 * Takes decisions back and lets their claims wait again, all or none. Throws DOCUMENT_NOT_FOUND for a claim without a standing
 * decision and MIXED_PARTIES for claims of several hospitals.
 */
export async function reopenClaims(client: ClaimsClient, write: WriteRequest, claims: readonly ClaimToReopen[]): Promise<CommandAnswer> {
  return answerOf(await client.applyOnce(write, STEP, async () => {
    const items = await Promise.all(claims.map((claim, index) => reopeningOf(client, claim, index)));
    const parties = items[0]?.decision.claim.parties;
    if (parties === undefined || items.some(({ decision }) => decision.claim.parties.hospitalMsp !== parties.hospitalMsp)) throw new DomainError('MIXED_PARTIES');
    const decisions = items.map(({ decision }) => decision);
    const accumulators = (await accumulatorsOf(client, decisions)).map((file) => accumulatorInput(file, [], decisions, sha256));

    return { parties, body: { verb: 'reopenClaims', items, accumulators } };
  }));
}

/** The totals that these decisions had posted to, each once. */
export async function accumulatorsOf(client: ClaimsClient, decisions: readonly ReversalInput[]): Promise<readonly AccumulatorFile[]> {
  const ids = new Set(decisions.flatMap(({ adjudication }) => accumulatorOf(adjudication) ?? []));

  return Promise.all([...ids].map((id) => client.accumulatorFile(id)));
}

/** What is opened again; an appeal that overturned the decision is part of it. */
async function reopeningOf(client: ClaimsClient, { claimId, cause, reason }: ClaimToReopen, index: number): Promise<Reopening> {
  const decision = await decisionOn(client, claimId, index);
  const appeal = cause === 'APPEAL' ? await client.newestOrNone<AppealDocument>('appeal', claimId) : undefined;

  return { decision, cause, reason, ...present('appeal', appeal) };
}

async function decisionOn(client: ClaimsClient, claimId: OpaqueId, index: number): Promise<ReversalInput> {
  const decision = standingDecision(await client.claim(claimId));
  if (decision === undefined) throw new DomainError('DOCUMENT_NOT_FOUND', { kind: 'adjudication', items: [String(index)] });

  return withAuthorisations(client, decision);
}
