import { peer } from '@hyperledger/fabric-protos';
import type { ChaincodeInterface, ChaincodeResponse, ChaincodeStub } from 'fabric-shim-api';
import { decodeError, DomainError, encodeError } from '@medaccord/domain';
import { logFault } from './log.js';
import { getMultipleMessage, NO_OFFER, readMultiple, readOffer, writeBatchMessage, writeRecord } from './peer-batches.js';
import type { PeerOffer, TransactionRef } from './peer-batches.js';
import { ChaincodeMessageHandler } from './shim-internals.js';
import type { PeerStream } from './shim-internals.js';

/** What a transaction's stub can do here besides the shim's own methods. */
export interface BatchingStub {
  /** Values of several keys in one message where the peer takes it, in the order of the keys; empty where there is none. */
  readStates(collection: string, keys: readonly string[]): Promise<readonly Uint8Array[]>;
}

/** Settings of a chaincode server that transactions see. */
export interface StubSettings {
  /** MSP id of the peer that this server works for; the shim otherwise takes it from the environment of the process. */
  readonly mspId?: string;
}

/**
 * The shim's handler, which collects a transaction's writes and sends them in few messages when it has succeeded. Reads
 * never see a transaction's own writes in Fabric, so no transaction can tell the difference; a message per key costs about
 * half of a batch's time. Where the peer offers no batches, every call passes through as it is.
 */
export class BatchingMessageHandler extends ChaincodeMessageHandler {
  #offer: PeerOffer = NO_OFFER;
  readonly #pending = new Map<string, peer.WriteRecord[]>();

  constructor(stream: PeerStream, chaincode: ChaincodeInterface, settings: StubSettings) {
    super(stream, {
      Init: (stub) => this.#run(stub, settings, (ready) => chaincode.Init(ready)),
      Invoke: (stub) => this.#run(stub, settings, (ready) => chaincode.Invoke(ready)),
    });
  }

  override chat(firstMessage: peer.ChaincodeMessage): void {
    this._stream.on('data', (message) => {
      if (message.getType() === peer.ChaincodeMessage.Type.READY) this.#offer = readOffer(message.getPayload_asU8());
    });
    super.chat(firstMessage);
  }

  override handlePutState(collection: string, key: string, value: Uint8Array, channelId: string, txId: string): Promise<Uint8Array> {
    return this.#collect({ channelId, txId }, writeRecord('PUT_STATE', collection, key, { value })) ?? super.handlePutState(collection, key, value, channelId, txId);
  }

  override handleDeleteState(collection: string, key: string, channelId: string, txId: string): Promise<Uint8Array> {
    return this.#collect({ channelId, txId }, writeRecord('DEL_STATE', collection, key)) ?? super.handleDeleteState(collection, key, channelId, txId);
  }

  override handlePurgeState(collection: string, key: string, channelId: string, txId: string): Promise<Uint8Array> {
    return this.#collect({ channelId, txId }, writeRecord('PURGE_PRIVATE_DATA', collection, key)) ?? super.handlePurgeState(collection, key, channelId, txId);
  }

  override handlePutStateMetadata(collection: string, key: string, name: string, value: Uint8Array, channelId: string, txId: string): Promise<Uint8Array> {
    const record = writeRecord('PUT_STATE_METADATA', collection, key, { metadata: { name, value } });
    return this.#collect({ channelId, txId }, record) ?? super.handlePutStateMetadata(collection, key, name, value, channelId, txId);
  }

  #collect(transaction: TransactionRef, record: peer.WriteRecord): Promise<Uint8Array> | undefined {
    if (this.#offer.writes === 0) return undefined;
    const pending = this.#pending.get(idOf(transaction));
    if (pending === undefined) this.#pending.set(idOf(transaction), [record]);
    else pending.push(record);
    return Promise.resolve(new Uint8Array());
  }

  async #run(stub: ChaincodeStub, settings: StubSettings, invoke: (stub: ChaincodeStub) => Promise<ChaincodeResponse>): Promise<ChaincodeResponse> {
    const transaction = { channelId: stub.getChannelID(), txId: stub.getTxID() };
    try {
      const response = await invoke(this.#equip(stub, transaction, settings));
      if (response.status >= 400) return withCode(response);
      await this.#send(transaction);
      return response;
    } catch (error) {
      logFault(error, { txId: transaction.txId });
      return { status: 500, message: encodeError(new DomainError('LEDGER_FAULT')) };
    } finally {
      this.#pending.delete(idOf(transaction));
    }
  }

  #equip(stub: ChaincodeStub, transaction: TransactionRef, { mspId }: StubSettings): ChaincodeStub {
    const readStates: BatchingStub['readStates'] = (collection, keys) => this.#read(transaction, collection, keys);
    return Object.assign(stub, { readStates }, mspId === undefined ? {} : { getMspID: () => mspId });
  }

  async #send(transaction: TransactionRef): Promise<void> {
    for (const records of inParts(this.#pending.get(idOf(transaction)) ?? [], this.#offer.writes)) {
      await this._askPeerAndListen(writeBatchMessage(transaction, records), 'WriteBatchState');
    }
  }

  async #read(transaction: TransactionRef, collection: string, keys: readonly string[]): Promise<readonly Uint8Array[]> {
    const { channelId, txId } = transaction;
    const values: Uint8Array[] = [];
    if (this.#offer.keys === 0) {
      for (const key of keys) values.push(await this.handleGetState(collection, key, channelId, txId));
      return values;
    }
    for (const part of inParts(keys, this.#offer.keys)) {
      values.push(...readMultiple(await this._askPeerAndListen(getMultipleMessage(transaction, collection, part), 'GetStateMultiple')));
    }
    return values;
  }
}

/** Contracts encode what they refuse. A bare message is the framework's own: wrong number of arguments, unknown contract. */
function withCode(response: ChaincodeResponse): ChaincodeResponse {
  const coded = decodeError(response.message ?? '') !== undefined;
  return coded ? response : { status: response.status, message: encodeError(new DomainError('INVALID_INPUT')) };
}

/** One transaction id may run on several channels at once. */
function idOf({ channelId, txId }: TransactionRef): string {
  return `${channelId} ${txId}`;
}

function inParts<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: size === 0 ? 0 : Math.ceil(all.length / size) }, (_, part) => all.slice(part * size, (part + 1) * size));
}
