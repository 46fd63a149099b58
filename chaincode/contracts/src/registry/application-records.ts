import { applicationCommandShape, applicationRoles, canonicalJson, carryApplication, commandKey, DomainError, TRANSIENT_COMMAND } from '@medaccord/domain';
import type { ApplicationCommand, ApplicationExecution } from '@medaccord/domain';
import { assertRole, effectiveRole } from '../platform/authorisation.js';
import { assertFirstTime, markBytes, readPrivateCommand } from '../platform/private-command.js';
import type { CommandMark } from '../platform/private-command.js';
import { PrivateDocuments } from '../platform/private-documents.js';
import { newestOf, pageOf, PrivateReader, take } from '../platform/private-reader.js';
import type { ApplicationsQuery } from './queries.js';
import type { RegistryContext } from './registry-context.js';

const KIND = 'licence-application';

/**
 * Carries out the command in the transient map in the board's own collection: nothing public is written, so that the
 * board's own peer suffices and sees it alone.
 */
export async function keepApplication(ctx: RegistryContext, commandHash: string): Promise<void> {
  const command = readPrivateCommand(applicationCommandShape, ctx.stub.getTransient().get(TRANSIENT_COMMAND), commandHash);
  assertRole(applicationRoles(command), effectiveRole(ctx.caller, command.actor.role));
  const documents = new PrivateDocuments(ctx.stub);
  const mark: CommandMark = { commandId: command.commandId, salt: command.salt, commandHash };
  await assertFirstTime(documents, [ctx.caller.mspId], mark);
  await proveBefore(documents, command, ctx.caller.mspId);
  const document = carryApplication(command, executionOf(ctx, command));
  await documents.assertNew(document);
  await documents.put(document);
  await documents.putBytes([ctx.caller.mspId], commandKey(command.commandId), markBytes(mark));
}

/** Every version of an application, oldest first. Throws DOCUMENT_NOT_FOUND, and FOREIGN_PEER at another organisation's peer. */
export async function readApplication(ctx: RegistryContext, id: string): Promise<string> {
  const entries = [...(await take(new PrivateReader(ctx.stub, ctx.caller).list(`${KIND}~${id}~`)))];
  if (entries.length === 0) throw new DomainError('DOCUMENT_NOT_FOUND', { kind: KIND });
  // Keys sort as texts, so that version 10 comes before 2.
  entries.sort((first, second) => versionIn(first.key) - versionIn(second.key));
  return `[${entries.map(({ json }) => json).join(',')}]`;
}

/** A page of applications in their newest versions, in order of their ids. */
export async function listApplications(ctx: RegistryContext, { after, limit }: ApplicationsQuery): Promise<string> {
  const start = after === undefined ? undefined : `${KIND}~${after}~~`;
  const entries = await newestOf(new PrivateReader(ctx.stub, ctx.caller).list(`${KIND}~`, start), limit + 1);
  return canonicalJson(pageOf(entries, limit, ({ json }) => JSON.parse(json) as { readonly id: string }, ({ id }) => id));
}

async function proveBefore(documents: PrivateDocuments, { body }: ApplicationCommand, mspId: string): Promise<void> {
  if (body.verb === 'fileApplication') return;
  if (body.application.parties.ownerMsp !== mspId) throw new DomainError('MIXED_PARTIES');
  await documents.assertCurrent(body.application);
}

function executionOf(ctx: RegistryContext, { commandId, salt, actor }: ApplicationCommand): ApplicationExecution {
  const { now, txId, sha256 } = ctx.execution;
  return { now, txId, sha256, commandId, salt, actor: { mspId: ctx.caller.mspId, actorId: actor.id, role: actor.role }, registry: ctx.execution };
}

function versionIn(key: string): number {
  return Number(key.slice(key.lastIndexOf('~') + 1));
}
