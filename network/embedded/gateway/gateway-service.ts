import { status } from '@grpc/grpc-js';
import type { sendUnaryData, ServerUnaryCall, ServerWritableStream } from '@grpc/grpc-js';
import { gateway } from '@hyperledger/fabric-protos';
import type { peer } from '@hyperledger/fabric-protos';
import type { DefinitionBook } from '../definitions/definition-book.js';
import type { Ledger } from '../ledger/api.js';
import { BroadcastRefused } from '../ordering/admitted-envelopes.js';
import type { Orderer } from '../ordering/orderer.js';
import type { AccessControl, Resource } from '../peer/access-control.js';
import { MalformedProposal, unpackProposal } from '../transactions/proposal.js';
import type { UnpackedProposal } from '../transactions/proposal.js';
import { chaincodeEventsFrom } from './chaincode-events.js';
import type { CommitStatuses } from './commit-statuses.js';
import { endorse } from './endorse.js';
import type { EndorsementPlanner } from './endorsement-planner.js';
import { evaluate } from './evaluate.js';
import { GatewayStatus, serviceError } from './gateway-status.js';
import type { PeerDirectory } from './peer-directory.js';
import { endorsementElsewhere, evaluationElsewhere } from './unknown-channel.js';
import { sendAll } from '../server/send-all.js';

export interface GatewayOptions {
  readonly peers: PeerDirectory;
  readonly planner: EndorsementPlanner;
  readonly definitions: Pick<DefinitionBook, 'settled'>;
  readonly orderer: Orderer;
  readonly ledger: Ledger;
  readonly access: AccessControl;
  readonly statuses: Pick<CommitStatuses, 'of'>;
}

/** `gateway.Gateway` of one organisation's peer. */
export class GatewayService {
  constructor(private readonly options: GatewayOptions) {}

  /** The methods by name, as gRPC servers want them. */
  get methods(): gateway.IGatewayServer {
    return {
      evaluate: (call, respond) => {
        answer(respond, () => this.#evaluate(call.request));
      },
      endorse: (call, respond) => {
        answer(respond, () => this.#endorse(call.request));
      },
      submit: (call, respond) => {
        answer(respond, () => this.#submit(call.request));
      },
      commitStatus: (call, respond) => {
        answer(respond, () => this.#commitStatus(call.request, cancellation(call)));
      },
      chaincodeEvents: (call) => {
        void this.#chaincodeEvents(call);
      },
    };
  }

  async #evaluate(request: gateway.EvaluateRequest): Promise<gateway.EvaluateResponse> {
    const proposal = unpack(request.getProposedTransaction(), 'failed to unpack transaction proposal: ', 'a signed proposal is required');
    if (proposal.channelId === '') throw invalid('failed to unpack transaction proposal: no channel id provided');
    if (proposal.evaluationFault !== undefined) {
      throw invalid(`failed to unpack transaction proposal: ${proposal.evaluationFault}, channel id [${proposal.channelId}]`);
    }
    if (proposal.channelId !== this.options.ledger.channel) throw evaluationElsewhere(proposal.channelId);
    await this.options.definitions.settled();
    const response = new gateway.EvaluateResponse();
    response.setResult(await evaluate(proposal, request.getTargetOrganizationsList(), this.options.peers));
    return response;
  }

  async #endorse(request: gateway.EndorseRequest): Promise<gateway.EndorseResponse> {
    const proposal = unpack(request.getProposedTransaction(), '', 'the proposed transaction must contain a signed proposal');
    const { ledger, peers, planner, definitions } = this.options;
    await definitions.settled();
    const named = request.getEndorsingOrganizationsList();
    if (proposal.channelId !== ledger.channel) throw endorsementElsewhere(proposal, named);
    const response = new gateway.EndorseResponse();
    response.setPreparedTransaction(await endorse(proposal, named, peers, planner));
    return response;
  }

  #submit(request: gateway.SubmitRequest): gateway.SubmitResponse {
    const envelope = request.getPreparedTransaction();
    if (!envelope) throw invalid('a prepared transaction is required');
    if (envelope.getSignature_asU8().length === 0) throw invalid('prepared transaction must be signed');
    try {
      this.options.orderer.broadcast(envelope);
    } catch (cause) {
      throw ordererRefusal(cause);
    }
    return new gateway.SubmitResponse();
  }

  async #commitStatus(signed: gateway.SignedCommitStatusRequest, signal: AbortSignal): Promise<gateway.CommitStatusResponse> {
    const bytes = signed.getRequest_asU8();
    if (bytes.length === 0) throw invalid('a commit status request is required');
    const request = gateway.CommitStatusRequest.deserializeBinary(bytes);
    if (request.getIdentity_asU8().length === 0) throw invalid('no identity provided');
    if (request.getChannelId() === '') throw invalid('no channel ID provided');
    if (request.getTransactionId() === '') throw invalid('transaction ID should not be empty');
    this.#authorise('gateway/CommitStatus', request.getChannelId(), request.getIdentity_asU8(), signed);
    const { code, blockNumber } = await this.options.statuses.of(request.getTransactionId(), signal);
    const response = new gateway.CommitStatusResponse();
    response.setResult(code as peer.TxValidationCodeMap[keyof peer.TxValidationCodeMap]);
    response.setBlockNumber(blockNumber);
    return response;
  }

