import { SimulationError } from './api.js';

/**
 * Which calls exclude each other within one transaction. The misspelling is the peer's; clients and chaincodes see these
 * very texts.
 */
export class SimulationRules {
  readonly #txId: string;
  #spent = false;
  #wrote = false;
  #queriedPrivateData = false;
  #queriedPages = false;

  constructor(txId: string) {
    this.#txId = txId;
  }

  get spent(): boolean {
    return this.#spent;
  }

  finish(): void {
    this.#spent = true;
  }

  beforeRead(): void {
    if (this.#spent) throw new SimulationError('this instance should not be used after calling Done()');
  }

  beforeWrite(): void {
    this.beforeRead();
    if (this.#queriedPrivateData) {
      throw this.#unsupported('Transaction has already performed queries on pvt data. Writes are not allowed');
    }
    if (this.#queriedPages) {
      throw this.#unsupported('Transaction has already performed a paginated query. Writes are not allowed');
    }
    this.#wrote = true;
  }

  beforePrivateQuery(): void {
    if (this.#wrote) throw this.#unsupported('Queries on pvt data is supported only in a read-only transaction');
    this.#queriedPrivateData = true;
    this.beforeRead();
  }

  beforePaginatedQuery(): void {
    if (this.#wrote) throw this.#unsupported('Paginated queries are supported only in a read-only transaction');
    this.#queriedPages = true;
    this.beforeRead();
  }

  #unsupported(reason: string): SimulationError {
    return new SimulationError(`txid [${this.#txId}]: unsuppored transaction. ${reason}`);
  }
}
