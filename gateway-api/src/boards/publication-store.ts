import { and, asc, eq, inArray } from 'drizzle-orm';
import { licenceId } from '@medaccord/domain';
import type { LicenceView } from '@medaccord/domain';
import { publishedDocuments } from '../database/schema.js';
import type { Database } from '../database/schema.js';
import type { DocumentMediaType } from './board-records.js';

/** A published document, with the salt by which anyone verifies it. */
export interface PublishedDocument {
  readonly licenceId: string;
  readonly sequence: number;
  readonly mediaType: DocumentMediaType;
  readonly salt: string;
  readonly content: Uint8Array;
}

/** Documents of orders that the board gives to everybody. */
export class PublicationStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async publish(document: PublishedDocument, publishedBy: string): Promise<void> {
    const { licenceId: id, sequence, ...rest } = document;
    await this.#database.insert(publishedDocuments).values({ ...document, publishedBy }).onConflictDoUpdate({ target: [publishedDocuments.licenceId, publishedDocuments.sequence], set: { ...rest, publishedBy } });
  }

  async find(id: string, sequence: number): Promise<PublishedDocument | undefined> {
    const [document] = await this.#database.select().from(publishedDocuments).where(and(eq(publishedDocuments.licenceId, id), eq(publishedDocuments.sequence, sequence)));

    return document;
  }

  /** Of which events of a licence there is a document. */
  async sequencesOf(id: string): Promise<readonly number[]> {
    const rows = await this.#database.select({ sequence: publishedDocuments.sequence }).from(publishedDocuments).where(eq(publishedDocuments.licenceId, id)).orderBy(asc(publishedDocuments.sequence));

    return rows.map(({ sequence }) => sequence);
  }

  /** Takes documents back: those of these events. */
  async withdraw(id: string, sequences: readonly number[]): Promise<number> {
    if (sequences.length === 0) return 0;

    return (await this.#database.delete(publishedDocuments).where(and(eq(publishedDocuments.licenceId, id), inArray(publishedDocuments.sequence, [...sequences]))).returning({ sequence: publishedDocuments.sequence })).length;
  }

  /** Deletes the documents of what is sealed by now. */
  async withdrawSealed(views: readonly LicenceView[]): Promise<void> {
    for (const { licence, events } of views) await this.withdraw(licenceId(licence.licence), events.filter((event) => 'sealed' in event).map(({ sequence }) => sequence));
  }
}
