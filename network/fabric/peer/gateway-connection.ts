import { createHash } from 'node:crypto';
import { Client, credentials } from '@grpc/grpc-js';
import { connect, type Contract, type Gateway, signers } from '@hyperledger/fabric-gateway';
import type { SigningIdentity } from '../../identities/index.js';
import type { PeerEndpoint } from './peer-client.js';

/** A member's connection through the gateway of one of its peers, by the official client. */
export class GatewayConnection {
  private readonly client: Client;
  private readonly gateway: Gateway;

  constructor({ endpoint, tlsCaCert }: PeerEndpoint, signer: SigningIdentity) {
    this.client = new Client(endpoint, credentials.createSsl(Buffer.from(tlsCaCert)), { 'grpc.max_receive_message_length': -1 });
    this.gateway = connect({
      client: this.client,
      identity: { mspId: signer.mspId, credentials: Buffer.from(signer.certificate) },
      signer: signers.newPrivateKeySigner(signer.privateKey),
      hash: (message) => createHash('sha256').update(message).digest(),
    });
  }

  contract(channel: string, chaincode: string): Contract {
    return this.gateway.getNetwork(channel).getContract(chaincode);
  }

  close(): void {
    this.gateway.close();
    this.client.close();
  }
}
