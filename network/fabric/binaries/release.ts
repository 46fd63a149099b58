import { FabricError } from '../fabric-error.js';

/** The Fabric release that the network runs; `README.md` says why this one. */
export const FABRIC_VERSION = '3.1.5';

/** Where the project publishes the release's archives. */
export const OFFICIAL_DIST_URL = `https://github.com/hyperledger/fabric/releases/download/v${FABRIC_VERSION}`;

/** One of the release's archives. */
export interface FabricArchive {
  readonly file: string;
  /** Hexadecimal. */
  readonly sha256: string;
}

const SHA256: Readonly<Record<string, string>> = {
  'linux-amd64': 'b9c31fd490991e76f8acb1835dee09fc19fee5428cb13e190ee6e0bdd2c37858',
  'linux-arm64': '4a42cad740a7e0373eda6bf1e27c86e9b06132f9bb751daf7f0f7dc1d1bbfed9',
  'darwin-arm64': 'd67a5c3366746a984f8ee9ae0ebf5c8b357c9d33dd589fa0b7668d739472cef0',
  'darwin-amd64': '866b64b036ba9eff51ba2131bbe34b4b9057192f5766859ede22ea1cdd564158',
};

/** The archive for a platform and architecture as Node names them; throws PLATFORM_UNSUPPORTED. */
export function fabricArchive(platform: string = process.platform, architecture: string = process.arch): FabricArchive {
  const target = `${platform}-${architecture === 'x64' ? 'amd64' : architecture}`;
  const sha256 = SHA256[target];
  if (sha256 === undefined) {
    throw new FabricError('PLATFORM_UNSUPPORTED', `there is no pinned Fabric archive for ${target}: build Fabric ${FABRIC_VERSION} and set FABRIC_BIN`);
  }
  return { file: `hyperledger-fabric-${target}-${FABRIC_VERSION}.tar.gz`, sha256 };
}