  async #chaincodeEvents(
    call: ServerWritableStream<gateway.SignedChaincodeEventsRequest, gateway.ChaincodeEventsResponse>,
  ): Promise<void> {
    const { ledger, peers } = this.options;
    try {
      const bytes = call.request.getRequest_asU8();
      if (bytes.length === 0) throw invalid('a chaincode events request is required');
      const request = gateway.ChaincodeEventsRequest.deserializeBinary(bytes);
      this.#authorise('gateway/ChaincodeEvents', request.getChannelId(), request.getIdentity_asU8(), call.request);
      const signal = cancellation(call);
      await sendAll(call, chaincodeEventsFrom(request, ledger, peers.own.mspId, signal), signal);
      call.end();
    } catch (cause) {
      if (!call.cancelled) call.emit('error', serviceError(cause));
    }
  }

  #authorise(
    resource: Resource,
    channel: string,
    identity: Uint8Array,
    signed: { getRequest_asU8(): Uint8Array; getSignature_asU8(): Uint8Array },
  ): void {
    try {
      this.options.access.check(resource, channel, { data: signed.getRequest_asU8(), identity, signature: signed.getSignature_asU8() });
    } catch (cause) {
      throw new GatewayStatus(status.PERMISSION_DENIED, cause instanceof Error ? cause.message : String(cause));
    }
  }
}

function answer<T>(respond: sendUnaryData<T>, work: () => Promise<T> | T): void {
  Promise.resolve().then(work).then(
    (value) => {
      respond(null, value);
    },
    (cause: unknown) => {
      respond(serviceError(cause));
    },
  );
}

function unpack(signed: peer.SignedProposal | undefined, context: string, missing: string): UnpackedProposal {
  if (!signed || signed.getProposalBytes_asU8().length === 0) throw invalid(context + missing);
  try {
    return unpackProposal(signed);
  } catch (cause) {
    throw cause instanceof MalformedProposal ? invalid(context + cause.message) : cause;
  }
}

function invalid(message: string): GatewayStatus {
  return new GatewayStatus(status.INVALID_ARGUMENT, message);
}

/** A broadcast that the orderer answers with a client's fault is not tried again; without an orderer nothing helps. */
function ordererRefusal(cause: unknown): GatewayStatus {
  const reason = cause instanceof Error ? cause.message : String(cause);
  if (cause instanceof BroadcastRefused) {
    return new GatewayStatus(status.ABORTED, `received unsuccessful response from orderer: ${reason}`);
  }
  return new GatewayStatus(status.UNAVAILABLE, `no orderers could successfully process transaction: ${reason}`);
}

function cancellation(call: ServerUnaryCall<unknown, unknown> | ServerWritableStream<unknown, unknown>): AbortSignal {
  const controller = new AbortController();
  call.on('cancelled', () => {
    controller.abort();
  });
  return controller.signal;
}
