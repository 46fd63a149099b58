import { join } from 'node:path';
import { houseRoot, type ManagedProcess, startProcess, stopProcesses } from '@medaccord/network/cli';
import type { ChaincodeServerAssignment, ChaincodeStarter } from '@medaccord/network/fabric';
import { killProcess } from './kill-process.js';

const contracts = join(houseRoot, 'chaincode/contracts/dist/main.js');

/** The chaincode servers of a network, each a process that can be ended and started again, also with other code. */
export class ChaincodeServers {
  /** By peer and chaincode: the newest server, and what it was started for. */
  private readonly running = new Map<string, { readonly assignment: ChaincodeServerAssignment; readonly process: ManagedProcess }>();
  /** By address, at which a server of an older release may run beside it for a while. */
  private readonly at = new Map<string, ManagedProcess>();
  /** What new servers run: the product's own code, until a later release is put in its place. */
  private script = contracts;

  constructor(private readonly logs: string) {}

  /** Servers that are started from now on run another release. */
  release(script: string): void {
    this.script = script;
  }

  /** Starts the chaincode as it is released. */
  readonly starter: ChaincodeStarter = async (assignment) => {
    await this.serve(assignment, this.script);
    return { stop: async () => stopProcesses([...this.at].flatMap(([address, process]) => (address === assignment.address ? [process] : []))) };
  };

  /** Ends a server as a power failure would. */
  async kill(peerId: string, chaincode: string): Promise<void> {
    await killProcess(this.server(peerId, chaincode).process);
  }

  /** Lets a server hang, its connection open, or continue. */
  freeze(peerId: string, chaincode: string, frozen: boolean): void {
    process.kill(this.server(peerId, chaincode).process.pid, frozen ? 'SIGSTOP' : 'SIGCONT');
  }

  /** Starts a server again where it was, with the product's own code or another script's. */
  async restart(peerId: string, chaincode: string, script: string = this.script): Promise<void> {
    await this.serve(this.server(peerId, chaincode).assignment, script);
  }

  /** Ends every server of these peers as a power failure would. */
  async killOf(peerIds: readonly string[]): Promise<void> {
    await Promise.all(this.of(peerIds).map(async ({ peerId, chaincode }) => this.kill(peerId, chaincode)));
  }

  /** Starts every server of these peers again. */
  async restartOf(peerIds: readonly string[]): Promise<void> {
    await Promise.all(this.of(peerIds).map(async ({ peerId, chaincode }) => this.restart(peerId, chaincode)));
  }

  private of(peerIds: readonly string[]): readonly ChaincodeServerAssignment[] {
    return [...this.running.values()].map(({ assignment }) => assignment).filter(({ peerId }) => peerIds.includes(peerId));
  }

  private async serve(assignment: ChaincodeServerAssignment, script: string): Promise<void> {
    const { peerId, chaincode, chaincodeId, mspId, address, tls } = assignment;
    const name = `chaincode-${chaincode}-${peerId}-${address.slice(address.lastIndexOf(':') + 1)}`;
    const environment = {
      CHAINCODE_SERVER_ADDRESS: address,
      CORE_CHAINCODE_ID: chaincodeId,
      CORE_PEER_LOCALMSPID: mspId,
      CHAINCODE_TLS_KEY: tls.privateKey,
      CHAINCODE_TLS_CERT: tls.certificate,
      CHAINCODE_TLS_CLIENT_CACERT: tls.caCertificate,
    };
    const spawned = (process: ManagedProcess): void => {
      this.running.set(`${peerId} ${chaincode}`, { assignment, process });
      this.at.set(address, process);
    };
    await startProcess({ name, script, args: [chaincode], environment, logFile: join(this.logs, `${name}.log`), startWithinMs: 60_000 }, spawned);
  }

  private server(peerId: string, chaincode: string): { readonly assignment: ChaincodeServerAssignment; process: ManagedProcess } {
    const server = this.running.get(`${peerId} ${chaincode}`);
    if (server === undefined) throw new Error(`no ${chaincode} runs for ${peerId}`);
    return server;
  }
}
