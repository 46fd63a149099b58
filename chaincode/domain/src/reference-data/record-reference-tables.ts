import { recorded } from '../coverage/record-statements.js';
import type { Parties } from '../documents/document.js';
import { newDocument } from '../documents/execution.js';
import type { Effects, Execution } from '../documents/execution.js';
import { integer, list, object, oneOf } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { referenceTableBodyShape, referenceTableId } from './reference-table.js';
import type { ReferenceTableBody } from './reference-table.js';

/** Insurer, reference-data. Commits editions of tables; a correction of one is its next version. */
export interface RecordReferenceTables {
  readonly verb: 'recordReferenceTables';
  readonly items: readonly { readonly version: number; readonly body: ReferenceTableBody }[];
}

/** Reads the command. */
export const recordReferenceTablesShape: Shape<RecordReferenceTables> = object<RecordReferenceTables>({
  verb: oneOf(['recordReferenceTables']),
  items: list(object<RecordReferenceTables['items'][number]>({ version: integer(1), body: referenceTableBodyShape }), 1, 50),
});

/** Records editions, each under the id that follows from its table and name. */
export function recordReferenceTables({ items }: RecordReferenceTables, parties: Parties, execution: Execution): Effects {
  return recorded(items.map(({ version, body }) => newDocument(execution, 'reference-table', { id: referenceTableId(body, execution.sha256), version }, parties, body)));
}
