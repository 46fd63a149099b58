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
  `CREATE TABLE board_licences (
     licence_id text PRIMARY KEY, board text NOT NULL, holder text, holder_words text NOT NULL DEFAULT '', import_batch text, sequence integer NOT NULL);
   CREATE INDEX board_licences_board ON board_licences (board, licence_id COLLATE "C");
   CREATE INDEX board_licences_batch ON board_licences (board, import_batch, licence_id COLLATE "C");
   CREATE TABLE board_events (
     position bigint PRIMARY KEY, licence_id text NOT NULL, sequence integer NOT NULL, board text NOT NULL, transaction_id text NOT NULL,
     recorded_at timestamptz NOT NULL, type text NOT NULL, report_type text, report_due_on text, UNIQUE (licence_id, sequence));
   CREATE INDEX board_events_board ON board_events (board, position);
   CREATE INDEX board_events_due ON board_events (board, report_due_on, position) WHERE report_type IS NOT NULL;
   CREATE TABLE board_runs (
     id text PRIMARY KEY, kind text NOT NULL, board text NOT NULL, label text NOT NULL, status text NOT NULL, counts jsonb NOT NULL, code text,
     started_by text NOT NULL, started_at timestamptz NOT NULL DEFAULT now(), touched_at timestamptz NOT NULL DEFAULT now());
   CREATE INDEX board_runs_board ON board_runs (board, started_at);
   CREATE TABLE board_findings (
     run_id text NOT NULL REFERENCES board_runs (id) ON DELETE CASCADE, licence_number text NOT NULL, finding text NOT NULL, detail jsonb NOT NULL,
     PRIMARY KEY (run_id, licence_number, finding));
   CREATE TABLE board_extract_numbers (run_id text NOT NULL REFERENCES board_runs (id) ON DELETE CASCADE, licence_number text NOT NULL, PRIMARY KEY (run_id, licence_number));
   CREATE TABLE batch_void_drafts (
     id text PRIMARY KEY, board text NOT NULL, import_batch text NOT NULL, proposer text NOT NULL, batch_void jsonb NOT NULL, signature jsonb NOT NULL, status text NOT NULL,
     decided_by text, proposed_at timestamptz NOT NULL DEFAULT now());
   CREATE TABLE published_documents (
     licence_id text NOT NULL, sequence integer NOT NULL, media_type text NOT NULL, salt text NOT NULL, content bytea NOT NULL, published_by text NOT NULL,
     published_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (licence_id, sequence));
   CREATE TABLE npdb_reports (
     licence_id text NOT NULL, sequence integer NOT NULL, control_number text NOT NULL, sent_on text NOT NULL, recorded_by text NOT NULL,
     recorded_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (licence_id, sequence));`,
  `ALTER TABLE monitored_licences ADD COLUMN related jsonb NOT NULL DEFAULT '{}';
   CREATE INDEX monitored_licences_related ON monitored_licences USING gin (related);`,
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
