import type { peer } from '@hyperledger/fabric-protos';
import { channelPolicyReference, LIFECYCLE } from '../definitions/chaincode-definition.js';
import type { CollectionPolicies } from '../definitions/collection-policies.js';
import type { Collections } from '../definitions/collections.js';
import type { DefinitionBook } from '../definitions/definition-book.js';
import type { Membership } from '../membership.js';
import type { PolicyBytes } from '../policies/index.js';
import type { PeerDirectory } from './peer-directory.js';

export interface PlanningSources {
  readonly channel: string;
  readonly membership: Membership;
  readonly definitions: DefinitionBook;
  readonly collections: Collections;
  readonly collectionPolicies: CollectionPolicies;
}

/** Sets of organisations, each of which would do. */
export type Plans = readonly (readonly string[])[];

const REMEMBERED_PLANS = 1000;

/** Finds out which organisations' endorsements would do for a transaction. */
export class EndorsementPlanner {
  readonly #known = new Map<string, Plans>();

  constructor(private readonly sources: PlanningSources) {}

  /** Smallest sets first, the gateway's own organisation preferred. Throws with Fabric's reason where none would do. */
  plans(interest: peer.ChaincodeInterest, peers: PeerDirectory): Plans {
    const calls = interest.getChaincodesList();
    const policies = {
      application: calls.flatMap((call) => this.#policiesOf(call)),
      key: calls.flatMap((call) => call.getKeyPoliciesList().map((policy) => policy.serializeBinary())),
    };
    const available = peers
      .withChaincode(calls[0]?.getName() ?? '')
      .map(({ mspId }) => mspId)
      .filter((mspId) => calls.every((call) => this.#mayRun(mspId, call, peers)));
    const plans = this.#find(policies, available);
    if (plans.length > 0) return plans;
    throw new Error(
      this.#find(policies, peers.mspIds).length > 0
        ? 'required chaincodes are not installed on sufficient peers'
        : 'no peer combination can satisfy the endorsement policy',
    );
  }

  /** The same few policies and peers come with every transaction, while finding plans means trying many sets. */
  #find(policies: PolicyBytes, available: readonly string[]): Plans {
    const { membership } = this.sources;
    const bytes = [...(policies.application ?? []), Uint8Array.of(0), ...(policies.key ?? [])];
    const key = `${membership.sequence} ${available.join(' ')} ${bytes.map((policy) => Buffer.from(policy).toString('latin1')).join(' ')}`;
    let plans = this.#known.get(key);
    if (!plans) {
      plans = membership.endorsementPlans(policies, available);
      if (this.#known.size >= REMEMBERED_PLANS) this.#known.clear();
      this.#known.set(key, plans);
    }
    return plans;
  }

  #policiesOf(call: peer.ChaincodeCall): Uint8Array[] {
    const name = call.getName();
    if (name === LIFECYCLE) return [channelPolicyReference('/Channel/Application/LifecycleEndorsement')];
    const definition = this.sources.definitions.current(name);
    if (!definition) throw new Error(`No metadata was found for chaincode ${name} in channel ${this.sources.channel}`);
    const ofCollections = call.getCollectionNamesList().map((collection) => this.sources.collectionPolicies.of(name, collection));
    return call.getDisregardNamespacePolicy() || ofCollections.length > 0 ? ofCollections : [definition.endorsementPolicy];
  }

  /** A peer that must read private values, or must be shielded from transient data, has to be a member. */
  #mayRun(mspId: string, call: peer.ChaincodeCall, peers: PeerDirectory): boolean {
    const name = call.getName();
    if (!peers.find(mspId, name)) return false;
    if (call.getNoPrivateReads()) return true;
    return call.getCollectionNamesList().every((collection) => this.sources.collections.find(name, collection)?.isMember(mspId) === true);
  }
}
