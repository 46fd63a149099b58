import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type Guard, instrument } from './guards.js';

/** Where the network decides. What only composes, serves sockets or verifies stored ledgers has no semantics of its own. */
const DECIDING = [
  'embedded/chaincode', 'embedded/definitions', 'embedded/deliver', 'embedded/gateway', 'embedded/ledger', 'embedded/ordering', 'embedded/peer',
  'embedded/policies', 'embedded/system-chaincodes', 'embedded/transactions', 'embedded/validation', 'identities/membership',
];
const NOT_DECIDING = ['embedded/ledger/replay.js', 'embedded/ledger/verification.js'];

/** What unit tests read beside what was built. */
const RECORDINGS = join('network', 'embedded', 'ledger', 'testing');

/** A copy of what was built, with a switch at every guard of the embedded network. */
export interface InstrumentedCopy {
  readonly directory: string;
  readonly guards: readonly Guard[];
  remove(): Promise<void>;
}

/** Copies the built network and tests to a temporary folder and instruments the network; the original is not touched. */
export async function instrumentedCopy(root: string): Promise<InstrumentedCopy> {
  const directory = await mkdtemp(join(tmpdir(), 'medaccord-mutants-'));
  for (const workspace of ['network', 'test']) {
    await mkdir(join(directory, workspace), { recursive: true });
    await cp(join(root, workspace, 'package.json'), join(directory, workspace, 'package.json'));
    await cp(join(root, workspace, 'dist'), join(directory, workspace, 'dist'), { recursive: true });
    if (existsSync(join(root, workspace, 'node_modules'))) {
      await symlink(join(root, workspace, 'node_modules'), join(directory, workspace, 'node_modules'));
    }
  }
  await cp(join(root, RECORDINGS), join(directory, RECORDINGS), { recursive: true });
  await writeFile(join(directory, 'jest.config.json'), JSON.stringify({ testEnvironment: 'node', transform: {}, testTimeout: 20_000 }));
  await linkPackages(root, directory);
  const guards: Guard[] = [];
  for (const folder of DECIDING) {
    guards.push(...(await instrumentFolder(join(directory, 'network', 'dist'), folder, guards.length)));
  }
  return { directory, guards, remove: () => rm(directory, { recursive: true, force: true }) };
}

/** The copy finds every package where the original does, but its own copy of the network. */
async function linkPackages(root: string, directory: string): Promise<void> {
  const packages = join(directory, 'node_modules');
  await mkdir(join(packages, '@medaccord'), { recursive: true });
  for (const name of await readdir(join(root, 'node_modules'))) {
    if (name !== '@medaccord') {
      await symlink(join(root, 'node_modules', name), join(packages, name));
    }
  }
  await symlink(join(directory, 'network'), join(packages, '@medaccord', 'network'));
}

async function instrumentFolder(dist: string, folder: string, firstId: number): Promise<readonly Guard[]> {
  const guards: Guard[] = [];
  const entries = await readdir(join(dist, folder), { recursive: true, withFileTypes: true });
  for (const entry of entries.filter(({ name }) => name.endsWith('.js') && !name.endsWith('.test.js')).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(entry.parentPath, entry.name);
    const file = relative(dist, path);
    if (file.includes('testing/') || NOT_DECIDING.includes(file)) {
      continue;
    }
    const instrumented = instrument(file, await readFile(path, 'utf8'), firstId + guards.length);
    await writeFile(path, instrumented.code);
    guards.push(...instrumented.guards);
  }
  return guards;
}
