import { StateCache } from './state-cache.js';
import type { VersionedValue } from './versioned-value.js';

const value = (size: number): VersionedValue => ({
  value: new Uint8Array(size),
  metadata: undefined,
  version: { blockNumber: 1, txNumber: 0 },
});

describe('the state cache', () => {
  it('answers only at heights at which the value already held', () => {
    const cache = new StateCache(10_000);
    cache.set('a', value(1), 5);
    expect(cache.get('a', 4)).toBeUndefined();
    expect(cache.get('a', 5)?.value).toEqual(value(1));
    expect(cache.get('a', 9)?.value).toEqual(value(1));
  });

  it('knows absent keys too', () => {
    const cache = new StateCache(10_000);
    cache.set('a', undefined, 5);
    expect(cache.get('a', 5)).toMatchObject({ value: undefined });
    expect(cache.get('b', 5)).toBeUndefined();
  });

  it('gives up the least recently used beyond its size', () => {
    const cache = new StateCache(1_000);
    for (const key of ['a', 'b', 'c']) cache.set(key, value(200), 1);
    cache.get('a', 1);
    cache.set('d', value(200), 1);
    expect(['a', 'b', 'c', 'd'].filter((key) => cache.get(key, 1) !== undefined)).toEqual(['a', 'c', 'd']);
  });

  it('counts a replaced value once', () => {
    const cache = new StateCache(1_000);
    for (let round = 0; round < 50; round += 1) cache.set('a', value(200), round);
    cache.set('b', value(200), 1);
    expect(cache.get('a', 50)).toBeDefined();
  });
});
