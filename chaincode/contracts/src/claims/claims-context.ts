import type { ChaincodeStub } from 'fabric-shim-api';
import { DomainError, canonicalJson, commandShape, preconditionsOf } from '@medaccord/domain';
import type { Command, Execution, StandingQuery, StandingsForClaimsRequest, StandingsForClaimsResponse } from '@medaccord/domain';
import { TRANSIENT_COMMAND } from '@medaccord/domain';
import { callChaincode } from '../platform/call-chaincode.js';
import { MedAccordContext } from '../platform/medaccord-context.js';
import { readPrivateCommand } from '../platform/private-command.js';
import { PrivateDocuments } from '../platform/private-documents.js';
import { PrivateReader } from '../platform/private-reader.js';
import { withoutPublicWrites } from '../platform/private-stub.js';
import { sha256 } from '../platform/sha256.js';
import { assertCommandPermitted } from './permissions.js';

/** One transaction of the claims chaincode. It cannot write anything public. */
export class ClaimsContext extends MedAccordContext {
  #command: Command | undefined;
  #commandHash: string | undefined;
  #execution: Execution | undefined;
  #documents: PrivateDocuments | undefined;

  /** Called by the framework, whose types do not tell of it; the original sets the same field. */
  setChaincodeStub(stub: ChaincodeStub): void {
    this.stub = withoutPublicWrites(stub);
  }

  /** The command of this transaction, once it is authorised. */
  get command(): Command {
    if (this.#command === undefined) throw new DomainError('FORBIDDEN');
    return this.#command;
  }

  /** SHA-256 of the command's bytes, once it is authorised: the transaction's argument. */
  get commandHash(): string {
    if (this.#commandHash === undefined) throw new DomainError('FORBIDDEN');
    return this.#commandHash;
  }

  /** What the command is carried out with, once it is authorised. */
  get execution(): Execution {
    if (this.#execution === undefined) throw new DomainError('FORBIDDEN');
    return this.#execution;
  }

  /** Private documents, by their hashes. */
  get documents(): PrivateDocuments {
    return (this.#documents ??= new PrivateDocuments(this.stub));
  }

  /** The caller's own organisation's private data, for queries; throws FOREIGN_PEER at another organisation's peer. */
  get reader(): PrivateReader {
    return new PrivateReader(this.stub, this.caller);
  }

  /**
   * Reads the command, asks the registry once for all that it needs, and refuses a caller who may not give it. Throws the
   * refusals of `readPrivateCommand` and `assertCommandPermitted`.
   */
  async authoriseCommand(argument: string): Promise<void> {
    const command = readPrivateCommand(commandShape, this.stub.getTransient().get(TRANSIENT_COMMAND), argument);
    const { standings } = preconditionsOf(command.body, sha256);
    const { insurerMsp, hospitalMsp } = command.parties;
    const registry = await this.askRegistry({ members: [insurerMsp, ...(hospitalMsp === undefined ? [] : [hospitalMsp])], standings });
    assertCommandPermitted(command, this.caller, registry, this.now);
    const { commandId, salt, parties, actor } = command;
    this.#command = command;
    this.#commandHash = argument;
    this.#execution = {
      now: this.now, txId: this.txId, commandId, salt, parties, registry, sha256, actor: { mspId: this.caller.mspId, actorId: actor.id, role: actor.role },
    };
  }

  /** Members, clock and standings, in one call: what was read stands in this transaction's read set. */
  async askRegistry(request: StandingsForClaimsRequest): Promise<StandingsForClaimsResponse> {
    return JSON.parse(await callChaincode(this, 'registry', 'standingsForClaims', canonicalJson(request))) as StandingsForClaimsResponse;
  }

  /** What providers might do, as asked. */
  async standings(queries: readonly StandingQuery[]): Promise<StandingsForClaimsResponse['standings']> {
    return queries.length === 0 ? [] : (await this.askRegistry({ members: [], standings: queries })).standings;
  }
}
