import { canonicalBytes } from '../shared/canonical-json.js';
import { toHex, utf8 } from '../shared/bytes.js';
import type { Sha256 } from '../shared/bytes.js';
import type { AnyFiled } from './document.js';
import { documentKey } from './key.js';
import type { DocumentReference } from './key.js';

/** Bytes of documents that were asked for already: one document is hashed, cited and stored. Documents never change. */
const known = new WeakMap<AnyFiled, Uint8Array>();

/** The bytes under which a document is stored and hashed. */
export function documentBytes(document: AnyFiled): Uint8Array {
  const bytes = known.get(document) ?? canonicalBytes(document);
  known.set(document, bytes);
  return bytes;
}

/** Key and hash of a document, as others cite it. */
export function referenceTo(document: AnyFiled, sha256: Sha256): DocumentReference {
  return { key: documentKey(document), hash: toHex(sha256(documentBytes(document))) };
}

/**
 * The salt of one document of a command: derived from the command's secret salt and the document's key, so that one salt
 * of 16 bytes or more serves every document of a batch, and disclosing one document tells nothing of another's salt.
 */
export function derivedSalt(commandSalt: string, key: string, sha256: Sha256): string {
  return toHex(sha256(utf8(`${commandSalt}~${key}`))).slice(0, 32);
}
