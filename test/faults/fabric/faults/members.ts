import { fileURLToPath } from 'node:url';
import { chainHeight, GatewayConnection, samplesOf, until, withPeer } from '@medaccord/network/fabric';
import type { FaultNetwork } from '../fault-network.js';
import type { Fault, Scene } from '../round.js';

const WITHOUT_IT = 16;
const differentClaims = fileURLToPath(new URL('../patched/different-claims.js', import.meta.url));
const intrudingRegistry = fileURLToPath(new URL('../patched/intruding-registry.js', import.meta.url));

/** Transactions of the flood, and how many of them are under way at once. */
const FLOOD = 800;
const AT_ONCE = 24;
/** A peer that lacks a block for longer has fallen behind. */
const BEHIND_WITHIN_MS = 30_000;
/** What is written to each victim's collection by each of them. */
const INTRUSION_BYTES = 1_000;

/** Members that misbehave, or are gone altogether. */
export const memberFaults: readonly Fault[] = [
  {
    id: 'different-answer',
    title: 'A peer of the hospital runs patched chaincode that answers differently',
    strike: async (scene: Scene): Promise<void> => {
      const { chaincodes } = scene.network;
      const { id } = scene.network.peer('HospitalMSP', 0);
      scene.struck();
      await chaincodes.kill(id, 'claims');
      try {
        await chaincodes.restart(id, 'claims', differentClaims);
        const before = await mismatches(scene.network);
        await scene.answered(40);
        scene.note(`the organisations' results did not match ${(await mismatches(scene.network)) - before} times; the gateways tried again`);
      } finally {
        await chaincodes.kill(id, 'claims');
        await chaincodes.restart(id, 'claims');
      }
    },
  },
  {
    id: 'flood',
    title: 'The board floods the channel with writes to the parties’ collections that they never endorsed',
    strike: async (scene: Scene): Promise<void> => {
      const { chaincodes } = scene.network;
      const { id } = scene.network.peer('LicensingBoardMSP', 0);
      await chaincodes.kill(id, 'registry');
      await chaincodes.restart(id, 'registry', intrudingRegistry);
      scene.struck();
      try {
        await flood(scene);
      } finally {
        await chaincodes.kill(id, 'registry');
        await chaincodes.restart(id, 'registry');
      }
    },
  },
  {
    id: 'board-dark',
    title: 'The licensing board is dark: orderer, peer, chaincode and gateway',
    strike: async (scene: Scene): Promise<void> => dark(scene, 'LicensingBoardMSP', async () => scene.served(WITHOUT_IT)),
  },
  {
    id: 'insurer-dark',
    title: 'The insurer is dark: orderer, both peers, chaincodes and gateway; nothing can be claimed meanwhile',
    strike: async (scene: Scene): Promise<void> => dark(scene, 'InsurerMSP', async () => scene.refusedOrPending(16)),
  },
];

/** How often the parties' gateways were told that organisations computed different results. */
async function mismatches({ people }: FaultNetwork): Promise<number> {
  const metrics = await Promise.all([people.biller, people.examiner].map(async ({ url }) => (await fetch(`${url}/metrics`)).text()));
  const samples = metrics.flatMap((text) => samplesOf(text, 'medaccord_ledger_retries_total'));
  return samples.filter(({ labels }) => labels['reason'] === 'mismatch').reduce((sum, { value }) => sum + value, 0);
}

async function dark({ network, struck }: Scene, mspId: string, meanwhile: () => Promise<void>): Promise<void> {
  struck();
  await network.darken(mspId);
  try {
    await meanwhile();
  } finally {
    await network.light(mspId);
  }
}

async function flood(scene: Scene): Promise<void> {
  const { network, note } = scene;
  const attacker = await Attacker.of(network);
  const begun = performance.now();
  const delays: number[] = [];
  try {
    let left = FLOOD;
    const send = async (): Promise<void> => {
      while (left-- > 0) await attacker.send();
    };
    const senders = Promise.all(Array.from({ length: AT_ONCE }, send));
    while (left > 0) delays.push(await delayOf(network));
    await senders;
    note(`${FLOOD} such transactions at ${(FLOOD / ((performance.now() - begun) / 1000)).toFixed(0)} a second; every peer of the parties had a block within ${median(delays).toFixed(1)} s of its being ordered half of the time, and at most ${Math.max(0, ...delays).toFixed(1)} s after it; validation code ${await attacker.lastCode()}`);
  } finally {
    attacker.close();
  }
}

/** The board's own client: its peer alone endorses what it writes. */
class Attacker {
  private last = '';

  private constructor(
    private readonly connection: GatewayConnection,
    private readonly channel: string,
  ) {}

  static async of({ fabric }: FaultNetwork): Promise<Attacker> {
    const endpoint = fabric.peers['LicensingBoardMSP'];
    if (endpoint === undefined) throw new Error('the board has no peer');
    return new Attacker(new GatewayConnection(endpoint, await fabric.identities.of('LicensingBoardMSP').user('gateway')), fabric.topology.channel);
  }

  async send(): Promise<void> {
    const options = { transientData: { intrusion: Buffer.alloc(INTRUSION_BYTES, 7) }, endorsingOrganizations: ['LicensingBoardMSP'] };
    const transaction = await this.connection.contract(this.channel, 'registry').newProposal('readClock', options).endorse();
    await transaction.submit();
    this.last = transaction.getTransactionId();
  }

  async lastCode(): Promise<number> {
    return (await this.connection.commitStatus(this.channel, this.last)).code;
  }

  close(): void {
    this.connection.close();
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Seconds until the parties' slowest peer has the block that is the newest at an orderer now. */
async function delayOf({ fabric }: FaultNetwork): Promise<number> {
  const parties = fabric.topology.peers.filter(({ mspId }) => mspId === 'HospitalMSP' || mspId === 'InsurerMSP');
  const begun = performance.now();
  const [orderer] = fabric.topology.orderers;
  const metrics = await (await fabric.nodes.operations(orderer?.id ?? '')).metrics();
  const newest = samplesOf(metrics, 'consensus_BFT_committed_block_number')[0]?.value ?? 0;
  await Promise.all(parties.map(async (peer) => withPeer(peer, fabric.identities, async (client) =>
    until(async () => ((await chainHeight(client, fabric.topology.channel)).height > newest ? true : undefined), { withinMs: BEHIND_WITHIN_MS, what: `${peer.id} to have block ${newest}`, everyMs: 20 }))));
  return (performance.now() - begun) / 1000;
}
