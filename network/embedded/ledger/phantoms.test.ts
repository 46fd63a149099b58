import { hasPhantom } from './phantoms.js';
import { QueryReads } from './query-reads.js';
import type { RangeQuery } from './read-write-set.js';
import type { StateReader } from './state-view.js';
import { UpdateBatch } from './update-batch.js';

const version = { blockNumber: 1, txNumber: 0 };
const keys = (count: number): string[] => Array.from({ length: count }, (_, index) => `k${String(index).padStart(3, '0')}`);

/** A state of these keys, all of one version. */
function state(...held: readonly string[]): StateReader {
  return {
    get: () => undefined,
    range: () => {
      const left = [...held];
      return {
        next: () => {
          const key = left.shift();
          return Promise.resolve(key === undefined ? undefined : { key, value: Buffer.from('x'), metadata: undefined, version });
        },
        close: () => undefined,
      };
    },
  };
}

function query(read: readonly string[]): RangeQuery {
  const reads = new QueryReads();
  for (const key of read) reads.add({ key, version });
  return { startKey: '', endKey: '', exhausted: true, ...reads.finish() };
}

const isPhantom = (recorded: RangeQuery, ...held: readonly string[]): Promise<boolean> => hasPhantom('cc', recorded, state(...held), new UpdateBatch());

describe('a range that an endorser recorded', () => {
  it('is compared key by key, also where versions are the same', async () => {
    expect(await isPhantom(query(['a', 'b']), 'a', 'b')).toBe(false);
    expect(await isPhantom(query(['a', 'b']), 'a', 'c')).toBe(true);
  });

  it('is compared by hashes where it is long, and by how they were made', async () => {
    const recorded = query(keys(120));
    expect(await isPhantom(recorded, ...keys(120))).toBe(false);
    expect(await isPhantom(recorded, ...keys(119))).toBe(true);
    expect(await isPhantom(recorded, ...keys(10))).toBe(true);
    const { summary } = recorded;
    expect(await isPhantom({ ...recorded, summary: summary && { ...summary, maxLevel: summary.maxLevel + 1 } }, ...keys(120))).toBe(true);
  });

  it('of whole groups differs from one with a result more', async () => {
    expect(await isPhantom(query(keys(103)), ...keys(102))).toBe(true);
    expect(await isPhantom(query(keys(102)), ...keys(103))).toBe(true);
  });
});
