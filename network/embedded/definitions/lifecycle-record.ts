import { peer } from '@hyperledger/fabric-protos';

/**
 * How `_lifecycle` keeps structures in state: one key per field and one for the structure's type, so that a
 * redefinition rewrites only what it changes. Names and encodings are Fabric's, as its tools and read sets show them.
 */
export interface LifecycleRecord {
  readonly datatype: string;
  /** Serialised `StateData` by field name, in the structure's order. */
  readonly fields: ReadonlyMap<string, Uint8Array>;
}

/** The state that records are read from. */
export interface RecordReader {
  get(key: string): Promise<Uint8Array | undefined>;
}

export interface RecordState extends RecordReader {
  put(key: string, value: Uint8Array): void;
}

export function metadataKey(space: string, name: string): string {
  return `${space}/metadata/${name}`;
}

export function fieldKey(space: string, name: string, field: string): string {
  return `${space}/fields/${name}/${field}`;
}

export function int64Field(value: number): Uint8Array {
  const data = new peer.lifecycle.StateData();
  data.setInt64(value);
  return data.serializeBinary();
}

export function bytesField(value: Uint8Array): Uint8Array {
  const data = new peer.lifecycle.StateData();
  data.setBytes(value);
  return data.serializeBinary();
}

export function stringField(value: string): Uint8Array {
  const data = new peer.lifecycle.StateData();
  data.setString(value);
  return data.serializeBinary();
}

/** The bytes of a structure's type key. */
export function recordMetadata(record: LifecycleRecord): Uint8Array {
  const metadata = new peer.lifecycle.StateMetadata();
  metadata.setDatatype(record.datatype);
  metadata.setFieldsList([...record.fields.keys()]);
  return metadata.serializeBinary();
}

/** Writes what differs from the stored record, which has the same shape where there is one. */
export async function writeRecord(space: string, name: string, record: LifecycleRecord, state: RecordState): Promise<void> {
  const stored = await readMetadata(space, name, state);
  const before = new Map<string, Uint8Array | undefined>();
  for (const field of stored?.getFieldsList() ?? []) before.set(field, await state.get(fieldKey(space, name, field)));
  for (const [field, value] of record.fields) {
    if (!isSame(before.get(field), value)) state.put(fieldKey(space, name, field), value);
  }
  if (stored === undefined) state.put(metadataKey(space, name), recordMetadata(record));
}

function isSame(before: Uint8Array | undefined, value: Uint8Array): boolean {
  return before !== undefined && Buffer.compare(before, value) === 0;
}

/** The stored record's type and field names; undefined where there is none. */
export async function readMetadata(
  space: string,
  name: string,
  state: RecordReader,
): Promise<peer.lifecycle.StateMetadata | undefined> {
  const bytes = await state.get(metadataKey(space, name));
  return bytes ? peer.lifecycle.StateMetadata.deserializeBinary(bytes) : undefined;
}

export async function readField(
  space: string,
  name: string,
  field: string,
  state: RecordReader,
): Promise<peer.lifecycle.StateData> {
  const bytes = await state.get(fieldKey(space, name, field));
  return peer.lifecycle.StateData.deserializeBinary(bytes ?? new Uint8Array());
}
