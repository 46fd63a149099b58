import type { ChaincodeConfig, OrganisationConfig } from '../configuration/consortium.js';
import type { ProcessSpecification } from './managed-process.js';

/** What a chaincode server prints when it is ready. */
export interface ChaincodeReady {
  /** `host:port` that the peer dials. */
  readonly listening: string;
}

/** The package id by which a peer of the embedded network knows the chaincode: name and version. */
export function embeddedPackageId(chaincode: ChaincodeConfig): string {
  return `${chaincode.name}:${chaincode.version}`;
}

/** One chaincode server of one organisation, on a free port of this machine. */
export function chaincodeProcess(organisation: OrganisationConfig, chaincode: ChaincodeConfig, script: string, logDirectory: string): ProcessSpecification {
  const name = `chaincode-${chaincode.name}-${organisation.name}`;
  return {
    name,
    script,
    args: [chaincode.name],
    environment: {
      CHAINCODE_SERVER_ADDRESS: 'localhost:0',
      CORE_CHAINCODE_ID: embeddedPackageId(chaincode),
      CORE_PEER_LOCALMSPID: organisation.mspId,
    },
    logFile: `${logDirectory}/${name}.log`,
    startWithinMs: 120_000,
  };
}
