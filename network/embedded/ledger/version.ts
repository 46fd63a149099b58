import type { Version } from './api.js';

/** True where both are absent or equal; a read version is compared with the committed one like this. */
export function sameVersion(a: Version | undefined, b: Version | undefined): boolean {
  return a?.blockNumber === b?.blockNumber && a?.txNumber === b?.txNumber;
}

/** Negative, zero or positive as `a` lies before, at or after `b` in the chain. */
export function compareVersions(a: Version, b: Version): number {
  return a.blockNumber === b.blockNumber ? a.txNumber - b.txNumber : a.blockNumber - b.blockNumber;
}

/** As Go prints Fabric's `*version.Height`; it stands in error texts that clients know. */
export function formatVersion(version: Version | undefined): string {
  return version === undefined ? '<nil>' : `{BlockNum: ${version.blockNumber}, TxNum: ${version.txNumber}}`;
}

/** Fabric's order-preserving encoding of a version (length byte and big-endian digits, twice); part of the commit hash. */
export function versionBytes(version: Version): Uint8Array {
  return Buffer.concat([orderPreserving(version.blockNumber), orderPreserving(version.txNumber)]);
}

function orderPreserving(value: number): Uint8Array {
  const digits: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  return Uint8Array.of(digits.length, ...digits);
}
