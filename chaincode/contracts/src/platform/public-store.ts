import type { ChaincodeStub } from 'fabric-shim-api';
import { canonicalBytes, DomainError } from '@medaccord/domain';
import { readStates } from './read-states.js';

/** A kind of public record: its place among the keys, and how each schema that was ever written is read today. */
export interface RecordType<T> {
  /** First part of the composite keys. */
  readonly objectType: string;
  /** By the record's `schema`. Records are written by the newest. */
  readonly schemas: Readonly<Record<string, (stored: unknown) => T>>;
}

/** A kind of record that has had one schema so far, in which it is stored as it is used. */
export function recordType<T extends { readonly schema: string }>(objectType: string, schema: T['schema']): RecordType<T> {
  return { objectType, schemas: { [schema]: (stored) => stored as T } };
}

/** A record to read, of whatever type. */
export interface WantedRecord {
  readonly type: RecordType<unknown>;
  readonly parts: readonly string[];
}

/**
 * Public records under composite keys, as canonical JSON. A transaction never sees its own writes, as in Fabric; what it
 * has read once it does not ask for again.
 */
export class PublicStore {
  readonly #stub: ChaincodeStub;
  readonly #read = new Map<string, Uint8Array>();

  constructor(stub: ChaincodeStub) {
    this.#stub = stub;
  }

  /** The record under these parts of the key, or undefined. Throws UNKNOWN_SCHEMA. */
  async get<T>(type: RecordType<T>, parts: readonly string[]): Promise<T | undefined> {
    const [record] = await this.getMany(type, [parts]);
    return record;
  }

  /** Several records in the order asked, in one message where the peer takes it. */
  async getMany<T>(type: RecordType<T>, keys: readonly (readonly string[])[]): Promise<readonly (T | undefined)[]> {
    await this.preload([...keys].map((parts) => ({ type, parts })));
    return keys.map((parts) => decode(type, this.#read.get(this.#key(type, parts))));
  }

  /** Reads records of several types together, so that later calls need no message. */
  async preload(wanted: readonly WantedRecord[]): Promise<void> {
    const keys = [...new Set(wanted.map(({ type, parts }) => this.#key(type, parts)))].filter((key) => !this.#read.has(key));
    const values = keys.length === 0 ? [] : await readStates(this.#stub, '', keys);
    keys.forEach((key, index) => this.#read.set(key, values[index] ?? new Uint8Array()));
  }

  /** Every record whose key begins with these parts, in the order of the keys. What is not there counts as read, too. */
  async list<T>(type: RecordType<T>, parts: readonly string[]): Promise<readonly T[]> {
    const records: T[] = [];
    for await (const { value } of this.#stub.getStateByPartialCompositeKey(type.objectType, [...parts])) {
      const record = decode(type, value);
      if (record !== undefined) records.push(record);
    }
    return records;
  }

  /** Writes a record. With `policy` the key gets its own endorsement policy, in force from the next transaction on. */
  async put<T>(type: RecordType<T>, parts: readonly string[], record: T, policy?: Uint8Array): Promise<void> {
    const key = this.#key(type, parts);
    await this.#stub.putState(key, canonicalBytes(record));
    if (policy !== undefined) await this.#stub.setStateValidationParameter(key, policy);
  }

  #key(type: RecordType<unknown>, parts: readonly string[]): string {
    return this.#stub.createCompositeKey(type.objectType, [...parts]);
  }
}

function decode<T>(type: RecordType<T>, bytes: Uint8Array | undefined): T | undefined {
  if (bytes === undefined || bytes.length === 0) return undefined;
  const stored = JSON.parse(new TextDecoder().decode(bytes)) as { readonly schema?: unknown };
  const read = typeof stored.schema === 'string' && Object.hasOwn(type.schemas, stored.schema) ? type.schemas[stored.schema] : undefined;
  if (read === undefined) throw new DomainError('UNKNOWN_SCHEMA', { objectType: type.objectType });
  return read(stored);
}
