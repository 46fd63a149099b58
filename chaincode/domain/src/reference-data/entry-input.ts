import { opaqueId } from '../documents/document.js';
import { pathShape } from '../coverage/accumulator.js';
import type { Sha256 } from '../shared/bytes.js';
import { DomainError } from '../shared/errors.js';
import { isSalt } from '../shared/ids.js';
import type { OpaqueId } from '../shared/ids.js';
import { isAbsent, isIncluded } from '../shared/merkle.js';
import type { Absence, Inclusion, Neighbour } from '../shared/merkle.js';
import { object, oneOf, optional, sha256Shape, text, variant } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import type { ReferenceTableDocument, ReferenceLeaf } from './reference-table.js';
import { entryKeyShape, referenceEntryShape, TABLES } from './tables.js';
import type { ReferenceEntry } from './tables.js';

/** What a transaction carries about one key of a table: the entry, or the neighbours between which there is none. */
export type ReferenceInput =
  | { readonly type: 'listed'; readonly tableId: OpaqueId; readonly inclusion: Inclusion<ReferenceEntry> }
  | { readonly type: 'not-listed'; readonly tableId: OpaqueId; readonly key: string; readonly absence: Absence };

const neighbour: Shape<Neighbour> = object<Neighbour>({ key: entryKeyShape, content: sha256Shape, path: pathShape });

/** Reads what a transaction carries about a key. */
export const referenceInputShape: Shape<ReferenceInput> = variant<ReferenceInput>('type', {
  listed: object<Extract<ReferenceInput, { readonly type: 'listed' }>>({
    type: oneOf(['listed']),
    tableId: opaqueId,
    inclusion: object<Inclusion<ReferenceEntry>>({
      leaf: object<ReferenceLeaf>({ key: entryKeyShape, salt: text(isSalt), value: referenceEntryShape }),
      path: pathShape,
    }),
  }),
  'not-listed': object<Extract<ReferenceInput, { readonly type: 'not-listed' }>>({
    type: oneOf(['not-listed']),
    tableId: opaqueId,
    key: entryKeyShape,
    absence: object<Absence>({ before: optional(neighbour), after: optional(neighbour) }),
  }),
});

/** What a proof is made from: a whole table's tree. */
export interface ProofMaker {
  readonly inclusion: (key: string) => Inclusion<ReferenceEntry> | undefined;
  readonly absence: (key: string) => Absence | undefined;
}

/** What a transaction carries about a key, out of the whole table. */
export function referenceInput(tableId: OpaqueId, tree: ProofMaker, key: string): ReferenceInput {
  const inclusion = tree.inclusion(key);
  return inclusion === undefined ? { type: 'not-listed', tableId, key, absence: tree.absence(key) ?? {} } : { type: 'listed', tableId, inclusion };
}

/** The key that an input is about. */
export function inputKey(input: ReferenceInput): string {
  return input.type === 'listed' ? input.inclusion.leaf.key : input.key;
}

/** The proved entry: null where it is proved that there is none. Throws PROOF_INVALID where the proof does not hold or the entry is another table's. */
export function provedEntry({ body: { root, table } }: ReferenceTableDocument, input: ReferenceInput, sha256: Sha256): ReferenceEntry | null {
  const holds = input.type === 'listed'
    ? input.inclusion.leaf.value.type === TABLES[table] && isIncluded(root, input.inclusion, sha256)
    : isAbsent(root, input.key, input.absence, sha256);
  if (!holds) throw new DomainError('PROOF_INVALID', { input: 'reference' });
  return input.type === 'listed' ? input.inclusion.leaf.value : null;
}
