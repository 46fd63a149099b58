import { once } from 'node:events';
import { connect } from 'node:net';
import type { NetworkDirectory } from '../network-directory.js';
import { requireRunning } from '../processes/native-process.js';
import type { ProcessBook } from '../processes/process-book.js';
import { until } from '../processes/until.js';
import type { ChaincodeServerAssignment, ChaincodeStarter } from './chaincode-server.js';

/** Program that serves chaincodes; it is given the chaincode's name as its last argument and its settings in the environment. */
export interface ChaincodeProgram {
  readonly program: string;
  readonly args: readonly string[];
}

const LISTENING_WITHIN_MS = 30_000;

/** Name of a chaincode server's process. Blue and green of one chaincode run beside each other for a while. */
export function chaincodeProcessName({ chaincode, peerId, address }: Pick<ChaincodeServerAssignment, 'chaincode' | 'peerId' | 'address'>): string {
  return `${chaincode}.${peerId}.${address.slice(address.lastIndexOf(':') + 1)}`;
}

/** Starts each chaincode server as a process of its own that outlives this one. */
export function chaincodeProcesses({ program, args }: ChaincodeProgram, processes: ProcessBook, directory: NetworkDirectory): ChaincodeStarter {
  return async (assignment) => {
    const name = chaincodeProcessName(assignment);
    const command = { name, program, args: [...args, assignment.chaincode], environment: serverEnvironment(assignment), logFile: directory.log(name) };
    const started = await processes.start(command);
    const listening = async (): Promise<true | undefined> => {
      await requireRunning(started);
      return (await accepts(assignment.address)) ? true : undefined;
    };
    await until(listening, { withinMs: LISTENING_WITHIN_MS, what: `${name} to listen` });
    return { stop: async () => processes.stop([name]) };
  };
}

/** A chaincode server's settings, under the names that Fabric's own images use. */
export function serverEnvironment({ mspId, chaincodeId, address, tls }: ChaincodeServerAssignment): Record<string, string> {
  return {
    CHAINCODE_SERVER_ADDRESS: address,
    CORE_CHAINCODE_ID: chaincodeId,
    CORE_PEER_LOCALMSPID: mspId,
    CHAINCODE_TLS_KEY: tls.privateKey,
    CHAINCODE_TLS_CERT: tls.certificate,
    CHAINCODE_TLS_CLIENT_CACERT: tls.caCertificate,
  };
}

async function accepts(address: string): Promise<boolean> {
  const separator = address.lastIndexOf(':');
  const socket = connect(Number(address.slice(separator + 1)), address.slice(0, separator));
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false; // Not yet.
  } finally {
    socket.destroy();
  }
}
