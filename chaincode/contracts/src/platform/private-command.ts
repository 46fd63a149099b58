import { DomainError, canonicalBytes, canonicalJson, commandHash, commandKey, documentKey, isSalt, parse } from '@medaccord/domain';
import type { AnyFiled, Shape } from '@medaccord/domain';
import type { PrivateDocuments } from './private-documents.js';
import { sha256 } from './sha256.js';

/** What recognises a command: its id, its salt, and the hash of its bytes. */
export interface CommandMark {
  readonly commandId: string;
  readonly salt: string;
  readonly commandHash: string;
}

/**
 * A command in the transient map. Its hash is the transaction's argument, which the creator signed and the block shows;
 * being salted, it tells nothing. Throws COMMAND_MISSING, COMMAND_HASH_MISMATCH, COMMAND_NOT_CANONICAL, SALT_TOO_SHORT and
 * INVALID_INPUT.
 */
export function readPrivateCommand<C extends { readonly salt: string }>(shape: Shape<C>, bytes: Uint8Array | undefined, argument: string): C {
  if (bytes === undefined || bytes.length === 0) throw new DomainError('COMMAND_MISSING');
  if (commandHash(bytes, sha256) !== argument) throw new DomainError('COMMAND_HASH_MISMATCH');
  const command = parse(shape, canonicalValue(new TextDecoder().decode(bytes)));
  if (!isSalt(command.salt)) throw new DomainError('SALT_TOO_SHORT');
  return command;
}

/** What the text says, provided that it is the one canonical text for that. */
function canonicalValue(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (canonicalJson(value) === text) return value;
  } catch {
    // no JSON, or none that has a canonical form
  }
  throw new DomainError('COMMAND_NOT_CANONICAL');
}

/** Throws ALREADY_RECORDED where the very same command was carried out, COMMAND_ID_REUSED where another one was. */
export async function assertFirstTime(documents: PrivateDocuments, holders: readonly string[], mark: CommandMark): Promise<void> {
  const { commandId } = mark;
  const found = await documents.compare(holders, commandKey(commandId), markBytes(mark));
  if (found === 'same') throw new DomainError('ALREADY_RECORDED', { commandId });
  if (found === 'other') throw new DomainError('COMMAND_ID_REUSED', { commandId });
}

/** The same for the same command, so that a resend is recognised by its hash alone; the salt makes it tell nothing. */
export function markBytes({ commandHash: hash, salt }: CommandMark): Uint8Array {
  return canonicalBytes({ schema: 'command-mark/v1', commandHash: hash, salt });
}

/** A command that names one thing twice would write it twice; a transaction does not see its own writes. */
export function assertDistinct(documents: readonly AnyFiled[]): void {
  const keys = new Set<string>();
  for (const key of documents.map(documentKey)) {
    if (keys.has(key)) throw new DomainError('DOCUMENT_EXISTS', { key });
    keys.add(key);
  }
}
