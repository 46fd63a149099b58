import type { Network } from '@hyperledger/fabric-gateway';
import { median } from '../statistics.js';

/** Blocks that were cut while something was measured. */
export interface BlockFigures {
  readonly count: number;
  readonly transactions: number;
  readonly medianTransactions: number;
  readonly medianKilobytes: number;
  readonly largestKilobytes: number;
  /** Transactions by validation code. */
  readonly codes: Readonly<Record<string, number>>;
}

/** Follows the channel while `work` runs, and tells what its blocks were like. */
export async function withBlockFigures<T>(network: Network, work: () => Promise<T>): Promise<{ readonly result: T; readonly blocks: BlockFigures }> {
  const stream = await network.getBlockEvents();
  const seen: { transactions: number; kilobytes: number; codes: Uint8Array }[] = [];
  const reading = (async (): Promise<void> => {
    for await (const block of stream) {
      const [, , codes] = block.getMetadata()?.getMetadataList_asU8() ?? [];
      seen.push({ transactions: block.getData()?.getDataList().length ?? 0, kilobytes: block.serializeBinary().length / 1024, codes: codes ?? new Uint8Array() });
    }
  })();
  try {
    const result = await work();
    return { result, blocks: figuresOf(seen) };
  } finally {
    stream.close();
    await reading.catch(() => undefined); // It was closed here.
  }
}

function figuresOf(seen: readonly { readonly transactions: number; readonly kilobytes: number; readonly codes: Uint8Array }[]): BlockFigures {
  const codes: Record<string, number> = {};
  for (const code of seen.flatMap((block) => [...block.codes])) codes[code] = (codes[code] ?? 0) + 1;
  return {
    count: seen.length,
    transactions: seen.reduce((sum, { transactions }) => sum + transactions, 0),
    medianTransactions: median(seen.map(({ transactions }) => transactions)),
    medianKilobytes: median(seen.map(({ kilobytes }) => kilobytes)),
    largestKilobytes: Math.max(0, ...seen.map(({ kilobytes }) => kilobytes)),
    codes,
  };
}
