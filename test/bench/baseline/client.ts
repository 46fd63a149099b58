import { createPrivateKey, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Client, credentials } from '@grpc/grpc-js';
import { connect, hash, type Contract, type Signer } from '@hyperledger/fabric-gateway';
import { OrganizationPaths, toLowS } from '@medaccord/network/identities';
import { baselineChaincode, baselineChannel, baselineMspId, type BaselineNetwork } from './network.js';

/** The official client, connected to the baseline network as a client of its first organisation. */
export interface BaselineClient {
  readonly contract: Contract;
  close(): void;
}

export async function connectBaseline(network: BaselineNetwork): Promise<BaselineClient> {
  const mspId = baselineMspId('alpha');
  const peer = network.peers[mspId];
  if (peer === undefined) throw new Error(`no peer of ${mspId}`);
  const user = new OrganizationPaths(network.organizationsPath, 'alpha.example').user('client');
  const client = new Client(peer.endpoint, credentials.createSsl(Buffer.from(peer.tlsCaCert)), { 'grpc.max_receive_message_length': -1 });
  const gateway = connect({
    client,
    identity: { mspId, credentials: await readFile(user.certificate) },
    signer: nativeSigner(await readFile(user.privateKey)),
    hash: hash.none,
  });
  return {
    contract: gateway.getNetwork(baselineChannel).getContract(baselineChaincode),
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
