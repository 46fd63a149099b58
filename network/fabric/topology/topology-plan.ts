import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { parse } from 'yaml';
import type { ConsortiumConfig } from '../../configuration/consortium.js';
import { FabricError } from '../fabric-error.js';
import { PORTS_PER_ORGANISATION } from './port-plan.js';
import { type Consensus, EVERYWHERE, type OrganisationPlacement, type TopologyPlan } from './topology.js';

const LOOPBACK = { host: 'localhost', listen: '127.0.0.1' };

/** Below the ports that systems hand out to outgoing connections, so that none of these takes a node's port while it is down. */
const FREE_RANGE = { from: 20_000, to: 31_000 };

/** Every organisation on this machine, ports in the configuration's order from `firstPort`. */
export function singleMachinePlan(config: ConsortiumConfig, firstPort: number, consensus: Consensus = 'bft'): TopologyPlan {
  const placements = config.organisations.map(({ name }, position) => ({ name, ...LOOPBACK, firstPort: firstPort + position * PORTS_PER_ORGANISATION }));
  return { consensus, placements };
}

/** The same with ports that are free now; for tests, which run beside each other. */
export async function freePortsPlan(config: ConsortiumConfig, consensus: Consensus = 'bft'): Promise<TopologyPlan> {
  const size = config.organisations.length * PORTS_PER_ORGANISATION;
  for (;;) {
    const firstPort = FREE_RANGE.from + Math.floor((Math.random() * (FREE_RANGE.to - FREE_RANGE.from)) / PORTS_PER_ORGANISATION) * PORTS_PER_ORGANISATION;
    if (await areFree(firstPort, size)) return singleMachinePlan(config, firstPort, consensus);
  }
}

/** Reads a topology file (`fabric-config/topology.yaml` is one); throws TOPOLOGY_INVALID. */
export async function readTopologyPlan(path: string): Promise<TopologyPlan> {
  const file: unknown = parse(await readFile(path, 'utf8'));
  if (!isRecord(file) || (file['consensus'] !== 'bft' && file['consensus'] !== 'raft') || !isRecord(file['organisations'])) {
    throw new FabricError('TOPOLOGY_INVALID', `${path} needs "consensus" (bft or raft) and "organisations"`);
  }
  const placements = Object.entries(file['organisations']).map(([name, placement]) => parsePlacement(path, name, placement));
  return { consensus: file['consensus'], placements };
}

function parsePlacement(path: string, name: string, placement: unknown): OrganisationPlacement {
  const { host = LOOPBACK.host, listen, firstPort, ordererHost } = isRecord(placement) ? placement : {};
  if (typeof host !== 'string' || typeof firstPort !== 'number' || !Number.isInteger(firstPort) || firstPort < 1 || firstPort > 65_535 - PORTS_PER_ORGANISATION) {
    throw new FabricError('TOPOLOGY_INVALID', `${path}: ${name} needs "firstPort", and "host" where it is not this machine`);
  }
  const placed = { name, host, listen: listenOn(host, listen), firstPort };
  return typeof ordererHost === 'string' ? { ...placed, ordererHost } : placed;
}

function listenOn(host: string, listen: unknown): string {
  if (typeof listen === 'string') return listen;
  return host === LOOPBACK.host ? LOOPBACK.listen : EVERYWHERE;
}

async function areFree(firstPort: number, size: number): Promise<boolean> {
  const checks = await Promise.all(Array.from({ length: size }, async (_, offset) => isFree(firstPort + offset)));
  return checks.every(Boolean);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, LOOPBACK.listen);
    await once(server, 'listening');
    return true;
  } catch {
    return false; // In use.
  } finally {
    server.close();
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
