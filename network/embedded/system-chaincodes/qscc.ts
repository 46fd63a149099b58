import { common, peer } from '@hyperledger/fabric-protos';
import type { SystemChaincode } from '../chaincode/chaincode-support.js';
import type { TransactionScope } from '../chaincode/execution.js';
import type { Ledger } from '../ledger/api.js';
import { isResource } from '../peer/access-control.js';
import type { AccessControl } from '../peer/access-control.js';
import { proposalSignature } from '../transactions/proposal.js';
import { failure, success, text } from './responses.js';

type Query = (ledger: Ledger, mspId: string, argument: Uint8Array) => Promise<peer.Response>;

const queries: Readonly<Record<string, Query>> = {
  GetChainInfo: (ledger, mspId) => {
    const { height, currentBlockHash, previousBlockHash } = ledger.chainInfo(mspId);
    const info = new common.BlockchainInfo();
    info.setHeight(height);
    info.setCurrentblockhash(currentBlockHash);
    info.setPreviousblockhash(previousBlockHash);
    return Promise.resolve(success(info.serializeBinary()));
  },
  GetBlockByNumber: async (ledger, mspId, argument) => {
    const digits = text(argument);
    if (!/^\d+$/.test(digits)) {
      return failure(`Failed to parse block number with error strconv.ParseUint: parsing "${digits}": invalid syntax`);
    }
    const number = Number(digits);
    const block = await ledger.blockByNumber(mspId, number);
    return block
      ? success(block.serializeBinary())
      : failure(`Failed to get block number ${number}, error no such block number [${number}] in index`);
  },
  GetBlockByHash: async (ledger, mspId, argument) => {
    const block = await ledger.blockByHash(mspId, argument);
    return block
      ? success(block.serializeBinary())
      : failure(`Failed to get block hash ${text(argument)}, error no such block hash [${Buffer.from(argument).toString('hex')}] in index`);
  },
  GetTransactionByID: async (ledger, mspId, argument) => {
    const txId = text(argument);
    const stored = await ledger.transaction(mspId, txId);
    if (!stored) return failure(`Failed to get transaction with id ${txId}, error no such transaction ID [${txId}] in index`);
    const processed = new peer.ProcessedTransaction();
    processed.setTransactionenvelope(common.Envelope.deserializeBinary(stored.envelope));
    processed.setValidationcode(stored.validationCode);
    return success(processed.serializeBinary());
  },
  GetBlockByTxID: async (ledger, mspId, argument) => {
    const txId = text(argument);
    const stored = await ledger.transaction(mspId, txId);
    const block = stored === undefined ? undefined : await ledger.blockByNumber(mspId, stored.blockNumber);
    return block
      ? success(block.serializeBinary())
      : failure(`Failed to get block for txID ${txId}, error no such transaction ID [${txId}] in index`);
  },
};

/** `qscc`: what the organisation's peer has committed, block by block. */
export class LedgerQueries implements SystemChaincode {
  constructor(
    private readonly ledger: Ledger,
    private readonly mspId: string,
    private readonly access: AccessControl,
  ) {}

  async invoke(scope: TransactionScope, args: readonly Uint8Array[]): Promise<peer.Response> {
    if (args.length < 2) return failure(`Incorrect number of arguments, ${args.length}`);
    const [name, channel] = [text(args[0]), text(args[1])];
    if (scope.proposal.chaincodeName !== 'qscc') {
      return failure(
        `Rejecting invoke of QSCC from another chaincode because of potential for deadlocks, original invocation for '${scope.proposal.chaincodeName}'`,
      );
    }
    if (name !== 'GetChainInfo' && args.length < 3) return failure(`missing 3rd argument for ${name}`);
    if (channel !== this.ledger.channel) return failure(`Invalid chain ID, ${channel}`);
    return this.#query(scope, name, channel, args[2] ?? new Uint8Array());
  }

  async #query(scope: TransactionScope, name: string, channel: string, argument: Uint8Array): Promise<peer.Response> {
    const resource = `qscc/${name}`;
    if (!isResource(resource)) return failure(`access denied for [${name}][${channel}]: [Unmapped policy for ${resource}]`);
    try {
      this.access.checkCall(resource, channel, proposalSignature(scope.proposal));
    } catch (cause) {
      return failure(`access denied for [${name}][${channel}]: [${cause instanceof Error ? cause.message : String(cause)}]`);
    }
    const query = queries[name];
    return query ? query(this.ledger, this.mspId, argument) : failure(`Requested function ${name} not found.`);
  }
}
