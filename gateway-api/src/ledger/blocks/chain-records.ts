import { createHash } from 'node:crypto';
import type { ChainTransaction, ReadChain } from './read-chain.js';
import { isSignedBy } from './root-certificates.js';
import type { RootCertificates } from './root-certificates.js';

/** A place in the chain. */
export interface Place {
  readonly blockNumber: number;
  readonly place: number;
}

/** A key that a transaction wrote: a public value, or the hash of a private one. */
export interface Written<V> {
  readonly transaction: ChainTransaction;
  readonly value: V;
}

/** What the chain says under each key, transaction by transaction, with those that peers marked as invalid apart. */
export class ChainRecords {
  readonly #public = new Map<string, Written<Uint8Array | undefined>[]>();
  readonly #private = new Map<string, Written<string | undefined>[]>();
  readonly #invalid = new Map<string, ChainTransaction[]>();

  constructor({ transactions }: Pick<ReadChain, 'transactions'>) {
    for (const transaction of transactions) {
      for (const { namespace, writes, hashedWrites } of transaction.effects) {
        for (const { key, value } of writes) this.#add(this.#public, publicName(namespace, key), { transaction, value });
        for (const { collection, keyHash, valueHash } of hashedWrites) this.#add(this.#private, privateName(namespace, collection, keyHash), { transaction, value: valueHash });
      }
    }
  }

  /** Valid writes of a public key, in their order. */
  publicWrites(namespace: string, key: string): readonly Written<Uint8Array | undefined>[] {
    return this.#public.get(publicName(namespace, key)) ?? [];
  }

  /** Every public key of a chaincode that was ever written and begins so. */
  publicKeys(namespace: string, prefix: string): readonly string[] {
    const [start, skip] = [publicName(namespace, prefix), publicName(namespace, '').length];

    return [...this.#public.keys()].filter((name) => name.startsWith(start)).map((name) => name.slice(skip)).sort();
  }

  /** Valid writes of a private key of a collection, told by their hashes. */
  privateWrites(namespace: string, collection: string, key: string): readonly Written<string | undefined>[] {
    return this.#private.get(privateName(namespace, collection, sha256(Buffer.from(key)))) ?? [];
  }

  /** Transactions that wrote a public key beginning so and were marked as invalid. */
  invalidPublic(namespace: string, prefix: string): readonly ChainTransaction[] {
    const start = publicName(namespace, prefix);

    return [...this.#invalid].flatMap(([name, transactions]) => (name.startsWith(start) ? transactions : []));
  }

  /** Transactions that wrote a private key and were marked as invalid. */
  invalidPrivate(namespace: string, collection: string, key: string): readonly ChainTransaction[] {
    return this.#invalid.get(privateName(namespace, collection, sha256(Buffer.from(key)))) ?? [];
  }

  #add<V>(into: Map<string, Written<V>[]>, name: string, written: Written<V>): void {
    if (written.transaction.code === 0) append(into, name, written);
    else append(this.#invalid, name, written.transaction);
  }
}

function append<T>(into: Map<string, T[]>, name: string, item: T): void {
  const items = into.get(name);
  if (items === undefined) into.set(name, [item]);
  else items.push(item);
}

/** Whether one place is before another. */
export function isBefore(first: Place, second: Place): boolean {
  return first.blockNumber < second.blockNumber || (first.blockNumber === second.blockNumber && first.place < second.place);
}

/** Who has to have signed a transaction. */
export interface Expected {
  readonly creator?: string;
  readonly endorsers: (organisations: ReadonlySet<string>) => boolean;
}

/** Whether a transaction is what it says: named, signed, answered, endorsed, and resting on what was still so. */
export function isProved(transaction: ChainTransaction, { members }: RootCertificates, { creator, endorsers }: Expected): boolean {
  const { creator: signed, endorsements, isNamedRight, isAnswered, isStale } = transaction;
  const isCreator = (creator === undefined || signed.mspId === creator) && isSignedBy(members, signed);
  const endorsed = new Set(endorsements.filter((one) => isSignedBy(members, one)).map(({ mspId }) => mspId));

  return isNamedRight && isAnswered && !isStale && isCreator && endorsers(endorsed);
}

const MVCC_READ_CONFLICT = 11;

/** Whether the blocks show why peers marked a transaction as invalid. That mark is signed by nobody. */
export function isInvalidForGood({ code, isStale, isAnswered, isNamedRight }: ChainTransaction): boolean {
  return (code === MVCC_READ_CONFLICT && isStale) || !isAnswered || !isNamedRight;
}

/** SHA-256 in hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function publicName(namespace: string, key: string): string {
  return `${namespace} = ${key}`;
}

function privateName(namespace: string, collection: string, keyHash: string): string {
  return `${namespace} ${collection} # ${keyHash}`;
}
