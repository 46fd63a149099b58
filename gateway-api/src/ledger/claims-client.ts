import { createHash } from 'node:crypto';
import { accumulatorId, APPLY, CLAIMS_QUERIES, DomainError, encodeCommand, endorsingOrganisations, present } from '@medaccord/domain';
import type {
  AccumulatorFile, AnyDocument, ClaimFile, HeldDocument, ImportedClaimDocument, MandateDocument, ClaimLife, Command, CommandBody, CopyPage, DocumentKind, DocumentPage, FeeScheduleFile, HistoryInput, OpaqueId, OpenClaimPage,
  Parties, PendPage, ReadAnswer, ReadRequest, Receipt, Recomputation, RecomputationPage, ReviewItem, Sha256,
} from '@medaccord/domain';
import type { GatewayConfig } from '../config/gateway-config.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { receiptAfter, sendCommand } from './command-sending.js';
import type { CommandProof } from './command-sending.js';
import { SERVICE_ROLE } from './ledger.js';
import { ReadBatcher } from './read-batcher.js';
import type { Ledger } from './ledger.js';

export type { CommandProof } from './command-sending.js';

/** SHA-256 for the functions of the domain that take it as an argument. */
export const sha256: Sha256 = (bytes) => createHash('sha256').update(bytes).digest();

/** A command that was carried out: its receipt with an outcome per item, and where it stands. */
export interface AppliedCommand {
  readonly receipt: Receipt;
  readonly proof: CommandProof;
}

/** What was asked for: whose documents it concerns and what is to be done. */
export interface CommandRequest {
  readonly parties: Parties;
  readonly body: CommandBody;
}

/** The claims chaincode in the words of the domain: commands through `apply`, queries of the own collection. */
export class ClaimsClient {
  readonly #ledger: Ledger;
  readonly #config: Pick<GatewayConfig, 'mspId' | 'ledger'>;
  readonly #reads: ReadBatcher;

  constructor(ledger: Ledger, config: Pick<GatewayConfig, 'mspId' | 'ledger'>) {
    this.#ledger = ledger;
    this.#config = config;
    this.#reads = new ReadBatcher((requests) => this.#query<readonly ReadAnswer[]>(CLAIMS_QUERIES.readAll, JSON.stringify(requests)));
  }

  /** MSP id of the organisation that this gateway serves. */
  get mspId(): string {
    return this.#config.mspId;
  }

  /**
   * Carries out a command, or answers from its receipt where it has been carried out. Its id and salt follow from the
   * write and the step, so a resend makes the same command. Throws the chaincode's refusal, or the ledger's errors.
   */
  async apply(write: WriteRequest, step: string, { parties, body }: CommandRequest): Promise<AppliedCommand> {
    const { id, role, mandateId } = write.actor;
    const mandate = mandateId === undefined ? undefined : await this.newest<MandateDocument>('mandate', mandateId);
    const command: Command = { schema: 'command/v1', commandId: commandIdOf(write, step), salt: write.derive(`salt ${step}`).toString('hex'), actor: { id, role }, ...present('mandate', mandate), parties, body };
    const committed = await this.#submit(write, step, command);
    const receipt = await receiptAfter(() => orUndefined(this.receipt(command.commandId)), () => this.receipt(command.commandId));

    return { receipt, proof: committed ?? { transactionId: receipt.recorded.txId } };
  }

  /** The receipt of a step that this write carried out before, for a request that is taken up again after a crash. */
  async carriedOut(write: WriteRequest, step: string): Promise<AppliedCommand | undefined> {
    const entry = await write.journal.last(step);
    if (entry === undefined) return undefined;
    const receipt = await orUndefined(this.receipt(commandIdOf(write, step)));
    if (receipt === undefined) return undefined;
    const block = entry.endorsed.transactionId === receipt.recorded.txId ? entry.outcome?.blockNumber : undefined;

    return { receipt, proof: { transactionId: receipt.recorded.txId, ...(block === undefined ? {} : { blockNumber: block }) } };
  }

  /**
   * Gives the command of a step, unless this write gave it before it was interrupted: what the command rests on has changed by
   * that, so it is prepared only where it is sent.
   */
  async applyOnce(write: WriteRequest, step: string, prepare: () => Promise<CommandRequest>): Promise<AppliedCommand> {
    return (await this.carriedOut(write, step)) ?? this.apply(write, step, await prepare());
  }

  async receipt(commandId: OpaqueId): Promise<Receipt> {
    return this.#query(CLAIMS_QUERIES.readReceipt, commandId);
  }

  async documents(keys: readonly string[]): Promise<readonly (AnyDocument | null)[]> {
    return this.#query(CLAIMS_QUERIES.readDocuments, JSON.stringify(keys));
  }

