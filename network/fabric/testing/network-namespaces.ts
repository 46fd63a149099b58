import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A machine of its own, as far as the network is concerned: an address, a name, and nothing shared but a cable. */
export interface Namespace {
  readonly name: string;
  /** Name under which the others reach it. */
  readonly host: string;
}

/** Several network namespaces on one bridge. */
export class NetworkNamespaces {
  private constructor(
    private readonly bridge: string,
    readonly namespaces: readonly Namespace[],
  ) {}

  /** Makes a namespace for each host name; undefined, with the reason printed, where this user may not. */
  static async create(prefix: string, hosts: readonly string[]): Promise<NetworkNamespaces | undefined> {
    const made = new NetworkNamespaces(`${prefix}br`, hosts.map((host, position) => ({ name: `${prefix}${position}`, host })));
    try {
      await made.connect();
      return made;
    } catch (error) {
      await made.remove();
      process.stderr.write(`tests in network namespaces are skipped: ${error instanceof Error ? error.message : 'they cannot be made'}\n`);
      return undefined;
    }
  }

  /** Gives this machine itself an address on the bridge, under which the namespaces reach it, and answers it. */
  async join(): Promise<string> {
    const address = addressOf(OWN_PLACE);
    await ip('addr', 'add', `${address}/24`, 'dev', this.bridge);
    return address;
  }

  /** Address of a namespace, for those who do not know its name. */
  address(namespace: Namespace): string {
    return addressOf(this.namespaces.indexOf(namespace));
  }

  /** Program and arguments that run a command inside a namespace. */
  inside({ name }: Namespace, program: string, args: readonly string[]): readonly [string, readonly string[]] {
    return ['ip', ['netns', 'exec', name, program, ...args]];
  }

  /** Pulls a namespace's cable, or puts it in again. */
  async plug({ name }: Namespace, connected: boolean): Promise<void> {
    await ip('link', 'set', `${name}v`, connected ? 'up' : 'down');
  }

  async remove(): Promise<void> {
    for (const { name } of this.namespaces) {
      await ip('netns', 'del', name).catch(ignore);
      await rm(join('/etc/netns', name), { recursive: true, force: true });
    }
    await ip('link', 'del', this.bridge).catch(ignore);
  }

  private async connect(): Promise<void> {
    await ip('link', 'add', this.bridge, 'type', 'bridge');
    await ip('link', 'set', this.bridge, 'up');
    const hosts = ['127.0.0.1 localhost', ...this.namespaces.map(({ host }, position) => `${addressOf(position)} ${host}`)].join('\n');
    for (const [position, { name }] of this.namespaces.entries()) {
      // `ip netns exec` puts this file in the place of /etc/hosts.
      await mkdir(join('/etc/netns', name), { recursive: true });
      await writeFile(join('/etc/netns', name, 'hosts'), `${hosts}\n`);
      await ip('netns', 'add', name);
      await ip('link', 'add', `${name}v`, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name);
      await ip('link', 'set', `${name}v`, 'master', this.bridge, 'up');
      await ip('-n', name, 'addr', 'add', `${addressOf(position)}/24`, 'dev', 'eth0');
      await ip('-n', name, 'link', 'set', 'eth0', 'up');
      await ip('-n', name, 'link', 'set', 'lo', 'up');
    }
  }
}

/** Test runs beside each other have bridges of their own; on one subnet this machine would not know which to take. */
const SUBNET = `10.77.${(process.pid % 250) + 1}`;

/** The machine's own place among the addresses of its namespaces. */
const OWN_PLACE = 199;

async function ip(...args: readonly string[]): Promise<void> {
  await run('ip', [...args]);
}

function addressOf(position: number): string {
  return `${SUBNET}.${position + 1}`;
}

function ignore(): void {
  // It was never made.
}
