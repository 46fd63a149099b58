import type { ServerDuplexStream } from '@grpc/grpc-js';
import { common, orderer } from '@hyperledger/fabric-protos';
import { BroadcastRefused } from './admitted-envelopes.js';
import type { Orderer } from './orderer.js';

/** Answers each envelope of a broadcast stream with its status, in order. */
export function serveBroadcast(call: ServerDuplexStream<common.Envelope, orderer.BroadcastResponse>, ordering: Orderer): void {
  call.on('data', (envelope: common.Envelope) => {
    call.write(broadcastResponse(envelope, ordering));
  });
  call.on('end', () => {
    call.end();
  });
}

function broadcastResponse(envelope: common.Envelope, ordering: Orderer): orderer.BroadcastResponse {
  const response = new orderer.BroadcastResponse();
  try {
    ordering.broadcast(envelope);
    response.setStatus(common.Status.SUCCESS);
  } catch (cause) {
    const refused = cause instanceof BroadcastRefused;
    response.setStatus(refused ? common.Status[cause.status] : common.Status.SERVICE_UNAVAILABLE);
    response.setInfo(refused ? cause.info : String(cause));
  }
  return response;
}
