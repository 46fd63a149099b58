import { createHash } from 'node:crypto';
import { assertOwnUnit, DomainError, isVisible, licenceId } from '@medaccord/domain';
import type { LicenceEvent, LicenceKey } from '@medaccord/domain';
import { SERVICE_ROLE } from '../ledger/ledger.js';
import type { RegistryActor, RegistryClient } from '../ledger/registry-client.js';
import type { OwnBoards } from './own-boards.js';
import type { PublicationStore, PublishedDocument } from './publication-store.js';

/** Names the event whose order's document it is. */
export interface DocumentName {
  readonly licence: LicenceKey;
  readonly sequence: number;
}

/**
 * Where a board gives an order's document to everybody. It must be the one whose hash the order names: SHA-256 in
 * hexadecimal over the salt as it is written and the document's bytes.
 */
export class PublicationDesk {
  readonly #registry: RegistryClient;
  readonly #store: PublicationStore;
  readonly #boards: OwnBoards;

  constructor(registry: RegistryClient, store: PublicationStore, boards: OwnBoards) {
    this.#registry = registry;
    this.#store = store;
    this.#boards = boards;
  }

  /** Publishes the narrative that the board keeps. */
  async publishNarrative(name: DocumentName, actor: RegistryActor & { readonly id: string }): Promise<void> {
    const { salt, narrative } = await this.#registry.orderDocument(actor, name);
    await this.publish(name, { mediaType: 'text/plain; charset=utf-8', salt, content: Buffer.from(narrative, 'utf8') }, actor);
  }

  /** Throws BOARD_NOT_OF_ORGANISATION, FORBIDDEN_UNIT, ORDER_DOCUMENT_NOT_FOUND and ORDER_DOCUMENT_DIFFERS. */
  async publish(name: DocumentName, document: Pick<PublishedDocument, 'mediaType' | 'salt' | 'content'>, actor: RegistryActor & { readonly id: string }): Promise<void> {
    await this.#boards.of(name.licence.board, actor);
    const event = await this.#event(name);
    if (event?.order?.documentHash !== documentHash(document)) throw new DomainError(event?.order?.documentHash === undefined ? 'ORDER_DOCUMENT_NOT_FOUND' : 'ORDER_DOCUMENT_DIFFERS');
    await this.#store.publish({ licenceId: licenceId(name.licence), sequence: name.sequence, ...document }, actor.id);
  }

  /** Takes a document back. Throws FORBIDDEN_UNIT and ORDER_DOCUMENT_NOT_FOUND. */
  async withdraw({ licence, sequence }: DocumentName, actor: RegistryActor): Promise<void> {
    assertOwnUnit(licence, { actor });
    if ((await this.#store.withdraw(licenceId(licence), [sequence])) === 0) throw new DomainError('ORDER_DOCUMENT_NOT_FOUND');
  }

  /** A document as anyone may have it: the ledger is asked each time whether its order still stands there unsealed. */
  async published(name: DocumentName): Promise<PublishedDocument> {
    const document = await this.#store.find(licenceId(name.licence), name.sequence);
    const event = document === undefined ? undefined : await this.#event(name);
    if (document === undefined || event?.order?.documentHash !== documentHash(document)) throw new DomainError('ORDER_DOCUMENT_NOT_FOUND');

    return document;
  }

  /** Undefined where it is sealed. */
  async #event({ licence, sequence }: DocumentName): Promise<LicenceEvent | undefined> {
    const { events } = await this.#registry.licence(SERVICE_ROLE, licence);

    return events.filter(isVisible).find((event) => event.sequence === sequence);
  }
}

/** What an order's `documentHash` is for these bytes. */
export function documentHash({ salt, content }: Pick<PublishedDocument, 'salt' | 'content'>): string {
  return createHash('sha256').update(salt, 'utf8').update(content).digest('hex');
}
