import type { Network } from '@hyperledger/fabric-gateway';

/** A place in the chain: everything in the blocks before it, and in its own block up to the transaction, is behind it. */
export interface LedgerPosition {
  readonly blockNumber: number;
  readonly transactionId?: string;
}

/** One event of a chaincode, where it stands. */
export interface LedgerEvent {
  readonly name: string;
  readonly payload: Uint8Array;
  readonly position: Required<LedgerPosition>;
}

/** Events as they are committed, from the own peer. Iterating throws where the peer is away; then it is opened again. */
export interface EventStream extends AsyncIterable<LedgerEvent> {
  close(): void;
}

/** Opens the events of a chaincode after a position; a block that is not there yet is waited for. */
export async function openEventStream(network: Network, chaincode: string, after: LedgerPosition): Promise<EventStream> {
  const events = await network.getChaincodeEvents(chaincode, {
    checkpoint: { getBlockNumber: () => BigInt(after.blockNumber), getTransactionId: () => after.transactionId },
  });

  return {
    close: () => { events.close(); },
    async *[Symbol.asyncIterator]() {
      for await (const { eventName, payload, blockNumber, transactionId } of events) {
        yield { name: eventName, payload, position: { blockNumber: Number(blockNumber), transactionId } };
      }
    },
  };
}
