// UTF-16 code units sort as UTF-8 bytes do once surrogates are moved behind the rest of the basic plane.
const rank = (unit: number): number => (unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit);

/** Orders keys by their UTF-8 bytes, as LevelDB and Go do (JavaScript's own order differs above U+FFFF). */
export function compareKeys(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index += 1) {
    const difference = rank(a.charCodeAt(index)) - rank(b.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** A map's values in the key order of `compareKeys`: how every list of a read-write set is sorted. */
export function inKeyOrder<T>(entries: ReadonlyMap<string, T>): T[] {
  return [...entries].sort(([a], [b]) => compareKeys(a, b)).map(([, value]) => value);
}
