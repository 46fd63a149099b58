import { status } from '@grpc/grpc-js';
import { GatewayError, StatusCode } from '@hyperledger/fabric-gateway';
import type { Commit, Transaction } from '@hyperledger/fabric-gateway';
import { gateway as messages, msp } from '@hyperledger/fabric-protos';
import { DomainError } from '@medaccord/domain';
import type { GatewayConfig } from '../config/gateway-config.js';
import type { FabricConnection } from './fabric-connection.js';
import { errorOf, failureOf, isPassing, wasOrdered } from './ledger-error.js';
import type { LedgerObserver } from './ledger-observer.js';
import { CONFLICT_RETRY, pauseBefore, UNAVAILABLE_RETRY } from './retry.js';
import type { CommitOutcome, CommittedTransaction, EndorsedTransaction, JournalEntry, SubmissionJournal, TransactionRequest } from './transaction.js';

/** How long the fate of an earlier transaction is asked for before it is sent once more. */
const askMs = 2_000;

const valid: number = StatusCode.VALID;
const conflicts: readonly number[] = [StatusCode.MVCC_READ_CONFLICT, StatusCode.PHANTOM_READ_CONFLICT];

const peerAway: readonly number[] = [status.UNAVAILABLE];
/** CANCELLED is a deadline that the peer noticed first; ABORTED a peer that is stopping. */
const notYetTold: readonly number[] = [status.UNAVAILABLE, status.DEADLINE_EXCEEDED, status.CANCELLED, status.ABORTED];

/** The orderer refused the envelope itself: nothing was recorded and nothing will be. */
const refusedByOrderer: readonly number[] = [status.ABORTED, status.PERMISSION_DENIED, status.INVALID_ARGUMENT];

/** Takes a transaction through its stages: endorse, journal, send, wait for the commit; and again after a read conflict. */
export class Submission {
  readonly #connection: FabricConnection;
  readonly #config: Pick<GatewayConfig, 'mspId' | 'ledger'>;
  readonly #observer: LedgerObserver;

  constructor(connection: FabricConnection, config: Pick<GatewayConfig, 'mspId' | 'ledger'>, observer: LedgerObserver) {
    this.#connection = connection;
    this.#config = config;
    this.#observer = observer;
  }

  /**
   * The committed transaction. Throws the chaincode's DomainError, LEDGER_CONFLICT, LEDGER_UNAVAILABLE or LEDGER_FAULT
   * where nothing was recorded, and OUTCOME_UNKNOWN where something may have been.
   */
  async run(request: TransactionRequest, journal: SubmissionJournal, step: string): Promise<CommittedTransaction> {
    let earlier = await journal.last(step);
    for (let attempt = 1; attempt <= CONFLICT_RETRY.attempts; attempt += 1) {
      if (attempt > 1) await pauseBefore(attempt, CONFLICT_RETRY);
      const { endorsed, outcome } = await this.#attempt(request, journal, step, earlier);
      if (outcome.validationCode === valid) return { transactionId: endorsed.transactionId, blockNumber: outcome.blockNumber, result: endorsed.result };
      if (!conflicts.includes(outcome.validationCode)) throw invalidated(endorsed, outcome);
      this.#observer.retried(request.chaincode, 'read-conflict');
      earlier = undefined;
    }
    throw new DomainError('LEDGER_CONFLICT');
  }

  /** What became of a transaction that was sent before; undefined where it is in no block yet. */
  async outcomeOf(endorsed: EndorsedTransaction): Promise<CommitOutcome | undefined> {
    try {
      return await this.#statusOf(this.#commitOf(endorsed), askMs);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      if (notYetTold.includes(error.code)) return undefined;
      throw new DomainError('OUTCOME_UNKNOWN', { transactionId: endorsed.transactionId });
    }
  }

  async #attempt(request: TransactionRequest, journal: SubmissionJournal, step: string, earlier: JournalEntry | undefined): Promise<Required<JournalEntry> & { readonly outcome: CommitOutcome }> {
    if (earlier?.outcome?.validationCode === valid) return { endorsed: earlier.endorsed, outcome: earlier.outcome };
    const resumed = earlier?.outcome === undefined ? earlier?.endorsed : undefined;
    const { endorsed, outcome } = resumed === undefined ? await this.#sendNew(request, journal, step) : { endorsed: resumed, outcome: await this.#resume(resumed) };
    await journal.settled(step, endorsed.transactionId, outcome);

