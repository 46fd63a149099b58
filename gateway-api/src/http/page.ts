import { integer, invalidInput, issue, object, optional, parse, text } from '@medaccord/domain';
import type { Shape } from '@medaccord/domain';

const USUAL_LIMIT = 100;

const pageRequest = object<Partial<Page>>({ after: optional(text(/^[0-9a-f]{32,64}$/)), limit: optional(integer(1, 1000)) });

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
  return pageIn(pageRequest, rest);
}

/** Reads a page whose place has a shape of its own. */
export function pageIn(shape: Shape<Partial<Page>>, query: Readonly<Record<string, unknown>>): Page {
  const { limit } = query;
  const { after = '', limit: most = USUAL_LIMIT } = parse(shape, typeof limit === 'string' ? { ...query, limit: /^\d{1,4}$/.test(limit) ? Number(limit) : limit } : query);
  return { after, limit: most };
}
