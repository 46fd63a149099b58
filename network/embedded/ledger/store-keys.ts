/**
 * Keys of the one LevelDB database. Every record kind has a letter; parts are separated by NUL; numbers are hex of fixed
 * width, so that they sort. A part that may itself contain NUL (a state key) comes last or carries its length.
 *
 * c channel facts   b block by number    x block number by header hash   t transaction by id   h history of a public key
 * s public and hashed state   e expiry of hashed keys   q purges   o height of an organisation
 * p private state   v private write set of a transaction   k stored private key by its hash   m missing private data
 * g expiry of private data   r transient store      (the second line of these per organisation)
 */
const NUL = '\0';
/** Greater than NUL, less than anything that a part starts with: end of the range of one prefix. */
const AFTER_NUL = '\u0001';

/** First and past-the-end key of a range. */
export interface KeyRange {
  readonly gte: string;
  readonly lt: string;
}

const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0');

/** Block numbers sort as text. */
export function blockPart(blockNumber: number): string {
  return hex(blockNumber, 12);
}

/** Position of a transaction; sorts by block, then by transaction. */
export function positionPart(blockNumber: number, txNumber: number): string {
  return `${hex(blockNumber, 12)}${hex(txNumber, 8)}`;
}

/** Inverse of `positionPart`. */
export function parsePosition(part: string): { blockNumber: number; txNumber: number } {
  return { blockNumber: Number.parseInt(part.slice(0, 12), 16), txNumber: Number.parseInt(part.slice(12, 20), 16) };
}

function prefixRange(...parts: readonly string[]): KeyRange {
  const prefix = parts.join(NUL);
  return { gte: `${prefix}${NUL}`, lt: `${prefix}${AFTER_NUL}` };
}

export const storeKeys = {
  fact: (name: string) => `c${NUL}${name}`,
  /** Present where some key of the namespace has had metadata: else nobody needs to look for it. */
  usesMetadata: (namespace: string) => `c${NUL}metadata${NUL}${namespace}`,
  block: (blockNumber: number) => `b${NUL}${blockPart(blockNumber)}`,
  blockHash: (hash: Uint8Array) => `x${NUL}${Buffer.from(hash).toString('hex')}`,
  transaction: (txId: string) => `t${NUL}${txId}`,
  height: (mspId: string) => `o${NUL}${mspId}`,

  state: (space: string, key: string) => `s${NUL}${space}${NUL}${key}`,
  stateRange: (space: string, startKey: string, endKey: string) => keyRange(`s${NUL}${space}`, startKey, endKey),
  allState: () => prefixRange('s'),

  history: (namespace: string, key: string, position: string) => `${historyPrefix(namespace, key)}${NUL}${position}`,
  historyRange: (namespace: string, key: string) => prefixRange(historyPrefix(namespace, key)),

  expiry: (expiryBlock: number, committingBlock: number, namespace: string, collection: string, keyHash: string) =>
    ['e', blockPart(expiryBlock), blockPart(committingBlock), namespace, collection, keyHash].join(NUL),
  expiryRange: (expiryBlock: number) => prefixRange('e', blockPart(expiryBlock)),

  privateState: (mspId: string, space: string, key: string) => `p${NUL}${mspId}${NUL}${space}${NUL}${key}`,
  privateStateRange: (mspId: string, space: string, startKey: string, endKey: string) =>
    keyRange(`p${NUL}${mspId}${NUL}${space}`, startKey, endKey),
  allPrivateState: () => prefixRange('p'),

  privateSet: (mspId: string, position: string) => `v${NUL}${mspId}${NUL}${position}`,
  privateSetsOfBlock: (mspId: string, blockNumber: number): KeyRange => ({
    gte: `v${NUL}${mspId}${NUL}${positionPart(blockNumber, 0)}`,
    lt: `v${NUL}${mspId}${NUL}${positionPart(blockNumber + 1, 0)}`,
  }),

  privateKey: (mspId: string, namespace: string, collection: string, keyHash: string, position: string) =>
    ['k', mspId, namespace, collection, keyHash, position].join(NUL),
  privateKeyRange: (mspId: string, namespace: string, collection: string, keyHash: string) =>
    prefixRange('k', mspId, namespace, collection, keyHash),

  /** The latest purge of a private key, the same for every organisation. */
  purge: (namespace: string, collection: string, keyHash: string) => ['q', namespace, collection, keyHash].join(NUL),

  missing: (mspId: string, position: string, namespace: string, collection: string) =>
    ['m', mspId, position, namespace, collection].join(NUL),
  missingRange: (mspId: string) => prefixRange('m', mspId),
  missingOfTransaction: (mspId: string, position: string) => prefixRange('m', mspId, position),

  privateExpiry: (mspId: string, expiryBlock: number, position: string, namespace: string, collection: string) =>
    ['g', mspId, blockPart(expiryBlock), position, namespace, collection].join(NUL),
  privateExpiryRange: (mspId: string, expiryBlock: number) => prefixRange('g', mspId, blockPart(expiryBlock)),

  transient: (txId: string, mspId: string, name: string) => ['r', txId, mspId, name].join(NUL),
  transientOf: (txId: string) => prefixRange('r', txId),
  allTransient: () => prefixRange('r'),
} as const;

/** Parts of a stored key, the kind letter first; only for kinds without free text. */
export function keyParts(key: string): string[] {
  return key.split(NUL);
}

/** The state key within a stored key of the range that begins with `rangeStart` and an empty start key. */
export function stateKeyOf(storedKey: string, partsBefore: number): string {
  let at = 0;
  for (let part = 0; part < partsBefore; part += 1) at = storedKey.indexOf(NUL, at) + 1;

  return storedKey.slice(at);
}

function keyRange(prefix: string, startKey: string, endKey: string): KeyRange {
  return { gte: `${prefix}${NUL}${startKey}`, lt: endKey === '' ? `${prefix}${AFTER_NUL}` : `${prefix}${NUL}${endKey}` };
}

function historyPrefix(namespace: string, key: string): string {
  return ['h', namespace, String(key.length), key].join(NUL);
}
