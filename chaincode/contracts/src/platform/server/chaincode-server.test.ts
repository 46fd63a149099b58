import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { connect } from 'node:tls';
import { fileURLToPath } from 'node:url';
import * as grpc from '@grpc/grpc-js';
import { organizationsPath, OrganizationTree } from '@medaccord/network/identities';
import type { TlsMaterial } from '@medaccord/network/identities';
import { builtTreeDigest, startChaincodeServer } from '../../chaincodes.js';
import { ContractNetwork, refusalOf } from '../../testing/contract-network.js';
import { founding, inRole } from '../../testing/founded-registry.js';
import { organisations } from '../../testing/organisations.js';

// The last test provokes an error that the gRPC library would print.
grpc.setLogVerbosity(grpc.logVerbosity.NONE);

const main = fileURLToPath(new URL('../../main.js', import.meta.url));
const { office } = organisations;

/** How the server ends a connection that shows no client certificate. */
function handshakeWithoutCertificate(address: string, ca: string): Promise<string> {
  const [host = '', port] = address.split(':');
  const socket = connect({ host, port: Number(port), ca, ALPNProtocols: ['h2'] });
  socket.resume();
  return new Promise((resolve) => {
    socket.on('error', (error: Error) => {
      resolve(error.message);
    });
    socket.on('close', () => {
      resolve('closed without a reason');
    });
  });
}

describe('a chaincode server', () => {
  let directory: string;
  let network: ContractNetwork;
  let server: TlsMaterial;
  let client: TlsMaterial;
  const processes: ChildProcessWithoutNullStreams[] = [];

  const start = (name: string, environment: Readonly<Record<string, string>>): ChildProcessWithoutNullStreams => {
    const started = spawn(process.execPath, [main, name], { env: { PATH: process.env['PATH'], ...environment } });
    processes.push(started);
    return started;
  };
  const listening = async (started: ChildProcessWithoutNullStreams): Promise<string> => {
    const [line] = (await once(createInterface(started.stdout), 'line')) as [string];
    return (JSON.parse(line) as { listening: string }).listening;
  };
  /** What it wrote to standard error before it ended, and its exit code. */
  const ended = async (started: ChildProcessWithoutNullStreams): Promise<readonly [number | null, string]> => {
    let text = '';
    started.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const [code] = (await once(started, 'close')) as [number | null];
    return [code, text];
  };

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'medaccord-server-'));
    network = await ContractNetwork.start([office], ['registry']);
    const tree = await OrganizationTree.open({ root: organizationsPath(directory), domain: 'office.example', mspId: office.mspId });
    await tree.addNode('chaincode.office.example');
    await tree.addUser({ name: 'peer-client' });
    server = await tree.nodeTls('chaincode.office.example');
    client = await tree.userTls('peer-client');
    for (const [file, text] of Object.entries({ key: server.privateKey, cert: server.certificate, ca: client.caCertificate })) await writeFile(join(directory, file), text);
  }, 120_000);

  afterAll(async () => {
    for (const started of processes) if (started.exitCode === null) started.kill('SIGKILL');
    await network.stop();
    await rm(directory, { recursive: true, force: true });
  });

  test('serves a peer over mutual TLS, as a process of its own', async () => {
    const started = start('registry', {
      CORE_CHAINCODE_ID: 'registry:0.1.0',
      CHAINCODE_SERVER_ADDRESS: 'localhost:0',
      CORE_PEER_LOCALMSPID: office.mspId,
      CHAINCODE_TLS_KEY: join(directory, 'key'),
      CHAINCODE_TLS_CERT: join(directory, 'cert'),
      CHAINCODE_TLS_CLIENT_CACERT: join(directory, 'ca'),
    });
    const address = await listening(started);
    const admin = await inRole(network, 'office', 'member-admin');

    expect(await handshakeWithoutCertificate(address, server.caCertificate)).toMatch(/certificate required/i);
    network.network.setChaincodeAddress(office.mspId, 'registry', { address, tls: { rootCertificates: server.caCertificate, client: { key: client.privateKey, certificate: client.certificate } } });
    expect((await admin.submit('registry', 'initialise', founding)).code).toBe(0);
    expect((await refusalOf(admin.submit('registry', 'initialise', founding))).code).toBe('ALREADY_INITIALISED');

    started.kill('SIGTERM');
    const [code, log] = await ended(started);
    expect(code).toBe(0);
    expect(log.split('\n').filter((line) => line !== '').map((line) => (JSON.parse(line) as { message: string }).message)).toEqual(['peer connected']);
  });

  test('is served in process with TLS of the server alone', async () => {
    const running = await startChaincodeServer({ name: 'registry', chaincodeId: 'registry:0.1.0', address: 'localhost:0', tls: { key: server.privateKey, cert: server.certificate } });
    network.network.setChaincodeAddress(office.mspId, 'registry', { address: running.address, tls: { rootCertificates: server.caCertificate } });
    const admin = await inRole(network, 'office', 'member-admin');
    expect(await admin.evaluate('registry', 'readConfiguration')).toMatchObject({ consortium: office.mspId });
    running.stop();
  });

  test.each([
    ['without its settings', 'registry', {}, 'CORE_CHAINCODE_ID is not set'],
    ['for a chaincode that there is not', 'pharmacy', {}, 'usage'],
    ['under a package id of another tree', 'registry', { CORE_CHAINCODE_ID: 'registry_0.1.0+000000000000:6b3f', CHAINCODE_SERVER_ADDRESS: 'localhost:0' }, 'names tree 000000000000'],
    ['with half of a TLS pair', 'registry', { CORE_CHAINCODE_ID: 'registry:1', CHAINCODE_SERVER_ADDRESS: 'localhost:0', CHAINCODE_TLS_KEY: '/nowhere' }, '/nowhere'],
  ])('does not start %s', async (_, name, environment, reason) => {
    const [code, log] = await ended(start(name, environment));
    expect([code, log]).toEqual([1, expect.stringContaining(reason)]);
  });

  test('starts under a package id that names this tree', async () => {
    const started = start('registry', { CORE_CHAINCODE_ID: `registry_0.1.0+${builtTreeDigest()}:6b3f`, CHAINCODE_SERVER_ADDRESS: 'localhost:0' });
    expect(await listening(started)).toMatch(/^localhost:\d+$/);
  });

  test('says that an address cannot be had', async () => {
    const running = await startChaincodeServer({ name: 'registry', chaincodeId: 'registry:1', address: 'localhost:0' });
    await expect(startChaincodeServer({ name: 'registry', chaincodeId: 'registry:1', address: running.address })).rejects.toThrow();
    running.stop();
  });
});
