import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { bigint, bigserial, boolean, customType, index, integer, jsonb, pgTable, primaryKey, serial, text, timestamp } from 'drizzle-orm/pg-core';
import type { ComparedStanding, ErrorCode, ExclusionFile, ExclusionRow, LicenceKey, NpdbReportType, OrderSignature, PracticeAuthority, VoidImportBatch } from '@medaccord/domain';
import type { BoardRunKind, DocumentMediaType } from '../boards/board-records.js';
import type { NoticeDelivery, NoticeDetail, NoticeKind } from '../monitoring/notice.js';

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
    /** The endorsed transaction (no transient data): sending the very same one again can never record it twice. Empty once its end is known. */
    envelope: bytes('envelope').notNull(),
    result: bytes('result').notNull(),
    /** Fabric's validation code; null while it is not known. */
    validationCode: integer('validation_code'),
    blockNumber: bigint('block_number', { mode: 'number' }),
  },
  (table) => [primaryKey({ columns: [table.operationId, table.step, table.attempt] })],
);

/** One row per exclusion file that was loaded, or is being loaded. */
export const exclusionFiles = pgTable('exclusion_files', {
  /** In the order of loading, which is that of the months. */
  number: serial('number').primaryKey(),
  source: text('source').notNull(),
  month: text('month').notNull(),
  file: text('file').$type<ExclusionFile>().notNull(),
  sha256: text('sha256').notNull(),
  status: text('status').$type<'LOADING' | 'LOADED'>().notNull(),
  /** Rows read so far, at the end all. */
  rows: integer('rows').notNull().default(0),
  refused: integer('refused').notNull().default(0),
  added: integer('added').notNull().default(0),
  changed: integer('changed').notNull().default(0),
  dropped: integer('dropped').notNull().default(0),
  /** The operation that loads it: a resend of the very request takes over from a process that died. */
  operationId: text('operation_id').notNull(),
  touchedAt: instant('touched_at').notNull().defaultNow(),
});

/** What a file said of an exclusion, where that was news. Public facts, and yet personal: they never go to the ledger. */
export const exclusionRows = pgTable(
  'exclusion_rows',
  {
    /** SHA-256 of what tells one exclusion from every other. */
    identity: text('identity').notNull(),
    fileNumber: integer('file_number').notNull().references(() => exclusionFiles.number, { onDelete: 'cascade' }),
    /** False: the full file no longer names it. */
    listed: boolean('listed').notNull(),
    npi: text('npi'),
    familyNames: text('family_names').array().notNull(),
    document: jsonb('document').$type<ExclusionRow>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.identity, table.fileNumber] }), index('exclusion_rows_npi').on(table.npi), index('exclusion_rows_family_names').using('gin', table.familyNames)],
);

/** Whom the organisation screens. What is known of the person, birth date included, is sealed under the gateway secret. */
export const screenedClinicians = pgTable('screened_clinicians', { npi: text('npi').primaryKey(), person: bytes('person').notNull() });

/** Whoever is told of changes: a system of the organisation, which pulls its notices or is sent them. */
export const monitoringSubscribers = pgTable('monitoring_subscribers', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  webhookUrl: text('webhook_url'),
  /** The secret of the webhook derives from it. */
  secretVersion: integer('secret_version').notNull().default(1),
  /** Position of the last notice that the subscriber acknowledged. */
  cursor: bigint('cursor', { mode: 'number' }).notNull().default(0),
  createdAt: instant('created_at').notNull().defaultNow(),
});

/** Of whom a subscriber is told. */
export const monitoringSubscriptions = pgTable(
  'monitoring_subscriptions',
  { subscriberId: text('subscriber_id').notNull().references(() => monitoringSubscribers.id, { onDelete: 'cascade' }), npi: text('npi').notNull() },
  (table) => [primaryKey({ columns: [table.subscriberId, table.npi] })],
);

