import { createHash } from 'node:crypto';
import { common, msp } from '@hyperledger/fabric-protos';
import { MspRegistry, OrganizationTree, readMspConfiguration } from '../../identities/index.js';
import { temporaryFolder } from '../../identities/testing/temporary-folder.js';
import { buildChannelConfig } from './channel-configuration.js';
import { buildGenesisBlock, readConfigBlock } from './genesis-block.js';
import { withMsp } from './membership-change.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let ward: OrganizationTree;
let config: common.Config;

beforeAll(async () => {
  folder = await temporaryFolder();
  ward = await OrganizationTree.open({ root: folder.path, domain: 'ward.example', mspId: 'WardMSP' });
  await ward.addUser({ name: 'clerk' });
  const order = await OrganizationTree.open({ root: folder.path, domain: 'order.example', mspId: 'OrderMSP', kind: 'orderer' });
  config = buildChannelConfig({
    members: [{ msp: await readMspConfiguration(ward.paths.msp, 'WardMSP'), anchorPeers: [{ host: 'localhost', port: 7051 }] }],
    orderers: [{ msp: await readMspConfiguration(order.paths.msp, 'OrderMSP'), endpoints: ['localhost:7050'] }],
    batch: { maxMessageCount: 10, absoluteMaxBytes: 1_000_000, preferredMaxBytes: 100_000, timeoutMs: 50 },
    accessControl: { 'qscc/GetChainInfo': '/Channel/Application/Admins' },
  });
});
afterAll(() => folder.remove());

const group = (...path: string[]): common.ConfigGroup | undefined =>
  path.reduce((current, name) => current?.getGroupsMap().get(name), config.getChannelGroup());
const names = (map: { getEntryList(): readonly (readonly [string, unknown])[] } | undefined): string[] => (map?.getEntryList() ?? []).map(([name]) => name).sort();

function parts(block: common.Block): { header: common.BlockHeader; envelope: Uint8Array; channelHeader: common.ChannelHeader; nonce: Uint8Array } {
  const [envelope = new Uint8Array()] = block.getData()?.getDataList_asU8() ?? [];
  const header = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(envelope).getPayload_asU8()).getHeader() ?? new common.Header();
  return {
    header: block.getHeader() ?? new common.BlockHeader(),
    envelope,
    channelHeader: common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8()),
    nonce: common.SignatureHeader.deserializeBinary(header.getSignatureHeader_asU8()).getNonce_asU8(),
  };
}

describe('a new channel’s configuration', () => {
  test('has the groups, values and policies of Fabric’s own', () => {
    expect(names(group()?.getGroupsMap())).toEqual(['Application', 'Orderer']);
    expect(names(group()?.getValuesMap())).toEqual(['BlockDataHashingStructure', 'Capabilities', 'HashingAlgorithm']);
    expect(names(group('Application')?.getPoliciesMap())).toEqual(['Admins', 'Endorsement', 'LifecycleEndorsement', 'Readers', 'Writers']);
    expect(names(group('Application', 'WardMSP')?.getValuesMap())).toEqual(['AnchorPeers', 'MSP']);
    expect(names(group('Orderer')?.getPoliciesMap())).toContain('BlockValidation');
    expect(names(group('Orderer')?.getValuesMap())).toEqual(['BatchSize', 'BatchTimeout', 'Capabilities', 'ChannelRestrictions', 'ConsensusType']);
    expect(names(group('Orderer', 'OrderMSP')?.getValuesMap())).toEqual(['Endpoints', 'MSP']);
  });

  test('every element is changed by the admins of its group', () => {
    const policies = (current: common.ConfigGroup | undefined): string[] => current === undefined ? [] : [
      current.getModPolicy(),
      ...[...current.getValuesMap().entries()].map(([, value]) => value.getModPolicy()),
      ...[...current.getPoliciesMap().entries()].map(([, value]) => value.getModPolicy()),
      ...[...current.getGroupsMap().entries()].flatMap(([, inner]) => policies(inner)),
    ];
    expect(new Set(policies(group()))).toEqual(new Set(['Admins']));
  });

  test('lies in block 0, whose data hash and transaction id are right', () => {
    const block = buildGenesisBlock('ward', config);
    const { header, envelope, channelHeader, nonce } = parts(block);
    expect(header.getNumber()).toBe(0);
    expect(header.getPreviousHash_asU8()).toHaveLength(0);
    expect(Buffer.from(header.getDataHash_asU8()).toString('hex')).toBe(createHash('sha256').update(envelope).digest('hex'));
    expect(channelHeader.getChannelId()).toBe('ward');
    expect(channelHeader.getTxId()).toBe(createHash('sha256').update(nonce).digest('hex'));
    expect(block.getMetadata()?.getMetadataList()).toHaveLength(5);
    expect(Buffer.from(readConfigBlock(block)?.serializeBinary() ?? []).equals(Buffer.from(config.serializeBinary()))).toBe(true);
  });

  test('only a configuration block has a configuration', () => {
    expect(readConfigBlock(new common.Block())).toBeUndefined();
  });
});

test('a new revocation list makes a new version, and the old stays as it was', async () => {
  const clerk = await ward.user('clerk');
  await ward.revokeUser('clerk');
  const next = withMsp(config, await readMspConfiguration(ward.paths.msp, 'WardMSP'));
  expect(next.getSequence()).toBe(1);
  expect(next.getChannelGroup()?.getGroupsMap().get('Application')?.getGroupsMap().get('WardMSP')?.getValuesMap().get('MSP')?.getVersion()).toBe(1);
  expect(MspRegistry.fromChannelConfig(next).deserialize(clerk.serialize()).isValid).toBe(false);
  expect(MspRegistry.fromChannelConfig(config).deserialize(clerk.serialize()).isValid).toBe(true);
});

test('an organisation’s entry is what its MSP folder says', async () => {
  const value = group('Application', 'WardMSP')?.getValuesMap().get('MSP')?.getValue_asU8() ?? new Uint8Array();
  const read = msp.FabricMSPConfig.deserializeBinary(msp.MSPConfig.deserializeBinary(value).getConfig_asU8());
  const authority = ward.issuer.authorities;
  expect(read.getRootCertsList_asU8().map((bytes) => Buffer.from(bytes).toString())).toEqual([authority.identity]);
  expect(read.getTlsRootCertsList_asU8().map((bytes) => Buffer.from(bytes).toString())).toEqual([authority.tls]);
  expect(read.getFabricNodeOus()?.getEnable()).toBe(true);
  await expect(readMspConfiguration(folder.path, 'NoMSP')).rejects.toMatchObject({ code: 'MSP_FOLDER_INVALID' });
});
