import { join } from 'node:path';
import type { ChaincodeAddress } from '../../embedded/index.js';
import { writeWhole } from '../../identities/tree/durable-file.js';

/** Characters that the peer replaces in the name of a package's build folder. */
const REPLACED = /[<>:"/\\|?*&]/g;

/**
 * Tells a peer that runs on this machine another address for an installed package. The peer reads the address each time it
 * dials, which is when a transaction comes and no server is connected: end the old server to move it over.
 */
export async function readdressChaincode(peerData: string, packageId: string, { address, tls }: ChaincodeAddress): Promise<void> {
  const file = join(peerData, 'externalbuilds', packageId.replace(REPLACED, '-'), 'release', 'chaincode', 'server', 'connection.json');
  const security =
    tls === undefined
      ? { tls_required: false }
      : { tls_required: true, root_cert: tls.rootCertificates, client_auth_required: tls.client !== undefined, client_key: tls.client?.key ?? '', client_cert: tls.client?.certificate ?? '' };
  await writeWhole(file, JSON.stringify({ address, dial_timeout: '10s', ...security }));
}
