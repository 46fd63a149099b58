import { status } from '@grpc/grpc-js';
import { gateway, orderer, peer } from '@hyperledger/fabric-protos';
import { blocksFrom } from '../blocks/block-feed.js';
import { chaincodeEvents, transactionsOf } from '../blocks/block-transactions.js';
import type { Ledger } from '../ledger/api.js';
import { GatewayStatus } from './gateway-status.js';

/** One message per block that holds events of the chaincode, of valid transactions only, in the chain's order. */
export async function* chaincodeEventsFrom(
  request: gateway.ChaincodeEventsRequest,
  ledger: Ledger,
  mspId: string,
  signal: AbortSignal,
): AsyncGenerator<gateway.ChaincodeEventsResponse, void, undefined> {
  const isWanted = eventFilter(request);
  const start = await startBlock(request, ledger, mspId);
  for await (const block of blocksFrom(ledger, mspId, start, signal)) {
    const events = transactionsOf(block)
      .filter(({ validationCode }) => validationCode === peer.TxValidationCode.VALID)
      .flatMap(chaincodeEvents)
      .filter(isWanted);
    if (events.length === 0) continue;
    const response = new gateway.ChaincodeEventsResponse();
    response.setBlockNumber(block.getHeader()?.getNumber() ?? 0);
    response.setEventsList(events);
    yield response;
  }
}

/** With a transaction to start after, events count only once that transaction's own has gone by. */
function eventFilter(request: gateway.ChaincodeEventsRequest): (event: peer.ChaincodeEvent) => boolean {
  const chaincode = request.getChaincodeId();
  const after = request.getAfterTransactionId();
  let passed = after === '';
  return (event) => {
    if (passed) return event.getChaincodeId() === chaincode;
    passed = event.getTxId() === after;
    return false;
  };
}

async function startBlock(request: gateway.ChaincodeEventsRequest, ledger: Ledger, mspId: string): Promise<number> {
  const after = request.getAfterTransactionId();
  const stored = after === '' ? undefined : await ledger.transaction(mspId, after);
  if (stored) return stored.blockNumber;
  return positionOf(request.getStartPosition(), ledger.chainInfo(mspId).height);
}

function positionOf(position: orderer.SeekPosition | undefined, height: number): number {
  const { TypeCase } = orderer.SeekPosition;
  switch (position?.getTypeCase()) {
    case TypeCase.SPECIFIED:
      return position.getSpecified()?.getNumber() ?? 0;
    case TypeCase.OLDEST:
      throw invalidPosition('Oldest');
    case TypeCase.NEWEST:
      throw invalidPosition('Newest');
    case TypeCase.NEXT_COMMIT:
    case TypeCase.TYPE_NOT_SET:
    case undefined:
    default:
      return height;
  }
}

function invalidPosition(kind: 'Oldest' | 'Newest'): GatewayStatus {
  return new GatewayStatus(status.INVALID_ARGUMENT, `invalid start position type: *orderer.SeekPosition_${kind}`);
}
