import { DomainError } from '@medaccord/domain';
import type { ReadAnswer, ReadRequest } from '@medaccord/domain';

/** Most queries of one evaluation: what comes back stays a few megabytes. */
const MOST = 50;

interface Waiting {
  readonly request: ReadRequest;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Sends queries that are asked for at the same moment as one evaluation: a query's own work is small beside what signing,
 * checking and passing on a proposal costs.
 */
export class ReadBatcher {
  readonly #send: (requests: readonly ReadRequest[]) => Promise<readonly ReadAnswer[]>;
  #waiting: Waiting[] = [];

  constructor(send: (requests: readonly ReadRequest[]) => Promise<readonly ReadAnswer[]>) {
    this.#send = send;
  }

  /** What the query answers; throws its refusal, or what the evaluation throws. */
  async read(request: ReadRequest): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject });
      if (this.#waiting.length === 1) setImmediate(() => { this.#flush(); });
      else if (this.#waiting.length >= MOST) this.#flush();
    });
  }

  #flush(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    if (batch.length > 0) void this.#answer(batch);
  }

  async #answer(batch: readonly Waiting[]): Promise<void> {
    try {
      const answers = await this.#send(batch.map(({ request }) => request));
      batch.forEach(({ resolve, reject }, index) => {
        const answer = answers[index];
        if (answer === undefined) reject(new DomainError('LEDGER_FAULT'));
        else if ('refused' in answer) reject(new DomainError(answer.refused));
        else resolve(answer.answer);
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
