import { readFileSync } from 'node:fs';
import { builtVersion, isChaincodeName, startChaincodeServer } from './chaincodes.js';
import { log, logFault } from './platform/server/log.js';
import type { RunningServer, ServerTls } from './platform/server/chaincode-server.js';

// Serves one chaincode to one peer: node main.js <registry|claims>. Settings come in Fabric's own environment names:
//   CHAINCODE_SERVER_ADDRESS  host:port to listen on; with port 0 a free one is taken
//   CORE_CHAINCODE_ID         package id at the peer
//   CORE_PEER_LOCALMSPID      MSP id of the peer (claims reads it: private queries are for its own organisation)
//   CHAINCODE_TLS_KEY, CHAINCODE_TLS_CERT, CHAINCODE_TLS_CLIENT_CACERT  file paths; the last demands a client certificate
// Prints one line of JSON, {"listening":"host:port"}, when it listens.
// node main.js version: prints the version that members approve when they approve this code, and ends.

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set`);
  return value;
}

function tls(): ServerTls | undefined {
  const { CHAINCODE_TLS_KEY: key, CHAINCODE_TLS_CERT: cert, CHAINCODE_TLS_CLIENT_CACERT: clientCa } = process.env;
  if (key === undefined && cert === undefined && clientCa === undefined) return undefined;
  const pair = { key: readFileSync(setting('CHAINCODE_TLS_KEY'), 'utf8'), cert: readFileSync(setting('CHAINCODE_TLS_CERT'), 'utf8') };
  return clientCa === undefined ? pair : { ...pair, clientCaCert: readFileSync(clientCa, 'utf8') };
}

async function start(name: string | undefined): Promise<RunningServer> {
  if (name === undefined || !isChaincodeName(name)) throw new Error('usage: node main.js <registry|claims|version>');
  const secured = tls();
  return startChaincodeServer({
    name,
    chaincodeId: setting('CORE_CHAINCODE_ID'),
    address: setting('CHAINCODE_SERVER_ADDRESS'),
    ...(secured === undefined ? {} : { tls: secured }),
  });
}

// The shim installs handlers that would let the process live on after an uncaught error, with transactions half done.
process.on('uncaughtException', (error) => {
  logFault(error);
  process.exit(1);
});

async function serve(name: string | undefined): Promise<void> {
  const server = await start(name);
  const stop = (): void => {
    server.stop();
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.stdout.write(`${JSON.stringify({ listening: server.address })}\n`);
}

const [, , wanted] = process.argv;
try {
  if (wanted === 'version') process.stdout.write(`${builtVersion()}\n`);
  else await serve(wanted);
} catch (error) {
  log('error', error instanceof Error ? error.message : 'cannot start');
  process.exit(1);
}
