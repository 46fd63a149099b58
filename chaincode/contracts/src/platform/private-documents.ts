import type { ChaincodeStub } from 'fabric-shim-api';
import { CHAINED_KINDS, COMPANION_KINDS, CREDENTIAL_KINDS, DomainError, canonicalBytes, documentBytes, documentKey, implicitCollection, openKey, toHex } from '@medaccord/domain';
import { present } from '@medaccord/domain';
import type { AbsentKey, AnyFiled, Holders, OpenClaim } from '@medaccord/domain';
import { sha256 } from './sha256.js';

/** The organisations whose collections hold a document of these parties. */
export function holdersOf(holders: Holders): readonly string[] {
  if ('ownerMsp' in holders) return [holders.ownerMsp];
  return holders.hospitalMsp === undefined ? [holders.insurerMsp] : [holders.insurerMsp, holders.hospitalMsp];
}

/**
 * Private documents as an update transaction may use them. A peer cannot read the other party's values, so nothing is
 * read here but hashes, which every peer has: all peers compute the same from documents that are proved to be the
 * recorded ones. Every hash that is read counts as a conflict check at commit.
 */
export class PrivateDocuments {
  readonly #stub: ChaincodeStub;
  readonly #hashes = new Map<string, string | undefined>();

  constructor(stub: ChaincodeStub) {
    this.#stub = stub;
  }

  /**
   * Refuses a document that is not the recorded one or not the newest, at any of its holders. A joint document counts only
   * while both hold equal bytes: one party's signature is enough to rewrite its own copy. Throws DOCUMENT_NOT_FOUND,
   * DOCUMENT_ONE_SIDED, DOCUMENT_MISMATCH and STALE_VERSION, with the key.
   */
  async assertCurrent(document: AnyFiled): Promise<void> {
    const key = documentKey(document);
    await this.assertRecorded(document);
    await this.#assertNothing(document.parties, documentKey({ ...document, version: document.version + 1 }), 'STALE_VERSION', key);
  }

  /** As `assertCurrent`, whether or not there is a newer version. */
  async assertRecorded(document: AnyFiled): Promise<void> {
    const key = documentKey(document);
    const recorded = await this.#agreedHash(document.parties, key);
    if (recorded === undefined) throw new DomainError('DOCUMENT_NOT_FOUND', { key });
    if (recorded !== hashOf(documentBytes(document))) throw new DomainError('DOCUMENT_MISMATCH', { key });
  }

  /** Refuses, with the given code, where any of the parties holds something under a key. */
  async assertAbsent(parties: Holders, { key, code, input }: AbsentKey): Promise<void> {
    for (const mspId of holdersOf(parties)) {
      if ((await this.hash(mspId, key)) !== undefined) throw new DomainError(code, { key, ...present('input', input) });
    }
  }

  /**
   * Refuses to write a version that exists at any of its holders, or that leaves a gap; a document that only accompanies
   * another follows that one. Throws DOCUMENT_EXISTS,
   * CLAIM_ALREADY_PAID and STALE_VERSION, with the key.
   */
  async assertNew(document: AnyFiled): Promise<void> {
    const key = documentKey(document);
    if (isOneOf(COMPANION_KINDS, document.kind)) return;
    await this.#assertNothing(document.parties, key, document.kind === 'payment' ? 'CLAIM_ALREADY_PAID' : 'DOCUMENT_EXISTS', key);
    if (document.version === 1 || !isOneOf(CHAINED, document.kind)) return;
    const before = await this.#agreedHash(document.parties, documentKey({ ...document, version: document.version - 1 }));
    if (before === undefined) throw new DomainError('STALE_VERSION', { key });
  }

  /** Refuses a claim that does not wait for a decision at both parties. Throws CLAIM_NOT_OPEN and DOCUMENT_ONE_SIDED. */
  async assertOpen(parties: Holders, claimId: string): Promise<void> {
    const key = openKey(claimId);
    if ((await this.#agreedHash(parties, key)) === undefined) throw new DomainError('CLAIM_NOT_OPEN', { key });
  }

  /** Refuses a claim that does not wait exactly so at both parties. Throws CLAIM_NOT_OPEN, STALE_VERSION and DOCUMENT_ONE_SIDED. */
  async assertOpenAs(parties: Holders, open: OpenClaim): Promise<void> {
    await this.assertOpen(parties, open.claimId);
    const key = openKey(open.claimId);
    if ((await this.#agreedHash(parties, key)) !== hashOf(canonicalBytes(open))) throw new DomainError('STALE_VERSION', { key });
  }

  /**
   * Whether these bytes are recorded under a key at all of these organisations (`same`), nothing is at any of them
   * (`absent`), or something else is.
   */
  async compare(holders: readonly string[], key: string, bytes: Uint8Array): Promise<'same' | 'absent' | 'other'> {
    const expected = hashOf(bytes);
    const hashes: (string | undefined)[] = [];
    for (const mspId of holders) hashes.push(await this.hash(mspId, key));
    if (hashes.every((hash) => hash === undefined)) return 'absent';
    return hashes.every((hash) => hash === expected) ? 'same' : 'other';
  }

  /** SHA-256 of what an organisation holds under a key, in hexadecimal; undefined where it holds nothing. */
  async hash(mspId: string, key: string): Promise<string | undefined> {
    const name = `${mspId} ${key}`;
    if (!this.#hashes.has(name)) {
      const hash = await this.#stub.getPrivateDataHash(implicitCollection(mspId), key);
      this.#hashes.set(name, hash.length === 0 ? undefined : toHex(hash));
    }
    return this.#hashes.get(name);
  }

  /** Writes a document into the collections of its holders. */
  async put(document: AnyFiled): Promise<void> {
    await this.putBytes(holdersOf(document.parties), documentKey(document), documentBytes(document));
  }

  /** Writes bytes into the collections of these organisations. */
  async putBytes(holders: readonly string[], key: string, bytes: Uint8Array): Promise<void> {
    for (const mspId of holders) await this.#stub.putPrivateData(implicitCollection(mspId), key, bytes);
  }

  /** Removes a key from the collections of these organisations. */
  async remove(holders: readonly string[], key: string): Promise<void> {
    for (const mspId of holders) await this.#stub.deletePrivateData(implicitCollection(mspId), key);
  }

  /** Purges a key, with its whole past, from the collections of those of these organisations that hold something under it. */
  async purge(holders: readonly string[], key: string): Promise<void> {
    for (const mspId of holders) {
      if ((await this.hash(mspId, key)) !== undefined) await this.#stub.purgePrivateData(implicitCollection(mspId), key);
    }
  }

  /** The hash that all holders agree on; undefined where none holds anything. */
  async #agreedHash(parties: Holders, key: string): Promise<string | undefined> {
    const hashes = new Set<string | undefined>();
    for (const mspId of holdersOf(parties)) hashes.add(await this.hash(mspId, key));
    const [hash, ...others] = hashes;
    if (others.length > 0) throw new DomainError('DOCUMENT_ONE_SIDED', { key });
    return hash;
  }

  async #assertNothing(parties: Holders, key: string, code: AbsentKey['code'], named: string): Promise<void> {
    for (const mspId of holdersOf(parties)) {
      if ((await this.hash(mspId, key)) !== undefined) throw new DomainError(code, { key: named });
    }
  }
}

function hashOf(bytes: Uint8Array): string {
  return toHex(sha256(bytes));
}

const CHAINED: readonly string[] = [...CHAINED_KINDS, ...CREDENTIAL_KINDS];

function isOneOf(kinds: readonly string[], kind: string): boolean {
  return kinds.includes(kind);
}
