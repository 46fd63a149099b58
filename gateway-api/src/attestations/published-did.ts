import { DomainError } from '@medaccord/domain';
import { SERVICE_ROLE } from '../ledger/ledger.js';
import type { RegistryClient } from '../ledger/registry-client.js';
import type { BoardIdentity } from './board-identity.js';
import { didDocument } from './did-document.js';
import type { DidDocument } from './did-document.js';
import { Published } from './published.js';
import type { Publication } from './published.js';

/** A revocation is known outside after so long at the latest, and a document shown for as long while the ledger is away. */
const freshMs = 5_000;
const shownMs = 300_000;

/** The board's published identity, as the ledger has its keys. */
export class PublishedDid {
  readonly #published: Published<DidDocument>;

  constructor(registry: RegistryClient, identity: BoardIdentity) {
    this.#published = new Published(async () => made(await registry.issuerKeys(SERVICE_ROLE), identity), freshMs);
  }

  /** A key has come or gone. */
  outdate(): void {
    this.#published.outdate();
  }

  /** Throws ROUTE_NOT_FOUND where the organisation has introduced no key. */
  async get(): Promise<DidDocument> {
    return this.#published.get();
  }
}

function made(keys: Parameters<typeof didDocument>[2], { publicUrl, did }: BoardIdentity): Publication<DidDocument> {
  const content = didDocument(did, publicUrl, keys);
  if (content.verificationMethod.length === 0) throw new DomainError('ROUTE_NOT_FOUND');

  return { content, until: Date.now() + shownMs };
}
