import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readdressChaincode } from './readdress.js';

let data: string;

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'medaccord-peer-data-'));
});

afterEach(async () => {
  await rm(data, { recursive: true, force: true });
});

// That Fabric's peer reads this very file is shown by the conformance suite, whose servers it finds there.
test('writes the address into what the peer built of the package', async () => {
  const build = join(data, 'externalbuilder', 'builds', 'basic_1-abc');
  await mkdir(build, { recursive: true });
  await readdressChaincode(data, 'basic_1:abc', { address: 'localhost:7777' });
  const written = JSON.parse(await readFile(join(build, 'release', 'chaincode', 'server', 'connection.json'), 'utf8')) as unknown;
  expect(written).toEqual({ address: 'localhost:7777', dial_timeout: '10s', tls_required: false });
});

test('refuses a package that the peer has not built', async () => {
  await expect(readdressChaincode(data, 'basic_1:abc', { address: 'localhost:7777' })).rejects.toMatchObject({ code: 'CHAINCODE_UNKNOWN' });
});
