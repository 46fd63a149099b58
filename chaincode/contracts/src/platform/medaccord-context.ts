import type { Instant } from '@medaccord/domain';
import { callerOf } from './caller.js';
import type { Caller } from './caller.js';
import { Context } from './contract-api.js';
import { PublicStore } from './public-store.js';

/** One transaction: who calls, when, and what it reads and writes. A contract object serves all and keeps nothing itself. */
export class MedAccordContext extends Context {
  #caller: Caller | undefined;
  #store: PublicStore | undefined;

  /** Who signed the proposal. */
  get caller(): Caller {
    return (this.#caller ??= callerOf(this.clientIdentity));
  }

  /** The client's time, which the endorsers' peers have compared with their own. */
  get now(): Instant {
    return this.stub.getDateTimestamp().toISOString();
  }

  get txId(): string {
    return this.stub.getTxID();
  }

  /** This chaincode's public records. */
  get store(): PublicStore {
    return (this.#store ??= new PublicStore(this.stub));
  }
}
