/** The field with its value, or nothing at all: canonical JSON has no undefined. Spread it into an object. */
export function present<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}
