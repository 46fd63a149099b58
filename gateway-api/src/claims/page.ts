import { invalidInput, issue, parse } from '@medaccord/domain';
import { pageRequest } from './requests.js';

const USUAL_LIMIT = 100;

/** A part of a list: what comes after an id, and how many of it. */
export interface Page {
  readonly after: string;
  readonly limit: number;
}

/** Reads the query of a list; `fixed` names further parameters with the values that they may have. */
export function pageOf(query: Readonly<Record<string, unknown>>, fixed: Readonly<Record<string, readonly string[]>> = {}): Page {
  const rest = { ...query };
  for (const [name, values] of Object.entries(fixed)) {
    if (typeof rest[name] !== 'string' || !values.includes(rest[name])) throw invalidInput([issue(rest[name] === undefined ? 'REQUIRED' : 'NOT_ALLOWED', `/${name}`)]);
    Reflect.deleteProperty(rest, name);
  }
  const { limit } = rest;
  const read = parse(pageRequest, typeof limit === 'string' ? { ...rest, limit: /^\d{1,4}$/.test(limit) ? Number(limit) : limit } : rest);

  return { after: read.after ?? '', limit: read.limit ?? USUAL_LIMIT };
}
