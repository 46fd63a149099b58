import type { peer } from '@hyperledger/fabric-protos';
import type { Simulator } from '../ledger/api.js';
import type { UnpackedProposal } from '../transactions/proposal.js';
import type { Footprint } from './footprint.js';
import { QueryIterators } from './query-iterators.js';

/** What one proposal runs in: shared by the chaincode that it names and those that this one calls on the channel. */
export interface TransactionScope {
  readonly channelId: string;
  readonly txId: string;
  readonly proposal: UnpackedProposal;
  /** Undefined without a channel. */
  readonly simulator: Simulator | undefined;
  readonly footprint: Footprint;
}

/** The scope's simulator; throws where the proposal runs without one. */
export function simulatorOf(scope: TransactionScope): Simulator {
  if (!scope.simulator) throw new Error(`could not get channel config for channel '${scope.channelId}'`);
  return scope.simulator;
}

/** How a chaincode reaches other chaincodes. */
export interface ChaincodeCalls {
  /** Runs another chaincode in the same scope and answers its final message. */
  invoke(scope: TransactionScope, chaincodeName: string, input: peer.ChaincodeInput): Promise<peer.ChaincodeMessage>;
  /** Throws where the creator may not call chaincodes on that channel. */
  checkCallAccess(scope: TransactionScope, channelId: string, chaincodeName: string): void;
}

/** One chaincode at work on one transaction: the state between its TRANSACTION and its COMPLETED message. */
export class Execution {
  readonly iterators = new QueryIterators();
  /** A transaction has at most one request open; the peer drops a second one. */
  busy = false;

  constructor(
    readonly scope: TransactionScope,
    readonly namespace: string,
    readonly isInit: boolean,
    readonly calls: ChaincodeCalls,
  ) {}

  get simulator(): Simulator {
    return simulatorOf(this.scope);
  }

  /** Collections are out of bounds for a chaincode's `Init`. */
  refusePrivateDataInInit(): void {
    if (this.isInit) throw new Error('private data APIs are not allowed in chaincode Init()');
  }
}
