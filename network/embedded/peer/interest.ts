import { common, peer } from '@hyperledger/fabric-protos';
import { LIFECYCLE } from '../definitions/chaincode-definition.js';
import type { Footprint } from '../chaincode/footprint.js';
import type { SimulationResult } from '../ledger/api.js';

/** Namespaces that no endorsement policy of the channel's definitions governs. */
const systemNamespaces = new Set(['lscc', 'qscc', 'cscc', LIFECYCLE]);

/**
 * Whose policies a simulated transaction falls under, in the form in which a peer tells the gateway: chaincodes that it
 * touched, collections that it wrote or read, and policies of single keys that replace their chaincode's.
 */
export function chaincodeInterest(
  touchedNamespaces: Iterable<string>,
  footprint: Footprint,
  result: Pick<SimulationResult, 'keyPolicies' | 'privateReads'>,
): peer.ChaincodeInterest {
  const interest = new peer.ChaincodeInterest();
  for (const namespace of new Set([...footprint.namespaces, ...touchedNamespaces])) {
    if (systemNamespaces.has(namespace)) continue;
    const publicCall = publicInterest(namespace, footprint, result);
    if (publicCall) interest.addChaincodes(publicCall);
    for (const call of collectionInterests(namespace, footprint, result)) interest.addChaincodes(call);
  }
  return interest;
}

function publicInterest(
  namespace: string,
  footprint: Footprint,
  { keyPolicies }: Pick<SimulationResult, 'keyPolicies'>,
): peer.ChaincodeCall | undefined {
  const wroteNothing = [...footprint.collections(namespace)].length === 0;
  const needsChaincodePolicy = wroteNothing || footprint.wroteUnpolicedKey(namespace, '', keyPolicies);
  const ofKeys = keyPolicies.filter((policy) => policy.namespace === namespace);
  if (ofKeys.length === 0 && !needsChaincodePolicy) return undefined;
  const call = new peer.ChaincodeCall();
  call.setName(namespace);
  call.setKeyPoliciesList(ofKeys.map(({ policy }) => common.SignaturePolicyEnvelope.deserializeBinary(policy)));
  call.setDisregardNamespacePolicy(!needsChaincodePolicy);
  return call;
}

function collectionInterests(
  namespace: string,
  footprint: Footprint,
  { keyPolicies, privateReads }: Pick<SimulationResult, 'keyPolicies' | 'privateReads'>,
): peer.ChaincodeCall[] {
  const read = new Set(privateReads.filter((name) => name.namespace === namespace).map(({ collection }) => collection));
  const written = [...footprint.collections(namespace)].filter(
    (collection) => collection !== '' && footprint.wroteUnpolicedKey(namespace, collection, keyPolicies),
  );
  return [...new Set([...written, ...read])].map((collection) => {
    const call = new peer.ChaincodeCall();
    call.setName(namespace);
    call.setCollectionNamesList([collection]);
    call.setNoPrivateReads(!read.has(collection));
    return call;
  });
}
