import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConsortiumConfig } from '../../configuration/consortium.js';
import { freePortsPlan, readTopologyPlan, singleMachinePlan } from './topology-plan.js';
import { peersOf, resolveTopology } from './topology.js';

const organisation = (name: string, peers = 1) => ({ name, mspId: `${name}MSP`, domain: `${name.toLowerCase()}.example`, users: [], peers });

const four: ConsortiumConfig = {
  channel: 'agreed',
  organisations: [organisation('A', 2), organisation('B'), organisation('C'), organisation('D')],
  chaincodes: [
    { name: 'first', version: '1', sequence: 1, endorsementPolicy: '/Channel/Application/Endorsement', collections: [] },
    { name: 'second', version: '1', sequence: 1, endorsementPolicy: '/Channel/Application/Endorsement', collections: [] },
  ],
  ordering: { maxMessageCount: 500, preferredMaxBytes: 1, batchTimeoutMs: 50 },
};

describe('topology', () => {
  test('each organisation has an orderer under an MSP of its own, and its peers', () => {
    const topology = resolveTopology(four, singleMachinePlan(four, 7000));
    expect(topology.orderers.map(({ id, mspId, port }) => [id, mspId, port])).toEqual([
      ['orderer0.ordering.a.example', 'AOrdererMSP', 7000],
      ['orderer0.ordering.b.example', 'BOrdererMSP', 7100],
      ['orderer0.ordering.c.example', 'COrdererMSP', 7200],
      ['orderer0.ordering.d.example', 'DOrdererMSP', 7300],
    ]);
    expect(peersOf(topology, 'AMSP').map(({ id, port, chaincodes }) => [id, port, chaincodes])).toEqual([
      ['peer0.a.example', 7020, { first: { blue: 7022, green: 7023 }, second: { blue: 7024, green: 7025 } }],
      ['peer1.a.example', 7040, { first: { blue: 7042, green: 7043 }, second: { blue: 7044, green: 7045 } }],
    ]);
  });

  test('no two servers share a port', () => {
    const { orderers, peers } = resolveTopology(four, singleMachinePlan(four, 7000));
    const ports = [
      ...orderers.flatMap(({ port, adminPort, operationsPort }) => [port, adminPort, operationsPort]),
      ...peers.flatMap(({ port, operationsPort, chaincodes }) => [port, operationsPort, ...Object.values(chaincodes).flatMap(({ blue, green }) => [blue, green])]),
    ];
    expect(new Set(ports).size).toBe(ports.length);
  });

  test('BFT with fewer than four organisations is refused, Raft is not', () => {
    const three = { ...four, organisations: four.organisations.slice(0, 3) };
    expect(() => resolveTopology(three, singleMachinePlan(three, 7000))).toThrow(expect.objectContaining({ code: 'TOPOLOGY_INVALID' }) as Error);
    expect(resolveTopology(three, singleMachinePlan(three, 7000, 'raft')).orderers).toHaveLength(3);
  });

  test('organisations on one host whose ports overlap are refused', () => {
    const { placements } = singleMachinePlan(four, 7000);
    const overlapping = { consensus: 'bft' as const, placements: placements.map((placement, position) => ({ ...placement, firstPort: 7000 + position * 50 })) };
    expect(() => resolveTopology(four, overlapping)).toThrow('share ports');
  });

  test('an organisation without a place is refused', () => {
    expect(() => resolveTopology(four, { consensus: 'bft', placements: [] })).toThrow('where A runs');
  });

  test('free ports stay below those of outgoing connections', async () => {
    const { placements } = await freePortsPlan(four);
    expect(Math.max(...placements.map(({ firstPort }) => firstPort))).toBeLessThan(32_000);
  });
});

describe('topology files', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'medaccord-topology-'));
  });
  afterEach(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  async function read(text: string) {
    const path = join(directory, 'topology.yaml');
    await writeFile(path, text);
    return readTopologyPlan(path);
  }

  test('loopback where no host is named, every address where one is', async () => {
    await expect(read('consensus: raft\norganisations:\n  A: { firstPort: 7000 }\n  B: { host: b.example, firstPort: 7000 }\n')).resolves.toEqual({
      consensus: 'raft',
      placements: [
        { name: 'A', host: 'localhost', listen: '127.0.0.1', firstPort: 7000 },
        { name: 'B', host: 'b.example', listen: '0.0.0.0', firstPort: 7000 },
      ],
    });
  });

  test('an orderer may stand on another host than its organisation’s peers', async () => {
    const plan = await read('consensus: bft\norganisations:\n  Alpha: { firstPort: 7000, ordererHost: orderers.example }\n');
    expect(plan.placements).toEqual([{ name: 'Alpha', host: 'localhost', listen: '127.0.0.1', firstPort: 7000, ordererHost: 'orderers.example' }]);
    const { orderers, peers } = resolveTopology(four, { consensus: 'bft', placements: singleMachinePlan(four, 7000).placements.map((placement) => ({ ...placement, ordererHost: 'orderers.example' })) });
    expect(orderers.map(({ host, listen, port }) => [host, listen, port])).toEqual([7000, 7100, 7200, 7300].map((port) => ['orderers.example', '0.0.0.0', port]));
    expect(new Set(peers.map(({ host, listen }) => `${host} ${listen}`))).toEqual(new Set(['localhost 127.0.0.1']));
  });

  test.each(['consensus: solo\norganisations: {}', 'consensus: bft', 'consensus: bft\norganisations: { A: { host: a } }', 'consensus: bft\norganisations: { A: { firstPort: 70000 } }'])('refuses %j', async (text) => {
    await expect(read(text)).rejects.toMatchObject({ code: 'TOPOLOGY_INVALID' });
  });
});
