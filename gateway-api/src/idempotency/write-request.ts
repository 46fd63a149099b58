import type { Actor } from '../auth/caller.js';
import type { GatewaySecret } from '../config/gateway-secret.js';
import type { EndorsedTransaction, SubmissionJournal } from '../ledger/transaction.js';
import type { OperationStore } from './operation-store.js';

/** A write under way: who acts, what its ids and salts derive from, and the journal of its transactions. */
export interface WriteRequest {
  /** Id of the operation, the last part of its status link. */
  readonly operationId: string;
  readonly actor: Actor;
  readonly journal: SubmissionJournal;
  /**
   * 32 bytes that are always the same for this caller, Idempotency-Key and purpose, and that nobody without the gateway
   * secret can guess: the source of every id and salt of the request, so that a resend makes the same bytes.
   */
  derive(purpose: string): Buffer;
}

/** The write of one operation. */
export function writeRequest(operationId: string, actor: Actor, secret: GatewaySecret, store: OperationStore): WriteRequest {
  return {
    operationId,
    actor,
    journal: journalOf(operationId, store),
    derive: (purpose) => secret.mac('derived', operationId, purpose),
  };
}

function journalOf(operationId: string, store: OperationStore): SubmissionJournal {
  return {
    last: (step) => store.lastSubmission(operationId, step),
    endorsed: (step, endorsed: EndorsedTransaction) => store.addSubmission(operationId, step, endorsed),
    settled: (_step, transactionId, outcome) => store.settleSubmission(operationId, transactionId, outcome),
  };
}
