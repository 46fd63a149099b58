import { CREDENTIALS_APPLY, CREDENTIALS_QUERIES, encodeOwnCommand } from '@medaccord/domain';
import type { CredentialKind, OpaqueId, OwnCommand, OwnCommandBody, OwnDocument, OwnReceipt } from '@medaccord/domain';
import type { Actor } from '../auth/caller.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { commandIdOf, orUndefined } from './claims-client.js';
import { receiptAfter, sendCommand } from './command-sending.js';
import type { CommandProof } from './command-sending.js';
import { SERVICE_ROLE } from './ledger.js';
import type { Ledger } from './ledger.js';

/** A command that was carried out in this organisation's own collection, and where it stands. */
export interface AppliedOwnCommand {
  readonly receipt: OwnReceipt;
  readonly proof: CommandProof;
}

/** Documents of a kind in their newest versions, and where the list goes on. */
export interface OwnDocumentPage {
  readonly items: readonly AnyOwnDocument[];
  readonly next?: OpaqueId;
}

/** A document of the credentials contract, of which only the envelope matters. */
export type AnyOwnDocument = OwnDocument<CredentialKind, unknown>;

/** The credentials contract in the words of the domain: commands through `credentials:apply`, queries of the own collection. */
export class CredentialsClient {
  readonly #ledger: Ledger;
  readonly #config: Pick<GatewayConfig, 'mspId' | 'ledger'>;

  constructor(ledger: Ledger, config: Pick<GatewayConfig, 'mspId' | 'ledger'>) {
    this.#ledger = ledger;
    this.#config = config;
  }

  /** MSP id of the organisation that this gateway serves: the owner of all that it writes. */
  get mspId(): string {
    return this.#config.mspId;
  }

  /**
   * Carries out a command, or answers from its receipt where it has been carried out. Its id and salt follow from the
   * write and the step. `actor` is the person in the role that may give this very command. Throws the chaincode's
   * refusal, or the ledger's errors.
   */
  async apply(write: WriteRequest, step: string, { id, role }: Actor, body: OwnCommandBody): Promise<AppliedOwnCommand> {
    const command: OwnCommand = {
      schema: 'credentials-command/v1', commandId: commandIdOf(write, step), salt: write.derive(`salt ${step}`).toString('hex'), actor: { id, role }, parties: { ownerMsp: this.mspId }, body,
    };
    const committed = await sendCommand(this.#ledger, write.journal, step, {
      chaincode: this.#config.ledger.claimsChaincode, transaction: CREDENTIALS_APPLY, bytes: encodeOwnCommand(command), endorsers: [this.mspId],
    });
    const receipt = await receiptAfter(() => orUndefined(this.receipt(command.commandId)), () => this.receipt(command.commandId));

    return { receipt, proof: committed ?? { transactionId: receipt.recorded.txId } };
  }

  /** The receipt of a step that this write carried out before, for a request that is taken up again after a crash. */
  async carriedOut(write: WriteRequest, step: string): Promise<AppliedOwnCommand | undefined> {
    if ((await write.journal.last(step)) === undefined) return undefined;
    const receipt = await orUndefined(this.receipt(commandIdOf(write, step)));

    return receipt && { receipt, proof: { transactionId: receipt.recorded.txId } };
  }

  async receipt(commandId: OpaqueId): Promise<OwnReceipt> {
    return this.#query(CREDENTIALS_QUERIES.readReceipt, commandId);
  }

  /** The newest version; DOCUMENT_NOT_FOUND where there is none. The kind decides the type. */
  async newest<D extends AnyOwnDocument>(kind: D['kind'], id: OpaqueId): Promise<D> {
    return this.#query(CREDENTIALS_QUERIES.readNewest, kind, id);
  }

  /** Every version, oldest first; empty where there is no such document. */
  async history<D extends AnyOwnDocument>(kind: D['kind'], id: OpaqueId): Promise<readonly D[]> {
    return this.#query(CREDENTIALS_QUERIES.readHistory, kind, id);
  }

  async list(kind: CredentialKind, after: string, limit: number): Promise<OwnDocumentPage> {
    return this.#query(CREDENTIALS_QUERIES.listDocuments, kind, after, String(limit));
  }

  /** Every document of a kind in its newest version, read in pages. */
  async all<D extends AnyOwnDocument>(kind: D['kind'], pageSize: number): Promise<readonly D[]> {
    const documents: D[] = [];
    for (let after: string | undefined = ''; after !== undefined;) {
      const page: OwnDocumentPage = await this.list(kind, after, pageSize);
      // A list of one kind holds documents of that kind alone.
      documents.push(...(page.items as readonly D[]));
      after = page.next;
    }

    return documents;
  }

  async #query<T>(transaction: string, ...args: readonly string[]): Promise<T> {
    const result = await this.#ledger.evaluate({ chaincode: this.#config.ledger.claimsChaincode, transaction, args, identityRole: SERVICE_ROLE });

    return JSON.parse(Buffer.from(result).toString('utf8')) as T;
  }
}