    return { endorsed, outcome };
  }

  async #sendNew(request: TransactionRequest, journal: SubmissionJournal, step: string): Promise<{ readonly endorsed: EndorsedTransaction; readonly outcome: CommitOutcome }> {
    const transaction = await this.#endorse(request);
    const endorsed = { transactionId: transaction.getTransactionId(), identityRole: request.identityRole, envelope: transaction.getBytes(), result: transaction.getResult() };
    await journal.endorsed(step, endorsed);

    return { endorsed, outcome: await this.#send(transaction, endorsed) };
  }

  /** The same transaction id can be recorded only once, so sending again is safe whatever became of the first. */
  async #resume(endorsed: EndorsedTransaction): Promise<CommitOutcome> {
    return (await this.outcomeOf(endorsed)) ?? this.#send(this.#connection.gateway(endorsed.identityRole).newTransaction(endorsed.envelope), endorsed);
  }

  async #endorse(request: TransactionRequest): Promise<Transaction> {
    const { chaincode, transaction, args, transient, endorsers, identityRole } = request;
    const options = {
      arguments: [...args],
      ...(transient === undefined ? {} : { transientData: transient }),
      ...(endorsers === undefined || endorsers.length === 0 ? {} : { endorsingOrganizations: [...endorsers] }),
    };
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#connection.contract(identityRole, chaincode).newProposal(transaction, options).endorse();
      } catch (error) {
        const failure = failureOf(error, this.#config.mspId);
        if (!isPassing(failure) || attempt >= UNAVAILABLE_RETRY.attempts) throw errorOf(failure);
        this.#observer.retried(chaincode, failure.kind);
        await pauseBefore(attempt + 1, UNAVAILABLE_RETRY);
      }
    }
  }

  async #send(transaction: Transaction, endorsed: EndorsedTransaction): Promise<CommitOutcome> {
    const unknown = new DomainError('OUTCOME_UNKNOWN', { transactionId: endorsed.transactionId });
    const commit = await insist(() => this.#order(transaction, endorsed), unknown, refusedByOrderer);

    return insist(() => this.#statusOf(commit), unknown);
  }

  async #order(transaction: Transaction, endorsed: EndorsedTransaction): Promise<Commit> {
    try {
      return await transaction.submit();
    } catch (error) {
      if (!wasOrdered(error)) throw error;

      return this.#commitOf(endorsed);
    }
  }

  async #statusOf(commit: Commit, withinMs?: number): Promise<CommitOutcome> {
    const { code, blockNumber } = await commit.getStatus(withinMs === undefined ? undefined : { deadline: Date.now() + withinMs });

    return { validationCode: code, blockNumber: Number(blockNumber) };
  }

  #commitOf({ transactionId, identityRole }: EndorsedTransaction): Commit {
    const gateway = this.#connection.gateway(identityRole);
    const { mspId, credentials } = gateway.getIdentity();
    const creator = new msp.SerializedIdentity();
    creator.setMspid(mspId);
    creator.setIdBytes(credentials);
    const request = new messages.CommitStatusRequest();
    request.setChannelId(this.#config.ledger.channel);
    request.setTransactionId(transactionId);
    request.setIdentity(creator.serializeBinary());
    const signable = new messages.SignedCommitStatusRequest();
    signable.setRequest(request.serializeBinary());

    return gateway.newCommit(signable.serializeBinary());
  }
}

function invalidated(endorsed: EndorsedTransaction, outcome: CommitOutcome): DomainError {
  return new DomainError('LEDGER_FAULT', { transactionId: endorsed.transactionId, validationCode: outcome.validationCode, blockNumber: outcome.blockNumber });
}

/** Tries while the peer is not there; what cannot be told in the end is `unknown`. A first answer among `refusals` is final. */
async function insist<T>(stage: () => Promise<T>, unknown: DomainError, refusals: readonly number[] = []): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await stage();
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      if (attempt === 1 && refusals.includes(error.code)) throw new DomainError('LEDGER_FAULT', { grpcStatus: error.code });
      if (!peerAway.includes(error.code) || attempt >= UNAVAILABLE_RETRY.attempts) throw unknown;
      await pauseBefore(attempt + 1, UNAVAILABLE_RETRY);
    }
  }
}
