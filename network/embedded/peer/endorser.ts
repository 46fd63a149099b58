import { ledger as rwsets, peer } from '@hyperledger/fabric-protos';
import type { ChaincodeSupport } from '../chaincode/chaincode-support.js';
import type { TransactionScope } from '../chaincode/execution.js';
import { Footprint } from '../chaincode/footprint.js';
import type { SigningIdentity } from '../../identities/index.js';
import type { Ledger, SimulationResult, Simulator } from '../ledger/api.js';
import type { SignedData } from '../membership.js';
import type { UnpackedProposal } from '../transactions/proposal.js';
import type { Dissemination } from './dissemination.js';
import { chaincodeInterest } from './interest.js';
import type { ProposalAdmission } from './proposal-admission.js';
import { checkUnique } from './proposal-checks.js';

/** From this status on a chaincode's answer is no result and is not endorsed. */
const ERROR_THRESHOLD = 400;
const ERROR = 500;

const nothing: SimulationResult = {
  publicReadWriteSet: new Uint8Array(),
  privateReadWriteSet: undefined,
  privateReads: [],
  keyPolicies: [],
};

/** What became of a proposal at a peer. */
export type ProposalOutcome =
  | {
      readonly kind: 'answered';
      readonly response: peer.ProposalResponse;
      /** Whose policies the transaction falls under. */
      readonly interest: () => peer.ChaincodeInterest | undefined;
    }
  /** The proposal itself is at fault (signature, access, duplicate): no other peer would take it either. */
  | { readonly kind: 'refused'; readonly message: string }
  /** The peer did not answer at all, or its filters refused before it looked. */
  | { readonly kind: 'unavailable'; readonly message: string };

export interface EndorserOptions {
  readonly mspId: string;
  readonly channel: string;
  readonly signer: SigningIdentity;
  readonly ledger: Ledger;
  readonly admission: ProposalAdmission;
  /** Told of every signature that this peer makes. */
  readonly onSigned: (signed: SignedData) => void;
  readonly chaincodes: ChaincodeSupport;
  readonly dissemination: Dissemination;
}

/** One organisation's endorsing peer: checks a proposal, runs it on the organisation's own state and signs the result. */
export class Endorser {
  constructor(private readonly options: EndorserOptions) {}

  /** Never throws; failures of the chaincode are answers with status 500. */
  async process(proposal: UnpackedProposal): Promise<ProposalOutcome> {
    if (proposal.fault !== undefined) return { kind: 'refused', message: proposal.fault };
    try {
      this.options.admission.checkFilters(proposal, Date.now());
    } catch (cause) {
      return { kind: 'unavailable', message: messageOf(cause) };
    }
    if (proposal.channelId !== '' && proposal.channelId !== this.options.channel) {
      return answered(peerFailure(`channel '${proposal.channelId}' not found`));
    }
    try {
      await this.#preProcess(proposal);
    } catch (cause) {
      return { kind: 'refused', message: messageOf(cause) };
    }
    try {
      return await this.#endorse(proposal);
    } catch (cause) {
      return answered(peerFailure(messageOf(cause)));
    }
  }

