import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import { peer } from '@hyperledger/fabric-protos';

export type MessageType = peer.ChaincodeMessage.TypeMap[keyof peer.ChaincodeMessage.TypeMap];
type Stream = ServerDuplexStream<peer.ChaincodeMessage, peer.ChaincodeMessage>;
/** What the chaincode does with a message of the peer's. */
export type Script = (message: peer.ChaincodeMessage, chaincode: ScriptedChaincode) => void;

const { Type } = peer.ChaincodeMessage;

/** A chaincode server that behaves as a test says, also as no published one would; the test stops it. */
export class ScriptedChaincode {
  readonly received: peer.ChaincodeMessage[] = [];
  connections = 0;
  address = '';
  readonly #server = new Server();
  #stream: Stream | undefined;

  private constructor(
    private readonly packageId: string,
    private readonly script: Script,
    private readonly first: MessageType,
  ) {}

  /** Serves on any free port; `first` is what it begins with instead of its registration. */
  static async serve(packageId: string, script: Script, first: MessageType = Type.REGISTER): Promise<ScriptedChaincode> {
    const chaincode = new ScriptedChaincode(packageId, script, first);
    chaincode.#server.addService(peer.ChaincodeService, {
      connect: (stream: Stream) => {
        chaincode.#accept(stream);
      },
    });
    chaincode.address = await new Promise<string>((resolve, reject) => {
      chaincode.#server.bindAsync('localhost:0', ServerCredentials.createInsecure(), (problem, port) => {
        if (problem) reject(problem);
        else resolve(`localhost:${port}`);
      });
    });
    return chaincode;
  }

  /** Sends a message that belongs to the transaction of another. */
  send(type: MessageType, about: peer.ChaincodeMessage, payload: Uint8Array = new Uint8Array()): void {
    const message = new peer.ChaincodeMessage();
    message.setType(type);
    message.setTxid(about.getTxid());
    message.setChannelId(about.getChannelId());
    message.setPayload(payload);
    this.#stream?.write(message);
  }

  /** Completes the transaction with a result. */
  complete(about: peer.ChaincodeMessage, result: string): void {
    const response = new peer.Response();
    response.setStatus(200);
    response.setPayload(Buffer.from(result));
    this.send(Type.COMPLETED, about, response.serializeBinary());
  }

  /** Breaks the stream, as a process that dies does. */
  disconnect(): void {
    this.#stream?.emit('error', { code: status.UNAVAILABLE, details: 'gone' });
  }

  stop(): void {
    this.#server.forceShutdown();
  }

  #accept(stream: Stream): void {
    this.#stream = stream;
    this.connections += 1;
    stream.on('data', (message: peer.ChaincodeMessage) => {
      this.received.push(message);
      this.script(message, this);
    });
    stream.on('error', () => undefined);
    const id = new peer.ChaincodeID();
    id.setName(this.packageId);
    this.send(this.first, new peer.ChaincodeMessage(), id.serializeBinary());
  }
}
