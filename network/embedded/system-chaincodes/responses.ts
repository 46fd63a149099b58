import { peer } from '@hyperledger/fabric-protos';

export function success(payload: Uint8Array): peer.Response {
  const response = new peer.Response();
  response.setStatus(200);
  response.setPayload(payload);
  return response;
}

export function failure(message: string, status = 500): peer.Response {
  const response = new peer.Response();
  response.setStatus(status);
  response.setMessage(message);
  return response;
}

export function text(argument: Uint8Array | undefined): string {
  return Buffer.from(argument ?? []).toString();
}
