import { peer } from '@hyperledger/fabric-protos';
import { channelPolicyReference, LIFECYCLE } from '../definitions/chaincode-definition.js';
import type { Collections } from '../definitions/collections.js';
import type { DefinitionBook } from '../definitions/definition-book.js';
import type { CollectionPolicies } from '../definitions/collection-policies.js';
import type { Membership } from '../membership.js';
import type { PeerDirectory } from './peer-directory.js';

export interface PlanningSources {
  readonly channel: string;
  readonly membership: Membership;
  readonly definitions: DefinitionBook;
  readonly collections: Collections;
  readonly collectionPolicies: CollectionPolicies;
}

/** Which organisations' endorsements would do for a transaction. Throws with Fabric's reason where none would. */
export function endorsementPlans(
  interest: peer.ChaincodeInterest,
  peers: PeerDirectory,
  sources: PlanningSources,
): readonly (readonly string[])[] {
  const calls = interest.getChaincodesList();
  const policies = {
    application: calls.flatMap((call) => policiesOf(call, sources)),
    key: calls.flatMap((call) => call.getKeyPoliciesList().map((policy) => policy.serializeBinary())),
  };
  const available = peers
    .withChaincode(calls[0]?.getName() ?? '')
    .map(({ mspId }) => mspId)
    .filter((mspId) => calls.every((call) => mayRun(mspId, call, peers, sources.collections)));
  const plans = sources.membership.endorsementPlans(policies, available);
  if (plans.length > 0) return plans;
  const canBeSatisfied = sources.membership.endorsementPlans(policies, peers.mspIds).length > 0;
  throw new Error(
    canBeSatisfied ? 'required chaincodes are not installed on sufficient peers' : 'no peer combination can satisfy the endorsement policy',
  );
}

function policiesOf(call: peer.ChaincodeCall, sources: PlanningSources): Uint8Array[] {
  const name = call.getName();
  if (name === LIFECYCLE) return [channelPolicyReference('/Channel/Application/LifecycleEndorsement')];
  const definition = sources.definitions.current(name);
  if (!definition) throw new Error(`No metadata was found for chaincode ${name} in channel ${sources.channel}`);
  const ofCollections = call.getCollectionNamesList().map((collection) => sources.collectionPolicies.of(name, collection));
  return call.getDisregardNamespacePolicy() || ofCollections.length > 0 ? ofCollections : [definition.endorsementPolicy];
}

/** A peer that must read private values, or must be shielded from transient data, has to be a member. */
function mayRun(mspId: string, call: peer.ChaincodeCall, peers: PeerDirectory, collections: Collections): boolean {
  if (!peers.find(mspId, call.getName())) return false;
  if (call.getNoPrivateReads()) return true;
  return call.getCollectionNamesList().every((name) => collections.find(call.getName(), name)?.isMember(mspId) === true);
}
