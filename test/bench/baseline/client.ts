import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Client, credentials } from '@grpc/grpc-js';
import { connect, hash, signers, type Contract } from '@hyperledger/fabric-gateway';
import { OrganizationPaths } from '@medaccord/network/identities';
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
    signer: signers.newPrivateKeySigner(createPrivateKey(await readFile(user.privateKey))),
    hash: hash.sha256,
  });
  return {
    contract: gateway.getNetwork(baselineChannel).getContract(baselineChaincode),
    close: () => {
      gateway.close();
      client.close();
    },
  };
}
