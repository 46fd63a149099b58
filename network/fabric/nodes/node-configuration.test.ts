import { parse } from 'yaml';
import { channelConfiguration } from '../channel/channel-configuration.js';
import { CONSORTIUM_OF_FOUR } from '../testing/consortium-of-four.js';
import { singleMachinePlan } from '../topology/topology-plan.js';
import { peersOf, resolveTopology } from '../topology/topology.js';
import { renderYaml } from './commented-yaml.js';
import { ordererConfiguration } from './orderer-configuration.js';
import { peerConfiguration } from './peer-configuration.js';

const topology = resolveTopology(CONSORTIUM_OF_FOUR, singleMachinePlan(CONSORTIUM_OF_FOUR, 7000));
const files = { msp: '/m', tlsCertificate: '/t.crt', tlsKey: '/t.key', tlsCaCertificate: '/ca.crt', data: '/data' };

/** Follows a path with dots through parsed YAML. */
function at(configuration: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], configuration);
}

function core(position: number): unknown {
  const node = topology.peers[position];
  if (node === undefined) throw new Error('no such peer');
  return parse(peerConfiguration({ node, siblings: peersOf(topology, node.mspId), files, ccaasBuilder: '/ccaas' }));
}

describe('peer configuration', () => {
  test.each([
    ['peer.gossip.pvtData.skipPullingInvalidTransactionsDuringCommit', true],
    ['peer.gossip.pvtData.pullRetryThreshold', '5s'],
    ['peer.tls.enabled', true],
    ['operations.tls.clientAuthRequired', true],
    ['metrics.provider', 'prometheus'],
    ['vm.endpoint', ''],
    ['chaincode.keepalive', 0],
    ['ledger.state.stateDatabase', 'goleveldb'],
    ['peer.limits.concurrency.gatewayService', 20_000],
  ])('%s is %j', (path, value) => {
    expect(at(core(0), path)).toBe(value);
  });

  test('with a second peer every private document must reach it; a single peer can only keep its own', () => {
    const policy = 'peer.gossip.pvtData.implicitCollectionDisseminationPolicy';
    expect(at(core(0), policy)).toEqual({ requiredPeerCount: 1, maxPeerCount: 1 });
    expect(at(core(2), policy)).toEqual({ requiredPeerCount: 0, maxPeerCount: 1 });
  });

  test("peers bootstrap from their own organisation's others", () => {
    expect(at(core(0), 'peer.gossip.bootstrap')).toEqual(['localhost:7040']);
    expect(at(core(2), 'peer.gossip.bootstrap')).toEqual(['localhost:7120']);
  });
});

describe('orderer configuration', () => {
  test('administration takes only holders of a certificate of its own organisation', () => {
    const [orderer] = topology.orderers;
    const configuration: unknown = orderer === undefined ? undefined : parse(ordererConfiguration(orderer, files));
    expect(at(configuration, 'Admin.TLS')).toMatchObject({ Enabled: true, ClientAuthRequired: true, ClientRootCAs: ['/ca.crt'] });
    expect(at(configuration, 'General.BootstrapMethod')).toBe('none');
    expect(at(configuration, 'Metrics.Provider')).toBe('prometheus');
  });
});

describe('channel configuration', () => {
  const material = { peerMsp: () => '/p', ordererMsp: () => '/o', ordererIdentity: () => '/i', ordererTls: () => '/t' };
  const profile = (consensus: 'bft' | 'raft'): unknown => at(parse(channelConfiguration({ ...topology, consensus }, material)), 'Profiles.Consortium');

  test('BFT names every orderer as a consenter and every option of SmartBFT', () => {
    expect(at(profile('bft'), 'Orderer.ConsenterMapping')).toHaveLength(4);
    expect(Object.keys(at(profile('bft'), 'Orderer.SmartBFT') as object).sort()).toEqual([
      'CollectTimeout',
      'IncomingMessageBufferSize',
      'LeaderHeartbeatCount',
      'LeaderHeartbeatTimeout',
      'RequestAutoRemoveTimeout',
      'RequestBatchMaxInterval',
      'RequestComplainTimeout',
      'RequestForwardTimeout',
      'RequestPoolSize',
      'ViewChangeResendInterval',
      'ViewChangeTimeout',
    ]);
  });

  test('Raft names consenters by TLS certificate', () => {
    expect(at(profile('raft'), 'Orderer.OrdererType')).toBe('etcdraft');
    expect(at(profile('raft'), 'Orderer.EtcdRaft.Consenters')).toHaveLength(4);
  });

  test('only peers endorse, and only administrators and clients write', () => {
    const [first] = at(profile('bft'), 'Application.Organizations') as readonly unknown[];
    expect(at(first, 'Policies.Endorsement.Rule')).toBe("OR('AlphaMSP.peer')");
    expect(at(first, 'Policies.Writers.Rule')).toBe("OR('AlphaMSP.admin', 'AlphaMSP.client')");
  });
});

test('a comment on a setting that is not there is refused', () => {
  expect(renderYaml('Head', { a: { b: 1 } }, { 'a.b': 'because' })).toBe('# Head\n\na:\n  # because\n  b: 1\n');
  expect(() => renderYaml('Head', { a: { b: 1 } }, { 'a.c': 'why' })).toThrow('a.c');
});
