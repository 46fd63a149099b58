import { and, asc, desc, eq, isNull, lt, sql } from 'drizzle-orm';
import { DomainError } from '@medaccord/domain';
import type { Database } from '../database/schema.js';
import { facts, operations, submissions } from '../database/schema.js';
import type { CommitOutcome, EndorsedTransaction, JournalEntry } from '../ledger/transaction.js';

/** The first answer to an operation, sealed. */
export interface StoredAnswer {
  readonly status: number;
  readonly sealed: Uint8Array;
}

/** A row of the operations: `running` while some process holds the lease, `idle` where it was left unfinished. */
export interface StoredOperation {
  readonly id: string;
  readonly subject: string;
  readonly fingerprint: Uint8Array;
  readonly running: boolean;
  readonly answer: StoredAnswer | undefined;
}

/** A transaction of an operation, as the status link shows it. */
export interface StoredSubmission extends JournalEntry {
  readonly step: string;
  readonly attempt: number;
}

interface NewOperation {
  readonly id: string;
  readonly subject: string;
  readonly fingerprint: Uint8Array;
}

/** Leases are measured by the database's clock: replicas' clocks may differ. */
const leaseSeconds = 10;
const leaseEnd = sql`now() + make_interval(secs => ${leaseSeconds})`;

/** Milliseconds between two renewals of a lease. */
export const LEASE_RENEWAL_MS = (leaseSeconds * 1000) / 4;

/** The operations and their transactions in the database; `runner` is this process. */
export class OperationStore {
  readonly #database: Database;
  readonly #runner: string;

  constructor(database: Database, runner: string) {
    this.#database = database;
    this.#runner = runner;
  }

  /** Begins or takes over an operation: true where this process now holds its lease. */
  async acquire(operation: NewOperation): Promise<boolean> {
    const fresh = await this.#database.insert(operations).values({ ...operation, runner: this.#runner, leaseUntil: leaseEnd }).onConflictDoNothing().returning({ id: operations.id });
    if (fresh.length > 0) return true;
    const abandoned = and(eq(operations.id, operation.id), eq(operations.fingerprint, operation.fingerprint), isNull(operations.status), lt(operations.leaseUntil, sql`now()`));
    const taken = await this.#database.update(operations).set({ runner: this.#runner, leaseUntil: leaseEnd }).where(abandoned).returning({ id: operations.id });

    return taken.length > 0;
  }

  async find(id: string): Promise<StoredOperation | undefined> {
    const running = sql<boolean>`${operations.leaseUntil} >= now()`;
    const { subject, fingerprint, status, answer } = operations;
    const [row] = await this.#database.select({ subject, fingerprint, status, answer, running }).from(operations).where(eq(operations.id, id));
    if (row === undefined) return undefined;
    const stored = row.status === null || row.answer === null ? undefined : { status: row.status, sealed: row.answer };

    return { id, subject: row.subject, fingerprint: row.fingerprint, running: row.running && stored === undefined, answer: stored };
  }

  async renew(id: string): Promise<void> {
    await this.#database.update(operations).set({ leaseUntil: leaseEnd }).where(this.#mine(id));
  }

  /** Gives an unfinished operation back, so that a resend may take it over at once. */
  async release(id: string): Promise<void> {
    await this.#database.update(operations).set({ leaseUntil: sql`to_timestamp(0)` }).where(this.#mine(id));
  }

  /** Keeps the first answer; an answer that is there already stands. */
  async answer(id: string, { status, sealed }: StoredAnswer): Promise<void> {
    await this.#database.update(operations).set({ status, answer: sealed }).where(this.#mine(id));
  }

  async submissions(operationId: string): Promise<readonly StoredSubmission[]> {
    const rows = await this.#database.select().from(submissions).where(eq(submissions.operationId, operationId)).orderBy(asc(submissions.step), asc(submissions.attempt));

    return rows.map(submissionOf);
  }

  async lastSubmission(operationId: string, step: string): Promise<StoredSubmission | undefined> {
    const rows = await this.#database.select().from(submissions).where(and(eq(submissions.operationId, operationId), eq(submissions.step, step))).orderBy(desc(submissions.attempt)).limit(1);

    return rows.map(submissionOf)[0];
  }

  /** Writes down a transaction that is about to leave; refuses where the operation's lease has gone to another process. */
  async addSubmission(operationId: string, step: string, endorsed: EndorsedTransaction): Promise<void> {
    await this.#database.transaction(async (transaction) => {
      const held = await transaction.update(operations).set({ leaseUntil: leaseEnd }).where(this.#mine(operationId)).returning({ id: operations.id });
      if (held.length === 0) throw new DomainError('IDEMPOTENT_REQUEST_RUNNING');
      const counted = await transaction.select({ attempts: sql<number>`count(*)::int` }).from(submissions).where(and(eq(submissions.operationId, operationId), eq(submissions.step, step)));
      await transaction.insert(submissions).values({ operationId, step, attempt: counted[0]?.attempts ?? 0, ...endorsed });
    });
  }

  /** How a transaction ended. It will not be sent again, so its envelope, by far the largest part of the row, goes. */
  async settleSubmission(operationId: string, transactionId: string, outcome: CommitOutcome): Promise<void> {
    await this.#database.update(submissions).set({ ...outcome, envelope: new Uint8Array() }).where(and(eq(submissions.operationId, operationId), eq(submissions.transactionId, transactionId)));
  }

  /** Ends every lease: for a start on a database that no other process can be using. */
  async releaseAll(): Promise<void> {
    await this.#database.update(operations).set({ leaseUntil: sql`to_timestamp(0)` }).where(isNull(operations.status));
  }

  /** Forgets operations begun more than so many days ago, with their transactions. */
  async forget(olderThanDays: number): Promise<void> {
    await this.#database.delete(operations).where(lt(operations.createdAt, sql`now() - make_interval(days => ${olderThanDays})`));
  }

  /** The fact of that name: the given one, unless another is there already. */
  async rememberFact(name: string, value: string): Promise<string> {
    await this.#database.insert(facts).values({ name, value }).onConflictDoNothing();
    const [row] = await this.#database.select().from(facts).where(eq(facts.name, name));

    return row?.value ?? value;
  }

  #mine(id: string): ReturnType<typeof and> {
    return and(eq(operations.id, id), eq(operations.runner, this.#runner), isNull(operations.status));
  }
}

function submissionOf(row: typeof submissions.$inferSelect): StoredSubmission {
  const { step, attempt, transactionId, identityRole, envelope, result, validationCode, blockNumber } = row;
  const outcome = validationCode === null || blockNumber === null ? undefined : { validationCode, blockNumber };

  return { step, attempt, endorsed: { transactionId, identityRole, envelope, result }, outcome };
}
