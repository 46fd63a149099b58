import type { common } from '@hyperledger/fabric-protos';
import type { Ledger } from '../ledger/api.js';

/** An organisation's committed blocks from a number on, without end: waits for those that are not committed yet. */
export async function* blocksFrom(
  ledger: Ledger,
  mspId: string,
  start: number,
  signal: AbortSignal,
): AsyncGenerator<common.Block, void, undefined> {
  for (let number = start; !signal.aborted; number += 1) {
    await ledger.whenCommitted(mspId, number, signal);
    const block = await ledger.blockByNumber(mspId, number);
    if (!block) throw new Error(`block ${number} is committed but cannot be read`);
    yield block;
  }
}
