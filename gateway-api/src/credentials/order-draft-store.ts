import { and, asc, eq, inArray } from 'drizzle-orm';
import { DomainError } from '@medaccord/domain';
import type { OrderDocument, OrderSignature, RecordBoardOrder } from '@medaccord/domain';
import type { GatewaySecret } from '../config/gateway-secret.js';
import { orderDrafts } from '../database/schema.js';
import type { Database } from '../database/schema.js';
import { seal, unseal } from '../idempotency/sealed-answer.js';

/** What is kept of a draft: it may tell of a matter that nobody outside the board knows of. */
export interface DraftContent {
  readonly order: RecordBoardOrder;
  readonly signature: OrderSignature;
  readonly document?: Pick<OrderDocument, 'salt' | 'narrative'>;
}

/** An order that waits for its second signature, or what became of it. */
export interface OrderDraft extends DraftContent {
  readonly id: string;
  readonly proposer: string;
  readonly proposerRole: string;
  /** APPROVED: signed by both and on its way to the ledger; it is recorded, or waits again where the ledger refuses it. */
  readonly status: 'PROPOSED' | 'APPROVED' | 'RECORDED' | 'DECLINED' | 'WITHDRAWN';
  readonly decidedBy?: string;
  readonly proposedAt: string;
}

/** Drafts in the board's own database, sealed. */
export class OrderDraftStore {
  readonly #database: Database;
  readonly #key: Uint8Array;

  constructor(database: Database, secret: GatewaySecret) {
    this.#database = database;
    this.#key = secret.key('order drafts');
  }

  /** Lodges a draft; one that a resend lodges again stays as it is. */
  async lodge(proposer: { readonly id: string; readonly role: string }, content: DraftContent): Promise<OrderDraft> {
    const id = content.order.actionId;
    const draft = seal(this.#key, id, JSON.stringify(content));
    await this.#database.insert(orderDrafts).values({ id, proposer: proposer.id, proposerRole: proposer.role, draft, status: 'PROPOSED' }).onConflictDoNothing();
    const lodged = await this.find(id);
    if (JSON.stringify(lodged.order) !== JSON.stringify(content.order)) throw new DomainError('LICENCE_EVENT_ALREADY_RECORDED');

    return lodged;
  }

  /** Those that are not settled, oldest first. */
  async waiting(): Promise<readonly OrderDraft[]> {
    const rows = await this.#database.select().from(orderDrafts).where(inArray(orderDrafts.status, ['PROPOSED', 'APPROVED'])).orderBy(asc(orderDrafts.proposedAt), asc(orderDrafts.id));

    return rows.map((row) => this.#read(row));
  }

  /** Throws ORDER_DRAFT_NOT_FOUND. */
  async find(id: string): Promise<OrderDraft> {
    const [row] = await this.#database.select().from(orderDrafts).where(eq(orderDrafts.id, id));
    if (row === undefined) throw new DomainError('ORDER_DRAFT_NOT_FOUND');

    return this.#read(row);
  }

  /** Takes a draft from one state to the next, for one of those who try at once. Throws ORDER_DRAFT_DECIDED for the others. */
  async move(id: string, from: readonly OrderDraft['status'][], status: OrderDraft['status'], decidedBy: string | null): Promise<OrderDraft> {
    const moved = await this.#database.update(orderDrafts).set({ status, decidedBy, decidedAt: new Date() }).where(and(eq(orderDrafts.id, id), inArray(orderDrafts.status, [...from]))).returning();
    const draft = moved.map((row) => this.#read(row))[0] ?? (await this.find(id));
    if (draft.status !== status) throw new DomainError('ORDER_DRAFT_DECIDED');

    return draft;
  }

  #read({ id, proposer, proposerRole, draft, status, decidedBy, proposedAt }: typeof orderDrafts.$inferSelect): OrderDraft {
    const content = JSON.parse(unseal(this.#key, id, draft)) as DraftContent;

    return { id, proposer, proposerRole, status, ...(decidedBy === null ? {} : { decidedBy }), proposedAt: proposedAt.toISOString(), ...content };
  }
}
