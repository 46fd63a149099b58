import { peer } from '@hyperledger/fabric-protos';
import { deferred } from '../deferred.js';
import type { ChaincodeAddress } from './address.js';
import { chaincodeClient } from './connect-client.js';
import type { ChaincodeClient, ConnectCall } from './connect-client.js';
import type { Execution } from './execution.js';
import { answerRequest, requestOf } from './requests.js';
import type { NamedRequest } from './requests.js';

const Type = peer.ChaincodeMessage.Type;
const STREAM_TERMINATED = 'chaincode stream terminated';
const EXECUTION_TIMEOUT = 'timeout expired while executing transaction';
/** Writes of one WRITE_BATCH_STATE and keys of one GET_STATE_MULTIPLE, as the peer's `chaincode.runtimeParams`. */
const MAX_BATCH = 1000;

interface Running {
  readonly execution: Execution;
  readonly finish: (message: peer.ChaincodeMessage) => void;
  readonly fail: (reason: Error) => void;
}

/** The peer's end of the stream to one chaincode server: many transactions, each with one request open at a time. */
export class ChaincodeStream {
  readonly #client: ChaincodeClient;
  readonly #call: ConnectCall;
  readonly #running = new Map<string, Running>();
  #state: 'created' | 'ready' | 'ended' = 'created';
  #onReady: (problem?: Error) => void = () => undefined;

  private constructor(
    readonly packageId: string,
    address: ChaincodeAddress,
    private readonly onEnd: (stream: ChaincodeStream) => void,
  ) {
    this.#client = chaincodeClient(address);
    this.#call = this.#client.openStream();
    this.#call.on('data', (message: peer.ChaincodeMessage) => {
      this.#receive(message);
    });
    this.#call.on('error', (cause: Error) => {
      this.#end(cause.message);
    });
    this.#call.on('end', () => {
      this.#end(STREAM_TERMINATED);
    });
  }

  /** Dials a server and resolves once it has registered under the package id; rejects otherwise. */
  static async open(
    packageId: string,
    address: ChaincodeAddress,
    timeoutMs: number,
    onEnd: (stream: ChaincodeStream) => void,
  ): Promise<ChaincodeStream> {
    const stream = new ChaincodeStream(packageId, address, onEnd);
    const registered = deferred<undefined>();
    stream.#onReady = (problem) => {
      if (problem) registered.reject(problem);
      else registered.resolve(undefined);
    };
    const timer = setTimeout(() => {
      stream.#end(`timeout expired while starting chaincode ${packageId} for transaction`);
    }, timeoutMs);
    try {
      await registered.promise;
      return stream;
    } finally {
      clearTimeout(timer);
    }
  }

  get ready(): boolean {
    return this.#state === 'ready';
  }

  /** Sends a transaction and resolves with the chaincode's COMPLETED or ERROR message. */
  async execute(execution: Execution, message: Uint8Array, timeoutMs: number): Promise<peer.ChaincodeMessage> {
    if (this.#state !== 'ready') throw new Error(STREAM_TERMINATED);
    const { channelId, txId } = execution.scope;
    const key = contextKey(channelId, txId);
    if (this.#running.has(key)) throw new Error(`txid: ${txId}(${channelId}) exists`);
    const outcome = deferred<peer.ChaincodeMessage>();
    this.#running.set(key, { execution, finish: outcome.resolve, fail: outcome.reject });
    const timer = setTimeout(() => {
      outcome.reject(new Error(EXECUTION_TIMEOUT));
    }, timeoutMs);
    try {
      this.#call.write(message);
      return await outcome.promise;
    } finally {
      clearTimeout(timer);
      this.#running.delete(key);
      execution.iterators.closeAll();
    }
  }

  close(): void {
    this.#end(STREAM_TERMINATED);
  }

  #receive(message: peer.ChaincodeMessage): void {
    if (this.#state === 'created') {
      this.#register(message);
      return;
    }
    const type = message.getType();
    const request = requestOf(type);
    if (request) void this.#answer(request, message);
    else if (type === Type.COMPLETED || type === Type.ERROR) {
      this.#running.get(contextKey(message.getChannelId(), message.getTxid()))?.finish(message);
    } else if (type !== Type.KEEPALIVE) {
      this.#end(STREAM_TERMINATED);
    }
  }

  #register(message: peer.ChaincodeMessage): void {
    if (message.getType() !== Type.REGISTER) {
      this.#end('chaincode did not register');
      return;
    }
    const name = peer.ChaincodeID.deserializeBinary(message.getPayload_asU8()).getName();
    if (name !== this.packageId) {
      this.#end(`peer will not accept external chaincode connection ${name} (except in dev mode)`);
      return;
    }
    this.#send(Type.REGISTERED);
    const parameters = new peer.ChaincodeAdditionalParams();
    parameters.setUseWriteBatch(true);
    parameters.setMaxSizeWriteBatch(MAX_BATCH);
    parameters.setUseGetMultipleKeys(true);
    parameters.setMaxSizeGetMultipleKeys(MAX_BATCH);
    this.#send(Type.READY, parameters.serializeBinary());
    this.#state = 'ready';
    this.#onReady();
  }

  async #answer(request: NamedRequest, message: peer.ChaincodeMessage): Promise<void> {
    const running = this.#running.get(contextKey(message.getChannelId(), message.getTxid()));
    if (running?.execution.busy === true) return;
    if (running) running.execution.busy = true;
    const answer = await answerRequest(request, running?.execution, message);
    if (running) running.execution.busy = false;
    if (this.#state === 'ready') this.#call.write(answer.serializeBinary());
  }

  #send(type: peer.ChaincodeMessage.TypeMap[keyof peer.ChaincodeMessage.TypeMap], payload?: Uint8Array): void {
    const message = new peer.ChaincodeMessage();
    message.setType(type);
    if (payload) message.setPayload(payload);
    this.#call.write(message.serializeBinary());
  }

  #end(reason: string): void {
    if (this.#state === 'ended') return;
    const registering = this.#state === 'created';
    this.#state = 'ended';
    for (const { fail } of this.#running.values()) fail(new Error(STREAM_TERMINATED));
    this.#call.cancel();
    this.#client.client.close();
    if (registering) this.#onReady(new Error(reason));
    this.onEnd(this);
  }
}

function contextKey(channelId: string, txId: string): string {
  return `${channelId}\n${txId}`;
}
