import { DomainError, TRANSIENT_COMMAND, assertMandated, commandShape, documentKey, preconditionsOf } from '@medaccord/domain';
import type { Command, Execution, Recorder, StandingQuery, StandingsForClaimsResponse } from '@medaccord/domain';
import { readPrivateCommand } from '../platform/private-command.js';
import { PrivateContext } from '../platform/private-context.js';
import { sha256 } from '../platform/sha256.js';
import { assertCommandPermitted } from './permissions.js';

/** One transaction of the claims contract. */
export class ClaimsContext extends PrivateContext {
  #command: Command | undefined;
  #commandHash: string | undefined;
  #execution: Execution | undefined;

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
    const { commandId, salt, parties, mandate } = command;
    if (mandate !== undefined) assertMandated(mandate, { body: command.body, actorId: command.actor.id, principalMsp: this.caller.mspId, now: this.now });
    this.#command = command;
    this.#commandHash = argument;
    this.#execution = {
      now: this.now, txId: this.txId, commandId, salt, parties, registry, sha256, actor: recorderOf(command, this.caller.mspId),
    };
  }

  /** What providers might do, as asked. */
  async standings(queries: readonly StandingQuery[]): Promise<StandingsForClaimsResponse['standings']> {
    return queries.length === 0 ? [] : (await this.askRegistry({ members: [], standings: queries })).standings;
  }
}

/** Who gives the command, and for whom. */
function recorderOf({ actor, mandate }: Command, mspId: string): Recorder {
  const own = { mspId, actorId: actor.id, role: actor.role };
  return mandate === undefined ? own : { ...own, agent: mandate.body.agent.name, mandate: documentKey(mandate) };
}
