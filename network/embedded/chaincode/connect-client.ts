import { credentials, makeClientConstructor } from '@grpc/grpc-js';
import type { ChannelCredentials, Client, ClientDuplexStream, MethodDefinition } from '@grpc/grpc-js';
import { peer } from '@hyperledger/fabric-protos';
import type { ChaincodeAddress } from './address.js';

/** The stream between peer and chaincode server; what the peer sends is already serialised. */
export type ConnectCall = ClientDuplexStream<Uint8Array, peer.ChaincodeMessage>;

/** As Fabric's peers: they send up to 100 MB, and what chaincode returns has no limit here. */
const options = {
  'grpc.max_receive_message_length': -1,
  'grpc.max_send_message_length': 100 * 1024 * 1024,
  'grpc.enable_retries': 0,
  'grpc.use_local_subchannel_pool': 1,
};

const connect: MethodDefinition<Uint8Array, peer.ChaincodeMessage> = {
  path: '/protos.Chaincode/Connect',
  requestStream: true,
  responseStream: true,
  requestSerialize: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  requestDeserialize: (bytes) => bytes,
  responseSerialize: (message) => Buffer.from(message.serializeBinary()),
  responseDeserialize: (bytes) => peer.ChaincodeMessage.deserializeBinary(bytes),
};

const ConnectClient = makeClientConstructor({ connect }, 'protos.Chaincode');

/** A gRPC client of one chaincode server; the caller closes it. */
export interface ChaincodeClient {
  readonly client: Client;
  openStream(): ConnectCall;
}

export function chaincodeClient({ address, tls }: ChaincodeAddress): ChaincodeClient {
  const client = new ConnectClient(address, tls ? tlsCredentials(tls) : credentials.createInsecure(), options);
  return {
    client,
    openStream: () =>
      client.makeBidiStreamRequest(connect.path, connect.requestSerialize, connect.responseDeserialize),
  };
}

function tlsCredentials(tls: NonNullable<ChaincodeAddress['tls']>): ChannelCredentials {
  const roots = Buffer.from(tls.rootCertificates);
  if (!tls.client) return credentials.createSsl(roots);
  return credentials.createSsl(roots, Buffer.from(tls.client.key), Buffer.from(tls.client.certificate));
}
