import { randomBytes } from 'node:crypto';
import { strict as assert } from 'node:assert';
import type { Contract, Gateway, Network, ProposalOptions, Status, Transaction } from '@hyperledger/fabric-gateway';
import { common, gateway as gatewayProtos, peer } from '@hyperledger/fabric-protos';
import type { ChaincodeServers } from './chaincode-servers.js';
import { Clients } from './clients.js';
import { ALPHA, CONSORTIUM, MSP_IDS } from './consortium.js';
import { type DecodedTransaction, decodeTransactions } from './decoded-block.js';
import type { NetworkUnderTest } from './network-under-test.js';
import { type Refusal, refusalOf } from './refusal.js';

/** How a transaction is called; Alpha's tester at Alpha's peer where nothing else is said. */
export interface Call {
  /** Whose tester calls, at its own peer. */
  readonly at?: string;
  /** Another identity's gateway. */
  readonly gateway?: Gateway;
  readonly transient?: Readonly<Record<string, string>>;
  /** MSP ids that shall endorse. */
  readonly endorsers?: readonly string[];
}

/** What became of a submitted transaction. */
export interface Outcome {
  readonly result: string;
  readonly txId: string;
  readonly code: number;
  readonly block: number;
}

/** Everything that a behaviour works with. */
export class World {
  readonly clients: Clients;
  /** Organisations whose peers are down or behind just now: nobody waits for them. */
  private readonly absent = new Set<string>();
  private readonly blocks = new Map<string, common.Block>();
  private keys = 0;

  constructor(
    readonly network: NetworkUnderTest,
    readonly servers: ChaincodeServers,
  ) {
    this.clients = new Clients(network);
  }

  /** A key that nobody has used. */
  key(): string {
    this.keys += 1;
    return `k${this.keys}-${randomBytes(4).toString('hex')}`;
  }

  async channel(at: string = ALPHA): Promise<Network> {
    return (await this.clients.tester(at)).getNetwork(CONSORTIUM.channel);
  }

  /** `function` names contract and function, for example `state:put`. */
  async evaluate(chaincode: string, name: string, args: readonly string[] = [], call: Call = {}): Promise<string> {
    const contract = await this.contract(chaincode, call);
    return Buffer.from(await contract.evaluate(name, options(args, call))).toString();
  }

  /** Evaluates and parses the JSON answer. */
  async query<T>(chaincode: string, name: string, args: readonly string[] = [], call: Call = {}): Promise<T> {
    return JSON.parse(await this.evaluate(chaincode, name, args, call)) as T;
  }

  /** Has a transaction endorsed, and leaves it there. */
  async endorse(chaincode: string, name: string, args: readonly string[] = [], call: Call = {}): Promise<Transaction> {
    const contract = await this.contract(chaincode, call);
    return contract.newProposal(name, options(args, call)).endorse();
  }

