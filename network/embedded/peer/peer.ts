import type { ChaincodeSupport } from '../chaincode/chaincode-support.js';
import type { Ledger } from '../ledger/api.js';
import type { UnpackedProposal } from '../transactions/proposal.js';
import type { Endorser, ProposalOutcome } from './endorser.js';

export interface PeerOptions {
  readonly mspId: string;
  readonly endorser: Endorser;
  readonly chaincodes: ChaincodeSupport;
  readonly ledger: Ledger;
}

/** One organisation's peer as the other organisations' gateways see it. */
export class Peer {
  /** `host:port`; known once the organisation's server listens. */
  address = '';
  /** False while a test has stopped the organisation: nobody reaches its peer. */
  running = true;

  constructor(private readonly options: PeerOptions) {}

  get mspId(): string {
    return this.options.mspId;
  }

  get height(): number {
    return this.options.ledger.chainInfo(this.mspId).height;
  }

  get chaincodes(): ChaincodeSupport {
    return this.options.chaincodes;
  }

  /** True where this peer can be asked to run the chaincode. */
  has(chaincodeName: string): boolean {
    return this.running && this.options.chaincodes.has(chaincodeName);
  }

  async process(proposal: UnpackedProposal): Promise<ProposalOutcome> {
    if (!this.running) {
      return { kind: 'unavailable', message: `rpc error: code = Unavailable desc = connection error: ${this.address} refuses connections` };
    }
    return this.options.endorser.process(proposal);
  }
}
