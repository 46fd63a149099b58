import { Metadata, status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { gateway, google } from '@hyperledger/fabric-protos';
import any from 'google-protobuf/google/protobuf/any_pb.js';

/** What went wrong at one peer. */
export interface EndpointFailure {
  readonly address: string;
  readonly mspId: string;
  readonly message: string;
}

/** A refusal of the gateway, with Fabric's code, text and details per peer. */
export class GatewayStatus extends Error {
  override readonly name = 'GatewayStatus';

  constructor(
    readonly code: status,
    message: string,
    readonly failures: readonly EndpointFailure[] = [],
  ) {
    super(message);
  }
}

/** The error that gRPC sends; anything that is no {@link GatewayStatus} becomes UNKNOWN, as in a Go server. */
export function serviceError(cause: unknown): ServiceError {
  if (cause instanceof GatewayStatus) {
    return Object.assign(new Error(cause.message), {
      code: cause.code,
      details: cause.message,
      metadata: detailsMetadata(cause),
    });
  }
  const message = cause instanceof Error ? cause.message : String(cause);
  return Object.assign(new Error(message), { code: status.UNKNOWN, details: message, metadata: new Metadata() });
}

function detailsMetadata({ code, message, failures }: GatewayStatus): Metadata {
  const metadata = new Metadata();
  if (failures.length === 0) return metadata;
  const rpcStatus = new google.rpc.Status();
  rpcStatus.setCode(code);
  rpcStatus.setMessage(message);
  for (const failure of failures) {
    const detail = new gateway.ErrorDetail();
    detail.setAddress(failure.address);
    detail.setMspId(failure.mspId);
    detail.setMessage(failure.message);
    const packed = new any.Any();
    packed.pack(detail.serializeBinary(), 'gateway.ErrorDetail');
    rpcStatus.addDetails(packed);
  }
  metadata.set('grpc-status-details-bin', Buffer.from(rpcStatus.serializeBinary()));
  return metadata;
}
