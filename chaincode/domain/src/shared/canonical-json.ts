import { utf8 } from './bytes.js';

/**
 * The one JSON text of a value: keys sorted by code unit, no white space, integers only.
 * Two peers that hold equal values therefore write equal bytes. Throws TypeError, naming the path and never the value,
 * for what has no such text: undefined, fractions, NaN, -0, unsafe integers, lone surrogates, cycles by depth.
 */
export function canonicalJson(value: unknown): string {
  return write(value, '$', 0);
}

/** UTF-8 of `canonicalJson`: what is stored, hashed and compared. */
export function canonicalBytes(value: unknown): Uint8Array {
  return utf8(canonicalJson(value));
}

/** Deeper nesting than any document has; stops cycles as well. */
const MAX_DEPTH = 64;

function write(value: unknown, path: string, depth: number): string {
  if (depth > MAX_DEPTH) throw refusal(path, 'nested too deeply');
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return writeInteger(value, path);
  if (typeof value === 'string') return writeString(value, path);
  if (typeof value !== 'object') throw refusal(path, `${typeof value} has no canonical form`);
  return Array.isArray(value) ? writeArray(value, path, depth) : writeObject(value, path, depth);
}

function writeInteger(value: number, path: string): string {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw refusal(path, 'only safe integers are allowed');
  return String(value);
}

function writeString(value: string, path: string): string {
  if (/\p{Surrogate}/u.test(value)) throw refusal(path, 'text is not well formed');
  return JSON.stringify(value);
}

function writeArray(values: readonly unknown[], path: string, depth: number): string {
  const parts: string[] = [];
  for (let index = 0; index < values.length; index += 1) parts.push(write(values[index], `${path}[${index}]`, depth + 1));
  return `[${parts.join(',')}]`;
}

function writeObject(value: object, path: string, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw refusal(path, 'only plain objects are allowed');
  const fields = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  const parts = fields.map(([key, field]) => `${writeString(key, path)}:${write(field, `${path}.${key}`, depth + 1)}`);
  return `{${parts.join(',')}}`;
}

function refusal(path: string, reason: string): TypeError {
  return new TypeError(`${path}: ${reason}`);
}
