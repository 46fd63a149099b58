import type { Ledger } from '../ledger/api.js';
import { LIFECYCLE } from './chaincode-definition.js';
import type { ChaincodeDefinition } from './chaincode-definition.js';
import { NAMESPACES, readDefinition } from './definition-record.js';
import { metadataKey } from './lifecycle-record.js';

/** The chaincode definitions of the channel, read from `_lifecycle`'s state and kept until a block changes them. */
export class DefinitionBook {
  #current = new Map<string, ChaincodeDefinition>();
  /** By name and sequence: an organisation that lags endorses under the definition that it has committed. */
  readonly #known = new Map<string, ChaincodeDefinition>();

  #settled: Promise<void> = Promise.resolve();

  constructor(
    private readonly ledger: Ledger,
    private readonly organisations: readonly string[],
  ) {}

  /** The newest definition; undefined where the chaincode is not defined. */
  current(name: string): ChaincodeDefinition | undefined {
    return this.#current.get(name);
  }

  get all(): readonly ChaincodeDefinition[] {
    return [...this.#current.values()];
  }

  /** A definition that was committed while this process ran, or the one found at its start. */
  at(name: string, sequence: number): ChaincodeDefinition | undefined {
    return this.#known.get(`${name}#${sequence}`);
  }

  /** Commits a block that changes definitions; until they are read anew, `settled` waits. */
  async changing<T>(commit: () => Promise<T>): Promise<T> {
    const done = commit();
    const settled = done.then(() => this.reload());
    this.#settled = settled.catch(() => undefined);
    await settled;
    return done;
  }

  /** Resolves when what is known here is what was last committed: who was told of a new definition finds it. */
  settled(): Promise<void> {
    return this.#settled;
  }

  /** Reads the definitions anew: at the start and after a block that may have changed them. */
  async reload(): Promise<void> {
    const mspId = this.#mostAdvanced();
    const names = await this.#names(mspId);
    const current = new Map<string, ChaincodeDefinition>();
    for (const name of names) {
      const definition = await readDefinition(name, {
        get: (key) => this.ledger.committedState(mspId, LIFECYCLE, key),
      });
      if (!definition) continue;
      current.set(name, definition);
      this.#known.set(`${name}#${definition.sequence}`, definition);
    }
    this.#current = current;
  }

  #mostAdvanced(): string {
    const height = (mspId: string): number => this.ledger.chainInfo(mspId).height;
    return this.organisations.reduce((best, mspId) => (height(mspId) > height(best) ? mspId : best));
  }

  async #names(mspId: string): Promise<string[]> {
    const prefix = metadataKey(NAMESPACES, '');
    const simulator = await this.ledger.simulate(mspId, 'definitions');
    try {
      // '0' follows '/' in byte order, so the range holds exactly the keys with the prefix.
      const range = await simulator.getStateRange(LIFECYCLE, prefix, `${prefix.slice(0, -1)}0`);
      const names: string[] = [];
      for (let more = true; more; ) {
        const { results, hasMore } = await range.next(100);
        names.push(...results.map(({ key }) => key.slice(prefix.length)));
        more = hasMore;
      }
      return names;
    } finally {
      simulator.discard();
    }
  }
}
