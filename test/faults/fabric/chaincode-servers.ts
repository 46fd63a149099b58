import { join } from 'node:path';
import { houseRoot, type ManagedProcess, startProcess, stopProcesses } from '@medaccord/network/cli';
import type { ChaincodeServerAssignment, ChaincodeStarter } from '@medaccord/network/fabric';

import { killProcess } from './kill-process.js';

const contracts = join(houseRoot, 'chaincode/contracts/dist/main.js');

/** The chaincode servers of a network, each a process that can be ended and started again, also with other code. */
export class ChaincodeServers {
  private readonly running = new Map<string, { readonly assignment: ChaincodeServerAssignment; process: ManagedProcess }>();

  constructor(private readonly logs: string) {}

  /** Starts the product's own chaincode. */
  readonly starter: ChaincodeStarter = async (assignment) => {
    await this.serve(assignment, contracts);
    return { stop: async () => this.end(assignment.peerId, assignment.chaincode) };
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
  async restart(peerId: string, chaincode: string, script: string = contracts): Promise<void> {
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
    const name = `chaincode-${chaincode}-${peerId}`;
    const environment = {
      CHAINCODE_SERVER_ADDRESS: address,
      CORE_CHAINCODE_ID: chaincodeId,
      CORE_PEER_LOCALMSPID: mspId,
      CHAINCODE_TLS_KEY: tls.privateKey,
      CHAINCODE_TLS_CERT: tls.certificate,
      CHAINCODE_TLS_CLIENT_CACERT: tls.caCertificate,
    };
    const spawned = (process: ManagedProcess): void => void this.running.set(`${peerId} ${chaincode}`, { assignment, process });
    await startProcess({ name, script, args: [chaincode], environment, logFile: join(this.logs, `${name}.log`), startWithinMs: 60_000 }, spawned);
  }

  private async end(peerId: string, chaincode: string): Promise<void> {
    await stopProcesses([this.server(peerId, chaincode).process]);
  }

  private server(peerId: string, chaincode: string): { readonly assignment: ChaincodeServerAssignment; process: ManagedProcess } {
    const server = this.running.get(`${peerId} ${chaincode}`);
    if (server === undefined) throw new Error(`no ${chaincode} runs for ${peerId}`);
    return server;
  }
}
