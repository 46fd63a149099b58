import { common } from '@hyperledger/fabric-protos';
import timestamp from 'google-protobuf/google/protobuf/timestamp_pb.js';
import type { SigningIdentity } from '../../identities/index.js';
import { signatureHeader } from '../peer/proposal.js';

/** A member's signature under an update. All members sign the same bytes: serialise a delta once and keep the bytes. */
export function signUpdate(signer: SigningIdentity, update: Uint8Array): common.ConfigSignature {
  const header = signatureHeader(signer.serialize());
  const signature = new common.ConfigSignature();
  signature.setSignatureHeader(header);
  signature.setSignature(signer.sign(Buffer.concat([header, update])));
  return signature;
}

/** The envelope of an update with the signatures of those who agree to it; the submitter only needs to be allowed to write. */
export function updateEnvelope(channel: string, update: Uint8Array, signatures: readonly common.ConfigSignature[], submitter: SigningIdentity): Uint8Array {
  const content = new common.ConfigUpdateEnvelope();
  content.setConfigUpdate(update);
  content.setSignaturesList([...signatures]);
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.CONFIG_UPDATE);
  channelHeader.setChannelId(channel);
  channelHeader.setTimestamp(timestamp.Timestamp.fromDate(new Date()));
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader(submitter.serialize()));
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(content.serializeBinary());
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  envelope.setSignature(submitter.sign(envelope.getPayload_asU8()));
  return envelope.serializeBinary();
}

/** The configuration in a configuration block. */
export function readConfiguration(block: common.Block): common.Config {
  const [data = new Uint8Array()] = block.getData()?.getDataList_asU8() ?? [];
  const payload = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(data).getPayload_asU8());
  return common.ConfigEnvelope.deserializeBinary(payload.getData_asU8()).getConfig() ?? new common.Config();
}

/** A copy that can be changed. */
export function copyConfiguration(config: common.Config): common.Config {
  return common.Config.deserializeBinary(config.serializeBinary());
}
