import type { ChaincodeEvent, CloseableAsyncIterable } from '@hyperledger/fabric-gateway';
import type { EventEnvelope } from '@medaccord/domain';
import { REGISTRY_CHANGED } from '@medaccord/domain';
import type { ContractNetwork, Party } from '../testing/contract-network.js';
import { boardDesk, orderOf, suspended } from '../testing/board-desk.js';
import { inRole, startFoundedNetwork } from '../testing/founded-registry.js';
import { organisations } from '../testing/organisations.js';

const licence = { jurisdiction: 'CA', board: 'ca-medical', type: 'MD', number: 'A1' };
const actionId = (number: number): string => number.toString(16).padStart(32, '0');

describe('what the registry tells the world', () => {
  let network: ContractNetwork;
  let registrar: Party;
  let events: CloseableAsyncIterable<ChaincodeEvent>;
  let next: () => Promise<ChaincodeEvent>;

  const submit = async (by: Party, transaction: string, request: object): Promise<string> => (await by.submit('registry', transaction, request)).txId;
  const told = async (): Promise<object> => {
    const { eventName, transactionId, payload } = await next();
    return { eventName, transactionId, ...(JSON.parse(new TextDecoder().decode(payload)) as EventEnvelope) };
  };
  const envelope = (transactionId: string, ...list: EventEnvelope['events']): object => ({ eventName: REGISTRY_CHANGED, transactionId, schema: 'registry-changed/v1', events: list });

  beforeAll(async () => {
    network = await startFoundedNetwork(['registry']);
    registrar = await inRole(network, 'board', 'registrar');
    events = await registrar.events('registry', 0n);
    const iterator = events[Symbol.asyncIterator]();
    next = async () => (await iterator.next()).value as ChaincodeEvent;
  }, 120_000);

  afterAll(async () => {
    events.close();
    await network.stop();
  });

  test('begins with its foundation and its members', async () => {
    expect(await told()).toMatchObject({ events: [{ type: 'registry.initialised.v1', id: organisations.office.mspId, position: 1 }] });
    for (const { mspId, kind } of Object.values(organisations)) {
      if (kind !== 'consortium') expect(await told()).toMatchObject({ events: [{ type: 'member.registered.v1', id: mspId, position: 1 }] });
    }
  });

  test('names each record that a transaction changed with its position, in one envelope', async () => {
    const items = ['A1', 'A2'].map((number, index) => ({ actionId: actionId(index), licence: { ...licence, number }, effectiveFrom: '2020-01-01', status: 'ACTIVE' }));
    const issued = await submit(registrar, 'issueLicences', { items });
    expect(await told()).toEqual(envelope(issued, ...['A1', 'A2'].map((number) => ({ type: 'licence.issued.v1', id: `CA~ca-medical~MD~${number}`, position: 1 }) as const)));

    const { officer, member, record } = await boardDesk(network);
    for (const { fingerprint } of [officer, member]) expect(await told()).toMatchObject({ events: [{ type: 'board-officer.introduced.v1', id: fingerprint, position: 1 }] });
    const { txId } = await record(orderOf(licence, 1, [suspended({ summary: true }), { kind: 'APPEAL', target: 2, action: { type: 'APPEAL', effectiveFrom: '2026-02-02' } }]));
    expect(await told()).toEqual(envelope(txId, { type: 'licence.order-recorded.v1', id: 'CA~ca-medical~MD~A1', position: 3 }));
  });

  test('says nothing where nothing changed', async () => {
    const items = [{ actionId: actionId(0), licence: { ...licence, number: 'A2' }, effectiveFrom: '2020-01-01', status: 'ACTIVE' }];
    await submit(registrar, 'issueLicences', { items });
    const hospital = await inRole(network, 'hospital', 'service');
    const ticked = await submit(hospital, 'advanceClock', { time: new Date().toISOString() });
    expect(await told()).toEqual(envelope(ticked, { type: 'clock.advanced.v1', id: 'clock', position: 1 }));
  });
});
