import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConsortium } from '../configuration/load-consortium.js';
import type { ConsortiumConfig } from '../configuration/consortium.js';
import { gatewayProcess, identityProviderProcess, type HttpReady } from './gateway-process.js';
import { startProcess, stopProcesses, type ManagedProcess, type ProcessSpecification } from './managed-process.js';
import type { StackPorts } from './ports.js';
import type { GatewayEndpoint, PeerEndpoint, StackEndpoints } from './stack-endpoints.js';
import { writeStackRecord } from './stack-file.js';

/** A running Fabric network, embedded or real, with its chaincode servers: what the gateways stand on. */
export interface RunningLedger {
  readonly kind: StackEndpoints['network'];
  readonly organizationsPath: string;
  /** By MSP id. */
  readonly peers: Readonly<Record<string, PeerEndpoint>>;
  readonly control: PeerControl;
  /** Ends what was not started by the given `Start`. */
  stop?(): Promise<void>;
}

/** An organisation's peers, all of them: away and back, with their data. */
export interface PeerControl {
  stopPeers(mspId: string): Promise<void>;
  startPeers(mspId: string): Promise<void>;
}

/** Starts a process that the stack will stop, whatever becomes of the rest. */
export type Start = <Ready>(specification: ProcessSpecification) => Promise<Ready>;

/** Starts the network under a stack; keeps what it generates in the folder. */
export type StartLedger = (config: ConsortiumConfig, directory: string, ports: StackPorts, start: Start) => Promise<RunningLedger>;

export interface StackOptions {
  /** Consortium file (YAML or JSON). */
  readonly consortiumFile: string;
  /** Where the stack keeps data, logs and its record. */
  readonly directory: string;
  readonly ports: StackPorts;
  readonly startLedger: StartLedger;
  /** Seconds between two ticks of the registry's clock, given by the last organisation's gateway (the office). */
  readonly clockIntervalSeconds: number;
  /** Told what is being started, for people. */
  readonly progress?: (what: string) => void;
}

/** A running stack. */
export interface Stack {
  readonly endpoints: StackEndpoints;
  readonly processes: readonly ManagedProcess[];
  readonly control: PeerControl;
  /** Ends every process, servers in front first. */
  stop(): Promise<void>;
}

/** Starts network, chaincode servers, identity provider and gateways; nothing is left running where a part fails. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const started: ManagedProcess[] = [];
  let ledger: RunningLedger | undefined;
  const stop = async (): Promise<void> => {
    await stopInTurn(started);
    await ledger?.stop?.();
  };
  const startLedger: StartLedger = async (...args) => {
    ledger = await options.startLedger(...args);
    return ledger;
  };
  const start: Start = (specification) => startProcess(specification, (process) => started.push(process));
  try {
    const endpoints = await startParts({ ...options, startLedger }, start);
    await writeStackRecord(options.directory, { processes: started, endpoints });
    return { endpoints, processes: started, control: controlOf(ledger), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function controlOf(ledger: RunningLedger | undefined): PeerControl {
  if (ledger === undefined) throw new Error('the stack started without its ledger');
  return ledger.control;
}

async function startParts(options: StackOptions, start: Start): Promise<StackEndpoints> {
  const { directory, ports, progress = () => undefined } = options;
  await mkdir(join(directory, 'logs'), { recursive: true });
  const config = await loadConsortium(options.consortiumFile);

  progress('ledger');
  const ledger = await options.startLedger(config, directory, ports, start);

  progress('identity provider');
  const identityProvider = await start<HttpReady>(identityProviderProcess(options.consortiumFile, directory, ports.identityProvider));

  progress('gateways');
  const gateways = await startGateways(options, config, ledger, identityProvider.listening, start);
  const endpoints: StackEndpoints = {
    network: ledger.kind,
    channel: config.channel,
    identityProvider: identityProvider.listening,
    gateways,
    peers: ledger.peers,
    organizationsPath: ledger.organizationsPath,
  };
  await writeFile(join(directory, 'endpoints.json'), JSON.stringify(endpoints, undefined, 2));

  return endpoints;
}

async function startGateways(
  options: StackOptions,
  config: ConsortiumConfig,
  ledger: RunningLedger,
  tokenIssuer: string,
  start: Start,
): Promise<Record<string, GatewayEndpoint>> {
  const last = config.organisations.length - 1;
  const entries = await Promise.all(
    config.organisations.map(async (organisation, index) => {
      const peer = ledger.peers[organisation.mspId];
      if (peer === undefined) throw new Error(`The network has no peer of ${organisation.mspId}`);
      const gateway = await start<HttpReady>(
        gatewayProcess(organisation, {
          config,
          directory: options.directory,
          organizationsPath: ledger.organizationsPath,
          peer,
          tokenIssuer,
          port: options.ports.gateway(index),
          clockIntervalSeconds: index === last ? options.clockIntervalSeconds : 0,
        }),
      );
      return [organisation.name, { mspId: organisation.mspId, url: gateway.listening }] as const;
    }),
  );
  return Object.fromEntries(entries);
}

/** Gateways first, the ledger last, so that nobody in front sees its ground vanish. */
async function stopInTurn(processes: readonly ManagedProcess[]): Promise<void> {
  const inFront = processes.filter(({ name }) => name.startsWith('gateway-') || name === 'identity-provider');
  await stopProcesses(inFront);
  await stopProcesses(processes.filter((process) => !inFront.includes(process)));
}
