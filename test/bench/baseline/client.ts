import { createPrivateKey, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Client, credentials } from '@grpc/grpc-js';
import { connect, hash, type Contract, type Network, type Signer } from '@hyperledger/fabric-gateway';
import { toLowS } from '@medaccord/network/identities';
import { baselineChaincode } from './network.js';

/** Where and as whom the official client connects. */
export interface ClientPlace {
  readonly channel: string;
  readonly mspId: string;
  readonly peer: { readonly endpoint: string; readonly tlsCaCert: string };
  /** PEM files of the person that signs. */
  readonly user: { readonly certificate: string; readonly privateKey: string };
}

/** The official client with one chaincode's contract. */
export interface LedgerClient {
  readonly network: Network;
  readonly contract: Contract;
  close(): void;
}

/** The official client with the baseline's contract. */
export type BaselineClient = LedgerClient;

export async function connectBaseline(place: ClientPlace): Promise<BaselineClient> {
  return connectTo(baselineChaincode, place);
}

/** The official client with a chaincode's contract. */
export async function connectTo(chaincode: string, { channel, mspId, peer, user }: ClientPlace): Promise<LedgerClient> {
  const client = new Client(peer.endpoint, credentials.createSsl(Buffer.from(peer.tlsCaCert)), { 'grpc.max_receive_message_length': -1 });
  const gateway = connect({
    client,
    identity: { mspId, credentials: await readFile(user.certificate) },
    signer: nativeSigner(await readFile(user.privateKey)),
    hash: hash.none,
  });
  const network = gateway.getNetwork(channel);
  return {
    network,
    contract: network.getContract(chaincode),
    close: () => {
      gateway.close();
      client.close();
    },
  };
}

/** Signs with Node's own cryptography; the client's ready-made signer computes in JavaScript and costs more than the rest of a call. */
function nativeSigner(pem: Buffer): Signer {
  const key = createPrivateKey(pem);
  return (message) => Promise.resolve(toLowS(sign('sha256', message, key)));
}
