import type { TlsMaterial } from '../../identities/index.js';
import type { PeerNode } from '../topology/topology.js';
import { addressField, TLS_FIELDS } from './chaincode-package.js';

/** Name of the variable from which Fabric's builder fills a package's templates. */
export const BUILDER_VARIABLE = 'CHAINCODE_AS_A_SERVICE_BUILDER_CONFIG';

/** A peer's chaincode servers run beside it and are reached by nobody else. */
export function chaincodeAddress(port: number): string {
  return `localhost:${port}`;
}

/** What a peer's environment tells the builder: where its own chaincode servers are, and the certificates of both sides. */
export function builderEnvironment({ chaincodes }: PeerNode, tls: TlsMaterial): Record<string, string> {
  const addresses = Object.entries(chaincodes).flatMap(([name, { blue, green }]) => [
    [addressField(name, 'blue'), chaincodeAddress(blue)],
    [addressField(name, 'green'), chaincodeAddress(green)],
  ]);
  const fields = {
    ...(Object.fromEntries(addresses) as Record<string, string>),
    [TLS_FIELDS.clientKey]: tls.privateKey,
    [TLS_FIELDS.clientCertificate]: tls.certificate,
    [TLS_FIELDS.rootCertificate]: tls.caCertificate,
  };
  return { [BUILDER_VARIABLE]: JSON.stringify(fields) };
}
