import { readBlock } from './read-block.js';
import type { PlacedTransaction, ReadBlock } from './read-block.js';
import { hashedKey } from './read-transaction.js';
import type { NamespaceEffects, Signed } from './read-transaction.js';
import { isSignedBy } from './root-certificates.js';
import type { RootCertificates } from './root-certificates.js';

/** What is wrong with blocks that are said to be a chain, at which block. */
export interface ChainFault {
  readonly code: 'NO_BLOCKS' | 'BLOCK_UNREADABLE' | 'BLOCK_MISSING' | 'BROKEN_LINK' | 'DATA_CHANGED' | 'NOT_SIGNED_BY_ORDERERS';
  readonly block: number;
}

/** A transaction, and whether what it had read was still so at its place: Fabric's own rule, applied again. */
export interface ChainTransaction extends PlacedTransaction {
  readonly isStale: boolean;
}

/** Blocks from the first to the last, without gap. */
export interface ReadChain {
  readonly faults: readonly ChainFault[];
  readonly blocks: readonly Pick<ReadBlock, 'number' | 'hash'>[];
  readonly transactions: readonly ChainTransaction[];
}

/**
 * Reads a chain and checks what makes it one: every block names the one before and holds its data, and enough orderers'
 * organisations signed the last, and with it all. One of them alone cannot change, leave out or add anything.
 */
export function readChain(blocks: readonly Uint8Array[], roots: RootCertificates): ReadChain {
  const read: ReadBlock[] = [];
  for (const [index, bytes] of blocks.entries()) {
    const block = orUndefined(() => readBlock(bytes));
    if (block === undefined) return { faults: [{ code: 'BLOCK_UNREADABLE', block: index }], blocks: [], transactions: [] };
    read.push(block);
  }
  const faults = [...read.flatMap((block, index) => linkFaults(block, index, read[index - 1])), ...signatureFaults(read, roots)];

  return { faults, blocks: read.map(({ number, hash }) => ({ number, hash })), transactions: replay(read) };
}

function linkFaults(block: ReadBlock, index: number, before: ReadBlock | undefined): readonly ChainFault[] {
  if (block.number !== index) return [{ code: 'BLOCK_MISSING', block: index }];
  if (before !== undefined && block.previousHash !== before.hash) return [{ code: 'BROKEN_LINK', block: index }];

  return block.holdsItsData ? [] : [{ code: 'DATA_CHANGED', block: index }];
}

function signatureFaults(blocks: readonly ReadBlock[], { orderers }: RootCertificates): readonly ChainFault[] {
  const last = blocks.at(-1);
  if (last === undefined) return [{ code: 'NO_BLOCKS', block: 0 }];
  const consenters = blocks[last.lastConfig]?.consenters;
  const signed = last.signatures.flatMap(({ signer, consenter, data, signature }): Signed[] => {
    const who = signer ?? consenters?.get(consenter ?? 0);

    return who === undefined ? [] : [{ ...who, data, signature }];
  });
  const organisations = new Set(signed.filter((one) => isSignedBy(orderers, one)).map(({ mspId }) => mspId));

  return organisations.size >= quorumOf(orderers.size) ? [] : [{ code: 'NOT_SIGNED_BY_ORDERERS', block: last.number }];
}

/** How many of so many orderers' organisations have to sign, so that no two quorums are made by the faulty ones alone. */
export function quorumOf(organisations: number): number {
  const faulty = Math.floor((organisations - 1) / 3);

  return Math.ceil((organisations + faulty + 1) / 2);
}

/** Goes through the transactions in order and says of each whether it had read what was there. */
function replay(blocks: readonly ReadBlock[]): readonly ChainTransaction[] {
  const versions = new Map<string, string>();

  return blocks.flatMap(({ transactions }) => transactions.map((transaction) => {
    const isStale = transaction.effects.some(({ namespace, reads }) => reads.some(({ key, version }) => versions.get(`${namespace} ${key}`) !== version));
    if (transaction.code === 0) for (const effects of transaction.effects) write(versions, effects, `${transaction.blockNumber}:${transaction.place}`);

    return { ...transaction, isStale };
  }));
}

function write(versions: Map<string, string>, { namespace, writes, hashedWrites, policies }: NamespaceEffects, version: string): void {
  const put = (key: string, isThere: boolean): void => { if (isThere) versions.set(`${namespace} ${key}`, version); else versions.delete(`${namespace} ${key}`); };
  for (const key of policies) if (versions.has(`${namespace} ${key}`)) put(key, true);
  for (const { key, value } of writes) put(key, value !== undefined);
  for (const { collection, keyHash, valueHash } of hashedWrites) put(hashedKey(collection, keyHash), valueHash !== undefined);
}

function orUndefined<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
