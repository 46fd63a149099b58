import type { ChaincodeStub } from 'fabric-shim-api';
import { DomainError, TRANSIENT_COMMAND, canonicalJson, ownCommandShape, ownPreconditionsOf } from '@medaccord/domain';
import type { OwnCommand, OwnExecution, StandingsForClaimsRequest, StandingsForClaimsResponse } from '@medaccord/domain';
import { callChaincode } from '../platform/call-chaincode.js';
import { MedAccordContext } from '../platform/medaccord-context.js';
import { readPrivateCommand } from '../platform/private-command.js';
import { PrivateDocuments } from '../platform/private-documents.js';
import { PrivateReader } from '../platform/private-reader.js';
import { withoutPublicWrites } from '../platform/private-stub.js';
import { sha256 } from '../platform/sha256.js';
import { assertOwnCommandPermitted } from './permissions.js';

/** An authorised command with what it is carried out with. */
export interface AuthorisedCommand {
  readonly command: OwnCommand;
  /** SHA-256 of the command's bytes: the transaction's argument. */
  readonly commandHash: string;
  readonly execution: OwnExecution;
}

/** One transaction of the credentials contract. It cannot write anything public. */
export class CredentialsContext extends MedAccordContext {
  #authorised: AuthorisedCommand | undefined;
  #documents: PrivateDocuments | undefined;

  /** Called by the framework, whose types do not tell of it; the original sets the same field. */
  setChaincodeStub(stub: ChaincodeStub): void {
    this.stub = withoutPublicWrites(stub);
  }

  /** The command of this transaction; throws FORBIDDEN before it is authorised. */
  get authorised(): AuthorisedCommand {
    if (this.#authorised === undefined) throw new DomainError('FORBIDDEN');
    return this.#authorised;
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
   * refusals of `readPrivateCommand` and `assertOwnCommandPermitted`.
   */
  async authoriseCommand(commandHash: string): Promise<void> {
    const command = readPrivateCommand(ownCommandShape, this.stub.getTransient().get(TRANSIENT_COMMAND), commandHash);
    const { commandId, salt, parties, actor, body } = command;
    const registry = await this.#askRegistry({ members: [parties.ownerMsp], standings: ownPreconditionsOf(body, this.now.slice(0, 10)).standings });
    assertOwnCommandPermitted(command, this.caller, registry, this.now);
    const execution: OwnExecution = {
      now: this.now, txId: this.txId, channel: this.stub.getChannelID(), commandId, salt, owner: parties, registry, sha256,
      actor: { mspId: this.caller.mspId, actorId: actor.id, role: actor.role },
    };
    this.#authorised = { command, commandHash, execution };
  }

  /** Members, clock and standings in one call: what was read stands in this transaction's read set, and proves it. */
  async #askRegistry(request: StandingsForClaimsRequest): Promise<StandingsForClaimsResponse> {
    return JSON.parse(await callChaincode(this, 'registry', 'standingsForClaims', canonicalJson(request))) as StandingsForClaimsResponse;
  }
}
