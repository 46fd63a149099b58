import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fabricDirectory } from '@medaccord/network/cli';

/** Parts of a peer's ledger, by the names of their folders. */
export const LEDGER_PARTS = { chains: 'blocks', pvtdataStore: 'private data', stateLeveldb: 'state', historyLeveldb: 'history' } as const;

/** Bytes by which each part of a peer's ledger grew, by node. */
export type DiskFigures = Readonly<Record<string, Readonly<Record<keyof typeof LEDGER_PARTS, number>>>>;

/** Measures by how much the peers' ledgers grow while `work` runs. What LevelDB has not compacted counts as it lies there. */
export async function withDiskFigures<T>(directory: string, work: () => Promise<T>): Promise<{ readonly result: T; readonly disk: DiskFigures }> {
  const before = await sizes(directory);
  const result = await work();
  const after = await sizes(directory);
  const grown = Object.entries(after).map(([node, parts]) => [node, mapParts((part) => parts[part] - (before[node]?.[part] ?? 0))] as const);
  return { result, disk: Object.fromEntries(grown) };
}

async function sizes(directory: string): Promise<DiskFigures> {
  const nodes = join(fabricDirectory(directory), 'nodes');
  const peers = (await readdir(nodes)).filter((name) => name.startsWith('peer'));
  const entries = peers.map(async (name) => {
    const parts = await Promise.all(Object.keys(LEDGER_PARTS).map(async (part) => [part, await bytesIn(join(nodes, name, 'data', 'ledgersData', part))] as const));
    const byPart = new Map(parts);
    return [name, mapParts((part) => byPart.get(part) ?? 0)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

function mapParts(value: (part: keyof typeof LEDGER_PARTS) => number): DiskFigures[string] {
  return { chains: value('chains'), pvtdataStore: value('pvtdataStore'), stateLeveldb: value('stateLeveldb'), historyLeveldb: value('historyLeveldb') };
}

/** Bytes of all files in a folder, as they lie there. */
export async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  // A file that LevelDB has just deleted has no size.
  const counts = await Promise.all(files.map(async (file) => stat(join(file.parentPath, file.name)).then(({ size }) => size, () => 0)));
  return counts.reduce((sum, size) => sum + size, 0);
}
