import { DomainError, licenceIdKey, object, parse, boardOrderShape, importBatchShape } from '@medaccord/domain';
import type { BoardOrder, OrderSignature, Shape, SignedBatchVoid } from '@medaccord/domain';
import type { Actor } from '../auth/caller.js';
import { actionIdOf } from '../credentials/action-id.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import type { OrderSigner } from '../ledger/order-signer.js';
import type { Proof, RegistryClient } from '../ledger/registry-client.js';
import type { BatchVoidDraft, BatchVoidStore } from './batch-void-store.js';
import type { BoardIndex } from './board-index.js';
import type { BoardIndexStore } from './board-index-store.js';
import type { BoardFinding } from './board-records.js';
import type { BoardRunStore, NoteProgress } from './board-run-store.js';

/** What became of the licences of an import. The findings of the run tell each that was refused. */
export interface BatchVoidReport {
  readonly counts: { readonly licences: number; readonly voided: number; readonly alreadyRecorded: number; readonly refused: number };
  readonly proofs: readonly Proof[];
}

const batchVoidRequest: Shape<{ readonly importBatch: string; readonly order: BoardOrder }> = object<{ importBatch: string; order: BoardOrder }>({ importBatch: importBatchShape, order: boardOrderShape });
const licencesAtOnce = 500;

/** Where a board's people take an import back: one proposes, a member of the board approves, and then it is carried out. */
export class BatchVoidDesk {
  readonly #registry: RegistryClient;
  readonly #signer: OrderSigner;
  readonly #drafts: BatchVoidStore;
  readonly #index: BoardIndex;
  readonly #store: BoardIndexStore;
  readonly #runs: BoardRunStore;

  constructor(parts: { readonly registry: RegistryClient; readonly signer: OrderSigner; readonly drafts: BatchVoidStore; readonly index: BoardIndex; readonly store: BoardIndexStore; readonly runs: BoardRunStore }) {
    this.#registry = parts.registry;
    this.#signer = parts.signer;
    this.#drafts = parts.drafts;
    this.#index = parts.index;
    this.#store = parts.store;
    this.#runs = parts.runs;
  }

  /** Lodges a void, signed by its proposer. Throws IMPORT_BATCH_NOT_FOUND. */
  async propose(board: string, body: unknown, write: WriteRequest): Promise<BatchVoidDraft> {
    const batchVoid = { actionId: actionIdOf(write), board, ...parse(batchVoidRequest, body) };
    await this.#index.catchUp();
    const [first] = await this.#store.licenceIds(board, { after: '', limit: 1, importBatch: batchVoid.importBatch });
    if (first === undefined) throw new DomainError('IMPORT_BATCH_NOT_FOUND');

    return this.#drafts.lodge({ id: batchVoid.actionId, proposer: write.actor.id, batchVoid, signature: this.#signer.signBatchVoid(write.actor, batchVoid) });
  }

  /** Turns a void down; nothing of it ever reaches the ledger. */
  async decline(board: string, id: string, actor: Actor): Promise<BatchVoidDraft> {
    return this.#drafts.decide(board, id, ['PROPOSED'], 'DECLINED', actor.id);
  }

  /**
   * Countersigns a void and carries it out, 500 licences to a transaction. Interrupted, it goes on where it stopped under the
   * same Idempotency-Key; approved again it finds what is left. Throws SIGNER_TWICE for its own proposer.
   */
  async approve(board: string, id: string, write: WriteRequest): Promise<BatchVoidReport> {
    if ((await this.#drafts.find(board, id)).proposer === write.actor.id) throw new DomainError('SIGNER_TWICE');
    const { batchVoid, signature } = await this.#drafts.decide(board, id, ['PROPOSED', 'APPROVED'], 'APPROVED', write.actor.id);
    const signed = { batchVoid, signatures: [signature, this.#signer.signBatchVoid(write.actor, batchVoid)] };
    await this.#index.catchUp();

    return this.#runs.during({ id: write.operationId, kind: 'BATCH_VOID', board, label: batchVoid.importBatch, startedBy: write.actor.id }, (note) => this.#carryOut(signed, write, note));
  }

  async #carryOut(signed: { readonly batchVoid: SignedBatchVoid['batchVoid']; readonly signatures: readonly OrderSignature[] }, write: WriteRequest, note: NoteProgress): Promise<BatchVoidReport> {
    const { board, importBatch } = signed.batchVoid;
    const counts = { licences: 0, voided: 0, alreadyRecorded: 0, refused: 0 };
    const proofs: Proof[] = [];
    for (let after = ''; ;) {
      const ids = await this.#store.licenceIds(board, { after, limit: licencesAtOnce, importBatch });
      const last = ids.at(-1);
      if (last === undefined) return { counts, proofs };
      after = last;
      const { outcomes, proof } = await this.#registry.voidImportBatch(write, { ...signed, licences: ids.map(licenceIdKey) }, `void ${ids[0] ?? ''}`);
      proofs.push(proof);
      const refused = outcomes.flatMap((outcome, index): readonly BoardFinding[] => (outcome.outcome === 'REFUSED' ? [{ number: licenceIdKey(ids[index] ?? '').number, finding: 'REFUSED', detail: { licence: ids[index], code: outcome.code } }] : []));
      counts.licences += ids.length;
      counts.refused += refused.length;
      counts.voided += outcomes.filter(({ outcome }) => outcome === 'VOIDED').length;
      counts.alreadyRecorded += outcomes.filter(({ outcome }) => outcome === 'ALREADY_RECORDED').length;
      await note({ ...counts }, refused);
    }
  }
}
