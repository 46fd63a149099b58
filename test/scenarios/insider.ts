import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Client, credentials } from '@grpc/grpc-js';
import { connect, GatewayError, hash, signers, type Gateway, type Transaction } from '@hyperledger/fabric-gateway';
import { decodeError } from '@medaccord/domain';
import { datedProposal } from '@medaccord/contracts/testing/dated-proposal';
import type { StackEndpoints } from '@medaccord/network/cli';
import { OrganizationPaths } from '@medaccord/network/identities';

/** Whose peers a transaction is sent to, what it brings besides its argument, and of which time it claims to be. */
export interface Sending {
  readonly endorsers?: readonly string[];
  readonly forgery?: 'event' | 'timeline';
  readonly time?: Date;
}

/** What became of a transaction: Fabric's validation code, the chaincode's refusal, or what the peers said. */
export type Outcome = number | string;

/** A person with a certificate of a member, who goes past the gateway's checks with the official client. */
export class Insider {
  private constructor(private readonly client: Client, private readonly gateway: Gateway, private readonly channel: string) {}

  static async of(endpoints: StackEndpoints, organisation: string, user: string): Promise<Insider> {
    const mspId = endpoints.gateways[organisation]?.mspId ?? '';
    const peer = endpoints.peers[mspId];
    if (peer === undefined) throw new Error(`no peer of ${organisation}`);
    const paths = new OrganizationPaths(endpoints.organizationsPath, `${organisation}.medaccord.example`).user(user);
    const client = new Client(peer.endpoint, credentials.createSsl(await readFile(peer.tlsCaFile)), { 'grpc.max_receive_message_length': -1 });
    const identity = { mspId, credentials: await readFile(paths.certificate) };
    const gateway = connect({ client, identity, signer: signers.newPrivateKeySigner(createPrivateKey(await readFile(paths.privateKey))), hash: hash.sha256 });
    return new Insider(client, gateway, endpoints.channel);
  }

  /** Has a transaction endorsed and does not send it yet. */
  async endorse(transaction: string, request: object, { endorsers, forgery, time }: Sending = {}): Promise<Transaction> {
    const proposal = this.gateway.getNetwork(this.channel).getContract('registry').newProposal(transaction, {
      arguments: [JSON.stringify(request)],
      ...(endorsers === undefined ? {} : { endorsingOrganizations: [...endorsers] }),
      ...(forgery === undefined ? {} : { transientData: { forgery } }),
    });
    return (time === undefined ? proposal : this.gateway.newProposal(datedProposal(proposal.getBytes(), time))).endorse();
  }

  async submit(transaction: string, request: object, sending: Sending = {}): Promise<Outcome> {
    return outcomeOf(this.endorse(transaction, request, sending).then(commit));
  }

  /** What a batch of one item answered. */
  async submitOne(transaction: string, item: object): Promise<Outcome> {
    return outcomeOf(this.endorse(transaction, { items: [item] }).then((endorsed) => {
      const { outcomes: [first] } = JSON.parse(Buffer.from(endorsed.getResult()).toString()) as { readonly outcomes: readonly { readonly outcome: string; readonly code?: string }[] };
      return first?.code ?? first?.outcome ?? 'nothing';
    }));
  }

  async ask(query: string, request: object): Promise<Outcome> {
    return outcomeOf(this.gateway.getNetwork(this.channel).getContract('registry').evaluateTransaction(query, JSON.stringify(request)).then((answer) => Buffer.from(answer).toString()));
  }

  close(): void {
    this.gateway.close();
    this.client.close();
  }
}

/** Sends what was endorsed: Fabric's validation code. */
export async function commit(endorsed: Transaction): Promise<number> {
  return (await (await endorsed.submit()).getStatus()).code;
}

/** The code, the refusal inside a failure, or all that was said. */
export async function outcomeOf(call: Promise<Outcome>): Promise<Outcome> {
  return call.catch((error: unknown) => {
    const said = [error instanceof Error ? error.message : String(error), ...(error instanceof GatewayError ? error.details.map(({ message }) => message) : [])];
    return said.map(decodeError).find((refusal) => refusal !== undefined)?.code ?? said.join(' ');
  });
}
