import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { bigint, customType, index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

/** Drizzle over whichever PostgreSQL is configured. */
export type Database = PgDatabase<PgQueryResultHKT>;

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** One row per Idempotency-Key in use: who is working on the request, and its first answer once there is one. */
export const operations = pgTable(
  'operations',
  {
    /** Keyed hash of the caller and the Idempotency-Key; also the id in the status link. */
    id: text('id').primaryKey(),
    /** The token's subject, the only one who may ask for the status. */
    subject: text('subject').notNull(),
    /** Keyed hash of role, method, URL and body. */
    fingerprint: bytes('fingerprint').notNull(),
    /** The process that works on it; it renews the lease while it lives. */
    runner: text('runner').notNull(),
    leaseUntil: instant('lease_until').notNull(),
    status: integer('status'),
    /** The answer's body, sealed under the gateway secret: it may hold what the request was about. */
    answer: bytes('answer'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [index('operations_created_at').on(table.createdAt)],
);

/** One row per transaction that an operation has sent, written before it leaves. */
export const submissions = pgTable(
  'submissions',
  {
    operationId: text('operation_id').notNull().references(() => operations.id, { onDelete: 'cascade' }),
    /** The operation's own name for this part of its work, for example `batch-2`. */
    step: text('step').notNull(),
    attempt: integer('attempt').notNull(),
    transactionId: text('transaction_id').notNull(),
    /** Role whose enrolled identity signed. */
    identityRole: text('identity_role').notNull(),
    /** The endorsed transaction (no transient data): sending the very same one again can never record it twice. */
    envelope: bytes('envelope').notNull(),
    result: bytes('result').notNull(),
    /** Fabric's validation code; null while it is not known. */
    validationCode: integer('validation_code'),
    blockNumber: bigint('block_number', { mode: 'number' }),
  },
  (table) => [primaryKey({ columns: [table.operationId, table.step, table.attempt] })],
);

/** Entries of reference tables, compressed, under the root of their tree. */
export const referenceEntries = pgTable(
  'reference_entries',
  { root: text('root').notNull(), page: integer('page').notNull(), content: bytes('content').notNull() },
  (table) => [primaryKey({ columns: [table.root, table.page] })],
);

/** Single facts about this database, such as a mark of the secret that its rows were keyed with. */
export const facts = pgTable('facts', { name: text('name').primaryKey(), value: text('value').notNull() });

/** One row per order that waits, or waited, for its second signature. Only this organisation knows of it. */
export const orderDrafts = pgTable('order_drafts', {
  /** The order's action id. */
  id: text('id').primaryKey(),
  /** The token's subject: nobody approves what they proposed. */
  proposer: text('proposer').notNull(),
  proposerRole: text('proposer_role').notNull(),
  /** Order, proposer's signature and narrative, sealed under the gateway secret. */
  draft: bytes('draft').notNull(),
  status: text('status', { enum: ['PROPOSED', 'RECORDED', 'DECLINED', 'WITHDRAWN'] }).notNull(),
  decidedBy: text('decided_by'),
  proposedAt: instant('proposed_at').notNull().defaultNow(),
  decidedAt: instant('decided_at'),
});
