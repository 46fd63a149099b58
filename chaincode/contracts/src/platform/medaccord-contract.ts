import { DomainError } from '@medaccord/domain';
import { chaincodeError } from './chaincode-error.js';
import { Contract } from './contract-api.js';
import { MedAccordContext } from './medaccord-context.js';

/**
 * What both contracts share: one context per transaction, authorisation before anything else happens, and errors that
 * keep their code. Contracts declare transactions and have no other public methods.
 */
export abstract class MedAccordContract<C extends MedAccordContext = MedAccordContext> extends Contract {
  override createContext(): C {
    return new MedAccordContext() as C;
  }

  override async aroundTransaction(ctx: C, transaction: unknown, parameters: unknown): Promise<void> {
    try {
      await this.authorise(ctx, String(transaction));
      // The framework's types say Function where it passes a name, and void where it returns the transaction's answer.
      const answer = super.aroundTransaction(ctx, transaction as never, parameters) as Promise<unknown>;
      return (await answer) as undefined;
    } catch (error) {
      throw chaincodeError(error, ctx.txId);
    }
  }

  override unknownTransaction(ctx: C): Promise<void> {
    return Promise.reject(chaincodeError(new DomainError('UNKNOWN_COMMAND'), ctx.txId));
  }

  /** Refuses a caller who may not send this transaction. */
  protected abstract authorise(ctx: C, transaction: string): Promise<void>;
}
