import { common, type msp } from '@hyperledger/fabric-protos';
import { wrapMspConfiguration } from '../../identities/index.js';

/**
 * The next version of a configuration, in which an organisation's MSP is another: a new revocation list, a new authority.
 * Element versions rise as a configuration update's would.
 */
export function withMsp(config: common.Config, replacement: msp.FabricMSPConfig): common.Config {
  const next = common.Config.deserializeBinary(config.serializeBinary());
  next.setSequence(config.getSequence() + 1);
  for (const group of ['Application', 'Orderer']) {
    const organisation = next.getChannelGroup()?.getGroupsMap().get(group)?.getGroupsMap().get(replacement.getName());
    const value = organisation?.getValuesMap().get('MSP');
    if (value !== undefined) {
      value.setVersion(value.getVersion() + 1);
      value.setValue(wrapMspConfiguration(replacement).serializeBinary());
    }
  }
  return next;
}
