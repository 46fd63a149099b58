import { DomainError, canonicalBytes, commandKey, documentKey, execute, newDocument, openKey, preconditionsOf } from '@medaccord/domain';
import type { AnyDocument, Effects, Parties, Receipt, ReceiptItem } from '@medaccord/domain';
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
  await assertFirstTime(ctx);
  await proveInputs(ctx);
  const effects = execute(command, execution);
  if (command.body.verb === 'heal') await heal(ctx, command.body);
  else await save(ctx, effects);
  await leaveReceipt(ctx, effects.items);
}

/** Where the command is marked and its receipt is left: at the parties, or where only the caller's copies change, there. */
function witnesses({ command, caller }: ClaimsContext): Parties {
  return command.body.verb === 'heal' ? { insurerMsp: caller.mspId } : command.parties;
}

/** Throws ALREADY_RECORDED where the very same command was carried out, COMMAND_ID_REUSED where another one was. */
async function assertFirstTime(ctx: ClaimsContext): Promise<void> {
  const { commandId } = ctx.command;
  const found = await ctx.documents.compare(holdersOf(witnesses(ctx)), commandKey(commandId), markOf(ctx));
  if (found === 'same') throw new DomainError('ALREADY_RECORDED', { commandId });
  if (found === 'other') throw new DomainError('COMMAND_ID_REUSED', { commandId });
}

/** Throws MIXED_PARTIES for a document of another pair, and what the stores refuse. */
async function proveInputs(ctx: ClaimsContext): Promise<void> {
  const { body, parties } = ctx.command;
  const { documents, recorded, shown, open, absent } = preconditionsOf(body, sha256);
  [...documents, ...recorded].forEach((document) => {
    assertSameParties(document, parties);
  });
  for (const document of documents) await ctx.documents.assertCurrent(document);
  for (const document of recorded) await ctx.documents.assertRecorded(document);
  for (const document of shown) await proveShown(ctx, document);
  for (const one of absent) await ctx.documents.assertAbsent(one.parties ?? parties, one);
  for (const claimId of open) await ctx.documents.assertOpen(parties, claimId);
}

/** Throws MIXED_PARTIES for a document that the hospital has no part in, and what the stores refuse; the other insurer is read by hashes alone. */
async function proveShown(ctx: ClaimsContext, document: AnyDocument): Promise<void> {
  if (document.parties.hospitalMsp === undefined || document.parties.hospitalMsp !== ctx.command.parties.hospitalMsp) throw new DomainError('MIXED_PARTIES');
  await ctx.documents.assertCurrent(document);
}

function assertSameParties({ parties }: AnyDocument, { insurerMsp, hospitalMsp }: Parties): void {
  const isOfPair = parties.insurerMsp === insurerMsp && (parties.hospitalMsp ?? hospitalMsp) === hospitalMsp;
  if (!isOfPair) throw new DomainError('MIXED_PARTIES');
}

async function save(ctx: ClaimsContext, { documents, opened, closed, index }: Effects): Promise<void> {
  const { parties } = ctx.command;
  assertDistinct(documents);
  for (const document of documents) await ctx.documents.assertNew(document);
  for (const document of documents) await ctx.documents.put(document);
  for (const claim of opened) await ctx.documents.putBytes(holdersOf(parties), openKey(claim.claimId), canonicalBytes(claim));
  for (const claimId of closed) await ctx.documents.remove(holdersOf(parties), openKey(claimId));
  for (const { key, value } of index) await ctx.documents.putBytes([parties.insurerMsp], key, canonicalBytes(value));
}

/** A command that names one thing twice would write it twice; a transaction does not see its own writes. */
function assertDistinct(documents: readonly AnyDocument[]): void {
  const keys = new Set<string>();
  for (const key of documents.map(documentKey)) {
    if (keys.has(key)) throw new DomainError('DOCUMENT_EXISTS', { key });
    keys.add(key);
  }
}

async function leaveReceipt(ctx: ClaimsContext, items: readonly ReceiptItem[]): Promise<void> {
  const { command, execution } = ctx;
  const holders = holdersOf(witnesses(ctx));
  const body = { verb: command.body.verb, commandHash: ctx.commandHash, items };
  const receipt: Receipt = newDocument(execution, 'receipt', { id: command.commandId, version: 1 }, command.parties, body);
  await ctx.documents.putBytes(holders, commandKey(command.commandId), markOf(ctx));
  await ctx.documents.putBytes(holders, `receipt~${receipt.id}~1`, canonicalBytes(receipt));
}

/** The same for the same command, so that a resend is recognised by its hash alone; the salt makes it tell nothing. */
function markOf({ command, commandHash }: ClaimsContext): Uint8Array {
  return canonicalBytes({ schema: 'command-mark/v1', commandHash, salt: command.salt });
}
