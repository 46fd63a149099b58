import { DomainError } from '@medaccord/domain';
import type { GatewayConfig } from '../config/gateway-config.js';
import type { FabricConnection } from './fabric-connection.js';
import { openEventStream } from './event-stream.js';
import type { EventStream, LedgerPosition } from './event-stream.js';
import { errorOf, failureOf } from './ledger-error.js';
import type { LedgerObserver } from './ledger-observer.js';
import { pauseBefore, UNAVAILABLE_RETRY } from './retry.js';
import { Submission } from './submission.js';
import type { CommitOutcome, CommittedTransaction, EndorsedTransaction, QueryRequest, SubmissionJournal, TransactionRequest } from './transaction.js';

/** The role of the gateway's own enrolled identity. */
export const SERVICE_ROLE = 'service';

/** The channel as the rest of the gateway sees it: transactions that are committed or refused, and queries. */
export class Ledger {
  readonly #config: Pick<GatewayConfig, 'mspId' | 'ledger'>;
  readonly #connection: FabricConnection;
  readonly #observer: LedgerObserver;
  readonly #submission: Submission;

  constructor(config: Pick<GatewayConfig, 'mspId' | 'ledger'>, connection: FabricConnection, observer: LedgerObserver) {
    this.#config = config;
    this.#connection = connection;
    this.#observer = observer;
    this.#submission = new Submission(connection, config, observer);
  }

  /** Submits and waits for the commit; see `Submission.run` for the errors. `step` names this transaction within its journal. */
  async submit(request: TransactionRequest, journal: SubmissionJournal, step: string): Promise<CommittedTransaction> {
    return this.#observed('submitted', request.chaincode, () => this.#submission.run(request, journal, step));
  }

  /** Asks the organisation's own peer alone. Throws the chaincode's DomainError, LEDGER_UNAVAILABLE or LEDGER_FAULT. */
  async evaluate(request: QueryRequest): Promise<Uint8Array> {
    return this.#observed('evaluated', request.chaincode, () => this.#evaluate(request));
  }

  /** What became of a transaction that was sent before; undefined where it is in no block yet. */
  async outcomeOf(endorsed: EndorsedTransaction): Promise<CommitOutcome | undefined> {
    return this.#submission.outcomeOf(endorsed);
  }

  /** A chaincode's events after a position, until they are closed or the peer is away; see `EventStream`. */
  async events(chaincode: string, after: LedgerPosition): Promise<EventStream> {
    return openEventStream(this.#connection.network(SERVICE_ROLE), chaincode, after);
  }

  /** Resolves where the own peer answers for its copy of the channel. */
  async probePeer(): Promise<void> {
    await this.#connection.contract(SERVICE_ROLE, 'qscc').evaluate('GetChainInfo', this.#toOwnPeer([this.#config.ledger.channel]));
  }

  /** Resolves where a chaincode responds on the own peer; a refusal is a response as well. */
  async probeChaincode(chaincode: string): Promise<void> {
    try {
      await this.#connection.contract(SERVICE_ROLE, chaincode).evaluate('org.hyperledger.fabric:GetMetadata', this.#toOwnPeer([]));
    } catch (error) {
      if (failureOf(error, this.#config.mspId).kind !== 'refused') throw error;
    }
  }

  close(): void {
    this.#connection.close();
  }

  async #evaluate({ chaincode, transaction, args, transient, identityRole }: QueryRequest): Promise<Uint8Array> {
    const options = { ...this.#toOwnPeer(args), ...(transient === undefined ? {} : { transientData: transient }) };
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#connection.contract(identityRole, chaincode).evaluate(transaction, options);
      } catch (error) {
        const failure = failureOf(error, this.#config.mspId);
        if (failure.kind !== 'unavailable' || attempt >= UNAVAILABLE_RETRY.attempts) throw errorOf(failure);
        this.#observer.retried(chaincode, failure.kind);
        await pauseBefore(attempt + 1, UNAVAILABLE_RETRY);
      }
    }
  }

  /** Without a named organisation a query without transient data may be answered by another one's peer. */
  #toOwnPeer(args: readonly (string | Uint8Array)[]): { readonly arguments: (string | Uint8Array)[]; readonly endorsingOrganizations: string[] } {
    return { arguments: [...args], endorsingOrganizations: [this.#config.mspId] };
  }

  async #observed<T>(kind: 'submitted' | 'evaluated', chaincode: string, work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    const report = (outcome: string): void => { this.#observer[kind](chaincode, outcome, (performance.now() - began) / 1000); };
    try {
      const result = await work();
      report('ok');

      return result;
    } catch (error) {
      report(error instanceof DomainError ? error.code : 'UNEXPECTED_FAULT');
      throw error;
    }
  }
}
