import { DomainError, canonicalBytes, commandKey, execute, isWrittenAlone, newDocument, openKey, preconditionsOf } from '@medaccord/domain';
import type { AnyDocument, Effects, HeldDocument, Holders, Parties, Receipt, ReceiptItem } from '@medaccord/domain';
import { assertDistinct, assertFirstTime, markBytes } from '../platform/private-command.js';
import type { CommandMark } from '../platform/private-command.js';
import { holdersOf } from '../platform/private-documents.js';
import { sha256 } from '../platform/sha256.js';
import type { ClaimsContext } from './claims-context.js';
import { heal } from './heal.js';

/**
 * Carries out the command of a transaction: refuses a resend, proves its inputs, computes, writes, and leaves a receipt.
 * Everything is refused as a whole, so that nothing is written half.
 */
export async function applyCommand(ctx: ClaimsContext): Promise<void> {
  const { command, execution } = ctx;
  await assertFirstTime(ctx.documents, holdersOf(witnesses(ctx)), markOf(ctx));
  await proveInputs(ctx);
  const effects = execute(command, execution);
  if (command.body.verb === 'heal') await heal(ctx, command.body);
  else await save(ctx, effects);
  await leaveReceipt(ctx, effects.items);
}

/** Where the command is marked and its receipt is left: at the parties, or where only the caller's collection changes, there. */
function witnesses({ command, caller }: ClaimsContext): Holders {
  const { verb } = command.body;
  return verb === 'heal' || isWrittenAlone(verb) ? { ownerMsp: caller.mspId } : command.parties;
}

/** Throws MIXED_PARTIES for a document of another pair, and what the stores refuse. */
async function proveInputs(ctx: ClaimsContext): Promise<void> {
  const { body, mandate, parties } = ctx.command;
  const { documents, recorded, shown, open, openAs, absent } = preconditionsOf(body, sha256);
  [...documents, ...recorded].forEach((document) => {
    assertSameParties(document, parties);
  });
  if (mandate !== undefined) await ctx.documents.assertCurrent(mandate);
  for (const document of documents) await ctx.documents.assertCurrent(document);
  for (const document of recorded) await ctx.documents.assertRecorded(document);
  for (const document of shown) await proveShown(ctx, document);
  for (const one of absent) await ctx.documents.assertAbsent(one.parties ?? parties, one);
  for (const claimId of open) await ctx.documents.assertOpen(parties, claimId);
  for (const claim of openAs) await ctx.documents.assertOpenAs(parties, claim);
}

/** Throws MIXED_PARTIES for a document that the hospital has no part in, and what the stores refuse; the other insurer is read by hashes alone. */
async function proveShown(ctx: ClaimsContext, document: AnyDocument): Promise<void> {
  if (document.parties.hospitalMsp === undefined || document.parties.hospitalMsp !== ctx.command.parties.hospitalMsp) throw new DomainError('MIXED_PARTIES');
  await ctx.documents.assertCurrent(document);
}

function assertSameParties({ parties }: HeldDocument, { insurerMsp, hospitalMsp }: Parties): void {
  const isOfPair = 'ownerMsp' in parties ? [insurerMsp, hospitalMsp].includes(parties.ownerMsp) : parties.insurerMsp === insurerMsp && (parties.hospitalMsp ?? hospitalMsp) === hospitalMsp;
  if (!isOfPair) throw new DomainError('MIXED_PARTIES');
}

async function save(ctx: ClaimsContext, effects: Effects): Promise<void> {
  const { documents, opened, closed } = effects;
  const { parties } = ctx.command;
  assertDistinct(documents);
  for (const document of documents) await ctx.documents.assertNew(document);
  for (const document of documents) await ctx.documents.put(document);
  for (const claim of opened) await ctx.documents.putBytes(holdersOf(parties), openKey(claim.claimId), canonicalBytes(claim));
  for (const claimId of closed) await ctx.documents.remove(holdersOf(parties), openKey(claimId));
  await purge(ctx, effects);
  await saveIndexes(ctx, effects);
}

async function purge({ documents, command: { parties } }: ClaimsContext, { purged = [], ownPurged = [] }: Effects): Promise<void> {
  for (const key of purged) await documents.purge(holdersOf(parties), key);
  for (const { mspId, key } of ownPurged) await documents.purge([mspId], key);
}

/** The insurer's own. */
async function saveIndexes({ documents, command: { parties } }: ClaimsContext, { index, removed = [] }: Effects): Promise<void> {
  for (const { key, value } of index) await documents.putBytes([parties.insurerMsp], key, canonicalBytes(value));
  for (const key of removed) await documents.remove([parties.insurerMsp], key);
}

async function leaveReceipt(ctx: ClaimsContext, items: readonly ReceiptItem[]): Promise<void> {
  const { command, execution } = ctx;
  const holders = holdersOf(witnesses(ctx));
  const body = { verb: command.body.verb, commandHash: ctx.commandHash, items };
  const receipt: Receipt = newDocument(execution, 'receipt', { id: command.commandId, version: 1 }, command.parties, body);
  await ctx.documents.putBytes(holders, commandKey(command.commandId), markBytes(markOf(ctx)));
  await ctx.documents.putBytes(holders, `receipt~${receipt.id}~1`, canonicalBytes(receipt));
}

function markOf({ command, commandHash }: ClaimsContext): CommandMark {
  return { commandId: command.commandId, salt: command.salt, commandHash };
}
