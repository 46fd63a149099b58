import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { BEHAVIOURS } from '../conformance/behaviours.js';
import { type BehaviourOutcome, runBehaviour } from '../conformance/run-behaviours.js';
import { ChaincodeServers } from '../conformance/world/chaincode-servers.js';
import { CONSORTIUM } from '../conformance/world/consortium.js';
import { embeddedProvider } from '../conformance/world/embedded-provider.js';
import { World } from '../conformance/world/world.js';
import { GuardSwitch } from './guard-switch.js';
import type { Run, WorkerReply, WorkerTask } from './worker-protocol.js';

// Runs behaviours in the instrumented copy, one task per line of standard input, a network of its own for each.
// The parent ends it where it hangs.

const guards = new GuardSwitch();
guards.install();

const reply = (message: WorkerReply): void => { process.stdout.write(`${JSON.stringify(message)}\n`); };

/** A behaviour that takes longer while a guard is off hangs. */
const LIMIT_MS = 25_000;

/** The chaincodes know nothing of networks: the same processes serve all of them. */
let servers: ChaincodeServers | undefined;

/** Identities are issued once; every network begins with the same. */
const template = await mkdtemp(join(process.cwd(), 'identities-'));

/** Runs a task's behaviours on a new network, until one fails or observes something else than usual. */
async function run({ off, behaviours, usual = {} }: WorkerTask): Promise<WorkerReply> {
  const directory = await mkdtemp(join(tmpdir(), 'medaccord-mutant-'));
  await cp(template, directory, { recursive: true });
  guards.turnOff(off);
  const network = await embeddedProvider.start({ config: CONSORTIUM, directory });
  if (servers === undefined) {
    servers = await ChaincodeServers.start(network);
    await cp(network.organizationsPath, join(template, 'organizations'), { recursive: true });
  } else {
    await servers.announce(network);
  }
  const world = new World(network, servers);
  guards.takeFired();
  const runs: Run[] = [];
  try {
    for (const behaviour of behaviours.flatMap((wanted) => BEHAVIOURS.filter(({ id }) => id === wanted))) {
      const { id } = behaviour;
      const outcome = await runBehaviour(behaviour, world, LIMIT_MS);
      const observed = JSON.stringify(outcome.observed ?? null);
      const reason = noticed(outcome, observed, usual[id] ?? observed);
      if (reason !== undefined) {
        return { caughtBy: id, reason, runs };
      }
      runs.push({ id, fired: off === undefined ? guards.takeFired() : [], observed, milliseconds: outcome.milliseconds });
    }
    return { runs };
  } finally {
    guards.turnOff(undefined);
    world.clients.close();
    await network.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

/** How a behaviour noticed that something is missing: it failed, or observed something else than usual. */
function noticed({ outcome, reason }: BehaviourOutcome, observed: string, usual: string): string | undefined {
  if (outcome === 'failed') {
    return reason ?? 'failed';
  }
  return observed === usual ? undefined : `observed ${observed} instead of ${usual}`;
}

process.on('unhandledRejection', (cause) => {
  // A guard that is off may fail where nobody waits: that is noticed, too.
  reply({ caughtBy: '(the process)', reason: String(cause), runs: [] });
  process.exit(1);
});
reply({ runs: [], ready: BEHAVIOURS.map(({ id }) => id) });
for await (const line of createInterface({ input: process.stdin })) {
  try {
    reply(await run(JSON.parse(line) as WorkerTask));
  } catch (cause) {
    reply({ caughtBy: '(start of the network)', reason: String(cause), runs: [] });
  }
}
await servers?.stop();
await rm(template, { recursive: true, force: true });
process.exit(0);
