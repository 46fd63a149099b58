import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChaincodeAddress } from '../../embedded/index.js';
import { writeWhole } from '../../identities/tree/durable-file.js';
import { FabricError } from '../fabric-error.js';

/** Characters that the peer replaces in the name of a package's build folder. */
const REPLACED = /[<>:"/\\|?*&]/g;

/**
 * Tells a peer that runs on this machine another address for an installed package. The peer reads the address each time it
 * dials, which is when a transaction comes and no server is connected: end the old server to move it over. Throws
 * CHAINCODE_UNKNOWN where the peer has not built the package.
 */
export async function readdressChaincode(peerData: string, packageId: string, { address, tls }: ChaincodeAddress): Promise<void> {
  // Where Fabric's peer keeps what external builders made: internal/peer/node/start.go.
  const build = join(peerData, 'externalbuilder', 'builds', packageId.replace(REPLACED, '-'));
  await stat(build).catch(() => {
    throw new FabricError('CHAINCODE_UNKNOWN', `${packageId} is not installed at the peer whose data is in ${peerData}`);
  });
  const security =
    tls === undefined
      ? { tls_required: false }
      : { tls_required: true, root_cert: tls.rootCertificates, client_auth_required: tls.client !== undefined, client_key: tls.client?.key ?? '', client_cert: tls.client?.certificate ?? '' };
  await writeWhole(join(build, 'release', 'chaincode', 'server', 'connection.json'), JSON.stringify({ address, dial_timeout: '10s', ...security }));
}
