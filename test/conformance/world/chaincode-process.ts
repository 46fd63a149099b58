import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import type { ServedChaincode } from '../chaincode/server.js';

const HOST = fileURLToPath(new URL('../chaincode/host.js', import.meta.url));

/** One process that serves chaincodes to one organisation's peer; it can be ended and comes back on the same ports. */
export class ChaincodeProcess {
  private constructor(
    private readonly mspId: string,
    private readonly chaincodes: readonly ServedChaincode[],
    private child: ChildProcess,
    readonly ports: readonly number[],
  ) {}

  /** Starts the process and waits until it listens. */
  static async start(mspId: string, chaincodes: readonly ServedChaincode[]): Promise<ChaincodeProcess> {
    const { child, ports } = await launch(mspId, chaincodes);
    return new ChaincodeProcess(mspId, chaincodes, child, ports);
  }

  /** Ends the process at once, as a crash would. */
  async kill(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const exited = once(this.child, 'exit');
      this.child.kill('SIGKILL');
      await exited;
    }
  }

  /** Starts the process again where it has ended, on the ports that it had. */
  async restart(): Promise<void> {
    await this.kill();
    const { child } = await launch(this.mspId, this.chaincodes.map((chaincode, index) => ({ ...chaincode, port: this.ports[index] ?? 0 })));
    this.child = child;
  }
}

async function launch(mspId: string, chaincodes: readonly ServedChaincode[]): Promise<{ child: ChildProcess; ports: readonly number[] }> {
  const env = { ...process.env, CORE_PEER_LOCALMSPID: mspId, CORE_CHAINCODE_LOGGING_LEVEL: 'CRITICAL' };
  const child = spawn(process.execPath, [HOST], { env, stdio: ['pipe', 'pipe', 'inherit', 'ipc'] });
  child.stdin?.end(JSON.stringify(chaincodes));
  const line = await firstLine(child);
  const { ports } = JSON.parse(line) as { ports: readonly number[] };
  return { child, ports };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) {
    throw new Error('the chaincode process has no output');
  }
  for await (const line of createInterface({ input: child.stdout })) {
    return line;
  }
  throw new Error('the chaincode process ended before it listened');
}
