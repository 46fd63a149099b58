import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { refusal } from '../testing/refusal.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { readMspConfiguration } from './msp-configuration.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder();
  await mkdir(join(folder.path, 'cacerts'));
  await writeFile(join(folder.path, 'cacerts', 'ca.pem'), 'a certificate');
});
afterEach(() => folder.remove());

async function unitsOf(yaml: string): Promise<unknown> {
  await writeFile(join(folder.path, 'config.yaml'), yaml);
  return (await readMspConfiguration(folder.path, 'WardMSP')).getFabricNodeOus()?.toObject();
}

test('a folder without an authority’s certificate is none', async () => {
  const empty = join(folder.path, 'empty');
  await mkdir(join(empty, 'cacerts'), { recursive: true });
  await expect(readMspConfiguration(empty, 'WardMSP')).rejects.toThrow(refusal('MSP_FOLDER_INVALID', /no ca certificate found/));
});

test('organisational units count where they are enabled, and those alone that have a name', async () => {
  const units = (enabled: boolean): string => `NodeOUs:\n  Enable: ${String(enabled)}\n  ClientOUIdentifier:\n    OrganizationalUnitIdentifier: client\n  PeerOUIdentifier:\n    Certificate: cacerts/ca.pem\n`;
  expect(await unitsOf(units(true))).toMatchObject({ enable: true, clientOuIdentifier: { organizationalUnitIdentifier: 'client' }, peerOuIdentifier: undefined });
  expect(await unitsOf(units(false))).toBeUndefined();
  expect(await unitsOf('')).toBeUndefined();
});
