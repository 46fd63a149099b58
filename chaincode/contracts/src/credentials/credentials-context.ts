import { DomainError, TRANSIENT_COMMAND, ownCommandShape, ownPreconditionsOf } from '@medaccord/domain';
import type { OwnCommand, OwnExecution } from '@medaccord/domain';
import { verifySignature } from '../platform/certificates.js';
import { readPrivateCommand } from '../platform/private-command.js';
import { PrivateContext } from '../platform/private-context.js';
import { sha256 } from '../platform/sha256.js';
import { assertOwnCommandPermitted } from './permissions.js';

/** An authorised command with what it is carried out with. */
export interface AuthorisedCommand {
  readonly command: OwnCommand;
  /** SHA-256 of the command's bytes: the transaction's argument. */
  readonly commandHash: string;
  readonly execution: OwnExecution;
}

/** One transaction of the credentials contract. */
export class CredentialsContext extends PrivateContext {
  #authorised: AuthorisedCommand | undefined;

  /** The command of this transaction; throws FORBIDDEN before it is authorised. */
  get authorised(): AuthorisedCommand {
    if (this.#authorised === undefined) throw new DomainError('FORBIDDEN');
    return this.#authorised;
  }

  /**
   * Reads the command, asks the registry once for all that it needs, and refuses a caller who may not give it. Throws the
   * refusals of `readPrivateCommand` and `assertOwnCommandPermitted`.
   */
  async authoriseCommand(commandHash: string): Promise<void> {
    const command = readPrivateCommand(ownCommandShape, this.stub.getTransient().get(TRANSIENT_COMMAND), commandHash);
    const { commandId, salt, parties, actor, body } = command;
    const { standings, practitioners = [] } = ownPreconditionsOf(body, this.now.slice(0, 10));
    const registry = await this.askRegistry({ members: [parties.ownerMsp], standings, ...(practitioners.length > 0 && { practitioners }) });
    assertOwnCommandPermitted(command, this.caller, registry, this.now);
    const execution: OwnExecution = {
      now: this.now, txId: this.txId, channel: this.stub.getChannelID(), commandId, salt, owner: parties, registry, sha256, verify: verifySignature,
      actor: { mspId: this.caller.mspId, actorId: actor.id, role: actor.role },
    };
    this.#authorised = { command, commandHash, execution };
  }
}
