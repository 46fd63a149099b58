import { createHash, randomBytes } from 'node:crypto';
import { common } from '@hyperledger/fabric-protos';
import timestamps from 'google-protobuf/google/protobuf/timestamp_pb.js';

/** Block 0 of a channel: one unsigned configuration transaction, as Fabric's own tool builds it. */
export function buildGenesisBlock(channel: string, config: common.Config): common.Block {
  const block = new common.Block();
  const data = new common.BlockData();
  data.addData(configEnvelope(channel, config).serializeBinary());
  const header = new common.BlockHeader();
  header.setNumber(0);
  header.setDataHash(createHash('sha256').update(Buffer.concat(data.getDataList_asU8())).digest());
  block.setHeader(header);
  block.setData(data);
  block.setMetadata(metadata());
  return block;
}

/** The configuration that a configuration block carries; undefined where the block is no configuration block. */
export function readConfigBlock(block: common.Block): common.Config | undefined {
  const [envelope] = block.getData()?.getDataList_asU8() ?? [];
  const payload = envelope === undefined ? undefined : common.Payload.deserializeBinary(common.Envelope.deserializeBinary(envelope).getPayload_asU8());
  const header = payload?.getHeader()?.getChannelHeader_asU8();
  if (payload === undefined || header === undefined || common.ChannelHeader.deserializeBinary(header).getType() !== common.HeaderType.CONFIG) {
    return undefined;
  }
  return common.ConfigEnvelope.deserializeBinary(payload.getData_asU8()).getConfig();
}

function configEnvelope(channel: string, config: common.Config): common.Envelope {
  const nonce = randomBytes(24);
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.CONFIG);
  channelHeader.setVersion(1);
  channelHeader.setChannelId(channel);
  channelHeader.setTimestamp(timestamps.Timestamp.fromDate(new Date()));
  // There is no creator, so the transaction id is the hash of the nonce alone.
  channelHeader.setTxId(createHash('sha256').update(nonce).digest('hex'));
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setNonce(nonce);
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());
  const content = new common.ConfigEnvelope();
  content.setConfig(config);
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(content.serializeBinary());
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  return envelope;
}

function metadata(): common.BlockMetadata {
  const lastConfig = new common.LastConfig();
  lastConfig.setIndex(0);
  const orderer = new common.OrdererBlockMetadata();
  orderer.setLastConfig(lastConfig);
  const byIndex = new Map<number, Uint8Array>([
    [common.BlockMetadataIndex.SIGNATURES, wrap(orderer.serializeBinary())],
    [common.BlockMetadataIndex.LAST_CONFIG, wrap(lastConfig.serializeBinary())],
  ]);
  const result = new common.BlockMetadata();
  const entries = Object.keys(common.BlockMetadataIndex).length;
  result.setMetadataList(Array.from({ length: entries }, (_, index) => byIndex.get(index) ?? new Uint8Array()));
  return result;
}

function wrap(value: Uint8Array): Uint8Array {
  const result = new common.Metadata();
  result.setValue(value);
  return result.serializeBinary();
}
