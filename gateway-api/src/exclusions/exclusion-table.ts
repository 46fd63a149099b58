import { createHash } from 'node:crypto';
import { DomainError, present } from '@medaccord/domain';
import type { ExclusionRow, FileMonth, ReferenceEntry } from '@medaccord/domain';
import type { WriteRequest } from '../idempotency/write-request.js';
import type { ClaimsClient } from '../ledger/claims-client.js';
import { commitTable } from '../reference-data/load-table.js';
import type { EditionRequest, LoadedTable } from '../reference-data/load-table.js';
import type { ReferenceStore } from '../reference-data/reference-store.js';
import type { ExclusionStore, StoredFile } from './exclusion-store.js';

/** Which edition of the insurer's table of exclusions is to be made of a list, as known in a month (now where left out). */
export interface TableRequest extends Omit<EditionRequest, 'table'> {
  readonly source: string;
  readonly knownIn?: FileMonth;
}

type ExclusionEntry = Extract<ReferenceEntry, { readonly type: 'exclusion' }>;

/**
 * Makes the table by which claims are decided out of the loaded list, and commits its root: who is excluded, by NPI, with
 * all periods. Rows without an NPI cannot be found by one: screening finds them. Throws EXCLUSION_LIST_EMPTY.
 */
export async function commitExclusions(
  { lists, tables, client }: { readonly lists: ExclusionStore; readonly tables: ReferenceStore; readonly client: ClaimsClient }, write: WriteRequest, { source, knownIn, ...edition }: TableRequest,
): Promise<LoadedTable> {
  const files = await lists.filesOf(source, knownIn);
  const last = files.at(-1);
  if (last === undefined) throw new DomainError('EXCLUSION_LIST_EMPTY');
  const rows = (await lists.numbered(source, last.number)).map(({ row }) => row);
  const entries = [...periodsByNpi(rows)].sort(([left], [right]) => (left < right ? -1 : 1)).map(([key, periods]) => ({ key, entry: { type: 'exclusion', periods } satisfies ExclusionEntry }));
  if (entries.length === 0) throw new DomainError('EXCLUSION_LIST_EMPTY');

  return commitTable(client, tables, write, { table: 'exclusions', ...edition }, { entries, lines: rows.length, skipped: 0 }, digestOf(files));
}

function periodsByNpi(rows: readonly ExclusionRow[]): ReadonlyMap<string, ExclusionEntry['periods']> {
  const byNpi = new Map<string, ExclusionEntry['periods']>();
  const inOrder = [...rows].sort((left, right) => (left.excludedOn < right.excludedOn ? -1 : left.excludedOn > right.excludedOn ? 1 : left.type < right.type ? -1 : 1));
  for (const { npi = '', excludedOn, reinstatedOn, waivedOn, waiverState } of inOrder) {
    const period = { excludedOn, ...present('reinstatedOn', reinstatedOn), ...present('waivedOn', waivedOn), ...present('waiverState', waiverState) };
    byNpi.set(npi, [...(byNpi.get(npi) ?? []), period]);
  }

  return byNpi;
}

/** Which bytes it was made of: the file's SHA-256, or where there are several files the SHA-256 over theirs in order. */
function digestOf(files: readonly StoredFile[]): string {
  const [first, ...others] = files;

  return others.length === 0 && first !== undefined ? first.sha256 : createHash('sha256').update(files.map(({ sha256 }) => sha256).join()).digest('hex');
}
