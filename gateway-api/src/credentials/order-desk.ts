import { createHash } from 'node:crypto';
import { DomainError, freeText, invalidInput, issue, orderDocumentHash, parse, recordBoardOrderShape } from '@medaccord/domain';
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
    const asked = askedOrder(licence, body, write);

    return this.#drafts.lodge(write.actor, { ...asked, signature: this.#signer.sign(write.actor.role, asked.order) });
  }

  /** Countersigns a draft and records it. Throws SIGNER_TWICE for its own proposer. */
  async approve(id: string, write: WriteRequest): Promise<Recorded<BoardOrderOutcome>> {
    const draft = await this.#waitingOrRecordedBy(id, write.actor);
    if (draft.proposer === write.actor.id) throw new DomainError('SIGNER_TWICE');
    const { order, signature, document } = draft;
    const outcome = await this.#submit(write, { order, signatures: [signature, this.#signer.sign(write.actor.role, order)] }, document);
    await this.#drafts.decide(id, 'RECORDED', write.actor.id);

    return outcome;
  }

  /** Turns a draft down; nothing of it ever reaches the ledger. */
  async decline(id: string, actor: Actor): Promise<OrderDraft> {
    return this.#drafts.decide(id, 'DECLINED', actor.id);
  }

  /** Takes the own draft back. Throws FORBIDDEN for another's. */
  async withdraw(id: string, actor: Actor): Promise<OrderDraft> {
    if ((await this.#drafts.find(id)).proposer !== actor.id) throw new DomainError('FORBIDDEN');

    return this.#drafts.decide(id, 'WITHDRAWN', actor.id);
  }

  /** A draft that the same person recorded is approved again without harm: after a crash the mark may be missing. */
  async #waitingOrRecordedBy(id: string, { id: approver }: Actor): Promise<OrderDraft> {
    const draft = await this.#drafts.find(id);
    if (draft.status !== 'PROPOSED' && (draft.status !== 'RECORDED' || draft.decidedBy !== approver)) throw new DomainError('ORDER_DRAFT_DECIDED');

    return draft;
  }

  /** The narrative follows the order: before it, the transaction would tell that an order is coming. */
  async #submit(write: WriteRequest, signed: SignedBoardOrder, document: AskedOrder['document']): Promise<Recorded<BoardOrderOutcome>> {
    const outcome = await this.#registry.recordBoardOrder(write, signed);
    const { licence, expectedSequence } = signed.order;
    if (document !== undefined) await this.#registry.keepOrderDocument(write, { licence, sequence: expectedSequence + 1 }, document);

    return outcome;
  }
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
