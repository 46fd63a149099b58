import { msp } from '@hyperledger/fabric-protos';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { IdentityError } from '../identity-error.js';
import { isMissing } from '../tree/durable-file.js';

/** Reads an organisation's verifying MSP folder into the form in which channel configurations carry it. */
export async function readMspConfiguration(directory: string, mspId: string): Promise<msp.FabricMSPConfig> {
  const rootCertificates = await pemFiles(join(directory, 'cacerts'));
  if (rootCertificates.length === 0) {
    throw new IdentityError('MSP_FOLDER_INVALID', `no ca certificate found in directory ${join(directory, 'cacerts')}`);
  }
  const crypto = new msp.FabricCryptoConfig();
  crypto.setSignatureHashFamily('SHA2');
  crypto.setIdentityIdentifierHashFunction('SHA256');
  const configuration = new msp.FabricMSPConfig();
  configuration.setName(mspId);
  configuration.setRootCertsList(rootCertificates);
  configuration.setIntermediateCertsList(await pemFiles(join(directory, 'intermediatecerts')));
  configuration.setAdminsList(await pemFiles(join(directory, 'admincerts')));
  configuration.setRevocationListList(await pemFiles(join(directory, 'crls')));
  configuration.setTlsRootCertsList(await pemFiles(join(directory, 'tlscacerts')));
  configuration.setTlsIntermediateCertsList(await pemFiles(join(directory, 'tlsintermediatecerts')));
  configuration.setCryptoConfig(crypto);
  const nodeOus = await readNodeOus(directory);
  if (nodeOus !== undefined) {
    configuration.setFabricNodeOus(nodeOus);
  }
  return configuration;
}

/** Wraps it as `msp.MSPConfig` of the X.509 type, the value under an organisation's `MSP` key. */
export function wrapMspConfiguration(configuration: msp.FabricMSPConfig): msp.MSPConfig {
  const wrapped = new msp.MSPConfig();
  wrapped.setType(0);
  wrapped.setConfig(configuration.serializeBinary());
  return wrapped;
}

async function pemFiles(directory: string): Promise<Uint8Array[]> {
  let names: string[];
  try {
    names = await readdir(directory);
  } catch (error) {
    if (isMissing(error)) {
      return [];
    }
    throw error;
  }
  return Promise.all(names.sort().map(async (name) => new Uint8Array(await readFile(join(directory, name)))));
}

interface NodeOuEntry {
  readonly Certificate?: string;
  readonly OrganizationalUnitIdentifier?: string;
}
type NodeOuSection = Partial<Record<'ClientOUIdentifier' | 'PeerOUIdentifier' | 'AdminOUIdentifier' | 'OrdererOUIdentifier', NodeOuEntry>> & { readonly Enable?: boolean };

async function readNodeOus(directory: string): Promise<msp.FabricNodeOUs | undefined> {
  const path = join(directory, 'config.yaml');
  const text = await readFile(path, 'utf8').catch(() => undefined);
  const section = text === undefined ? undefined : (parse(text) as { NodeOUs?: NodeOuSection } | null)?.NodeOUs;
  if (section?.Enable !== true) {
    return undefined;
  }
  const identifier = async (entry: NodeOuEntry | undefined): Promise<msp.FabricOUIdentifier | undefined> => {
    if (entry?.OrganizationalUnitIdentifier === undefined) {
      return undefined;
    }
    const result = new msp.FabricOUIdentifier();
    result.setOrganizationalUnitIdentifier(entry.OrganizationalUnitIdentifier);
    if (entry.Certificate !== undefined) {
      result.setCertificate(new Uint8Array(await readFile(join(directory, entry.Certificate))));
    }
    return result;
  };
  const nodeOus = new msp.FabricNodeOUs();
  nodeOus.setEnable(true);
  nodeOus.setClientOuIdentifier(await identifier(section.ClientOUIdentifier));
  nodeOus.setPeerOuIdentifier(await identifier(section.PeerOUIdentifier));
  nodeOus.setAdminOuIdentifier(await identifier(section.AdminOUIdentifier));
  nodeOus.setOrdererOuIdentifier(await identifier(section.OrdererOUIdentifier));
  return nodeOus;
}
