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
  `CREATE TABLE exclusion_files (
     number serial PRIMARY KEY, source text NOT NULL, month text NOT NULL, file text NOT NULL, sha256 text NOT NULL, status text NOT NULL,
     rows integer NOT NULL DEFAULT 0, refused integer NOT NULL DEFAULT 0, added integer NOT NULL DEFAULT 0, changed integer NOT NULL DEFAULT 0,
     dropped integer NOT NULL DEFAULT 0, operation_id text NOT NULL, touched_at timestamptz NOT NULL DEFAULT now(), UNIQUE (source, month, file, sha256));
   CREATE TABLE exclusion_rows (
     identity text NOT NULL, file_number integer NOT NULL REFERENCES exclusion_files (number) ON DELETE CASCADE, listed boolean NOT NULL,
     npi text, family_names text[] NOT NULL, document jsonb NOT NULL, PRIMARY KEY (identity, file_number));
   CREATE INDEX exclusion_rows_npi ON exclusion_rows (npi);
   CREATE INDEX exclusion_rows_family_names ON exclusion_rows USING gin (family_names);
   CREATE INDEX exclusion_rows_file ON exclusion_rows (file_number);
   CREATE TABLE screened_clinicians (npi text PRIMARY KEY, person bytea NOT NULL);`,
  `CREATE TABLE monitoring_subscribers (
     id text PRIMARY KEY, name text NOT NULL, webhook_url text, secret_version integer NOT NULL DEFAULT 1, cursor bigint NOT NULL DEFAULT 0,
     created_at timestamptz NOT NULL DEFAULT now());
   CREATE TABLE monitoring_subscriptions (
     subscriber_id text NOT NULL REFERENCES monitoring_subscribers (id) ON DELETE CASCADE, npi text NOT NULL, PRIMARY KEY (subscriber_id, npi));
   CREATE INDEX monitoring_subscriptions_npi ON monitoring_subscriptions (npi);
   CREATE TABLE monitored_licences (
     subscriber_id text NOT NULL, npi text NOT NULL, licence_id text NOT NULL, known_at integer NOT NULL, link_known_at integer NOT NULL,
     authority text NOT NULL, PRIMARY KEY (subscriber_id, npi, licence_id),
     FOREIGN KEY (subscriber_id, npi) REFERENCES monitoring_subscriptions (subscriber_id, npi) ON DELETE CASCADE);
   CREATE INDEX monitored_licences_licence ON monitored_licences (licence_id);
   CREATE TABLE monitoring_notices (
     subscriber_id text NOT NULL REFERENCES monitoring_subscribers (id) ON DELETE CASCADE, id text NOT NULL, position bigserial NOT NULL,
     kind text NOT NULL, npi text NOT NULL, detail jsonb NOT NULL, created_at timestamptz NOT NULL DEFAULT now(), delivery text NOT NULL,
     attempts integer NOT NULL DEFAULT 0, next_attempt_at timestamptz NOT NULL DEFAULT now(), last_outcome text, PRIMARY KEY (subscriber_id, id));
   CREATE INDEX monitoring_notices_position ON monitoring_notices (subscriber_id, position);
   CREATE INDEX monitoring_notices_due ON monitoring_notices (delivery, next_attempt_at);
   CREATE TABLE ledger_checkpoints (name text PRIMARY KEY, block_number bigint NOT NULL, transaction_id text);`,
  'CREATE TABLE reference_entries (root text NOT NULL, page integer NOT NULL, content bytea NOT NULL, PRIMARY KEY (root, page));',
  `CREATE TABLE attestations (
     id text PRIMARY KEY, list integer NOT NULL, position integer NOT NULL, npi text NOT NULL, licence jsonb NOT NULL, standing jsonb NOT NULL,
     signed_at timestamptz NOT NULL, valid_until timestamptz NOT NULL, key_id text, digest text, revocation boolean NOT NULL DEFAULT false,
     refresh boolean NOT NULL DEFAULT false, UNIQUE (list, position));
   CREATE INDEX attestations_key ON attestations (key_id, signed_at);
   CREATE TABLE earlier_attestations (digest text PRIMARY KEY, content text NOT NULL);`,
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
