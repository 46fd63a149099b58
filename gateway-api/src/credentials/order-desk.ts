import { createHash } from 'node:crypto';
import { assertOwnUnit, DomainError, freeText, invalidInput, issue, orderDocumentHash, parse, recordBoardOrderShape } from '@medaccord/domain';
import type { LicenceKey, OrderDocument, RecordBoardOrder, SignedBoardOrder } from '@medaccord/domain';
import type { Actor } from '../auth/caller.js';
import { withDefaults, withFields } from '../http/body-fields.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import type { OrderSigner } from '../ledger/order-signer.js';
import type { BoardOrderOutcome, Recorded, RegistryClient } from '../ledger/registry-client.js';
import { actionIdOf } from './action-id.js';
import type { OrderDraft, OrderDraftStore } from './order-draft-store.js';

/** An order as it was asked for, and the narrative that stays with the board. */
interface AskedOrder {
  readonly order: RecordBoardOrder;
  readonly document?: Pick<OrderDocument, 'salt' | 'narrative'>;
}

const narrativeShape = freeText(1, 200_000);

/** Where a board's people make orders: alone, or one proposes and another approves. */
export class OrderDesk {
  readonly #registry: RegistryClient;
  readonly #signer: OrderSigner;
  readonly #drafts: OrderDraftStore;

  constructor(registry: RegistryClient, signer: OrderSigner, drafts: OrderDraftStore) {
    this.#registry = registry;
    this.#signer = signer;
    this.#drafts = drafts;
  }

  /** Records an order that one person may make. */
  async record(licence: LicenceKey, body: unknown, write: WriteRequest): Promise<Recorded<BoardOrderOutcome>> {
    const { order, document } = askedOrder(licence, body, write);

    return this.#submit(write, { order, signatures: [] }, document);
  }

  /** Lodges an order, signed by its proposer, for another person to approve. */
  async propose(licence: LicenceKey, body: unknown, write: WriteRequest): Promise<OrderDraft> {
    assertOwnUnit(licence, write);
    const asked = askedOrder(licence, body, write);

    return this.#drafts.lodge(write.actor, { ...asked, signature: this.#signer.sign(write.actor, asked.order) });
  }

  /**
   * Countersigns a draft and records it. From the moment it is approved nobody can decline it; where the ledger refuses it, it
   * waits again. Throws SIGNER_TWICE for its own proposer, and what `recordBoardOrder` throws.
   */
  async approve(id: string, write: WriteRequest): Promise<Recorded<BoardOrderOutcome>> {
    if ((await this.find(id, write.actor)).proposer === write.actor.id) throw new DomainError('SIGNER_TWICE');
    const { order, signature, document } = await this.#claim(id, write.actor);
    try {
      const outcome = await this.#submit(write, { order, signatures: [signature, this.#signer.sign(write.actor, order)] }, document);
      await this.#drafts.move(id, ['APPROVED', 'RECORDED'], 'RECORDED', write.actor.id);

      return outcome;
    } catch (error) {
      if (isRefusal(error)) await this.#drafts.move(id, ['APPROVED'], 'PROPOSED', null);
      throw error;
    }
  }

  /** Drafts that wait, of the boards that the actor acts for. */
  async waiting({ unit }: Actor): Promise<readonly OrderDraft[]> {
    return (await this.#drafts.waiting()).filter(({ order: { licence } }) => unit === undefined || licence.board === unit);
  }

  /** Throws ORDER_DRAFT_NOT_FOUND, also for another board's draft, which the actor may not know of. */
  async find(id: string, { unit }: Actor): Promise<OrderDraft> {
    const draft = await this.#drafts.find(id);
    if (unit !== undefined && draft.order.licence.board !== unit) throw new DomainError('ORDER_DRAFT_NOT_FOUND');

    return draft;
  }

  /** Turns a draft down; nothing of it ever reaches the ledger. */
  async decline(id: string, actor: Actor): Promise<OrderDraft> {
    await this.find(id, actor);

    return this.#drafts.move(id, ['PROPOSED'], 'DECLINED', actor.id);
  }

  /** Takes the own draft back. Throws FORBIDDEN for another's. */
  async withdraw(id: string, actor: Actor): Promise<OrderDraft> {
    if ((await this.find(id, actor)).proposer !== actor.id) throw new DomainError('FORBIDDEN');

    return this.#drafts.move(id, ['PROPOSED'], 'WITHDRAWN', actor.id);
  }

  /** A draft whose approval was interrupted, or is sent again by whoever recorded it, is approved again without harm. */
  async #claim(id: string, { id: approver }: Actor): Promise<OrderDraft> {
    const draft = await this.#drafts.find(id);
    if (draft.status === 'RECORDED' && draft.decidedBy === approver) return draft;

    return this.#drafts.move(id, ['PROPOSED', 'APPROVED'], 'APPROVED', approver);
  }

  /** The narrative follows the order: before it, the transaction would tell that an order is coming. */
  async #submit(write: WriteRequest, signed: SignedBoardOrder, document: AskedOrder['document']): Promise<Recorded<BoardOrderOutcome>> {
    const outcome = await this.#registry.recordBoardOrder(write, signed);
    const { licence, expectedSequence } = signed.order;
    if (document !== undefined) await this.#registry.keepOrderDocument(write, { licence, sequence: expectedSequence + 1 }, document);

    return outcome;
  }
}

/** Whether the ledger has said no: not where it did not answer, or where another process is at work. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof DomainError)) return false;

  return ['forbidden', 'not-found', 'stale-version', 'rule-violation'].includes(error.category) || error.code === 'LICENCE_EVENT_ALREADY_RECORDED';
}

function askedOrder(licence: LicenceKey, body: unknown, write: WriteRequest): AskedOrder {
  const { narrative, ...rest } = typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Readonly<Record<string, unknown>>) : { body };
  const order = parse(recordBoardOrderShape, withDefaults(withFields(rest, { licence }), { actionId: actionIdOf(write) }));
  if (narrative === undefined) return { order };
  if (order.order === undefined) throw invalidInput([issue('REQUIRED', '/order')]);
  if (order.order.documentHash !== undefined) throw invalidInput([issue('INCONSISTENT', '/narrative')]);
  const document = { narrative: parse(narrativeShape, narrative), salt: write.derive('order document').toString('hex') };
  const documentHash = orderDocumentHash(document, { sha256: (bytes) => createHash('sha256').update(bytes).digest() });

  return { order: { ...order, order: { ...order.order, documentHash } }, document };
}
