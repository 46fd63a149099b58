import { channelPolicyReference, implicitCollectionOwner } from './chaincode-definition.js';
import type { DefinitionBook } from './definition-book.js';

/** Who must endorse a write to a collection. */
export class CollectionPolicies {
  constructor(
    private readonly definitions: DefinitionBook,
    /** Path of an organisation's own Endorsement policy; undefined where the channel does not know it. */
    private readonly organisationPolicy: (mspId: string) => string | undefined,
  ) {}

  /**
   * Serialised `peer.ApplicationPolicy`: the organisation's own for an implicit collection, the collection's where its
   * definition has one, else the chaincode's. Throws where the collection does not exist.
   */
  of(namespace: string, collection: string): Uint8Array {
    const owner = implicitCollectionOwner(collection);
    if (owner !== undefined) return this.#implicit(owner);
    const definition = this.definitions.current(namespace);
    const defined = definition?.collections.find((candidate) => candidate.getName() === collection);
    if (!definition || !defined) throw new Error(`no such collection '${collection}'`);
    return defined.getEndorsementPolicy()?.serializeBinary() ?? definition.endorsementPolicy;
  }

  #implicit(owner: string): Uint8Array {
    const path = this.organisationPolicy(owner);
    if (path === undefined) throw new Error(`no org found in channel with MSPID '${owner}'`);
    return channelPolicyReference(path);
  }
}
