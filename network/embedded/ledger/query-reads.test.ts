import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ledger } from '@hyperledger/fabric-protos';
import { QueryReads } from './query-reads.js';
import type { KeyRead, MerkleSummary } from './read-write-set.js';
import { sha256 } from './sha256.js';

interface Recorded {
  readonly count: number;
  readonly reads: number;
  readonly level?: number;
  readonly hashes?: number;
  /** SHA-256 (hex) of the serialized summary. */
  readonly digest?: string;
}

const recorded = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../embedded/ledger/testing/query-reads.json'), 'utf8'),
) as Recorded[];

function read(index: number): KeyRead {
  return { key: `key${String(index).padStart(5, '0')}`, version: { blockNumber: Math.floor(index / 7), txNumber: index % 7 } };
}

function digest({ maxDegree, maxLevel, hashes }: MerkleSummary): string {
  const proto = new ledger.rwset.kvrwset.QueryReadsMerkleSummary();
  proto.setMaxDegree(maxDegree);
  proto.setMaxLevel(maxLevel);
  proto.setMaxLevelHashesList([...hashes]);

  return sha256(proto.serializeBinary()).toString('hex');
}

describe('what a range query records', () => {
  it.each(recorded)('of $count results is what a Fabric peer records', ({ count, reads, level, hashes, digest: expected }) => {
    const collected = new QueryReads();
    for (let index = 0; index < count; index += 1) collected.add(read(index));
    const { reads: plain, summary } = collected.finish();
    expect(plain).toHaveLength(reads);
    expect(summary && { level: summary.maxLevel, hashes: summary.hashes.length, digest: digest(summary) }).toEqual(
      expected === undefined ? undefined : { level, hashes, digest: expected },
    );
  });
});
