import { and, asc, eq, inArray } from 'drizzle-orm';
import { DomainError } from '@medaccord/domain';
import type { OrderSignature, VoidImportBatch } from '@medaccord/domain';
import { batchVoidDrafts } from '../database/schema.js';
import type { Database } from '../database/schema.js';

/** The void of an import that waits for its second signature, or what became of it. */
export interface BatchVoidDraft {
  readonly id: string;
  readonly proposer: string;
  readonly batchVoid: VoidImportBatch;
  readonly signature: OrderSignature;
  /** APPROVED: signed by both; its run tells how far it is. */
  readonly status: 'PROPOSED' | 'APPROVED' | 'DECLINED';
  readonly decidedBy: string | null;
}

/** Voids of imports in the board's own database: unlike an order they tell of no person's matter. */
export class BatchVoidStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Lodges a draft; one that a resend lodges again stays as it is. */
  async lodge(draft: Pick<BatchVoidDraft, 'id' | 'proposer' | 'batchVoid' | 'signature'>): Promise<BatchVoidDraft> {
    const { board, importBatch } = draft.batchVoid;
    await this.#database.insert(batchVoidDrafts).values({ ...draft, board, importBatch, status: 'PROPOSED' }).onConflictDoNothing();

    return this.find(board, draft.id);
  }

  async waiting(board: string): Promise<readonly BatchVoidDraft[]> {
    return this.#database.select().from(batchVoidDrafts).where(and(eq(batchVoidDrafts.board, board), eq(batchVoidDrafts.status, 'PROPOSED'))).orderBy(asc(batchVoidDrafts.proposedAt), asc(batchVoidDrafts.id));
  }

  /** Throws ORDER_DRAFT_NOT_FOUND. */
  async find(board: string, id: string): Promise<BatchVoidDraft> {
    const [draft] = await this.#database.select().from(batchVoidDrafts).where(and(eq(batchVoidDrafts.id, id), eq(batchVoidDrafts.board, board)));
    if (draft === undefined) throw new DomainError('ORDER_DRAFT_NOT_FOUND');

    return draft;
  }

  /** Decides a draft, for the one of those who try at once that is first. Throws ORDER_DRAFT_DECIDED for the others. */
  async decide(board: string, id: string, from: readonly BatchVoidDraft['status'][], status: BatchVoidDraft['status'], decidedBy: string): Promise<BatchVoidDraft> {
    await this.#database.update(batchVoidDrafts).set({ status, decidedBy }).where(and(eq(batchVoidDrafts.id, id), eq(batchVoidDrafts.board, board), inArray(batchVoidDrafts.status, [...from])));
    const draft = await this.find(board, id);
    if (draft.status !== status) throw new DomainError('ORDER_DRAFT_DECIDED');

    return draft;
  }
}
