import { createHash } from 'node:crypto';
import { Client, credentials } from '@grpc/grpc-js';
import { CommitError, connect, type Contract, type Gateway, GatewayError, type Network, type ProposalOptions, type Status, signers, type Transaction } from '@hyperledger/fabric-gateway';
import { gateway as protos } from '@hyperledger/fabric-protos';
import type { SigningIdentity } from '../../identities/index.js';
import type { PeerEndpoint } from './peer-client.js';

/** A member's connection through the gateway of one of its peers, by the official client. */
export class GatewayConnection {
  private readonly client: Client;
  private readonly gateway: Gateway;

  constructor(
    { endpoint, tlsCaCert }: PeerEndpoint,
    private readonly signer: SigningIdentity,
  ) {
    this.client = new Client(endpoint, credentials.createSsl(Buffer.from(tlsCaCert)), { 'grpc.max_receive_message_length': -1 });
    this.gateway = connect({
      client: this.client,
      identity: { mspId: signer.mspId, credentials: Buffer.from(signer.certificate) },
      signer: signers.newPrivateKeySigner(signer.privateKey),
      hash: (message) => createHash('sha256').update(message).digest(),
    });
  }

  network(channel: string): Network {
    return this.gateway.getNetwork(channel);
  }

  contract(channel: string, chaincode: string): Contract {
    return this.network(channel).getContract(chaincode);
  }

  /**
   * Endorses and orders a transaction and waits until it is committed as valid; answers its result. Throws what the official
   * client throws, but for one case: see {@link wasOrdered}.
   */
  async submit(channel: string, chaincode: string, name: string, options: ProposalOptions): Promise<Uint8Array> {
    const transaction = await this.contract(channel, chaincode).newProposal(name, options).endorse();
    await order(transaction);
    const status = await this.commitStatus(channel, transaction.getTransactionId());
    if (!status.successful) {
      throw new CommitError({ message: `Transaction ${status.transactionId} failed to commit with status code ${status.code}`, code: status.code, transactionId: status.transactionId });
    }
    return transaction.getResult();
  }

  /** Waits until the gateway's peer has committed a transaction, whoever submitted it. */
  async commitStatus(channel: string, transactionId: string): Promise<Status> {
    const request = new protos.CommitStatusRequest();
    request.setChannelId(channel);
    request.setTransactionId(transactionId);
    request.setIdentity(this.signer.serialize());
    const unsigned = new protos.SignedCommitStatusRequest();
    unsigned.setRequest(request.serializeBinary());
    return this.gateway.newCommit(unsigned.serializeBinary()).getStatus();
  }

  close(): void {
    this.gateway.close();
    this.client.close();
  }
}

async function order(transaction: Transaction): Promise<void> {
  try {
    await transaction.submit();
  } catch (error) {
    if (!wasOrdered(error)) throw error;
  }
}

/**
 * True for a failed submit of a transaction that was ordered all the same. Under BFT the gateway hands a transaction to every
 * orderer and wants a quorum to take it. An orderer that has seen the block already answers "request already processed",
 * which the peer (3.1.5) counts as a refusal, though it is proof of the contrary.
 */
export function wasOrdered(error: unknown): boolean {
  return error instanceof GatewayError && error.details.some(({ message }) => message.includes('request already processed'));
}
