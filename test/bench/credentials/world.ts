import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { consortiumFile, freePorts, gatewayProcess, startProcess, startStack, stopProcesses, type ManagedProcess, type Stack, type StartLedger } from '@medaccord/network/cli';
import { loadConsortium } from '@medaccord/network/configuration';
import { OrganizationPaths } from '@medaccord/network/identities';
import { foundConsortium } from '../../demo/found-consortium.js';
import { GatewayClient } from '../../demo/gateway-client.js';
import { peopleOf, type People } from '../../demo/people.js';
import { killProcess } from '../../faults/fabric/kill-process.js';
import { DEMO_MEMBERS } from '../../fixtures/demo-registry.js';
import { connectTo, type LedgerClient } from '../baseline/client.js';

/** The board of the benchmark, and the kinds of licence that it issues. */
export const BENCH_BOARD = { jurisdiction: 'VT', board: 'bench-board' } as const;
export const BENCH_TYPES = ['MD', 'RN', 'PA', 'DO'] as const;

/** Boards of other states, whose licences a compact relates to the ones of the first. */
export const OTHER_BOARDS = [{ jurisdiction: 'NV', board: 'bench-board-nv' }, { jurisdiction: 'WA', board: 'bench-board-wa' }] as const;

const agency = DEMO_MEMBERS['LicensingBoardMSP'];
const units = [BENCH_BOARD, ...OTHER_BOARDS].map(({ jurisdiction, board }) => ({ id: board, kind: 'board' as const, name: board, status: 'OPEN' as const, jurisdiction, licenceTypes: [...BENCH_TYPES], timeZone: 'America/New_York' }));
const members = { ...DEMO_MEMBERS, ...(agency === undefined ? {} : { LicensingBoardMSP: { ...agency, units } }) };

/** A stack with a founded consortium, whose processes may be ended and started again on their data. */
export class BenchWorld {
  readonly directory: string;
  #stack: Stack;
  readonly #startLedger: StartLedger;
  /** Gateways that were started again. */
  readonly #restarted: ManagedProcess[] = [];

  private constructor(directory: string, stack: Stack, startLedger: StartLedger) {
    this.directory = directory;
    this.#stack = stack;
    this.#startLedger = startLedger;
  }

  static async start(startLedger: StartLedger): Promise<BenchWorld> {
    const directory = await mkdtemp(join(tmpdir(), 'medaccord-bench-'));
    const world = new BenchWorld(directory, await startIn(directory, startLedger), startLedger);
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void world.stop().finally(() => process.exit(130)));
    await foundConsortium(world.people, members);
    return world;
  }

  get stack(): Stack {
    return this.#stack;
  }

  get people(): People {
    return peopleOf(this.#stack.endpoints);
  }

  /** One of the seeded users, with a token of its own. */
  person(organisation: string, user: string): GatewayClient {
    return new GatewayClient(this.#stack.endpoints, organisation, user);
  }

  /** The official client at the insurer's peer, as the insurer's gateway itself connects. */
  async client(): Promise<LedgerClient> {
    const { channel, peers, organizationsPath } = this.#stack.endpoints;
    const peer = peers['InsurerMSP'];
    if (peer === undefined) throw new Error('the network has no insurer');
    const user = new OrganizationPaths(organizationsPath, 'insurer.medaccord.example').user('gateway');
    return connectTo('registry', { channel, mspId: 'InsurerMSP', peer: { endpoint: peer.endpoint, tlsCaCert: await readFile(peer.tlsCaFile, 'utf8') }, user });
  }

  /** A process of the stack by name, gateways as they were started last. */
  process(name: string): ManagedProcess {
    const found = this.#restarted.findLast((process) => process.name === name) ?? this.#stack.processes.find((process) => process.name === name);
    if (found === undefined) throw new Error(`The stack has no ${name}`);
    return found;
  }

  /** Ends a gateway as a power failure would, and starts it again on its data and port. */
  async killAndRestartGateway(organisation: string): Promise<void> {
    await killProcess(this.process(`gateway-${organisation}`));
    const config = await loadConsortium(consortiumFile);
    const { endpoints } = this.#stack;
    const own = config.organisations.find(({ name }) => name === organisation);
    const peer = own && endpoints.peers[own.mspId];
    if (own === undefined || peer === undefined) throw new Error(`The consortium has no ${organisation}`);
    const port = Number(new URL(endpoints.gateways[organisation]?.url ?? '').port);
    const around = { config, directory: this.directory, organizationsPath: endpoints.organizationsPath, peer, tokenIssuer: endpoints.identityProvider, port, clockIntervalSeconds: 0 };
    await startProcess(gatewayProcess(own, around), (process) => this.#restarted.push(process));
  }

  /** Ends everything and starts it again on what it kept: nothing has been read since. */
  async restart(): Promise<void> {
    await this.#end();
    this.#stack = await startIn(this.directory, this.#startLedger);
  }

  async stop(): Promise<void> {
    await this.#end();
    await rm(this.directory, { recursive: true, force: true });
  }

  async #end(): Promise<void> {
    await stopProcesses(this.#restarted.splice(0));
    await this.#stack.stop();
  }
}

async function startIn(directory: string, startLedger: StartLedger): Promise<Stack> {
  return startStack({ consortiumFile, directory, ports: freePorts, startLedger, clockIntervalSeconds: 0 });
}
