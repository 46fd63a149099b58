import { common } from '@hyperledger/fabric-protos';
import type { Signer } from './read-transaction.js';

/**
 * The consenters that a channel configuration names, by their number: SmartBFT signs blocks under these numbers. Empty
 * where it names none; undefined where the envelope is no configuration.
 */
export function readConsenters(envelopeBytes: Uint8Array): ReadonlyMap<number, Signer> | undefined {
  const payload = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(envelopeBytes).getPayload_asU8());
  const channelHeader = common.ChannelHeader.deserializeBinary(payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array());
  if (channelHeader.getType() !== common.HeaderType.CONFIG) return undefined;
  const groups = common.ConfigEnvelope.deserializeBinary(payload.getData_asU8()).getConfig()?.getChannelGroup()?.getGroupsMap();
  const value = groups?.get('Orderer')?.getValuesMap().get('Orderers')?.getValue_asU8();
  const consenters = value === undefined ? [] : common.Orderers.deserializeBinary(value).getConsenterMappingList();

  return new Map(consenters.map((one) => [one.getId(), { mspId: one.getMspId(), certificate: Buffer.from(one.getIdentity_asU8()).toString('utf8') }]));
}