  async #preProcess(proposal: UnpackedProposal): Promise<void> {
    const { admission, ledger, mspId, chaincodes } = this.options;
    try {
      admission.checkProposal(proposal);
    } catch (cause) {
      throw new Error(`error validating proposal: ${messageOf(cause)}`, { cause });
    }
    if (proposal.channelId === '') return;
    await checkUnique(proposal, ledger, mspId);
    if (!chaincodes.isSystem(proposal.chaincodeName)) admission.checkAccess(proposal);
  }

  async #endorse(proposal: UnpackedProposal): Promise<ProposalOutcome> {
    const simulator = await this.#simulator(proposal);
    const footprint = new Footprint();
    const scope = { channelId: proposal.channelId, txId: proposal.txId, proposal, simulator, footprint };
    try {
      const version = await this.#version(scope, proposal.chaincodeName);
      const { response, event } = await this.#simulate(scope);
      const result = simulator?.finish() ?? nothing;
      await this.#disseminate(proposal.txId, result);
      const payload = responsePayload(proposal, response, event, result.publicReadWriteSet, version);
      const answer = this.#answer(response, payload, proposal.channelId);
      return { kind: 'answered', response: answer, interest: () => interestOf(footprint, result) };
    } finally {
      simulator?.discard();
    }
  }

  async #simulator(proposal: UnpackedProposal): Promise<Simulator | undefined> {
    const { channelId, txId } = proposal;
    // Without a channel there is no state.
    if (channelId === '') return undefined;
    const { ledger, mspId, admission } = this.options;
    return ledger.simulate(mspId, txId, admission.creator(proposal).mspId);
  }

  async #version(scope: TransactionScope, chaincodeName: string): Promise<string> {
    try {
      return await this.options.chaincodes.version(scope, chaincodeName);
    } catch (cause) {
      throw new Error(
        `make sure the chaincode ${chaincodeName} has been successfully defined on channel ${scope.channelId} and try again: ${messageOf(cause)}`,
        { cause },
      );
    }
  }

  async #simulate(scope: TransactionScope): Promise<{ response: peer.Response; event: peer.ChaincodeEvent | undefined }> {
    const { chaincodeName, input } = scope.proposal;
    let message;
    try {
      message = await this.options.chaincodes.invoke(scope, chaincodeName, input);
    } catch (cause) {
      throw new Error(`error in simulation: failed to execute transaction ${scope.txId}: ${messageOf(cause)}`, { cause });
    }
    if (message.getType() !== peer.ChaincodeMessage.Type.COMPLETED) {
      const text = Buffer.from(message.getPayload_asU8()).toString();
      throw new Error(`error in simulation: transaction returned with failure: ${text}`);
    }
    const response = peer.Response.deserializeBinary(message.getPayload_asU8());
    const event = response.getStatus() < ERROR_THRESHOLD ? message.getChaincodeEvent() : undefined;
    event?.setChaincodeId(chaincodeName);
    event?.setTxId(scope.txId);
    return { response, event };
  }

  async #disseminate(txId: string, result: SimulationResult): Promise<void> {
    if (!result.privateReadWriteSet) return;
    try {
      await this.options.dissemination.distribute(this.options.mspId, txId, result.privateReadWriteSet);
    } catch (cause) {
      const place = `txID ${txId}, channel ${this.options.channel}`;
      throw new Error(`error in simulation: failed to distribute private collection, ${place}: ${messageOf(cause)}`, { cause });
    }
  }

  #answer(response: peer.Response, payload: Uint8Array, channelId: string): peer.ProposalResponse {
    const answer = new peer.ProposalResponse();
    answer.setResponse(response);
    if (response.getStatus() >= ERROR) answer.setPayload(payload);
    if (response.getStatus() >= ERROR_THRESHOLD || channelId === '') return answer;
    answer.setVersion(1);
    answer.setPayload(payload);
    answer.setEndorsement(this.#sign(payload));
    return answer;
  }

  #sign(payload: Uint8Array): peer.Endorsement {
    const { signer, onSigned } = this.options;
    const endorser = signer.serialize();
    const data = Buffer.concat([payload, endorser]);
    const signature = signer.sign(data);
    onSigned({ data, identity: endorser, signature });
    const endorsement = new peer.Endorsement();
    endorsement.setEndorser(endorser);
    endorsement.setSignature(signature);
    return endorsement;
  }
}

function responsePayload(
  proposal: UnpackedProposal,
  response: peer.Response,
  event: peer.ChaincodeEvent | undefined,
  results: Uint8Array,
  version: string,
): Uint8Array {
  const chaincodeId = new peer.ChaincodeID();
  chaincodeId.setName(proposal.chaincodeName);
  chaincodeId.setVersion(version);
  const action = new peer.ChaincodeAction();
  action.setResults(results);
  if (event) action.setEvents(event.serializeBinary());
  action.setResponse(response);
  action.setChaincodeId(chaincodeId);
  const payload = new peer.ProposalResponsePayload();
  payload.setProposalHash(proposal.hash);
  payload.setExtension$(action.serializeBinary());
  return payload.serializeBinary();
}

function interestOf(footprint: Footprint, result: SimulationResult): peer.ChaincodeInterest {
  const sets = rwsets.rwset.TxReadWriteSet.deserializeBinary(result.publicReadWriteSet).getNsRwsetList();
  const touched = sets.map((set) => set.getNamespace());
  return chaincodeInterest(touched, footprint, result);
}

function answered(response: peer.ProposalResponse): ProposalOutcome {
  return { kind: 'answered', response, interest: () => undefined };
}

/** A failure of the peer itself: status 500 without a payload. */
function peerFailure(message: string): peer.ProposalResponse {
  const response = new peer.Response();
  response.setStatus(ERROR);
  response.setMessage(message);
  const answer = new peer.ProposalResponse();
  answer.setResponse(response);
  return answer;
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
