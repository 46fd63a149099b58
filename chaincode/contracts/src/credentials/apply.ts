import { DomainError, canonicalBytes, commandKey, documentKey, executeOwn, newDocument, ownPreconditionsOf } from '@medaccord/domain';
import type { OwnEffects, OwnReceipt } from '@medaccord/domain';
import { assertDistinct, assertFirstTime, markBytes } from '../platform/private-command.js';
import type { CommandMark } from '../platform/private-command.js';
import { holdersOf } from '../platform/private-documents.js';
import type { AuthorisedCommand, CredentialsContext } from './credentials-context.js';

/**
 * Carries out the command of a transaction in its owner's collection alone: refuses a resend, proves its inputs, computes,
 * writes, and leaves a receipt. Everything is refused as a whole.
 */
export async function applyOwnCommand(ctx: CredentialsContext): Promise<void> {
  const { authorised, documents } = ctx;
  const { command, execution } = authorised;
  const holders = holdersOf(command.parties);
  await assertFirstTime(documents, holders, markOf(authorised));
  await proveInputs(ctx);
  const effects = executeOwn(command, execution);
  await save(ctx, effects);
  await documents.putBytes(holders, commandKey(command.commandId), markBytes(markOf(authorised)));
  const receipt = receiptOf(authorised, effects);
  await documents.putBytes(holders, documentKey(receipt), canonicalBytes(receipt));
}

/** Throws MIXED_PARTIES for another owner's document, and what the stores refuse. */
async function proveInputs({ authorised: { command, execution }, documents }: CredentialsContext): Promise<void> {
  for (const document of ownPreconditionsOf(command.body, execution.now.slice(0, 10)).documents) {
    if (document.parties.ownerMsp !== command.parties.ownerMsp) throw new DomainError('MIXED_PARTIES');
    await documents.assertCurrent(document);
  }
}

async function save({ documents: store }: CredentialsContext, { documents }: OwnEffects): Promise<void> {
  assertDistinct(documents);
  for (const document of documents) await store.assertNew(document);
  for (const document of documents) await store.put(document);
}

function receiptOf({ command, commandHash, execution }: AuthorisedCommand, { items }: OwnEffects): OwnReceipt {
  return newDocument(execution, 'credentials-receipt', { id: command.commandId, version: 1 }, command.parties, { verb: command.body.verb, commandHash, items });
}

function markOf({ command, commandHash }: AuthorisedCommand): CommandMark {
  return { commandId: command.commandId, salt: command.salt, commandHash };
}
