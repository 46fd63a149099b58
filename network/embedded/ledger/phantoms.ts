import type { Version } from './api.js';
import { compareKeys } from './key-order.js';
import { QueryReads } from './query-reads.js';
import type { KeyRead, MerkleSummary, RangeQuery } from './read-write-set.js';
import { sameBytes } from './sha256.js';
import type { StateReader } from './state-view.js';
import type { UpdateBatch } from './update-batch.js';
import { sameVersion } from './version.js';

interface FoundKey {
  readonly key: string;
  readonly version: Version;
}

/** Whether the range, read again over the state and the block's earlier writes, gives anything but what was recorded. */
export async function hasPhantom(namespace: string, query: RangeQuery, state: StateReader, updates: UpdateBatch): Promise<boolean> {
  const found = currentKeys(namespace, query, state, updates);
  try {
    return query.summary === undefined
      ? !(await sameReads(query.reads, found))
      : !(await sameSummary(query.summary, found));
  } finally {
    await found.return();
  }
}

/** Live keys of the range now; the last key that a query saw counts as within where it was not read to its end. */
async function* currentKeys(
  namespace: string,
  query: RangeQuery,
  state: StateReader,
  updates: UpdateBatch,
): AsyncGenerator<FoundKey, void, void> {
  yield* mergedKeys(namespace, query, state, updates);
  if (query.exhausted) return;
  const last = updates.get(namespace, query.endKey) ?? state.get(namespace, query.endKey);
  if (last?.value !== undefined) yield { key: query.endKey, version: last.version };
}

/** Committed keys and the block's updates in one order; an update hides the committed key. */
async function* mergedKeys(
  namespace: string,
  { startKey, endKey }: RangeQuery,
  state: StateReader,
  updates: UpdateBatch,
): AsyncGenerator<FoundKey, void, void> {
  const reader = state.range(namespace, startKey, endKey);
  try {
    let committed = await reader.next();
    for (const key of updates.keysInRange(namespace, startKey, endKey)) {
      for (; committed !== undefined && compareKeys(committed.key, key) < 0; committed = await reader.next()) yield committed;
      if (committed?.key === key) committed = await reader.next();
      const update = updates.get(namespace, key);
      if (update?.value !== undefined) yield { key, version: update.version };
    }
    for (; committed !== undefined; committed = await reader.next()) yield committed;
  } finally {
    reader.close();
  }
}

async function sameReads(reads: readonly KeyRead[], found: AsyncGenerator<FoundKey, void, void>): Promise<boolean> {
  for (const read of reads) {
    const next = await found.next();
    if (next.done === true || next.value.key !== read.key || !sameVersion(next.value.version, read.version)) return false;
  }

  return (await found.next()).done === true;
}

async function sameSummary(recorded: MerkleSummary, found: AsyncGenerator<FoundKey, void, void>): Promise<boolean> {
  const tree = new QueryReads(recorded.maxDegree);
  for await (const { key, version } of found) tree.add({ key, version });
  const { summary } = tree.finish();

  return summary !== undefined && summary.maxLevel === recorded.maxLevel && sameHashes(summary.hashes, recorded.hashes);
}

function sameHashes(a: readonly Uint8Array[], b: readonly Uint8Array[]): boolean {
  return a.length === b.length && a.every((hash, index) => sameBytes(hash, b[index] ?? new Uint8Array(0)));
}
