import { status } from '@grpc/grpc-js';
import { checkpointers, GatewayError } from '@hyperledger/fabric-gateway';
import type { CloseableAsyncIterable, Network } from '@hyperledger/fabric-gateway';
import { peer } from '@hyperledger/fabric-protos';
import { chaincode, CHANNEL, consortium, mspOf, TestNetwork, text } from '../testing/test-network.js';

const [A, B] = ['a', 'b'].map(mspOf) as [string, string];
const ofA = `_implicit_org_${A}`;

let net: TestNetwork;
let network: Network;

beforeAll(async () => {
  const shared = {
    name: 'members-only',
    policy: `OR('${A}.member')`,
    requiredPeerCount: 0,
    maxPeerCount: 1,
    blockToLive: 0,
    memberOnlyRead: true,
    memberOnlyWrite: false,
  };
  net = await TestNetwork.start(consortium(['a', 'b'], [chaincode('generic', { collections: [shared] })]));
  network = (await net.gateway(A)).getNetwork(CHANNEL);
});

afterAll(() => net.close());

/** The first items of a stream, which is then closed. */
async function take<T>(stream: CloseableAsyncIterable<T>, count: number): Promise<T[]> {
  const items: T[] = [];
  for await (const item of stream) {
    items.push(item);
    if (items.length === count) break;
  }
  stream.close();
  return items;
}

async function put(key: string): Promise<{ txId: string; blockNumber: bigint }> {
  const submitted = await network.getContract('generic').submitAsync('put', { arguments: [key, 'v'] });
  const { blockNumber, transactionId } = await submitted.getStatus();
  return { txId: transactionId, blockNumber };
}

describe('blocks', () => {
  test('are delivered from a start block on, in order, also ones that come later', async () => {
    const stream = await network.getBlockEvents({ startBlock: 0n });
    const height = net.network.ledger.chainInfo(A).height;
    const taken = take(stream, height + 1);
    await put('later');
    const numbers = (await taken).map((block) => block.getHeader()?.getNumber());
    expect(numbers).toEqual(Array.from({ length: height + 1 }, (_, index) => index));
  });

  test('without a start block only new ones are', async () => {
    const stream = await network.getBlockEvents();
    const { height } = net.network.ledger.chainInfo(A);
    const { blockNumber } = await put('new');
    const [block] = await take(stream, 1);
    expect(block?.getHeader()?.getNumber()).toBeGreaterThanOrEqual(height);
    expect(BigInt(block?.getHeader()?.getNumber() ?? -1)).toBeLessThanOrEqual(blockNumber);
  });

  test('filtered ones tell ids, codes and names of events, and no payloads', async () => {
    const { txId, blockNumber } = await put('filtered');
    const [block] = await take(await network.getFilteredBlockEvents({ startBlock: blockNumber }), 1);
    const transaction = block?.getFilteredTransactionsList().find((candidate) => candidate.getTxid() === txId);
    expect(transaction?.getTxValidationCode()).toBe(peer.TxValidationCode.VALID);
    const event = transaction?.getTransactionActions()?.getChaincodeActionsList()[0]?.getChaincodeEvent();
    expect(event?.getEventName()).toBe('put');
    expect(event?.getPayload_asU8()).toHaveLength(0);
  });
});

describe('private data', () => {
  test('comes with its block at the organisation that holds it', async () => {
    const submitted = await network.getContract('generic').submitAsync('putPrivate', {
      arguments: [ofA, 'secret'],
      transientData: { value: 'for A alone' },
      endorsingOrganizations: [A],
    });
    const { blockNumber } = await submitted.getStatus();
    const [own] = await take(await network.getBlockAndPrivateDataEvents({ startBlock: blockNumber }), 1);
    expect(privateBytes(own)).toContain('for A alone');
    const other = (await net.gateway(B)).getNetwork(CHANNEL);
    await net.network.ledger.whenCommitted(B, Number(blockNumber));
    const [foreign] = await take(await other.getBlockAndPrivateDataEvents({ startBlock: blockNumber }), 1);
    expect(privateBytes(foreign)).toBe('');
  });

  test('of a member-only collection is kept from another organisation’s client at the member’s own peer', async () => {
    const submitted = await network.getContract('generic').submitAsync('putPrivate', {
      arguments: ['members-only', 'secret'],
      transientData: { value: 'members only' },
      endorsingOrganizations: [A, B],
    });
    const { blockNumber } = await submitted.getStatus();
    const stranger = await net.network.control.issue(B, { name: 'user' });
    const atA = (await net.gateway(A, stranger)).getNetwork(CHANNEL);
    const [seen] = await take(await atA.getBlockAndPrivateDataEvents({ startBlock: blockNumber }), 1);
    expect(privateBytes(seen)).toBe('');
    const [own] = await take(await network.getBlockAndPrivateDataEvents({ startBlock: blockNumber }), 1);
    expect(privateBytes(own)).toContain('members only');
  });

  function privateBytes(event: peer.BlockAndPrivateData | undefined): string {
    return [...(event?.getPrivateDataMapMap().entries() ?? [])].map(([, set]) => text(set.serializeBinary())).join();
  }
});

describe('chaincode events', () => {
  test('resume after the transaction that a checkpointer names', async () => {
    const [first, second] = [await put('one'), await put('two')];
    const checkpointer = checkpointers.inMemory();
    await checkpointer.checkpointTransaction(first.blockNumber, first.txId);
    const [event] = await take(await network.getChaincodeEvents('generic', { checkpoint: checkpointer }), 1);
    expect(event).toMatchObject({ transactionId: second.txId, eventName: 'put' });
    expect(text(event?.payload ?? new Uint8Array())).toBe('two');
  });

  test('of a transaction that is not valid are not told', async () => {
    const contract = network.getContract('generic');
    const { height } = net.network.ledger.chainInfo(A);
    const alone = contract.submit('put', { arguments: ['invalid', 'v'], endorsingOrganizations: [A] });
    await expect(alone).rejects.toMatchObject({ code: peer.TxValidationCode.ENDORSEMENT_POLICY_FAILURE });
    const { txId } = await put('valid');
    const [event] = await take(await network.getChaincodeEvents('generic', { startBlock: BigInt(height) }), 1);
    expect(event?.transactionId).toBe(txId);
  });
});

test('a revoked reader gets no blocks', async () => {
  const reader = await net.network.control.issue(B, { name: 'reader' });
  const theirs = (await net.gateway(B, reader)).getNetwork(CHANNEL);
  expect(await take(await theirs.getBlockEvents({ startBlock: 0n }), 1)).toHaveLength(1);
  await net.network.control.revoke(B, 'reader');
  const outcome: unknown = await take(await theirs.getBlockEvents({ startBlock: 0n }), 1).catch((cause: unknown) => cause);
  expect(outcome).toBeInstanceOf(Error);
  const events = await theirs.getChaincodeEvents('generic');
  const refused: unknown = await take(events, 1).catch((cause: unknown) => cause);
  expect(refused).toBeInstanceOf(GatewayError);
  expect(refused).toMatchObject({ code: status.PERMISSION_DENIED });
});
