import type { Iterators } from 'fabric-shim';

/** A key with its value as text, as the contracts of this chaincode answer queries. */
export interface Entry {
  readonly key: string;
  readonly value: string;
}

/** Text of a value; empty where there is none. */
export function text(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString();
}

/** Everything that an iterator still holds; closes it. */
export async function drain(iterator: Iterators.StateQueryIterator): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    entries.push({ key: next.value.key, value: text(next.value.value) });
  }
  await iterator.close();
  return entries;
}

/** The same for private queries, which the shim answers in another wrapping than its types say. */
export async function drainPrivate(query: AsyncIterable<Iterators.KV>): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const { key, value } of query) {
    entries.push({ key, value: text(value) });
  }
  return entries;
}

/** A JSON argument that is a list of texts. */
export function texts(argument: string): string[] {
  return JSON.parse(argument) as string[];
}

/** A transaction's answer as JSON text: the contract API sends texts as they are. */
export function answer(value: unknown): string {
  return JSON.stringify(value);
}
