import { peer } from '@hyperledger/fabric-protos';
import type { Contract } from '@hyperledger/fabric-gateway';
import { GatewayError } from '@hyperledger/fabric-gateway';
import { ScriptedChaincode } from '../testing/scripted-chaincode.js';
import type { MessageType, Script } from '../testing/scripted-chaincode.js';
import type { Execution } from './execution.js';
import { ChaincodeStream } from './stream.js';
import { chaincode, consortium, mspOf, TestNetwork, text } from '../testing/test-network.js';

const A = mspOf('a');
const { Type } = peer.ChaincodeMessage;

let net: TestNetwork;
let contract: Contract;
let server: ScriptedChaincode | undefined;

beforeAll(async () => {
  // What the test network serves under these names is replaced by what each test serves.
  const scripted = chaincode('scripted', { endorsementPolicy: `OR('${A}.peer')` });
  const slow = chaincode('slow', { endorsementPolicy: scripted.endorsementPolicy });
  net = await TestNetwork.start(consortium(['a'], [scripted, slow]), { executeTimeoutMs: 4000, startTimeoutMs: 4000 });
  contract = await net.contract(A, 'scripted');
});

afterEach(() => {
  server?.stop();
  server = undefined;
});

afterAll(() => net.close());

async function serve(script: Script, packageId = 'scripted:1.0', first?: MessageType): Promise<ScriptedChaincode> {
  server = await ScriptedChaincode.serve(packageId, script, first);
  net.network.setChaincodeAddress(A, 'scripted', server);
  return server;
}

async function refusal(work: Promise<unknown>): Promise<string> {
  const outcome: unknown = await work.catch((cause: unknown) => cause);
  if (outcome instanceof GatewayError) return outcome.details.map(({ message }) => message).join('; ');
  throw new Error(`expected a gateway error, got ${String(outcome)}`);
}

const isTransaction = (message: peer.ChaincodeMessage): boolean => message.getType() === Type.TRANSACTION;

test('registration offers batches of writes and of reads', async () => {
  const chaincodeServer = await serve((message, self) => {
    if (isTransaction(message)) self.complete(message, 'done');
  });
  expect(text(await contract.evaluateTransaction('any'))).toBe('done');
  const [registered, ready] = chaincodeServer.received;
  expect([registered?.getType(), ready?.getType()]).toEqual([Type.REGISTERED, Type.READY]);
  const parameters = peer.ChaincodeAdditionalParams.deserializeBinary(ready?.getPayload_asU8() ?? new Uint8Array());
  expect(parameters.toObject()).toEqual({ useWriteBatch: true, maxSizeWriteBatch: 1000, useGetMultipleKeys: true, maxSizeGetMultipleKeys: 1000 });
});

test('a server of another package is not taken', async () => {
  await serve(() => undefined, 'other:1.0');
  expect(await refusal(contract.evaluateTransaction('any'))).toContain(
    'could not launch chaincode scripted:1.0: peer will not accept external chaincode connection other:1.0',
  );
});

test('a server that never registers is given up', async () => {
  const silent = await serve(() => undefined, '');
  expect(await refusal(contract.evaluateTransaction('any'))).toContain('could not launch chaincode scripted:1.0');
  expect(silent.connections).toBe(1);
});

test('a transaction that takes too long fails, and a late result harms nobody', async () => {
  const waiting: peer.ChaincodeMessage[] = [];
  const slow = await serve((message, self) => {
    if (!isTransaction(message)) return;
    if (waiting.length === 0) waiting.push(message);
    else self.complete(message, 'second');
  });
  expect(await refusal(contract.evaluateTransaction('any'))).toMatch(
    /error in simulation: failed to execute transaction [0-9a-f]{64}: error sending: timeout expired while executing transaction/,
  );
  for (const late of waiting) slow.complete(late, 'late');
  expect(text(await contract.evaluateTransaction('any'))).toBe('second');
});

test('a stream that breaks fails what is in flight; the next transaction dials again', async () => {
  let calls = 0;
  const fragile = await serve((message, self) => {
    if (!isTransaction(message)) return;
    calls += 1;
    if (calls === 1) self.disconnect();
    else self.complete(message, 'again');
  });
  expect(await refusal(contract.evaluateTransaction('any'))).toContain('chaincode stream terminated');
  expect(text(await contract.evaluateTransaction('any'))).toBe('again');
  expect(fragile.connections).toBe(2);
});

