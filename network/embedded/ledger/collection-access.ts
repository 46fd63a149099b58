import { SimulationError } from './api.js';
import type { CollectionInfo, CollectionLookup } from './api.js';

const IMPLICIT_PREFIX = '_implicit_org_';

/** Name of the collection that only the organisation itself holds; every chaincode has one per organisation. */
export function implicitCollection(mspId: string): string {
  return `${IMPLICIT_PREFIX}${mspId}`;
}

/** Adds the implicit collections of the channel's organisations to what the chaincode definitions name. */
export function withImplicitCollections(lookup: CollectionLookup, organisations: readonly string[]): CollectionLookup {
  const implicit = new Map(organisations.map((mspId) => [implicitCollection(mspId), implicitInfo(mspId)]));

  return (namespace, collection) => implicit.get(collection) ?? lookup(namespace, collection);
}

function implicitInfo(owner: string): CollectionInfo {
  return {
    name: implicitCollection(owner),
    isMember: (mspId) => mspId === owner,
    memberOnlyRead: false,
    memberOnlyWrite: false,
    blockToLive: 0,
  };
}

/** What the peer checks before a simulation touches a collection: it exists, and the creator may. */
export class CollectionAccess {
  readonly #channel: string;
  readonly #lookup: CollectionLookup;
  readonly #creator: string | undefined;

  constructor(channel: string, lookup: CollectionLookup, creatorMspId: string | undefined) {
    this.#channel = channel;
    this.#lookup = lookup;
    this.#creator = creatorMspId;
  }

  checkRead(namespace: string, collection: string): void {
    const info = this.#require(namespace, collection);
    if (info.memberOnlyRead && !this.#isMember(info)) throw new SimulationError(noPermission('read', namespace, collection));
  }

  checkWrite(namespace: string, collection: string): void {
    const info = this.#require(namespace, collection);
    if (info.memberOnlyWrite && !this.#isMember(info)) throw new SimulationError(noPermission('write', namespace, collection));
  }

  /** Hashes are public to the channel, so only the name counts. */
  checkExists(namespace: string, collection: string): void {
    if (this.#lookup(namespace, collection) === undefined) {
      throw new SimulationError(`collection [${collection}] not defined in the collection config for chaincode [${namespace}]`);
    }
  }

  #require(namespace: string, collection: string): CollectionInfo {
    const info = this.#lookup(namespace, collection);
    if (info !== undefined) return info;
    // The peer generates an implicit collection for any name, and finds out later that the organisation is unknown.
    if (collection.startsWith(IMPLICIT_PREFIX)) this.checkExists(namespace, collection);
    throw new SimulationError(`collection ${this.#channel}/${namespace}/${collection} could not be found`);
  }

  #isMember(info: CollectionInfo): boolean {
    return this.#creator === undefined || info.isMember(this.#creator);
  }
}

function noPermission(access: 'read' | 'write', namespace: string, collection: string): string {
  const subject = `privatedata in chaincodeName:${namespace} collectionName: ${collection}`;
  return `tx creator does not have ${access} access permission on ${subject}`;
}
