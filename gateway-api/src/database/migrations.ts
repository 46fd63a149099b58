import { sql } from 'drizzle-orm';
import type { Database } from './schema.js';

/** Every change of the tables, oldest first; one that has been released is never edited. */
const migrations: readonly string[] = [
  `CREATE TABLE operations (
     id text PRIMARY KEY, subject text NOT NULL, fingerprint bytea NOT NULL, runner text NOT NULL,
     lease_until timestamptz NOT NULL, status integer, answer bytea, created_at timestamptz NOT NULL DEFAULT now());
   CREATE INDEX operations_created_at ON operations (created_at);
   CREATE TABLE submissions (
     operation_id text NOT NULL REFERENCES operations (id) ON DELETE CASCADE, step text NOT NULL, attempt integer NOT NULL,
     transaction_id text NOT NULL, identity_role text NOT NULL, envelope bytea NOT NULL, result bytea NOT NULL,
     validation_code integer, block_number bigint, PRIMARY KEY (operation_id, step, attempt));
   CREATE TABLE facts (name text PRIMARY KEY, value text NOT NULL);`,
  `CREATE TABLE order_drafts (
     id text PRIMARY KEY, proposer text NOT NULL, proposer_role text NOT NULL, draft bytea NOT NULL, status text NOT NULL,
     decided_by text, proposed_at timestamptz NOT NULL DEFAULT now(), decided_at timestamptz);`,
  'CREATE TABLE reference_entries (root text NOT NULL, page integer NOT NULL, content bytea NOT NULL, PRIMARY KEY (root, page));',
];

/** Arbitrary, but the same for every gateway: replicas that start at once migrate one after the other. */
const migrationLock = 4_012_583;

/** Brings the tables to the newest shape; safe while other replicas start. */
export async function migrate(database: Database): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.execute(sql`SELECT pg_advisory_xact_lock(${migrationLock})`);
    await transaction.execute(sql`CREATE TABLE IF NOT EXISTS migrations (number integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())`);
    const applied = await transaction.select({ number: sql<number>`count(*)::int` }).from(sql`migrations`);
    for (const [number, statements] of [...migrations.entries()].slice(applied[0]?.number ?? 0)) {
      for (const statement of statements.split(';').filter((part) => part.trim() !== '')) await transaction.execute(sql.raw(statement));
      await transaction.execute(sql`INSERT INTO migrations (number) VALUES (${number})`);
    }
  });
}
