import { Command, InvalidArgumentError, Option } from 'commander';
import { readFile } from 'node:fs/promises';
import { loadConsortium } from '../configuration/index.js';
import type { ChaincodeAddress } from './chaincode/address.js';
import { startEmbeddedNetwork } from './index.js';
import type { EmbeddedNetwork } from './index.js';

/** Chaincode servers by organisation (MSP id) and chaincode name. */
type ChaincodeAddresses = Record<string, Record<string, ChaincodeAddress>>;

interface Arguments {
  readonly config: string;
  readonly directory: string;
  readonly host: string;
  readonly port: Readonly<Record<string, number>>;
  readonly chaincodes?: string;
  readonly chaincode: ChaincodeAddresses;
  readonly stopped?: string;
  readonly executeTimeout: number;
}

const NOTICE =
  'The embedded network orders alone on one machine: it is for development, tests and evaluation. Production is Hyperledger Fabric.';

/** `MSP=7051`, repeated. */
function port(text: string, others: Readonly<Record<string, number>> = {}): Record<string, number> {
  const [, mspId, digits] = /^([^=]+)=(\d+)$/.exec(text) ?? [];
  if (mspId === undefined || digits === undefined) throw new InvalidArgumentError('expected <MSP id>=<port>');
  return { ...others, [mspId]: Number(digits) };
}

/** `MSP/chaincode=host:port`, repeated. */
function chaincode(text: string, others: ChaincodeAddresses = {}): ChaincodeAddresses {
  const [, mspId, name, address] = /^([^/]+)\/([^=]+)=(.+:\d+)$/.exec(text) ?? [];
  if (mspId === undefined || name === undefined || address === undefined) {
    throw new InvalidArgumentError('expected <MSP id>/<chaincode>=<host>:<port>');
  }
  return { ...others, [mspId]: { ...others[mspId], [name]: { address } } };
}

const command = new Command('embedded-network')
  .description(`Runs a Fabric network in one process. ${NOTICE}`)
  .requiredOption('--config <file>', 'consortium file (YAML or JSON): organisations, users, chaincodes')
  .requiredOption('--directory <folder>', 'where identities and ledger are kept; an existing one is continued')
  .option('--host <name>', 'name or address that the peers bind to', 'localhost')
  .addOption(new Option('--port <MSP=port>', 'port of an organisation, repeatable; any free one otherwise').argParser(port).default({}, 'free ports'))
  .option('--chaincodes <file>', 'JSON: chaincode servers by MSP id and chaincode name, { address, tls? }')
  .addOption(new Option('--chaincode <MSP/name=host:port>', 'one chaincode server, repeatable').argParser(chaincode).default({}, 'none'))
  .option('--stopped <file>', 'JSON: MSP ids of organisations whose peers are to be away; read again at each SIGHUP')
  .option('--execute-timeout <ms>', 'how long a chaincode may work on one transaction', Number, 30_000);

async function run(): Promise<void> {
  const options = command.parse().opts<Arguments>();
  process.stderr.write(`${NOTICE}\n`);
  const network = await startEmbeddedNetwork({
    config: await loadConsortium(options.config),
    directory: options.directory,
    host: options.host,
    ports: options.port,
    chaincodeAddresses: await chaincodeAddresses(options),
    executeTimeoutMs: options.executeTimeout,
    onFailure: fail,
  });
  stopOnSignal(network);
  if (options.stopped !== undefined) followStopped(network, options.stopped);
  process.stdout.write(`${JSON.stringify({ organizationsPath: network.organizationsPath, peers: network.peers, pid: process.pid })}\n`);
}

async function chaincodeAddresses({ chaincodes, chaincode: single }: Arguments): Promise<ChaincodeAddresses> {
  const fromFile = chaincodes === undefined ? {} : (JSON.parse(await readFile(chaincodes, 'utf8')) as ChaincodeAddresses);
  const mspIds = new Set([...Object.keys(fromFile), ...Object.keys(single)]);
  return Object.fromEntries([...mspIds].map((mspId) => [mspId, { ...fromFile[mspId], ...single[mspId] }]));
}

/** Lets the peers go and come that the file says; a signal that comes while one is being handled is handled after it. */
function followStopped(network: EmbeddedNetwork, file: string): void {
  let handled = Promise.resolve();
  let away: readonly string[] = [];
  const follow = async (): Promise<void> => {
    const before = away;
    away = JSON.parse(await readFile(file, 'utf8')) as readonly string[];
    for (const mspId of away.filter((one) => !before.includes(one))) network.control.stop(mspId);
    for (const mspId of before.filter((one) => !away.includes(one))) await network.control.start(mspId);
  };
  process.on('SIGHUP', () => {
    handled = handled.then(follow).catch(fail);
  });
}

function stopOnSignal(network: EmbeddedNetwork): void {
  const stop = (): void => {
    network.stop().then(() => {
      process.exit(0);
    }, fail);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function fail(cause: unknown): void {
  process.stderr.write(`${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`);
  process.exit(1);
}

run().catch(fail);
