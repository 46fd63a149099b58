import { jest } from '@jest/globals';
import * as grpc from '@grpc/grpc-js';
import { peer } from '@hyperledger/fabric-protos';
import type { ChaincodeInterface, ChaincodeStub } from 'fabric-shim-api';
import { decodeError } from '@medaccord/domain';
import { readStates } from '../read-states.js';
import { ScriptedPeer } from '../../testing/scripted-peer.js';
import type { Answer } from '../../testing/scripted-peer.js';
import { BatchingMessageHandler } from './batching-handler.js';
import type { PeerStream } from './shim-internals.js';

const { Type } = peer.ChaincodeMessage;
const bytes = (text: string): Buffer => Buffer.from(text);

/** Reads k0, k1 and k2, writes them back in every way there is, and fails where it is told to. */
async function transaction(stub: ChaincodeStub): Promise<{ status: number; message?: string; payload: Uint8Array }> {
  const keys = ['k0', 'k1', 'k2'];
  const values = await readStates(stub, '', keys);
  for (const key of keys) await stub.putState(key, bytes(`new ${key}`));
  await stub.deleteState('k3');
  await stub.setStateValidationParameter('k0', bytes('policy'));
  await stub.putPrivateData('collection', 'p0', bytes('private'));
  await stub.purgePrivateData('collection', 'p1');
  const status = stub.getArgs()[0] === 'fail' ? 500 : 200;
  return { status, message: 'plain', payload: bytes(values.map((value) => new TextDecoder().decode(value)).join()) };
}

const chaincode: ChaincodeInterface = { Init: transaction, Invoke: transaction };

/** Each key holds `old <key>`. */
const honest: Answer = (request) => {
  const payload = request.getPayload_asU8();
  if (request.getType() === Type.GET_STATE) return bytes(`old ${peer.GetState.deserializeBinary(payload).getKey()}`);
  if (request.getType() !== Type.GET_STATE_MULTIPLE) return new Uint8Array();
  const result = new peer.GetStateMultipleResult();
  result.setValuesList(peer.GetStateMultiple.deserializeBinary(payload).getKeysList().map((key) => bytes(`old ${key}`)));
  return result.serializeBinary();
};

const typesOf = (requests: readonly peer.ChaincodeMessage[]): readonly string[] =>
  requests.map((request) => Object.entries(Type).find(([, value]) => value === request.getType())?.[0] ?? 'unknown');

const recordsOf = (requests: readonly peer.ChaincodeMessage[]): readonly (readonly [string, string, string, string])[] =>
  requests
    .filter((request) => request.getType() === Type.WRITE_BATCH_STATE)
    .flatMap((request) => peer.WriteBatchState.deserializeBinary(request.getPayload_asU8()).getRecList())
    .map((record) => {
      const type = Object.entries(peer.WriteRecord.Type).find(([, value]) => value === record.getType())?.[0] ?? 'unknown';
      const content = record.getMetadata()?.getValue_asU8() ?? record.getValue_asU8();
      return [type, record.getCollection(), record.getKey(), new TextDecoder().decode(content)] as const;
    });

describe('a chaincode’s stream to its peer', () => {
  const server = new grpc.Server();
  const peers: ScriptedPeer[] = [];
  let address: string;

  const connect = async (offer?: { writes: number; keys: number }): Promise<ScriptedPeer> => {
    const scripted = await ScriptedPeer.connect(address, offer);
    peers.push(scripted);
    return scripted;
  };

  beforeAll(async () => {
    server.addService(peer.ChaincodeService, {
      connect: (stream: PeerStream) => {
        const register = new peer.ChaincodeMessage();
        register.setType(Type.REGISTER);
        new BatchingMessageHandler(stream, chaincode, {}).chat(register);
      },
    });
    address = await new Promise((resolve, reject) => {
      server.bindAsync('localhost:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
        if (error === null) resolve(`localhost:${port}`);
        else reject(error);
      });
    });
  });

  afterAll(() => {
    for (const scripted of peers) scripted.close();
    server.forceShutdown();
  });

  test('uses one message per key with a peer that offers no batches', async () => {
    const { requests, response } = await (await connect()).run('tx', ['work'], honest);
    expect(typesOf(requests)).toEqual([
      ...['GET_STATE', 'GET_STATE', 'GET_STATE'],
      ...['PUT_STATE', 'PUT_STATE', 'PUT_STATE', 'DEL_STATE', 'PUT_STATE_METADATA', 'PUT_STATE', 'PURGE_PRIVATE_DATA'],
    ]);
    expect([response.getStatus(), new TextDecoder().decode(response.getPayload_asU8())]).toEqual([200, 'old k0,old k1,old k2']);
  });

  test('reads and writes many keys in one message where the peer offers it, in the order of the transaction', async () => {
    const { requests, response } = await (await connect({ writes: 1000, keys: 1000 })).run('tx', ['work'], honest);
    expect(typesOf(requests)).toEqual(['GET_STATE_MULTIPLE', 'WRITE_BATCH_STATE']);
    expect(recordsOf(requests)).toEqual([
      ['PUT_STATE', '', 'k0', 'new k0'],
      ['PUT_STATE', '', 'k1', 'new k1'],
      ['PUT_STATE', '', 'k2', 'new k2'],
      ['DEL_STATE', '', 'k3', ''],
      ['PUT_STATE_METADATA', '', 'k0', 'policy'],
      ['PUT_STATE', 'collection', 'p0', 'private'],
      ['PURGE_PRIVATE_DATA', 'collection', 'p1', ''],
    ]);
    expect(new TextDecoder().decode(response.getPayload_asU8())).toBe('old k0,old k1,old k2');
  });

  test('keeps to the sizes that the peer allows', async () => {
    const { requests } = await (await connect({ writes: 3, keys: 2 })).run('tx', ['work'], honest);
    expect(typesOf(requests)).toEqual(['GET_STATE_MULTIPLE', 'GET_STATE_MULTIPLE', 'WRITE_BATCH_STATE', 'WRITE_BATCH_STATE', 'WRITE_BATCH_STATE']);
    expect(recordsOf(requests).map(([, , key]) => key)).toEqual(['k0', 'k1', 'k2', 'k3', 'k0', 'p0', 'p1']);
  });

  test('writes nothing for a transaction that refuses, and gives its refusal a code', async () => {
    const { requests, response } = await (await connect({ writes: 1000, keys: 1000 })).run('tx', ['fail'], honest);
    expect(typesOf(requests)).toEqual(['GET_STATE_MULTIPLE']);
    expect([response.getStatus(), decodeError(response.getMessage())?.code]).toEqual([500, 'INVALID_INPUT']);
  });

  test('refuses the transaction where the peer refuses its writes, without the peer’s words', async () => {
    const refusing: Answer = (request) => (request.getType() === Type.WRITE_BATCH_STATE ? new Error('no private write here') : honest(request));
    const log = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const { response } = await (await connect({ writes: 1000, keys: 1000 })).run('tx', ['work'], refusing);
    const logged = log.mock.calls.join();
    log.mockRestore();
    expect(logged).toContain('unexpected fault');
    expect(logged).not.toContain('private write');
    expect([response.getStatus(), decodeError(response.getMessage())?.code]).toEqual([500, 'LEDGER_FAULT']);
    expect(response.getMessage()).not.toContain('private write');
  });

  test('keeps the writes of transactions apart', async () => {
    const scripted = await connect({ writes: 1000, keys: 1000 });
    await scripted.run('first', ['fail'], honest);
    const { requests } = await scripted.run('second', ['work'], honest);
    expect(recordsOf(requests)).toHaveLength(7);
  });
});
