import { common, orderer } from '@hyperledger/fabric-protos';
import type { SignedData } from '../membership.js';

const TIME_WINDOW_MS = 15 * 60 * 1000;

/** A client's signed wish for blocks. */
export interface DeliverRequest {
  readonly channel: string;
  readonly signed: SignedData;
  readonly seek: orderer.SeekInfo;
}

/** Reads the envelope of a deliver stream; undefined where it is none or where its clock is off. */
export function readDeliverRequest(envelope: common.Envelope, now: number): DeliverRequest | undefined {
  try {
    const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
    const header = payload.getHeader() ?? new common.Header();
    const channelHeader = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8());
    const timestamp = channelHeader.getTimestamp()?.toDate().getTime();
    if (timestamp === undefined || Math.abs(now - timestamp) > TIME_WINDOW_MS) return undefined;
    const creator = common.SignatureHeader.deserializeBinary(header.getSignatureHeader_asU8()).getCreator_asU8();
    return {
      channel: channelHeader.getChannelId(),
      signed: { data: envelope.getPayload_asU8(), identity: creator, signature: envelope.getSignature_asU8() },
      seek: orderer.SeekInfo.deserializeBinary(payload.getData_asU8()),
    };
  } catch {
    return undefined;
  }
}
