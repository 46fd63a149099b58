import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import pg from 'pg';
import { until } from './until.js';

/** Debian keeps the programs of each version in a folder of its own. */
const debianFolder = '/usr/lib/postgresql';

/** Where PostgreSQL's own programs are on this machine; undefined where it is not installed. */
export function postgresPrograms(): string | undefined {
  const versions = existsSync(debianFolder) ? readdirSync(debianFolder).sort((left, right) => Number(right) - Number(left)) : [];
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...versions.map((version) => join(debianFolder, version, 'bin'))];

  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

/** A PostgreSQL server of the test's own, on a free port. */
export class TestPostgres {
  private constructor(private readonly server: string, private readonly directory: string, private readonly process: ChildProcess) {}

  static async start(programs: string): Promise<TestPostgres> {
    const directory = mkdtempSync(join(tmpdir(), 'medaccord-postgres-'));
    const owner = serverOwner();
    if (owner !== undefined) chownSync(directory, owner.uid, owner.gid);
    chmodSync(directory, 0o700);
    const data = join(directory, 'data');
    execFileSync(join(programs, 'initdb'), ['-D', data, '-U', 'medaccord', '-A', 'trust', '--no-sync'], { ...owner, stdio: 'ignore' });
    const port = await freePort();
    const child = spawn(join(programs, 'postgres'), ['-D', data, '-p', String(port), '-c', 'listen_addresses=localhost', '-k', directory], { ...owner, stdio: 'ignore' });
    const server = `postgresql://medaccord@localhost:${port}`;
    await until(() => answers(`${server}/postgres`));

    return new TestPostgres(server, directory, child);
  }

  /** URL of a new, empty database. */
  async database(name: string): Promise<string> {
    const client = new pg.Client({ connectionString: `${this.server}/postgres` });
    await client.connect();
    await client.query(`CREATE DATABASE ${name}`);
    await client.end();

    return `${this.server}/${name}`;
  }

  async stop(): Promise<void> {
    this.process.kill('SIGINT');
    await once(this.process, 'exit');
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** PostgreSQL refuses to run as root: where the test does, another user owns the server. */
function serverOwner(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));

  return { uid: id('-u'), gid: id('-g') };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');

  return port;
}

async function answers(url: string): Promise<true | undefined> {
  const client = new pg.Client({ connectionString: url });
  // A connection that is refused ends the client by an event as well.
  client.on('error', () => undefined);
  try {
    await client.connect();

    return true;
  } catch {
    return undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
}
