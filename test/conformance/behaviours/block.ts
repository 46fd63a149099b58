import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { common, msp } from '@hyperledger/fabric-protos';
import { MspRegistry } from '@medaccord/network/identities';
import { type Behaviour, behaviour } from '../behaviour.js';
import { ALPHA, BETA, CONSORTIUM, GAMMA } from '../world/consortium.js';
import { type DecodedHeader, type DecodedTransaction, decodeHeader, decodeTransactions, metadataOf, type SignedBy } from '../world/decoded-block.js';
import type { World } from '../world/world.js';

const sha256 = (...parts: readonly Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();

/** DER `SEQUENCE { INTEGER number, OCTET STRING previousHash, OCTET STRING dataHash }`: what Fabric hashes of a header. */
function headerBytes({ number, previousHash, dataHash }: DecodedHeader): Uint8Array {
  const element = (tag: number, content: Uint8Array): Buffer => Buffer.concat([Buffer.from([tag, content.length]), content]);
  const digits = number.toString(16);
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
  const integer = (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;
  return element(0x30, Buffer.concat([element(0x02, integer), element(0x04, previousHash), element(0x04, dataHash)]));
}

async function everyBlock(world: World): Promise<readonly common.Block[]> {
  const blocks: common.Block[] = [];
  for (let number = 0; number < (await world.height()); number += 1) {
    blocks.push(await world.block(number));
  }
  return blocks;
}

/** The channel's organisations as its own configuration names them. */
async function organisations(world: World): Promise<MspRegistry> {
  const block = common.Block.deserializeBinary(await world.system('cscc', 'GetConfigBlock', [CONSORTIUM.channel]));
  return MspRegistry.fromChannelConfig(configOf(block));
}

function configOf(block: common.Block): common.Config {
  const [bytes] = block.getData()?.getDataList_asU8() ?? [];
  const payload = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(bytes ?? new Uint8Array()).getPayload_asU8());
  return common.ConfigEnvelope.deserializeBinary(payload.getData_asU8()).getConfig() ?? new common.Config();
}

/** Every endorser transaction of the chain. */
function transactionsOf(blocks: readonly common.Block[]): readonly DecodedTransaction[] {
  return blocks.flatMap(decodeTransactions).filter(({ endorsed }) => endorsed !== undefined);
}

export const blockBehaviours: readonly Behaviour[] = [
  behaviour('block.hash-chain', 'every block names the hash of the one before it', async (world) => {
    const headers = (await everyBlock(world)).map(decodeHeader);
    let previous: Uint8Array = new Uint8Array();
    for (const [number, header] of headers.entries()) {
      assert.equal(header.number, number);
      assert.ok(Buffer.from(previous).equals(header.previousHash), `block ${number} names another predecessor`);
      previous = sha256(headerBytes(header));
    }
    const info = common.BlockchainInfo.deserializeBinary(await world.system('qscc', 'GetChainInfo', [CONSORTIUM.channel]));
    if (info.getHeight() === headers.length) {
      assert.ok(Buffer.from(previous).equals(info.getCurrentblockhash_asU8()));
    }
    return undefined;
  }),

  behaviour('block.data-hash', 'every block names the hash of its transactions', async (world) => {
    for (const block of await everyBlock(world)) {
      assert.ok(sha256(...(block.getData()?.getDataList_asU8() ?? [])).equals(Buffer.from(decodeHeader(block).dataHash)));
    }
    return undefined;
  }),

  behaviour('block.flags', 'every block says of every transaction whether it is valid', async (world) => {
    const good = await world.valid('basic', 'state:put', [world.key(), 'x']);
    const bad = await world.submit('basic', 'state:put', [world.key(), 'x'], { endorsers: [ALPHA] });
    const blocks = await everyBlock(world);
    for (const block of blocks) {
      assert.equal(metadataOf(block, common.BlockMetadataIndex.TRANSACTIONS_FILTER).length, block.getData()?.getDataList().length);
    }
    const codes = new Map(transactionsOf(blocks).map(({ txId, code }) => [txId, code]));
    assert.deepEqual([codes.get(good.txId), codes.get(bad.txId)], [0, 10]);
    const configurations = blocks.flatMap(decodeTransactions).filter(({ type }) => type === common.HeaderType.CONFIG);
    assert.ok(configurations.every(({ code }) => code === 0), 'a configuration in force is not valid');
    return undefined;
  }),

  behaviour('block.orderer-signatures', 'every block but the first is signed by an ordering organisation, over metadata and header', async (world) => {
    const registry = await organisations(world);
    for (const block of (await everyBlock(world)).slice(1)) {
      const metadata = common.Metadata.deserializeBinary(metadataOf(block, common.BlockMetadataIndex.SIGNATURES));
      assert.ok(metadata.getSignaturesList().length > 0);
      for (const signature of metadata.getSignaturesList()) {
        const header = signature.getSignatureHeader_asU8();
        const signer = registry.deserialize(common.SignatureHeader.deserializeBinary(header).getCreator_asU8());
        signer.validate();
        signer.verify(Buffer.concat([metadata.getValue_asU8(), header, headerBytes(decodeHeader(block))]), signature.getSignature_asU8());
        assert.ok(signer.organizationalUnits.includes('orderer'));
      }
    }
    return undefined;
  }),

  behaviour('block.last-config', 'every block names the block of the configuration in force', async (world) => {
    for (const block of (await everyBlock(world)).slice(1)) {
      const metadata = common.Metadata.deserializeBinary(metadataOf(block, common.BlockMetadataIndex.SIGNATURES));
      const index = common.OrdererBlockMetadata.deserializeBinary(metadata.getValue_asU8()).getLastConfig()?.getIndex() ?? 0;
      const [config] = decodeTransactions(await world.block(index));
      assert.equal(config?.type, common.HeaderType.CONFIG);
      assert.ok(index <= decodeHeader(block).number);
    }
    return undefined;
  }),

  behaviour('block.commit-hash', 'the commit hash chains what peers made of the blocks, and is the same at every peer', async (world) => {
    const number = (await world.height()) - 1;
    const hashes = await Promise.all([ALPHA, BETA, GAMMA].map(async (at) =>
      Buffer.from(common.Metadata.deserializeBinary(metadataOf(await world.block(number, at), common.BlockMetadataIndex.COMMIT_HASH)).getValue_asU8()).toString('hex')));
    assert.equal(new Set(hashes).size, 1);
    assert.equal(hashes[0]?.length, 64);
    return undefined;
  }),

  behaviour('block.transaction-id', 'a transaction’s id is the hash of its nonce and creator', async (world) => {
    for (const { txId, nonce, creator, code } of transactionsOf(await everyBlock(world))) {
      if (code === 0) {
        assert.equal(txId, sha256(nonce, creator).toString('hex'));
      }
    }
    return undefined;
  }),

  behaviour('block.creator-signature', 'every transaction is signed by its creator', async (world) => {
    const registry = await organisations(world);
    for (const { creator, payload, signature, channel } of transactionsOf(await everyBlock(world))) {
      assert.equal(channel, CONSORTIUM.channel);
      registry.deserialize(creator).verify(payload, signature);
    }
    return undefined;
  }),

  behaviour('block.endorsement-signatures', 'endorsers sign the results together with their identity', async (world) => {
    const registry = await organisations(world);
    let verified = 0;
    for (const { endorsed, code } of transactionsOf(await everyBlock(world))) {
      if (code !== 0 || endorsed === undefined) {
        continue;
      }
      const good = endorsed.endorsements.filter((endorsement) => isGood(endorsement, endorsed.responsePayload, registry));
      assert.ok(good.length > 0, 'a valid transaction has no good endorsement');
      verified += good.length;
    }
    assert.ok(verified > 0);
    return undefined;
  }),

  behaviour('block.arguments', 'a block shows function, arguments, answer and writes of a transaction', async (world) => {
    const key = world.key();
    const outcome = await world.valid('basic', 'state:copy', [key, `${key}-copy`]);
    const { endorsed } = await world.transaction(outcome);
    assert.deepEqual(endorsed?.args, ['state:copy', key, `${key}-copy`]);
    assert.equal(endorsed.response.status, 200);
    const namespace = endorsed.namespaces.find(({ name }) => name === 'basic');
    assert.deepEqual([namespace?.reads, [...(namespace?.writes.keys() ?? [])]], [[key], [`${key}-copy`]]);
    return { namespaces: endorsed.namespaces.map(({ name, reads }) => [name, reads.map((read) => read.replace(key, '<key>'))]) };
  }),

  behaviour('block.configuration', 'the configuration names the organisations, their authorities and the channel’s policies', async (world) => {
    const config = configOf(common.Block.deserializeBinary(await world.system('cscc', 'GetConfigBlock', [CONSORTIUM.channel])));
    const application = config.getChannelGroup()?.getGroupsMap().get('Application');
    const members = [...(application?.getGroupsMap().entries() ?? [])].map(([, group]) => {
      const value = group.getValuesMap().get('MSP')?.getValue_asU8() ?? new Uint8Array();
      return msp.FabricMSPConfig.deserializeBinary(msp.MSPConfig.deserializeBinary(value).getConfig_asU8()).getName();
    }).sort();
    assert.deepEqual(members, [ALPHA, BETA, GAMMA]);
    return { policies: [...(application?.getPoliciesMap().entries() ?? [])].map(([name]) => name).sort(), capabilities: capabilitiesOf(application) };
  }),
];

function isGood({ identity, signature }: SignedBy, responsePayload: Uint8Array, registry: MspRegistry): boolean {
  const signer = registry.deserialize(identity);
  assert.ok(signer.organizationalUnits.includes('peer'));
  try {
    signer.verify(Buffer.concat([responsePayload, identity]), signature);
    return true;
  } catch {
    return false; // Another behaviour of the suite broke it on purpose.
  }
}

function capabilitiesOf(group: common.ConfigGroup | undefined): readonly string[] {
  const value = group?.getValuesMap().get('Capabilities')?.getValue_asU8() ?? new Uint8Array();
  return [...common.Capabilities.deserializeBinary(value).getCapabilitiesMap().entries()].map(([name]) => name);
}
