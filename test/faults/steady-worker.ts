import { setTimeout as pause } from 'node:timers/promises';
import type { Contract, Gateway, Transaction } from '@hyperledger/fabric-gateway';

/** A client that the network crashes under: it goes on until it knows what became of each of its transactions. */
export class SteadyWorker {
  /** Increments whose commit status said VALID. */
  acknowledged = 0;
  /** Transaction ids of the acknowledged increments. */
  readonly transactions: string[] = [];
  /** Times that an outcome was unknown at first, because the network was killed. */
  unknown = 0;
  private running = true;

  constructor(
    private readonly gateway: Gateway,
    private readonly contract: Contract,
    readonly counter: string,
    private readonly collections: string,
  ) {}

  /** Increments a counter of its own, and every fourth time writes private data of all, until it is told to end. */
  async run(): Promise<void> {
    for (let turn = 0; this.running; turn += 1) {
      await this.increment();
      if (turn % 4 === 0) {
        await this.settle(await this.endorsed('private:putAll', [this.collections, `${this.counter}-${turn}`], { value: `value ${turn}` }));
      }
    }
  }

  /** The increment that is under way is still brought to its end. */
  end(): void {
    this.running = false;
  }

  private async increment(): Promise<void> {
    const transaction = await this.endorsed('state:copy', [this.counter, this.counter]);
    const code = await this.settle(transaction);
    if (code === 0) {
      this.acknowledged += 1;
      this.transactions.push(transaction.getTransactionId());
    }
  }

  /** Endorsing changes nothing: it is tried until it works. */
  private async endorsed(name: string, args: readonly string[], transientData: Record<string, string> = {}): Promise<Transaction> {
    const mspIds = Object.keys(transientData).length === 0 ? {} : { endorsingOrganizations: (JSON.parse(this.collections) as string[]).map((collection) => collection.replace('_implicit_org_', '')) };
    for (;;) {
      try {
        return await this.contract.newProposal(name, { arguments: [...args], transientData, ...mspIds }).endorse();
      } catch {
        await pause(20);
      }
    }
  }

  /** Submits until the outcome is known. The same signed transaction is sent again: it counts once, however often it is ordered. */
  private async settle(transaction: Transaction): Promise<number> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const submitted = await this.gateway.newTransaction(transaction.getBytes()).submit();
        return (await submitted.getStatus()).code;
      } catch {
        this.unknown += attempt === 0 ? 1 : 0;
        await pause(20);
      }
    }
  }
}
