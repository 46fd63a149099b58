import { utf8 } from './bytes.js';

/**
 * The one JSON text of a value: keys sorted by code unit, no white space, integers only.
 * Two peers that hold equal values therefore write equal bytes. Throws TypeError, naming the path and never the value,
 * for what has no such text: undefined, fractions, NaN, -0, unsafe integers, lone surrogates, cycles by depth.
 */
export function canonicalJson(value: unknown): string {
  return write(value, []);
}

/** UTF-8 of `canonicalJson`: what is stored, hashed and compared. */
export function canonicalBytes(value: unknown): Uint8Array {
  return utf8(canonicalJson(value));
}

/** Deeper nesting than any document has; stops cycles as well. */
const MAX_DEPTH = 64;

/** Where in the value we are; kept as a stack, because a path is needed only when something is wrong. */
type Place = (string | number)[];

function write(value: unknown, place: Place): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return writeInteger(value, place);
  if (typeof value === 'string') return writeString(value, place);
  if (typeof value !== 'object') throw refusal(place, `${typeof value} has no canonical form`);
  if (place.length > MAX_DEPTH) throw refusal(place, 'nested too deeply');
  return Array.isArray(value) ? writeArray(value, place) : writeObject(value, place);
}

function writeInteger(value: number, place: Place): string {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw refusal(place, 'only safe integers are allowed');
  return String(value);
}

function writeString(value: string, place: Place): string {
  if (/^[ !#-[\]-~]*$/.test(value)) return `"${value}"`;
  if (/\p{Surrogate}/u.test(value)) throw refusal(place, 'text is not well formed');
  return JSON.stringify(value);
}

function writeArray(values: readonly unknown[], place: Place): string {
  const parts: string[] = [];
  for (let index = 0; index < values.length; index += 1) parts.push(writeInside(index, values[index], place));
  return `[${parts.join(',')}]`;
}

function writeObject(value: object, place: Place): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw refusal(place, 'only plain objects are allowed');
  const fields = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(fields).sort((left, right) => (left < right ? -1 : 1));
  return `{${keys.map((key) => `${writeString(key, place)}:${writeInside(key, fields[key], place)}`).join(',')}}`;
}

function writeInside(step: string | number, value: unknown, place: Place): string {
  place.push(step);
  const text = write(value, place);
  place.pop();
  return text;
}

function refusal(place: Place, reason: string): TypeError {
  const path = place.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  return new TypeError(`$${path}: ${reason}`);
}
