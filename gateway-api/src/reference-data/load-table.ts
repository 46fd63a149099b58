import { invalidInput, issue, parse, present, referenceTableId, editionShape, object, optional, plainDate, tableNameShape } from '@medaccord/domain';
import type { OpaqueId, PlainDate, ReferenceTableBody, ReferenceTableDocument, Shape, TableName } from '@medaccord/domain';
import { Logger } from '@nestjs/common';
import type { Upload } from '../http/upload.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { sha256 } from '../ledger/claims-client.js';
import type { ClaimsClient, CommandProof } from '../ledger/claims-client.js';
import { FORMATS } from './formats/formats.js';
import { readTable } from './read-table.js';
import type { ReadTable } from './read-table.js';
import type { ReferenceStore } from './reference-store.js';
import { TableTree } from './table-tree.js';

/** Which edition a file is, and the dates of service that it decides. */
export interface EditionRequest {
  readonly table: TableName;
  readonly edition: string;
  readonly from: PlainDate;
  readonly thru?: PlainDate;
}

/** What became of a file. */
export interface LoadedTable {
  readonly tableId: OpaqueId;
  readonly table: TableName;
  readonly edition: string;
  readonly version: number;
  /** UNCHANGED: the newest version is this file already, and nothing was sent. */
  readonly outcome: 'RECORDED' | 'UNCHANGED';
  /** Lines that are not blank. */
  readonly lines: number;
  readonly entries: number;
  /** Rows that the table does not take. */
  readonly skipped: number;
  readonly root: string;
  readonly fileSha256: string;
  readonly proof?: CommandProof;
}

/** How the days of an edition are read. */
export const editionFields = { edition: editionShape, from: plainDate, thru: optional(plainDate) };

const editionRequest: Shape<EditionRequest> = object<EditionRequest>({ table: tableNameShape, ...editionFields });

const log = new Logger('reference-data');

/**
 * Reads a publisher's file, keeps its entries here and commits their root to the ledger; the same file again changes nothing.
 * Throws INVALID_INPUT with line and column of each fault, and for a table that is made of something else.
 */
export async function loadTable(client: ClaimsClient, store: ReferenceStore, write: WriteRequest, upload: Upload, edition: EditionRequest): Promise<LoadedTable> {
  const { table } = edition;
  // Its rows come month by month: `exclusions` keeps the list and makes the table of it.
  if (table === 'exclusions') throw invalidInput([issue('NOT_ALLOWED', '/table')]);
  const read = await readTable(upload.open(), FORMATS[table], (lines) => { log.log(`${table} ${edition.edition}: ${lines} lines`); });

  return commitTable(client, store, write, edition, read, Buffer.from(upload.digest).toString('hex'));
}

/** Keeps an edition's entries here and commits their root to the ledger; the same entries of the same bytes change nothing. */
export async function commitTable(client: ClaimsClient, store: ReferenceStore, write: WriteRequest, edition: EditionRequest, read: ReadTable, fileSha256: string): Promise<LoadedTable> {
  const { root } = await TableTree.grow(read.entries, fileSha256);
  const body: ReferenceTableBody = { ...edition, count: read.entries.length, root, fileSha256 };
  await store.save(root, read.entries);
  const recorded = await record(client, write, body);

  return {
    tableId: referenceTableId(body, sha256), table: body.table, edition: body.edition, ...recorded, lines: read.lines, entries: body.count, skipped: read.skipped, root, fileSha256,
  };
}

async function record(client: ClaimsClient, write: WriteRequest, body: ReferenceTableBody): Promise<Pick<LoadedTable, 'version' | 'outcome' | 'proof'>> {
  const newest = await client.newestOrNone<ReferenceTableDocument>('reference-table', referenceTableId(body, sha256));
  if (newest !== undefined && isSame(newest.body, body)) return { version: newest.version, outcome: 'UNCHANGED' };
  const version = (newest?.version ?? 0) + 1;
  const { proof } = await client.apply(write, 'reference-table', { parties: { insurerMsp: client.mspId }, body: { verb: 'recordReferenceTables', items: [{ version, body }] } });

  return { version, outcome: 'RECORDED', ...present('proof', proof) };
}

function isSame(one: ReferenceTableBody, other: ReferenceTableBody): boolean {
  return one.root === other.root && one.fileSha256 === other.fileSha256 && one.from === other.from && one.thru === other.thru;
}

/** Reads the place and the days of a file from a request's path and query. */
export function editionOf(place: Readonly<Record<string, string>>, query: Readonly<Record<string, unknown>>): EditionRequest {
  return parse(editionRequest, { ...place, ...query });
}