/** What a subscriber has been told of a clinician's licence. */
export const monitoredLicences = pgTable(
  'monitored_licences',
  {
    subscriberId: text('subscriber_id').notNull(),
    npi: text('npi').notNull(),
    licenceId: text('licence_id').notNull(),
    /** The last event of the licence, and of its link to the clinician, of which the subscriber was told. */
    knownAt: integer('known_at').notNull(),
    linkKnownAt: integer('link_known_at').notNull(),
    authority: text('authority').$type<PracticeAuthority>().notNull(),
    /** By id, the last event that was told of each licence that a compact relates to it. */
    related: jsonb('related').$type<Readonly<Record<string, number>>>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.subscriberId, table.npi, table.licenceId] })],
);

/** Notices, each once per subscriber, with what became of sending it. */
export const monitoringNotices = pgTable(
  'monitoring_notices',
  {
    subscriberId: text('subscriber_id').notNull().references(() => monitoringSubscribers.id, { onDelete: 'cascade' }),
    /** The same whenever the same thing is noticed. */
    id: text('id').notNull(),
    /** Order of the feed. */
    position: bigserial('position', { mode: 'number' }).notNull(),
    kind: text('kind').$type<NoticeKind>().notNull(),
    npi: text('npi').notNull(),
    detail: jsonb('detail').$type<NoticeDetail>().notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    delivery: text('delivery').$type<NoticeDelivery>().notNull(),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: instant('next_attempt_at').notNull().defaultNow(),
    /** How the last try ended: an HTTP status, TIMEOUT or UNREACHABLE. */
    lastOutcome: text('last_outcome'),
  },
  (table) => [primaryKey({ columns: [table.subscriberId, table.id] }), index('monitoring_notices_position').on(table.subscriberId, table.position), index('monitoring_notices_due').on(table.delivery, table.nextAttemptAt)],
);

/** How far the events of a chaincode have been handled. */
export const ledgerCheckpoints = pgTable('ledger_checkpoints', { name: text('name').primaryKey(), blockNumber: bigint('block_number', { mode: 'number' }).notNull(), transactionId: text('transaction_id') });

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
  status: text('status', { enum: ['PROPOSED', 'APPROVED', 'RECORDED', 'DECLINED', 'WITHDRAWN'] }).notNull(),
  decidedBy: text('decided_by'),
  proposedAt: instant('proposed_at').notNull().defaultNow(),
  decidedAt: instant('decided_at'),
});

/** Licences of the organisation's own boards, as the ledger has them: what lists and look-ups find them by. */
export const boardLicences = pgTable(
  'board_licences',
  {
    licenceId: text('licence_id').primaryKey(),
    board: text('board').notNull(),
    holder: text('holder'),
    /** The holder's name in capitals, its words between blanks: ` DOE JANE `. */
    holderWords: text('holder_words').notNull().default(''),
    importBatch: text('import_batch'),
    /** The last event that was read. */
    sequence: integer('sequence').notNull(),
  },
  (table) => [index('board_licences_board').on(table.board, table.licenceId), index('board_licences_batch').on(table.board, table.importBatch, table.licenceId)],
);

/** Every event of these licences in the order of the chain. */
export const boardEvents = pgTable(
  'board_events',
  {
    /** Number of the block and place in it: the same at every replica, and after the table was lost. */
    position: bigint('position', { mode: 'number' }).primaryKey(),
    licenceId: text('licence_id').notNull(),
    sequence: integer('sequence').notNull(),
    board: text('board').notNull(),
    transactionId: text('transaction_id').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    /** Kind of the event, or the type of its action; SEALED where it is not told. */
    type: text('type').notNull(),
    /** What is to be reported of it to the National Practitioner Data Bank, and by when. */
    reportType: text('report_type').$type<NpdbReportType>(),
    reportDueOn: text('report_due_on'),
  },
  (table) => [index('board_events_board').on(table.board, table.position), index('board_events_due').on(table.board, table.reportDueOn, table.position)],
);

