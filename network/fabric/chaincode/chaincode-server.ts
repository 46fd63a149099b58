import { issueServerTls, serverTlsFiles, type ServerTlsFiles } from '../identities/server-certificate.js';
import type { NetworkIdentities } from '../identities/network-identities.js';
import type { NetworkDirectory } from '../network-directory.js';
import type { PeerNode, Topology } from '../topology/topology.js';
import { chaincodeAddress } from './builder-environment.js';
import { type DeployedChaincode, runsIt } from './deployment.js';

/** One chaincode server that has to run: for one peer, one chaincode, one package. */
export interface ChaincodeServerAssignment {
  readonly mspId: string;
  readonly peerId: string;
  readonly chaincode: string;
  /** The package id, `CORE_CHAINCODE_ID` of the server. */
  readonly chaincodeId: string;
  /** `host:port` at which the peer dials it. */
  readonly address: string;
  /** Server certificate and key; the authority is the peer's own organisation's, whose certificate the peer shows too. */
  readonly tls: ServerTlsFiles;
}

/** A running chaincode server. */
export interface ChaincodeServer {
  stop(): Promise<void>;
}

/** Starts one chaincode server; resolves when it listens. */
export type ChaincodeStarter = (assignment: ChaincodeServerAssignment) => Promise<ChaincodeServer>;

/** The servers that a deployed chaincode needs, with a TLS certificate for each. */
export async function assignServers(deployed: DeployedChaincode, topology: Topology, identities: NetworkIdentities, directory: NetworkDirectory): Promise<readonly ChaincodeServerAssignment[]> {
  const peers = topology.peers.filter(({ mspId }) => runsIt(deployed.definition, mspId));
  return Promise.all(peers.map(async (peer) => assign(peer, deployed, identities, directory)));
}

async function assign(peer: PeerNode, { definition, package: package_, slot }: DeployedChaincode, identities: NetworkIdentities, directory: NetworkDirectory): Promise<ChaincodeServerAssignment> {
  const folder = directory.chaincodeTls(peer.id, definition.name);
  await issueServerTls(identities.of(peer.mspId), folder, `${definition.name}.${peer.id}`, ['localhost', '127.0.0.1']);
  const ports = peer.chaincodes[definition.name];
  return { mspId: peer.mspId, peerId: peer.id, chaincode: definition.name, chaincodeId: package_.id, address: chaincodeAddress(ports?.[slot] ?? 0), tls: serverTlsFiles(folder) };
}
