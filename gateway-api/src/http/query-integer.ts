/** Query parameters are text: the query with a whole number where there is one; anything else is left for its shape to refuse. */
export function withInteger(query: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> {
  const text = query[name];

  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? { ...query, [name]: Number(text) } : query;
}
