import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** How much of the digest a chaincode definition's version names. */
const digits = 12;

/**
 * First 12 hexadecimal digits of the SHA-256 over the compiled files of these folders: what members approve when they
 * approve a version `<semver>+<digest>`. Tests, type declarations and source maps do not run and do not count.
 */
export function treeDigest(folders: readonly string[]): string {
  const hash = createHash('sha256');
  for (const [index, folder] of folders.entries()) {
    for (const path of compiledFiles(folder)) {
      const content = createHash('sha256').update(readFileSync(join(folder, path))).digest('hex');
      hash.update(`${index}/${path.split(sep).join('/')} ${content}\n`);
    }
  }
  return hash.digest('hex').slice(0, digits);
}

/** The digest that a package id or version names, for example `abcdef012345` in `registry_0.1.0+abcdef012345:6b3f…`; undefined where it names none. */
export function digestNamedIn(chaincodeId: string): string | undefined {
  return /\+([0-9a-f]{12})(?![0-9a-f])/.exec(chaincodeId)?.[1];
}

function compiledFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.js$/.test(entry.name) && !/\.test\.js$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !path.split(sep).includes('testing'))
    .sort((left, right) => (left < right ? -1 : 1));
}
