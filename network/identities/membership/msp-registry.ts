import { type common, msp } from '@hyperledger/fabric-protos';
import { IdentityError } from '../identity-error.js';
import { Msp } from './msp.js';
import type { MspIdentity } from './msp-identity.js';

/** The organisations of a channel, by MSP id, as one version of its configuration names them. */
export class MspRegistry {
  private readonly msps: ReadonlyMap<string, Msp>;

  constructor(msps: readonly Msp[]) {
    this.msps = new Map(msps.map((entry) => [entry.mspId, entry]));
  }

  /** Every organisation of the configuration's Application and Orderer groups; throws MSP_CONFIGURATION_INVALID. */
  static fromChannelConfig(config: common.Config): MspRegistry {
    const groups = config.getChannelGroup()?.getGroupsMap();
    const organisations = ['Application', 'Orderer'].flatMap((name) => {
      const group = groups?.get(name)?.getGroupsMap();
      return group === undefined ? [] : [...group.entries()].map(([, organisation]) => organisation);
    });
    return new MspRegistry(organisations.map((organisation) => new Msp(mspConfiguration(organisation))));
  }

  get mspIds(): readonly string[] {
    return [...this.msps.keys()];
  }

  /** The organisation's rules, undefined where the channel does not know it. */
  msp(mspId: string): Msp | undefined {
    return this.msps.get(mspId);
  }

  /**
   * Reads `msp.SerializedIdentity`. Throws MSP_UNKNOWN, IDENTITY_MALFORMED, or IDENTITY_UNTRUSTED where the certificate
   * is not of that organisation's authority. Read once per certificate and kept, so that blocks of one client are cheap.
   */
  deserialize(serialized: Uint8Array): MspIdentity {
    let identity: msp.SerializedIdentity;
    try {
      identity = msp.SerializedIdentity.deserializeBinary(serialized);
    } catch (cause) {
      throw new IdentityError('IDENTITY_MALFORMED', 'could not deserialize a SerializedIdentity', { cause });
    }
    const organisation = this.msps.get(identity.getMspid());
    if (organisation === undefined) {
      throw new IdentityError('MSP_UNKNOWN', `MSP ${identity.getMspid()} is not defined on channel`);
    }
    return organisation.identity(identity.getIdBytes_asU8());
  }
}

function mspConfiguration(organisation: common.ConfigGroup): msp.FabricMSPConfig {
  const value = organisation.getValuesMap().get('MSP');
  if (value === undefined) {
    throw new IdentityError('MSP_CONFIGURATION_INVALID', 'the organisation has no MSP in the channel configuration');
  }
  return msp.FabricMSPConfig.deserializeBinary(msp.MSPConfig.deserializeBinary(value.getValue_asU8()).getConfig_asU8());
}
