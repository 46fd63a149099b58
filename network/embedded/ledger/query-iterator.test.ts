import { QueryIterator } from './query-iterator.js';

/** A source of these results that counts how often it was asked. */
function source(...results: readonly string[]): { next(): Promise<string | undefined>; close(): void; asked: number } {
  const left = [...results];
  return {
    asked: 0,
    next() {
      this.asked += 1;
      return Promise.resolve(left.shift());
    },
    close: () => undefined,
  };
}

describe('a query', () => {
  it('comes in batches, and asks for one result more to learn whether there is more', async () => {
    const results = source('a', 'b', 'c');
    const query = new QueryIterator(results);
    expect(await query.next(2)).toEqual({ results: ['a', 'b'], hasMore: true });
    expect(results.asked).toBe(3);
    expect(await query.next(2)).toEqual({ results: ['c'], hasMore: false });
  });

  it('that is closed has no results, and asks for none', async () => {
    const results = source('a');
    const query = new QueryIterator(results);
    query.close();
    expect(await query.next(2)).toEqual({ results: [], hasMore: false });
    expect(results.asked).toBe(0);
  });

  it('ends where its limit is reached', async () => {
    expect(await new QueryIterator(source('a', 'b', 'c'), 2).next(10)).toEqual({ results: ['a', 'b'], hasMore: false });
  });
});
