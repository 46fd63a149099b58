import type { peer } from '@hyperledger/fabric-protos';
import type { CollectionInfo } from '../ledger/api.js';
import type { Membership } from '../membership.js';
import { implicitCollection, implicitCollectionOwner, signaturePolicy } from './chaincode-definition.js';
import type { DefinitionBook } from './definition-book.js';

/** How many peers hold a copy of a collection's values besides the endorser. */
export interface DisseminationPolicy {
  readonly requiredPeers: number;
  readonly maximumPeers: number;
}

interface Collection extends CollectionInfo, DisseminationPolicy {}

/** The collections of the channel's chaincodes, defined and implicit. */
export class Collections {
  readonly #known = new WeakMap<peer.StaticCollectionConfig, Collection>();

  constructor(
    private readonly definitions: DefinitionBook,
    private readonly membership: Membership,
    private readonly organisations: readonly string[],
  ) {}

  /** Undefined where the chaincode or the collection does not exist. */
  find(namespace: string, name: string): Collection | undefined {
    const owner = implicitCollectionOwner(name);
    if (owner !== undefined) return this.organisations.includes(owner) ? implicit(owner) : undefined;
    const defined = this.definitions.current(namespace)?.collections.find((collection) => collection.getName() === name);
    if (!defined) return undefined;
    let collection = this.#known.get(defined);
    if (!collection) {
      collection = this.#defined(defined);
      this.#known.set(defined, collection);
    }
    return collection;
  }

  #members(policy: Uint8Array): string[] {
    return this.organisations.filter((mspId) => this.membership.satisfiedByPeers(policy, [mspId]));
  }

  #defined(collection: peer.StaticCollectionConfig): Collection {
    const policy = collection.getMemberOrgsPolicy()?.getSignaturePolicy();
    const members = new Set(policy === undefined ? [] : this.#members(signaturePolicy(policy)));
    return {
      name: collection.getName(),
      isMember: (mspId) => members.has(mspId),
      memberOnlyRead: collection.getMemberOnlyRead(),
      memberOnlyWrite: collection.getMemberOnlyWrite(),
      blockToLive: collection.getBlockToLive(),
      requiredPeers: collection.getRequiredPeerCount(),
      maximumPeers: collection.getMaximumPeerCount(),
    };
  }
}

/** Values of an implicit collection stay with its organisation: other organisations' endorsers do not send them on. */
function implicit(owner: string): Collection {
  return {
    name: implicitCollection(owner),
    isMember: (mspId) => mspId === owner,
    memberOnlyRead: false,
    memberOnlyWrite: false,
    blockToLive: 0,
    requiredPeers: 0,
    maximumPeers: 0,
  };
}
