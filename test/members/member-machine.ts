import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { OrganisationConfig } from '@medaccord/network/configuration';
import type { Namespace, NetworkNamespaces } from '@medaccord/network/fabric/testing';

const run = promisify(execFile);

/** A server to run on a member's machine. */
export interface MemberServer {
  readonly script: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** One member's machine: whatever runs here sees its own loopback and reaches the others by their names. */
export class MemberMachine {
  readonly #servers: ChildProcess[] = [];

  constructor(
    private readonly machines: NetworkNamespaces,
    private readonly namespace: Namespace,
    readonly organisation: OrganisationConfig,
    /** The member's own folder. */
    readonly folder: string,
  ) {}

  /** Address under which the test reaches it. */
  get address(): string {
    return this.machines.address(this.namespace);
  }

  /** Runs a script to its end and answers what it prints. */
  async run(script: string, ...args: readonly string[]): Promise<string> {
    const [program, all] = this.#node(script, args);
    return (await run(program, [...all], { maxBuffer: 16 * 1024 * 1024 })).stdout;
  }

  /** Starts a server and waits for the line of JSON that says where it listens. */
  async serve({ script, args, environment }: MemberServer): Promise<void> {
    const [program, all] = this.#node(script, args);
    const server = spawn(program, [...all], { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'inherit'] });
    this.#servers.push(server);
    for await (const line of createInterface(server.stdout)) {
      if (line.startsWith('{"listening"')) return;
    }
    throw new Error(`${script} of ${this.organisation.mspId} ended before it listened`);
  }

  /** Ends the servers that it started. */
  async stop(): Promise<void> {
    await Promise.all(
      this.#servers.splice(0).map(async (server) => {
        if (server.exitCode !== null || server.signalCode !== null) return;
        server.kill();
        await once(server, 'exit');
      }),
    );
  }

  #node(script: string, args: readonly string[]): readonly [string, readonly string[]] {
    return this.machines.inside(this.namespace, process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args]);
  }
}
