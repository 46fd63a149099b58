import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { dirname, join } from 'node:path';

/** How the process is started; the same every time, so that a restart is found at the same addresses. */
export interface NetworkProcessOptions {
  readonly configFile: string;
  readonly directory: string;
  readonly ports: Readonly<Record<string, number>>;
  /** MSP id → chaincode name → `host:port`. */
  readonly chaincodes: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** What the process prints when it is ready. */
export interface ReadyNetwork {
  readonly organizationsPath: string;
  readonly peers: Readonly<Record<string, { readonly endpoint: string; readonly tlsCaCert: string }>>;
}

const MAIN = join(dirname(createRequire(import.meta.url).resolve('@medaccord/network/embedded')), 'main.js');

/** The embedded network as a process of its own, to be killed and started again on the same directory. */
export class NetworkProcess {
  private child: ChildProcess | undefined;

  constructor(private readonly options: NetworkProcessOptions) {}

  /** Starts the process; resolves when the network is ready. */
  async start(): Promise<ReadyNetwork> {
    const { configFile, directory, ports, chaincodes } = this.options;
    const args = [
      MAIN, '--config', configFile, '--directory', directory,
      ...Object.entries(ports).flatMap(([mspId, port]) => ['--port', `${mspId}=${port}`]),
      ...Object.entries(chaincodes).flatMap(([mspId, servers]) => Object.entries(servers).flatMap(([name, address]) => ['--chaincode', `${mspId}/${name}=${address}`])),
    ];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    let complaints = '';
    child.stderr.on('data', (chunk: Buffer) => { complaints += chunk.toString(); });
    for await (const line of createInterface({ input: child.stdout })) {
      return JSON.parse(line) as ReadyNetwork;
    }
    throw new Error(`the network process ended before it was ready: ${complaints}`);
  }

  /** Ends the process as a power cut would. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Ends the process as an operator does. */
  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  private async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const { child } = this;
    if (child?.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      child.kill(signal);
      await exited;
    }
  }
}
