import { invalidInput, issue } from '@medaccord/domain';

/** The body with fields that stand in the path; a body that names them itself is refused, whatever it says. */
export function withFields(body: unknown, fields: Readonly<Record<string, unknown>>): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const twice = Object.keys(fields).filter((name) => Object.hasOwn(body, name));
  if (twice.length > 0) throw invalidInput(twice.map((name) => issue('UNKNOWN_FIELD', `/${name}`)));

  return { ...body, ...fields };
}

/** The body with fields that the gateway fills in where the client left them out. */
export function withDefaults(body: unknown, defaults: Readonly<Record<string, unknown>>): unknown {
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...defaults, ...body } : body;
}
