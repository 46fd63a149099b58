import * as grpc from '@grpc/grpc-js';
import { peer } from '@hyperledger/fabric-protos';

const { Type } = peer.ChaincodeMessage;
type MessageType = peer.ChaincodeMessage.TypeMap[keyof peer.ChaincodeMessage.TypeMap];

/** How a scripted peer answers one request: a payload, or a refusal. */
export type Answer = (request: peer.ChaincodeMessage) => Uint8Array | Error;

/** What a transaction asked of the peer, and how it ended. */
export interface Conversation {
  readonly requests: readonly peer.ChaincodeMessage[];
  readonly response: peer.Response;
}

/**
 * The peer's end of a chaincode stream, over real gRPC, for what no running network shows: a peer of an older Fabric, small
 * batches, a peer that refuses. Everything else is tested on the embedded network.
 */
export class ScriptedPeer {
  readonly #client: peer.ChaincodeClient;
  readonly #stream: grpc.ClientDuplexStream<peer.ChaincodeMessage, peer.ChaincodeMessage>;
  #receive: (message: peer.ChaincodeMessage) => void = () => undefined;

  private constructor(address: string) {
    this.#client = new peer.ChaincodeClient(address, grpc.credentials.createInsecure());
    this.#stream = this.#client.connect();
    this.#stream.on('error', () => undefined);
    this.#stream.on('data', (message: peer.ChaincodeMessage) => {
      this.#receive(message);
    });
  }

  /** Connects to a chaincode server and registers it; without an offer as peers before Fabric 3.1 do. */
  static async connect(address: string, offer?: { readonly writes: number; readonly keys: number }): Promise<ScriptedPeer> {
    const scripted = new ScriptedPeer(address);
    await new Promise<void>((resolve) => {
      scripted.#receive = () => { resolve(); };
    });
    scripted.#send(Type.REGISTERED);
    scripted.#send(Type.READY, offer === undefined ? new Uint8Array() : offered(offer));
    return scripted;
  }

  /** Lets the chaincode run a transaction and answers its requests until it has completed. */
  run(txId: string, args: readonly string[], answer: Answer): Promise<Conversation> {
    const requests: peer.ChaincodeMessage[] = [];
    const input = new peer.ChaincodeInput();
    input.setArgsList(args.map((text) => Buffer.from(text)));
    this.#send(Type.TRANSACTION, input.serializeBinary(), txId);
    return new Promise((resolve) => {
      this.#receive = (message) => {
        if (message.getType() === Type.COMPLETED) resolve({ requests, response: peer.Response.deserializeBinary(message.getPayload_asU8()) });
        else {
          requests.push(message);
          this.#reply(answer(message), txId);
        }
      };
    });
  }

  close(): void {
    this.#stream.end();
    this.#client.close();
  }

  #reply(answer: Uint8Array | Error, txId: string): void {
    if (answer instanceof Error) this.#send(Type.ERROR, Buffer.from(answer.message), txId);
    else this.#send(Type.RESPONSE, answer, txId);
  }

  #send(type: MessageType, payload: Uint8Array = new Uint8Array(), txId = ''): void {
    const message = new peer.ChaincodeMessage();
    message.setType(type);
    message.setPayload(payload);
    message.setTxid(txId);
    message.setChannelId('channel');
    this.#stream.write(message);
  }
}

function offered({ writes, keys }: { readonly writes: number; readonly keys: number }): Uint8Array {
  const parameters = new peer.ChaincodeAdditionalParams();
  parameters.setUseWriteBatch(true);
  parameters.setMaxSizeWriteBatch(writes);
  parameters.setUseGetMultipleKeys(true);
  parameters.setMaxSizeGetMultipleKeys(keys);
  return parameters.serializeBinary();
}
