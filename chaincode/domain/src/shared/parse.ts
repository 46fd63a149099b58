import { isInstant, isPlainDate } from './dates.js';
import { isNpi } from './ids.js';
import { invalidInput, issue } from './errors.js';
import type { Issue } from './errors.js';
import type { IssueCode } from './error-codes.js';

/**
 * Turns an unknown value into a T. What is wrong is added to `issues` under a JSON Pointer, so that a caller sees all of
 * it at once; the result means something only when no issue was added.
 */
export interface Shape<T> {
  (value: unknown, path: string, issues: Issue[]): T;
  /** An object may leave the field out. */
  readonly optional?: boolean;
}

/** The type that a shape reads. */
export type Read<S> = S extends Shape<infer T> ? T : never;

/** Reads a value that crosses a boundary; throws INVALID_INPUT with every issue. */
export function parse<T>(shape: Shape<T>, value: unknown): T {
  const issues: Issue[] = [];
  const result = shape(value, '', issues);
  if (issues.length > 0) throw invalidInput(issues);
  return result;
}

/** Reads JSON text; throws INVALID_INPUT with every issue, NOT_JSON where it is no JSON. */
export function parseJson<T>(shape: Shape<T>, json: string): T {
  return parse(shape, jsonValue(json));
}

function jsonValue(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw invalidInput([issue('NOT_JSON', '')]);
  }
}

/** Adds an issue; the value that it returns is never used. */
export function reject(issues: Issue[], code: IssueCode, path: string): never {
  issues.push(issue(code, path));
  return undefined as never;
}

/** Text that satisfies the test; `code` says what is wrong where it does not. */
export function text(test: RegExp | ((value: string) => boolean), code: IssueCode = 'WRONG_FORMAT'): Shape<string> {
  const accepts = typeof test === 'function' ? test : (value: string): boolean => test.test(value);
  return (value, path, issues) => {
    if (typeof value !== 'string') return reject(issues, value === undefined ? 'REQUIRED' : 'NOT_A_STRING', path);
    return accepts(value) ? value : reject(issues, code, path);
  };
}

/** Any text of that length. */
export function freeText(minimum: number, maximum: number): Shape<string> {
  return (value, path, issues) => {
    const read = text(() => true)(value, path, issues);
    if (typeof read !== 'string') return read;
    if (read.length < minimum) return reject(issues, minimum === 1 ? 'REQUIRED' : 'TOO_SHORT', path);
    return read.length > maximum ? reject(issues, 'TOO_LONG', path) : read;
  };
}

/** One of these texts. */
export function oneOf<const T extends readonly string[]>(values: T): Shape<T[number]> {
  return (value, path, issues) => {
    if (value === undefined) return reject(issues, 'REQUIRED', path);
    const found = values.find((allowed) => allowed === value);
    return found ?? reject(issues, 'NOT_ALLOWED', path);
  };
}

/** A safe integer within these bounds, both included. */
export function integer(minimum: number, maximum: number = Number.MAX_SAFE_INTEGER): Shape<number> {
  return (value, path, issues) => {
    if (typeof value !== 'number') return reject(issues, value === undefined ? 'REQUIRED' : 'NOT_AN_INTEGER', path);
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) return reject(issues, 'NOT_AN_INTEGER', path);
    if (value < minimum) return reject(issues, 'TOO_SMALL', path);
    return value > maximum ? reject(issues, 'TOO_LARGE', path) : value;
  };
}

/** True or false. */
export const flag: Shape<boolean> = (value, path, issues) =>
  typeof value === 'boolean' ? value : reject(issues, value === undefined ? 'REQUIRED' : 'NOT_A_BOOLEAN', path);

/** A calendar date that exists. */
export const plainDate: Shape<string> = text(isPlainDate, 'NOT_A_DATE');

/** A UTC instant. */
export const instant: Shape<string> = text(isInstant, 'NOT_AN_INSTANT');

/** Reads a National Provider Identifier. */
export const npiShape: Shape<string> = text(isNpi, 'CHECK_DIGIT');

/** Reads a SHA-256 in lower-case hexadecimal. */
export const sha256Shape: Shape<string> = text(/^[0-9a-f]{64}$/);

/** A list of such values with that many entries. */
export function list<T>(shape: Shape<T>, minimum = 0, maximum = Number.MAX_SAFE_INTEGER): Shape<readonly T[]> {
  return (value, path, issues) => {
    if (!Array.isArray(value)) return reject(issues, value === undefined ? 'REQUIRED' : 'NOT_A_LIST', path);
    if (value.length < minimum) return reject(issues, 'TOO_FEW', path);
    if (value.length > maximum) return reject(issues, 'TOO_MANY', path);
    return value.map((entry: unknown, index) => shape(entry, `${path}/${index}`, issues));
  };
}

/** Marks a field that an object may leave out. */
export function optional<T>(shape: Shape<T>): Shape<T> {
  return Object.assign((value: unknown, path: string, issues: Issue[]) => shape(value, path, issues), { optional: true });
}

/** Null, or such a value. */
export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  return (value, path, issues) => (value === null ? null : shape(value, path, issues));
}

/** A shape for every field of T. */
export type Fields<T> = { readonly [K in keyof T]-?: Shape<Exclude<T[K], undefined>> };

/** An object with exactly these fields; `optional` ones may be left out, unknown ones are refused. */
export function object<T extends object>(fields: Fields<T>): Shape<T> {
  const shapes = new Map(Object.entries<Shape<unknown>>(fields));
  return (value, path, issues) => {
    if (!isRecord(value)) return reject(issues, value === undefined ? 'REQUIRED' : 'NOT_AN_OBJECT', path);
    for (const key of Object.keys(value)) if (!shapes.has(key)) reject(issues, 'UNKNOWN_FIELD', `${path}/${pointerToken(key)}`);
    const result: Record<string, unknown> = {};
    for (const [key, shape] of shapes) {
      if (Object.hasOwn(value, key) || shape.optional !== true) result[key] = shape(ownField(value, key), `${path}/${key}`, issues);
    }
    return result as T;
  };
}

/** An object whose `tag` field decides which of these shapes it has. */
export function variant<T extends object>(tag: string, shapes: Readonly<Record<string, Shape<T>>>): Shape<T> {
  return (value, path, issues) => {
    if (!isRecord(value)) return reject(issues, value === undefined ? 'REQUIRED' : 'NOT_AN_OBJECT', path);
    const name = ownField(value, tag);
    if (name === undefined) return reject(issues, 'REQUIRED', `${path}/${tag}`);
    const shape = typeof name === 'string' && Object.hasOwn(shapes, name) ? shapes[name] : undefined;
    return shape === undefined ? reject(issues, 'NOT_ALLOWED', `${path}/${tag}`) : shape(value, path, issues);
  };
}

/** A shape with a further condition on what it read. */
export function where<T>(shape: Shape<T>, accepts: (value: T) => boolean, code: IssueCode): Shape<T> {
  return (value, path, issues) => {
    const before = issues.length;
    const read = shape(value, path, issues);
    return issues.length > before || accepts(read) ? read : reject(issues, code, path);
  };
}

function ownField(value: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function pointerToken(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