  /** Has a proposal that was made and signed elsewhere endorsed by the gateway of Alpha. */
  async endorseBytes(signed: peer.SignedProposal): Promise<Transaction> {
    const header = common.Header.deserializeBinary(peer.Proposal.deserializeBinary(signed.getProposalBytes_asU8()).getHeader_asU8());
    const proposed = new gatewayProtos.ProposedTransaction();
    proposed.setProposal(signed);
    proposed.setTransactionId(common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8()).getTxId());
    const gateway = await this.clients.tester(ALPHA);
    return gateway.newSignedProposal(proposed.serializeBinary(), signed.getSignature_asU8()).endorse();
  }

  /** Sends an endorsed transaction and waits until every peer that is there has it; whatever the code. */
  async commit(transaction: Transaction): Promise<Outcome> {
    const submitted = await transaction.submit();
    const status = await submitted.getStatus();
    await this.settled(submitted.getTransactionId());
    return { result: Buffer.from(transaction.getResult()).toString(), txId: submitted.getTransactionId(), code: status.code, block: Number(status.blockNumber) };
  }

  /** Endorses and commits; whatever the code. */
  async submit(chaincode: string, name: string, args: readonly string[] = [], call: Call = {}): Promise<Outcome> {
    return this.commit(await this.endorse(chaincode, name, args, call));
  }

  /** Endorses and commits, and fails unless the transaction is valid. */
  async valid(chaincode: string, name: string, args: readonly string[] = [], call: Call = {}): Promise<Outcome> {
    const outcome = await this.submit(chaincode, name, args, call);
    assert.equal(outcome.code, 0, `${chaincode} ${name} became code ${outcome.code}`);
    return outcome;
  }

  /** How submitting is refused before anything is ordered. */
  async refused(chaincode: string, name: string, args: readonly string[] = [], call: Call = {}): Promise<Refusal> {
    return refusalOf(this.endorse(chaincode, name, args, call));
  }

  /** How evaluating is refused. */
  async refusedQuery(chaincode: string, name: string, args: readonly string[] = [], call: Call = {}): Promise<Refusal> {
    return refusalOf(this.evaluate(chaincode, name, args, call));
  }

  /** The status of a transaction as an organisation's peer tells it, once it has it. */
  async statusAt(mspId: string, txId: string): Promise<Status> {
    const tester = await this.network.user(mspId, 'tester');
    const request = new gatewayProtos.CommitStatusRequest();
    request.setChannelId(CONSORTIUM.channel);
    request.setTransactionId(txId);
    request.setIdentity(tester.serialize());
    const signed = new gatewayProtos.SignedCommitStatusRequest();
    signed.setRequest(request.serializeBinary());
    return (await this.clients.tester(mspId)).newCommit(signed.serializeBinary()).getStatus();
  }

  /** Waits until every peer that is there has committed a transaction. */
  async settled(txId: string): Promise<void> {
    await Promise.all(MSP_IDS.filter((mspId) => !this.absent.has(mspId)).map((mspId) => this.statusAt(mspId, txId)));
  }

  /** Runs while nobody waits for an organisation's peer. */
  async without<T>(mspId: string, run: () => Promise<T>): Promise<T> {
    this.absent.add(mspId);
    try {
      return await run();
    } finally {
      this.absent.delete(mspId);
    }
  }

  /** A call of a system chaincode, the raw answer. */
  async system(chaincode: 'qscc' | 'cscc' | '_lifecycle', name: string, args: readonly (string | Uint8Array)[], at: string = ALPHA): Promise<Uint8Array> {
    return (await this.channel(at)).getContract(chaincode).evaluate(name, { arguments: [...args] });
  }

  /** A block as an organisation's peer tells it; asked for once, because it never changes. */
  async block(number: number, at: string = ALPHA): Promise<common.Block> {
    const key = `${at} ${number}`;
    let block = this.blocks.get(key);
    if (block === undefined) {
      block = common.Block.deserializeBinary(await this.system('qscc', 'GetBlockByNumber', [CONSORTIUM.channel, String(number)], at));
      this.blocks.set(key, block);
    }
    return block;
  }

  /** Number of blocks at an organisation's peer. */
  async height(at: string = ALPHA): Promise<number> {
    return common.BlockchainInfo.deserializeBinary(await this.system('qscc', 'GetChainInfo', [CONSORTIUM.channel], at)).getHeight();
  }

  /** A committed transaction, taken apart. */
  async transaction(outcome: Pick<Outcome, 'block' | 'txId'>): Promise<DecodedTransaction> {
    const found = decodeTransactions(await this.block(outcome.block)).find(({ txId }) => txId === outcome.txId);
    assert.ok(found, 'the block does not hold the transaction');
    return found;
  }

  private async contract(chaincode: string, { gateway, at = ALPHA }: Call): Promise<Contract> {
    return (gateway ?? (await this.clients.tester(at))).getNetwork(CONSORTIUM.channel).getContract(chaincode);
  }
}

function options(args: readonly string[], { transient, endorsers }: Call): ProposalOptions {
  return {
    arguments: [...args],
    ...(transient === undefined ? {} : { transientData: transient }),
    ...(endorsers === undefined ? {} : { endorsingOrganizations: [...endorsers] }),
  };
}
