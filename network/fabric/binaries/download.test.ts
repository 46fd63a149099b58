import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { downloadFabric } from './download.js';
import { fabricArchive } from './release.js';

let directory: string;
let server: Server;
let archive: Buffer;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'medaccord-download-'));
  archive = await buildArchive();
  server = createServer((request, response) => {
    response.statusCode = request.url === '/mirror/fabric.tar.gz' ? 200 : 404;
    response.end(response.statusCode === 200 ? archive : undefined);
  }).listen(0, 'localhost');
  await once(server, 'listening');
});
afterEach(async () => {
  server.close();
  await rm(directory, { recursive: true, force: true });
});

async function buildArchive(): Promise<Buffer> {
  const files = pack();
  files.entry({ name: 'bin/peer', mode: 0o755 }, '#!/bin/sh\n');
  files.entry({ name: 'config/core.yaml', mode: 0o644 }, 'peer: {}\n');
  files.entry({ name: '../outside', mode: 0o644 }, 'must not be written');
  files.entry({ name: 'bin/link', type: 'symlink', linkname: '/etc/passwd' });
  files.finalize();
  return gzipSync(await buffer(files));
}

const mirror = (): string => `http://localhost:${(server.address() as AddressInfo).port}/mirror/`;
const sha256 = (): string => createHash('sha256').update(archive).digest('hex');

describe('downloading Fabric', () => {
  test('unpacks an archive whose SHA-256 is the pinned one', async () => {
    await downloadFabric({ directory, baseUrl: mirror(), archive: { file: 'fabric.tar.gz', sha256: sha256() } });
    expect(await readFile(join(directory, 'config', 'core.yaml'), 'utf8')).toBe('peer: {}\n');
    expect((await stat(join(directory, 'bin', 'peer'))).mode & 0o111).not.toBe(0);
  });

  test('writes nothing outside its folder, no links, and keeps no draft', async () => {
    await downloadFabric({ directory, baseUrl: mirror(), archive: { file: 'fabric.tar.gz', sha256: sha256() } });
    expect((await readdir(directory)).sort()).toEqual(['bin', 'config']);
    expect(await readdir(join(directory, 'bin'))).toEqual(['peer']);
  });

  test('refuses an archive with another SHA-256 and leaves nothing behind', async () => {
    const download = downloadFabric({ directory, baseUrl: mirror(), archive: { file: 'fabric.tar.gz', sha256: '0'.repeat(64) } });
    await expect(download).rejects.toMatchObject({ code: 'ARCHIVE_MISMATCH' });
    expect(await readdir(directory)).toEqual([]);
  });

  test('says which address failed', async () => {
    const absent = downloadFabric({ directory, baseUrl: mirror(), archive: { file: 'absent.tar.gz', sha256: sha256() } });
    await expect(absent).rejects.toMatchObject({ code: 'DOWNLOAD_FAILED', message: expect.stringContaining('absent.tar.gz answered 404') as unknown });
    const closed = downloadFabric({ directory, baseUrl: 'http://localhost:1', archive: { file: 'fabric.tar.gz', sha256: sha256() } });
    await expect(closed).rejects.toMatchObject({ code: 'DOWNLOAD_FAILED' });
  });
});

describe('the pinned archives', () => {
  test.each([
    ['linux', 'x64', 'hyperledger-fabric-linux-amd64-3.1.5.tar.gz'],
    ['darwin', 'arm64', 'hyperledger-fabric-darwin-arm64-3.1.5.tar.gz'],
  ])('%s %s', (platform, architecture, file) => {
    expect(fabricArchive(platform, architecture).file).toBe(file);
  });

  test('other platforms are refused', () => {
    expect(() => fabricArchive('win32', 'x64')).toThrow(expect.objectContaining({ code: 'PLATFORM_UNSUPPORTED' }) as Error);
  });
});
