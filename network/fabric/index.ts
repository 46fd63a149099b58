/** Real Hyperledger Fabric: its programs, nodes, channel and chaincodes. See README.md. */
import { FabricNetwork, type FabricNetworkOptions } from './network/fabric-network.js';

export { backUp } from './backup/back-up.js';
export { type MissingPrivateData, missingPrivateData } from './backup/missing-private-data.js';
export { restore, type RestoreReport } from './backup/restore.js';
export { downloadFabric } from './binaries/download.js';
export { type FabricBinaries, findFabricBinaries, optionalProgram } from './binaries/find-binaries.js';
export { FABRIC_VERSION } from './binaries/release.js';
export type { ChaincodeProgram } from './chaincode/chaincode-process.js';
export type { ChaincodeServer, ChaincodeServerAssignment, ChaincodeStarter } from './chaincode/chaincode-server.js';
export { networkCommand } from './commands/network-command.js';
export { FabricError, type FabricErrorCode } from './fabric-error.js';
export type { NodeLauncher } from './network/node-supervisor.js';
export { samplesOf } from './operations/metrics.js';
export { ordererAdministration } from './orderer/administer-orderer.js';
export { withPeer } from './peer/administer-peer.js';
export { GatewayConnection, wasOrdered } from './peer/gateway-connection.js';
export { blockByNumber, chainHeight } from './peer/peer-administration.js';
export { PeerClient } from './peer/peer-client.js';
export { until } from './processes/until.js';
export type { FabricControl } from './network/fabric-control.js';
export type { FabricNetwork, FabricNetworkOptions } from './network/fabric-network.js';
export { fabricDown, type FabricFacts, fabricReset, fabricStopPeers, fabricUp, type OrganisationFacts } from './network/lifetime.js';
export { renderOrganisation, type RenderOptions } from './operator/render-organisation.js';
export { freePortsPlan, readTopologyPlan, singleMachinePlan } from './topology/topology-plan.js';
export type { OrdererNode, PeerNode, Topology, TopologyPlan } from './topology/topology.js';

/** Makes and starts a whole network on this machine; the caller stops it. Throws BINARIES_NOT_FOUND where Fabric is not here. */
export async function startFabricNetwork(options: FabricNetworkOptions): Promise<FabricNetwork> {
  return FabricNetwork.start(options);
}