test('a message that chaincode may not send ends the stream', async () => {
  await serve((message, self) => {
    if (isTransaction(message)) self.send(Type.REGISTERED, message);
  });
  expect(await refusal(contract.evaluateTransaction('any'))).toContain('chaincode stream terminated');
});

test('many transactions share the stream and each gets its own answer', async () => {
  const shared = await serve((message, self) => {
    if (!isTransaction(message)) return;
    const [, argument = new Uint8Array()] = peer.ChaincodeInput.deserializeBinary(message.getPayload_asU8()).getArgsList_asU8();
    setImmediate(() => {
      self.complete(message, text(argument));
    });
  });
  const names = Array.from({ length: 50 }, (_, index) => `n${index}`);
  const answers = await Promise.all(names.map(async (name) => text(await contract.evaluateTransaction('echo', name))));
  expect(answers).toEqual(names);
  expect(shared.connections).toBe(1);
});

test('a second request of a transaction while one is open is dropped', async () => {
  const slow = await ScriptedChaincode.serve('slow:1.0', (message, self) => {
    if (isTransaction(message)) setTimeout(() => { self.complete(message, 'called'); }, 100);
  });
  net.network.setChaincodeAddress(A, 'slow', slow);
  const target = new peer.ChaincodeID();
  target.setName('slow');
  const call = new peer.ChaincodeSpec();
  call.setChaincodeId(target);
  const answers: string[] = [];
  await serve((message, self) => {
    if (isTransaction(message)) {
      self.send(Type.INVOKE_CHAINCODE, message, call.serializeBinary());
      self.send(Type.GET_STATE, message);
    } else if (message.getTxid() !== '') {
      const called = peer.ChaincodeMessage.deserializeBinary(message.getPayload_asU8());
      answers.push(text(peer.Response.deserializeBinary(called.getPayload_asU8()).getPayload_asU8()));
      self.complete(message, 'counted');
    }
  });
  expect(text(await contract.evaluateTransaction('any'))).toBe('counted');
  slow.stop();
  expect(answers).toEqual(['called']);
});

test('what begins with anything but a registration is not taken', async () => {
  await serve(() => undefined, undefined, Type.COMPLETED);
  expect(await refusal(contract.evaluateTransaction('any'))).toContain('could not launch chaincode scripted:1.0: chaincode did not register');
});

test('a stream that has ended takes no transaction, hears nothing and ends no second time', async () => {
  const refusing = await serve((message, self) => {
    if (isTransaction(message)) self.complete(message, 'done');
  });
  let ends = 0;
  const stream = await ChaincodeStream.open('scripted:1.0', refusing, 4000, () => { ends += 1; });
  stream.close();
  stream.close();
  expect(stream.ready).toBe(false);
  const execution = { scope: { channelId: 'testing', txId: 'tx' } } as unknown as Execution;
  await expect(stream.execute(execution, new Uint8Array(), 4000)).rejects.toThrow('chaincode stream terminated');
  await new Promise((resolve) => { setTimeout(resolve, 50); });
  expect(ends).toBe(1);
});

test('another server of one chaincode leaves the streams of others alone', async () => {
  const other = await ScriptedChaincode.serve('slow:1.0', (message, self) => {
    if (isTransaction(message)) setTimeout(() => { self.complete(message, 'undisturbed'); }, 200);
  });
  net.network.setChaincodeAddress(A, 'slow', other);
  const slow = (await net.contract(A, 'slow')).evaluateTransaction('any');
  while (!other.received.some(isTransaction)) await new Promise((resolve) => { setTimeout(resolve, 5); });
  await serve(() => undefined);
  expect(text(await slow)).toBe('undisturbed');
  other.stop();
});

test('a request outside any transaction is answered with an error', async () => {
  const answers: string[] = [];
  const stray = new peer.ChaincodeMessage();
  stray.setTxid('stray');
  stray.setChannelId('testing');
  await serve((message, self) => {
    if (isTransaction(message)) {
      self.send(Type.GET_STATE, stray);
      setTimeout(() => {
        self.complete(message, 'done');
      }, 50);
    } else if (message.getType() === Type.ERROR) answers.push(text(message.getPayload_asU8()));
  });
  await contract.evaluateTransaction('any');
  expect(answers).toEqual(['GET_STATE failed: transaction ID: stray: no ledger context']);
});

test('an ERROR message of the chaincode fails the transaction with its text', async () => {
  await serve((message, self) => {
    if (isTransaction(message)) self.send(Type.ERROR, message, Buffer.from('no stub'));
  });
  expect(await refusal(contract.evaluateTransaction('any'))).toContain('transaction returned with failure: no stub');
});