/** Imports, reconciliations and voids of imports, with how far each is. */
export const boardRuns = pgTable(
  'board_runs',
  {
    /** The operation's. */
    id: text('id').primaryKey(),
    kind: text('kind').$type<BoardRunKind>().notNull(),
    board: text('board').notNull(),
    /** Name of the import, or of the extract. */
    label: text('label').notNull(),
    status: text('status').$type<'RUNNING' | 'DONE' | 'STOPPED'>().notNull(),
    counts: jsonb('counts').$type<Readonly<Record<string, number>>>().notNull(),
    /** Why it stopped; sent again under the same Idempotency-Key it goes on. */
    code: text('code').$type<ErrorCode>(),
    startedBy: text('started_by').notNull(),
    startedAt: instant('started_at').notNull().defaultNow(),
    touchedAt: instant('touched_at').notNull().defaultNow(),
  },
  (table) => [index('board_runs_board').on(table.board, table.startedAt)],
);

/** What a run found of single licences. */
export const boardFindings = pgTable(
  'board_findings',
  {
    runId: text('run_id').notNull().references(() => boardRuns.id, { onDelete: 'cascade' }),
    licenceNumber: text('licence_number').notNull(),
    finding: text('finding').notNull(),
    detail: jsonb('detail').$type<object>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.licenceNumber, table.finding] })],
);

/** Numbers that the extract of a running reconciliation has. */
export const boardExtractNumbers = pgTable(
  'board_extract_numbers',
  { runId: text('run_id').notNull().references(() => boardRuns.id, { onDelete: 'cascade' }), licenceNumber: text('licence_number').notNull() },
  (table) => [primaryKey({ columns: [table.runId, table.licenceNumber] })],
);

/** Voids of imports that wait, or waited, for their second signature. */
export const batchVoidDrafts = pgTable('batch_void_drafts', {
  /** The void's action id. */
  id: text('id').primaryKey(),
  board: text('board').notNull(),
  importBatch: text('import_batch').notNull(),
  proposer: text('proposer').notNull(),
  batchVoid: jsonb('batch_void').$type<VoidImportBatch>().notNull(),
  signature: jsonb('signature').$type<OrderSignature>().notNull(),
  status: text('status').$type<'PROPOSED' | 'APPROVED' | 'DECLINED'>().notNull(),
  decidedBy: text('decided_by'),
  proposedAt: instant('proposed_at').notNull().defaultNow(),
});

/** Documents of orders that a board has published. */
export const publishedDocuments = pgTable(
  'published_documents',
  {
    licenceId: text('licence_id').notNull(),
    sequence: integer('sequence').notNull(),
    mediaType: text('media_type').$type<DocumentMediaType>().notNull(),
    salt: text('salt').notNull(),
    content: bytes('content').notNull(),
    publishedBy: text('published_by').notNull(),
    publishedAt: instant('published_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.licenceId, table.sequence] })],
);

/** Reports that a board has sent to the National Practitioner Data Bank. */
export const npdbReports = pgTable(
  'npdb_reports',
  {
    licenceId: text('licence_id').notNull(),
    sequence: integer('sequence').notNull(),
    /** The data bank's own number of the report. */
    controlNumber: text('control_number').notNull(),
    sentOn: text('sent_on').notNull(),
    recordedBy: text('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.licenceId, table.sequence] })],
);
/** One row per attestation of a licence's standing: which bit of the published lists is its own, and what it said. */
export const attestations = pgTable('attestations', {
  /** The UUID in the attestation's id. */
  id: text('id').primaryKey(),
  list: integer('list').notNull(),
  /** Random, so that a bit tells nobody which attestation it belongs to; unique in its list. */
  position: integer('position').notNull(),
  npi: text('npi').notNull(),
  licence: jsonb('licence').$type<LicenceKey>().notNull(),
  standing: jsonb('standing').$type<ComparedStanding>().notNull(),
  signedAt: instant('signed_at').notNull(),
  validUntil: instant('valid_until').notNull(),
  /** Null until it is signed: by which key, and the SHA-256 of the whole. */
  keyId: text('key_id'),
  digest: text('digest'),
  /** Bits that stay once they were published. */
  revocation: boolean('revocation').notNull().default(false),
  refresh: boolean('refresh').notNull().default(false),
});

/** Lists of what a revoked key signed before its revocation, as published, under the SHA-256 that the ledger has of each. */
export const earlierAttestations = pgTable('earlier_attestations', { digest: text('digest').primaryKey(), content: text('content').notNull() });
