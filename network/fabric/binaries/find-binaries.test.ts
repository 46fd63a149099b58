import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFabricBinaries } from './find-binaries.js';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'medaccord-binaries-'));
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

/** A folder laid out as the release archive; programs are scripts that report the version. */
async function release(directory: string, version: string, programs: readonly string[] = ['orderer', 'peer', 'configtxgen']): Promise<string> {
  for (const program of programs) await script(join(directory, 'bin'), program, `echo ' Version: ${version}'`);
  for (const step of ['detect', 'build', 'release']) await script(join(directory, 'builders', 'ccaas', 'bin'), step, 'exit 0');
  return join(directory, 'bin');
}

async function script(directory: string, name: string, line: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, name), `#!/bin/sh\n${line}\n`);
  await chmod(join(directory, name), 0o755);
}

describe('finding Fabric', () => {
  test('FABRIC_BIN comes before the project folder and PATH', async () => {
    const named = await release(join(root, 'named'), 'v3.1.5');
    await release(join(root, 'project', '.medaccord', 'fabric'), 'v3.1.5');
    const found = await findFabricBinaries({ environment: { FABRIC_BIN: named, PATH: '' }, projectDirectory: join(root, 'project') });
    expect(found).toMatchObject({ directory: named, peer: join(named, 'peer'), ccaasBuilder: join(root, 'named', 'builders', 'ccaas') });
  });

  test('the project folder comes before PATH', async () => {
    const project = join(root, 'project');
    const downloaded = await release(join(project, '.medaccord', 'fabric'), 'v3.1.5');
    const onPath = await release(join(root, 'elsewhere'), 'v3.1.5');
    const found = await findFabricBinaries({ environment: { PATH: onPath }, projectDirectory: project });
    expect(found.directory).toBe(downloaded);
  });

  test('PATH is the last resort', async () => {
    const onPath = await release(join(root, 'elsewhere'), 'v3.1.5');
    const found = await findFabricBinaries({ environment: { PATH: `/nowhere:${onPath}` }, projectDirectory: root });
    expect(found.directory).toBe(onPath);
  });

  test('nothing found: the message says what to do', async () => {
    await expect(findFabricBinaries({ environment: { PATH: '/nowhere' }, projectDirectory: root })).rejects.toMatchObject({
      code: 'BINARIES_NOT_FOUND',
      message: expect.stringContaining('FABRIC_BIN') as unknown,
    });
  });

  test('another version is refused, unless the operator insists', async () => {
    const old = await release(join(root, 'old'), 'v2.5.9');
    await expect(findFabricBinaries({ environment: { FABRIC_BIN: old } })).rejects.toMatchObject({ code: 'VERSION_UNEXPECTED' });
    await expect(findFabricBinaries({ environment: { FABRIC_BIN: old, FABRIC_UNVERIFIED: '1' } })).resolves.toMatchObject({ directory: old });
  });

  test('a folder that lacks a program is refused, and names it', async () => {
    const partial = await release(join(root, 'partial'), 'v3.1.5', ['orderer', 'peer']);
    await expect(findFabricBinaries({ environment: { FABRIC_BIN: partial } })).rejects.toThrow('configtxgen');
  });

  test('a release without the chaincode builder is refused', async () => {
    const bin = await release(join(root, 'bare'), 'v3.1.5');
    await rm(join(root, 'bare', 'builders'), { recursive: true });
    await expect(findFabricBinaries({ environment: { FABRIC_BIN: bin } })).rejects.toThrow('builder');
  });
});
