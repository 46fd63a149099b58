import { canonicalJson, documentKey, invalidInput, issue, openKey } from '@medaccord/domain';
import type { ClaimFile, DocumentCopy, Heal, JointParties, OpaqueId, ReceiptItem } from '@medaccord/domain';
import type { WriteRequest } from '../idempotency/write-request.js';
import type { AppliedCommand, ClaimsClient, CommandProof } from '../ledger/claims-client.js';

/** What a command did, item by item. */
export interface CommandAnswer {
  readonly commandId: OpaqueId;
  readonly items: readonly ReceiptItem[];
  readonly proof: CommandProof;
}

/** This organisation's copies of all joint documents of a claim. */
export function copiesOf({ claim, open, adjudication, eob, payment, reversal, pend }: ClaimFile): readonly DocumentCopy[] {
  const documents = [claim, adjudication, eob, payment, reversal, pend].filter((document) => document !== null);
  const waiting = open === null ? [] : [{ key: openKey(open.claimId), bytes: canonicalJson(open) }];

  return [...documents.map((document) => ({ key: documentKey(document), bytes: canonicalJson(document) })), ...waiting];
}

/** Rewrites this organisation's copies of a claim's documents by those of the other party. */
export async function healClaim(
  client: ClaimsClient, write: WriteRequest, claimId: OpaqueId, { parties, items }: { readonly parties: JointParties; readonly items: Heal['items'] },
): Promise<CommandAnswer> {
  const foreign = items.findIndex(({ key }) => key.split('~')[1] !== claimId);
  if (foreign >= 0) throw invalidInput([issue('INCONSISTENT', `/items/${foreign}/key`)]);

  return answerOf(await client.apply(write, 'heal', { parties, body: { verb: 'heal', items } }));
}

/** The receipt in short. */
export function answerOf({ receipt, proof }: AppliedCommand): CommandAnswer {
  return { commandId: receipt.id, items: receipt.body.items, proof };
}
