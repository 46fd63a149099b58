import { peer } from '@hyperledger/fabric-protos';
import { CollectionPolicies } from './collection-policies.js';
import type { DefinitionBook } from './definition-book.js';

const ofChaincode = Buffer.from('of the chaincode');
const own = new peer.ApplicationPolicy();
own.setChannelConfigPolicyReference('/Channel/Application/Admins');

function collection(name: string, policy?: peer.ApplicationPolicy): peer.StaticCollectionConfig {
  const config = new peer.StaticCollectionConfig();
  config.setName(name);
  config.setEndorsementPolicy(policy);
  return config;
}

const definitions = {
  current: (name: string) => (name === 'cc' ? { endorsementPolicy: ofChaincode, collections: [collection('plain'), collection('guarded', own)] } : undefined),
} as unknown as DefinitionBook;
const policies = new CollectionPolicies(definitions, (mspId) => (mspId === 'A' ? '/Channel/Application/A/Endorsement' : undefined));

test('the organisation’s own for an implicit collection, else the collection’s, else the chaincode’s', () => {
  expect(peer.ApplicationPolicy.deserializeBinary(policies.of('cc', '_implicit_org_A')).getChannelConfigPolicyReference()).toBe('/Channel/Application/A/Endorsement');
  expect(policies.of('cc', 'guarded')).toEqual(own.serializeBinary());
  expect(policies.of('cc', 'plain')).toBe(ofChaincode);
});

test.each([
  ['cc', '_implicit_org_B', "no org found in channel with MSPID 'B'"], ['cc', 'nowhere', "no such collection 'nowhere'"], ['unknown', 'plain', "no such collection 'plain'"],
])('%s has no collection %s', (namespace, name, reason) => {
  expect(() => policies.of(namespace, name)).toThrow(reason);
});
