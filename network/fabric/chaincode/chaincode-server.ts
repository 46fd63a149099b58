import { issueServerTls, serverTlsFiles, type ServerTlsFiles } from '../identities/server-certificate.js';
import type { NetworkIdentities } from '../identities/network-identities.js';
import type { NetworkDirectory } from '../network-directory.js';
import type { PeerNode, Topology } from '../topology/topology.js';
import { FabricError } from '../fabric-error.js';
import { chaincodeAddress } from './builder-environment.js';
import type { ChaincodeSlot } from './chaincode-package.js';
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

/** The servers that a deployed chaincode needs at the own peers, with a TLS certificate for each. */
export async function assignServers(deployed: DeployedChaincode, own: Topology, identities: NetworkIdentities, directory: NetworkDirectory): Promise<readonly ChaincodeServerAssignment[]> {
  const peers = own.peers.filter(({ mspId }) => runsIt(deployed.definition, mspId));
  return Promise.all(peers.map(async (peer) => assign(peer, deployed, identities, directory)));
}

async function assign(peer: PeerNode, { definition, package: package_, slot }: DeployedChaincode, identities: NetworkIdentities, directory: NetworkDirectory): Promise<ChaincodeServerAssignment> {
  const folder = directory.chaincodeTls(peer.id, definition.name);
  await issueServerTls(identities.of(peer.mspId), folder, `${definition.name}.${peer.id}`, ['localhost', '127.0.0.1']);
  return { mspId: peer.mspId, peerId: peer.id, chaincode: definition.name, chaincodeId: package_.id, address: slotAddress(peer, definition.name, slot), tls: serverTlsFiles(folder) };
}

/** `host:port` at which a peer dials a chaincode in one slot. */
export function slotAddress({ chaincodes, id }: PeerNode, chaincode: string, slot: ChaincodeSlot): string {
  const ports = chaincodes[chaincode];
  if (ports === undefined) throw new FabricError('CHAINCODE_UNKNOWN', `${id} has no ports for a chaincode ${chaincode}`);
  return chaincodeAddress(ports[slot]);
}
