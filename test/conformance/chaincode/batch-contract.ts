import { peer } from '@hyperledger/fabric-protos';
import contractApi from 'fabric-contract-api';
import type { Context } from 'fabric-contract-api';
import shim from 'fabric-shim';
import { answer, text, texts } from './results.js';

/** One write of a batch, as the tests name it. */
export interface BatchWrite {
  readonly kind: 'PUT_STATE' | 'DEL_STATE' | 'PURGE_PRIVATE_DATA' | 'PUT_STATE_METADATA';
  readonly collection?: string;
  readonly key: string;
  readonly value?: string;
  /** For PUT_STATE_METADATA: the organisations whose peers must all endorse. */
  readonly mspIds?: readonly string[];
}

/** What the peer of this process said about batch messages when it connected. */
let offer = new peer.ChaincodeAdditionalParams();

/** Keeps the payload of the peer's READY message. */
export function rememberOffer(payload: Uint8Array): void {
  offer = peer.ChaincodeAdditionalParams.deserializeBinary(payload);
}

/** The part of the shim's stub that carries messages; not part of its published types. */
interface MessageCarrier {
  readonly handler: { _askPeerAndListen(message: peer.ChaincodeMessage, method: string): Promise<Uint8Array> };
}

/** The peer's messages for many keys at once, which the published shim does not send. */
export class BatchContract extends contractApi.Contract {
  constructor() {
    super('batch');
  }

  /** Sends every write in one WRITE_BATCH_STATE. */
  async write(ctx: Context, writes: string): Promise<void> {
    const batch = new peer.WriteBatchState();
    batch.setRecList((JSON.parse(writes) as BatchWrite[]).map(record));
    await ask(ctx, peer.ChaincodeMessage.Type.WRITE_BATCH_STATE, batch.serializeBinary());
  }

  /** Reads every key in one GET_STATE_MULTIPLE; null where there is no value. */
  async read(ctx: Context, collection: string, keys: string): Promise<string> {
    const request = new peer.GetStateMultiple();
    request.setCollection(collection);
    request.setKeysList(texts(keys));
    const result = await ask(ctx, peer.ChaincodeMessage.Type.GET_STATE_MULTIPLE, request.serializeBinary());
    return answer(peer.GetStateMultipleResult.deserializeBinary(result).getValuesList_asU8().map((value) => (value.length === 0 ? null : text(value))));
  }

  /** Sends any message of a chaincode to its peer, payload in base64; answers the payload of its response so. */
  async message(ctx: Context, type: keyof peer.ChaincodeMessage.TypeMap, payload: string): Promise<string> {
    return Buffer.from(await ask(ctx, peer.ChaincodeMessage.Type[type], Buffer.from(payload, 'base64'))).toString('base64');
  }

  /** What the peer offered. */
  offer(): Promise<string> {
    return Promise.resolve(answer(offer.toObject()));
  }

  /** Reads keys in one message and writes one, so that the reads are validated. */
  async readThenPut(ctx: Context, keys: string, key: string): Promise<void> {
    await this.read(ctx, '', keys);
    await ctx.stub.putState(key, Buffer.from('read'));
  }
}

function ask(ctx: Context, type: peer.ChaincodeMessage.TypeMap[keyof peer.ChaincodeMessage.TypeMap], payload: Uint8Array): Promise<Uint8Array> {
  const message = new peer.ChaincodeMessage();
  message.setType(type);
  message.setPayload(payload);
  message.setTxid(ctx.stub.getTxID());
  message.setChannelId(ctx.stub.getChannelID());
  return (ctx.stub as unknown as MessageCarrier).handler._askPeerAndListen(message, 'Batch');
}

function record({ kind, collection = '', key, value, mspIds }: BatchWrite): peer.WriteRecord {
  const result = new peer.WriteRecord();
  result.setType(peer.WriteRecord.Type[kind]);
  result.setCollection(collection);
  result.setKey(key);
  result.setValue(Buffer.from(value ?? ''));
  if (mspIds !== undefined) {
    const policy = new shim.KeyEndorsementPolicy();
    policy.addOrgs('PEER', ...mspIds);
    const metadata = new peer.StateMetadata();
    metadata.setMetakey('VALIDATION_PARAMETER');
    metadata.setValue(policy.getPolicy());
    result.setMetadata(metadata);
  }
  return result;
}
