import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { common } from '@hyperledger/fabric-protos';
import { type FabricBinaries, findFabricBinaries, optionalProgram } from '@medaccord/network/fabric';
import { ALPHA, CONSORTIUM } from './world/consortium.js';
import { decodeHeader } from './world/decoded-block.js';
import { type OpenWorld, openWorld } from './world/open-world.js';

const run = promisify(execFile);
const reason = { text: '' };
const binaries: FabricBinaries | undefined = await findFabricBinaries().catch((error: unknown) => {
  reason.text = error instanceof Error ? error.message : String(error);
  return undefined;
});
if (binaries === undefined) {
  process.stderr.write(`skipped, Fabric's own tools against the embedded network: ${reason.text}\n`);
}

/** All that the `peer` program wants of its configuration file as a client. */
const CORE = 'peer:\n  BCCSP:\n    Default: SW\n    SW:\n      Hash: SHA2\n      Security: 256\n';

// Fabric's own programs, which nobody here wrote, as clients of the embedded network.
(binaries === undefined ? describe.skip : describe)('Fabric’s own command line', () => {
  let open: OpenWorld;
  let folder: string;

  beforeAll(async () => {
    open = await openWorld('embedded');
    folder = await mkdtemp(join(tmpdir(), 'medaccord-tools-'));
    await writeFile(join(folder, 'core.yaml'), CORE);
  }, 120_000);
  afterAll(async () => {
    await open.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Runs `peer …` as Alpha's administrator against Alpha's peer. */
  async function peer(...args: readonly string[]): Promise<string> {
    const { endpoint } = open.world.network.peer(ALPHA);
    const organisation = join(open.world.network.organizationsPath, 'peerOrganizations', 'alpha.example');
    const environment = {
      FABRIC_CFG_PATH: folder,
      FABRIC_LOGGING_SPEC: 'error',
      CORE_PEER_TLS_ENABLED: 'true',
      CORE_PEER_TLS_ROOTCERT_FILE: join(organisation, 'peers', 'peer0.alpha.example', 'tls', 'ca.crt'),
      CORE_PEER_LOCALMSPID: ALPHA,
      CORE_PEER_ADDRESS: endpoint,
      CORE_PEER_MSPCONFIGPATH: join(organisation, 'users', 'Admin@alpha.example', 'msp'),
    };
    const { stdout, stderr } = await run(binaries?.peer ?? '', [...args], { env: { ...process.env, ...environment }, cwd: folder, timeout: 60_000 });
    return `${stdout}${stderr}`;
  }

  test('reads the MSP folders, invokes, waits for the event and queries', async () => {
    const { endpoint } = open.world.network.peer(ALPHA);
    const tls = ['--tls', '--cafile', join(open.world.network.organizationsPath, 'peerOrganizations', 'alpha.example', 'peers', 'peer0.alpha.example', 'tls', 'ca.crt')];
    await peer('chaincode', 'invoke', '-o', endpoint, ...tls, '-C', CONSORTIUM.channel, '-n', 'open', '-c', '{"Args":["state:put","greeting","from the command line"]}', '--waitForEvent');
    expect(await peer('chaincode', 'query', '-C', CONSORTIUM.channel, '-n', 'open', '-c', '{"Args":["state:get","greeting"]}')).toContain('from the command line');
  }, 60_000);

  test('asks for channels, heights and definitions', async () => {
    expect(await peer('channel', 'list')).toContain(CONSORTIUM.channel);
    expect(await peer('channel', 'getinfo', '-c', CONSORTIUM.channel)).toMatch(/"height":\d+/);
    expect(await peer('lifecycle', 'chaincode', 'querycommitted', '-C', CONSORTIUM.channel, '-n', 'basic')).toContain('Version: 1, Sequence: 1');
  }, 60_000);

  test('fetches blocks, which its translator decodes to the last field', async () => {
    const file = join(folder, 'newest.block');
    await peer('channel', 'fetch', 'newest', file, '-c', CONSORTIUM.channel);
    const block = common.Block.deserializeBinary(new Uint8Array(await readFile(file)));
    expect(decodeHeader(block).number).toBe((await open.world.height()) - 1);
    const translator = binaries && (await optionalProgram(binaries, 'configtxlator'));
    if (translator === undefined) {
      process.stderr.write('skipped, decoding by configtxlator: it is not beside the other programs\n');
      return;
    }
    const text = join(folder, 'newest.json');
    await run(translator, ['proto_decode', '--input', file, '--type', 'common.Block', '--output', text]);
    const decoded = JSON.parse(await readFile(text, 'utf8')) as { data: { data: { payload: { header: { channel_header: { channel_id: string } } } }[] } };
    expect(decoded.data.data[0]?.payload.header.channel_header.channel_id).toBe(CONSORTIUM.channel);
  }, 60_000);
});