  /** The newest version; DOCUMENT_NOT_FOUND where there is none. The kind decides the type. */
  async newest<T extends HeldDocument>(kind: T['kind'], id: OpaqueId): Promise<T> {
    return this.#read('readNewest', kind, id);
  }

  /** As `newest`; undefined where there is none. */
  async newestOrNone<T extends HeldDocument>(kind: T['kind'], id: OpaqueId): Promise<T | undefined> {
    return orUndefined(this.newest<T>(kind, id));
  }

  async list(kind: DocumentKind, after: string, limit: number): Promise<DocumentPage> {
    return this.#query(CLAIMS_QUERIES.listDocuments, kind, after, String(limit));
  }

  async copies(kind: string, after: string, limit: number): Promise<CopyPage> {
    return this.#query(CLAIMS_QUERIES.listCopies, kind, after, String(limit));
  }

  async claim(claimId: OpaqueId): Promise<ClaimFile> {
    return this.#read('readClaim', claimId);
  }

  async life(claimId: OpaqueId): Promise<ClaimLife> {
    return this.#query(CLAIMS_QUERIES.readClaimLife, claimId);
  }

  async pends(queue: string, after: string, limit: number): Promise<PendPage> {
    return this.#query(CLAIMS_QUERIES.listPends, queue, after, String(limit));
  }

  async openClaims(after: string, limit: number): Promise<OpenClaimPage> {
    return this.#query(CLAIMS_QUERIES.listOpen, after, String(limit));
  }

  async feeSchedule(id: OpaqueId): Promise<FeeScheduleFile> {
    return this.#query(CLAIMS_QUERIES.readFeeSchedule, id);
  }

  /** A family's totals of a benefit year with every leaf; undefined where none are recorded. */
  async accumulator(familyId: OpaqueId, benefitYear: string): Promise<AccumulatorFile | undefined> {
    return orUndefined(this.#read<AccumulatorFile>('readAccumulator', accumulatorId(familyId, benefitYear, sha256)));
  }

  /** A family's totals by their own id. */
  async accumulatorFile(id: OpaqueId): Promise<AccumulatorFile> {
    return this.#query(CLAIMS_QUERIES.readAccumulator, id);
  }

  async history(coverageId: OpaqueId): Promise<readonly HistoryInput[]> {
    return this.#read('readHistory', coverageId);
  }

  async imported(coverageId: OpaqueId): Promise<readonly ImportedClaimDocument[]> {
    return this.#read('readImported', coverageId);
  }

  async reviews(npi: string, from: string, thru: string): Promise<readonly ReviewItem[]> {
    return this.#query(CLAIMS_QUERIES.listForReview, npi, from, thru);
  }

  async recompute(claimId: OpaqueId): Promise<Recomputation> {
    return this.#query(CLAIMS_QUERIES.recompute, claimId);
  }

  /** Every decision that the organisation holds, computed again, after the given key of an adjudication. */
  async recomputations(after: string, limit: number): Promise<RecomputationPage> {
    return this.#query(CLAIMS_QUERIES.recomputeAll, after, String(limit));
  }

  async #submit(write: WriteRequest, step: string, command: Command): Promise<CommandProof | undefined> {
    const endorsers = endorsingOrganisations(command, this.#config.mspId);

    return sendCommand(this.#ledger, write.journal, step, { chaincode: this.#config.ledger.claimsChaincode, transaction: APPLY, bytes: encodeCommand(command), endorsers });
  }

  /** A small query, together with others of the same moment. */
  async #read<T>(query: ReadRequest['query'], ...args: readonly string[]): Promise<T> {
    return (await this.#reads.read({ query, args })) as T;
  }

  async #query<T>(transaction: string, ...args: readonly string[]): Promise<T> {
    const result = await this.#ledger.evaluate({ chaincode: this.#config.ledger.claimsChaincode, transaction, args, identityRole: SERVICE_ROLE });

    return JSON.parse(Buffer.from(result).toString('utf8')) as T;
  }
}

/** The id of the command that a write sends in a step. */
export function commandIdOf(write: WriteRequest, step: string): OpaqueId {
  return opaqueIdOf(write.derive(`command ${step}`));
}

/** An id of 32 hexadecimal digits out of keyed bytes. */
export function opaqueIdOf(bytes: Buffer): OpaqueId {
  return bytes.toString('hex').slice(0, 32);
}

/** Whether an error is a refusal with this code. */
export function isRefusal(error: unknown, ...codes: readonly DomainError['code'][]): error is DomainError {
  return error instanceof DomainError && codes.includes(error.code);
}

/** What is read; undefined where there is no such document. */
export async function orUndefined<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isRefusal(error, 'DOCUMENT_NOT_FOUND')) return undefined;
    throw error;
  }
}
