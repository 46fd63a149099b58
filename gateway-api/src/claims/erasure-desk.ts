import { coverageClaimKey, documentKey, parseDocumentKey, present, serviceKeys } from '@medaccord/domain';
import type { AnswerErasure, ClaimFile, CommandBody, DocumentKind, ErasureDocument, OpaqueId, Parties, ProposeErasure, VersionCounts } from '@medaccord/domain';
import type { WriteRequest } from '../idempotency/write-request.js';
import type { ClaimsClient } from '../ledger/claims-client.js';
import { answerOf } from './claim-copies.js';
import type { CommandAnswer } from './claim-copies.js';

const STEP = 'erasure';

/** Asks the other party to erase a claim. */
export async function proposeErasure(client: ClaimsClient, write: WriteRequest, claimId: OpaqueId, request: Pick<ProposeErasure, 'reason' | 'note'>): Promise<CommandAnswer> {
  return once(client, write, async () => {
    const { claim } = await client.claim(claimId);
    const before = await client.newestOrNone<ErasureDocument>('erasure', claimId);
    return { parties: claim.parties, body: { verb: 'proposeErasure', claimId, ...request, ...present('before', before) } };
  });
}

/** Agrees to what the other party proposed, or does not. */
export async function answerErasure(client: ClaimsClient, write: WriteRequest, claimId: OpaqueId, request: Pick<AnswerErasure, 'approve' | 'note'>): Promise<CommandAnswer> {
  return once(client, write, async () => {
    const erasure = await client.newest<ErasureDocument>('erasure', claimId);
    return { parties: erasure.parties, body: { verb: 'answerErasure', erasure, ...request } };
  });
}

/** Erases what both agreed to. */
export async function executeErasure(client: ClaimsClient, write: WriteRequest, claimId: OpaqueId): Promise<CommandAnswer> {
  return once(client, write, async () => {
    const erasure = await client.newest<ErasureDocument>('erasure', claimId);
    const file = await client.claim(claimId);
    const newest = async (kind: DocumentKind): Promise<number> => (await client.newestOrNone(kind, claimId))?.version ?? 0;
    const [appeal, pend, dispute] = await Promise.all([newest('appeal'), newest('pend'), newest('dispute')]);
    const owned = await Promise.all(OWN_KINDS.map(async (kind) => ({ kind, versions: await newest(kind) })));
    const versions: VersionCounts = { claim: file.claim.version, adjudication: file.adjudication?.version ?? 0, appeal, pend, dispute };
    return { parties: erasure.parties, body: { verb: 'executeErasure', erasure, versions, own: ownKeys(file, owned) } };
  });
}

/** Kinds that only the insurer has under a claim's id. */
const OWN_KINDS = ['routing', 'notice', 'unilateral', 'attempt'] as const;

/** Where the insurer finds the claim again: by the person's coverage, by who did it, in its queues; and what it wrote of it alone. */
function ownKeys({ claim, adjudication }: ClaimFile, owned: readonly { readonly kind: DocumentKind; readonly versions: number }[]): readonly string[] {
  const coverages = (adjudication?.body.inputs ?? []).map(({ key }) => parseDocumentKey(key)).filter(({ kind }) => kind === 'coverage');
  const documents = owned.flatMap(({ kind, versions }) => Array.from({ length: versions }, (_, index) => documentKey({ kind, id: claim.id, version: index + 1 })));
  return [...coverages.map(({ id }) => coverageClaimKey(id, claim.id)), ...serviceKeys(claim), ...documents];
}

async function once(client: ClaimsClient, write: WriteRequest, prepare: () => Promise<{ readonly parties: Parties; readonly body: CommandBody }>): Promise<CommandAnswer> {
  return answerOf(await client.applyOnce(write, STEP, prepare));
}
