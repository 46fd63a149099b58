import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { callRest } from '../http/rest.js';
import { requireRunning, startNative, stopNative } from '../processes/native-process.js';
import { until } from '../processes/until.js';

/** A running Fabric CA server with the registrar `admin:adminpw`. */
export interface FabricCaServer {
  readonly endpoint: { readonly host: string; readonly port: number };
  stop(): Promise<void>;
}

/** A real server's program in FABRIC_CA_BIN, FABRIC_BIN or PATH; undefined, with the reason printed, where there is none. */
export async function fabricCaHere(): Promise<string | undefined> {
  const program = await find('fabric-ca-server');
  if (program === undefined) process.stderr.write('tests on a real fabric-ca-server are skipped: none in FABRIC_CA_BIN, FABRIC_BIN or PATH\n');
  return program;
}

/** Starts a real server on a new folder. */
export async function startFabricCaServer(program: string, directory: string): Promise<FabricCaServer> {
  const port = await freePort();
  const args = ['start', '-b', 'admin:adminpw', '--home', join(directory, 'ca'), '--address', '127.0.0.1', '--port', String(port)];
  const server = await startNative({ name: 'fabric-ca-server', program, args, environment: { FABRIC_CA_SERVER_OPERATIONS_LISTENADDRESS: '127.0.0.1:0' }, logFile: join(directory, 'fabric-ca-server.log') });
  const endpoint = { host: 'localhost', port };
  const answers = async (): Promise<true | undefined> => {
    await requireRunning(server);
    return (await callRest(endpoint, { method: 'GET', path: '/api/v1/cainfo' })).status === 200 ? true : undefined;
  };
  await until(answers, { withinMs: 30_000, what: 'fabric-ca-server to answer' });
  return { endpoint, stop: async () => stopNative([server]) };
}

async function find(name: string): Promise<string | undefined> {
  const folders = [process.env['FABRIC_CA_BIN'], process.env['FABRIC_BIN'], ...(process.env['PATH'] ?? '').split(delimiter)];
  for (const folder of folders.filter((entry) => entry !== undefined && entry !== '')) {
    try {
      await access(join(folder ?? '', name), constants.X_OK);
      return join(folder ?? '', name);
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
