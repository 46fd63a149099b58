import { readFile } from 'node:fs/promises';
import { OrganizationTree } from '../../identities/index.js';
import { NetworkDirectory } from '../network-directory.js';
import { GatewayConnection } from '../peer/gateway-connection.js';
import type { Topology } from '../topology/topology.js';

// Calls a chaincode as a member's clerk at the member's first peer: node call-as-member.js <folder> <msp> submit|evaluate <chaincode> <function> [argument…]

const [folder = '', mspId = '', kind = '', chaincode = '', name = '', ...args] = process.argv.slice(2);
const directory = new NetworkDirectory(folder);
const topology = JSON.parse(await readFile(directory.topology, 'utf8')) as Topology;
const peer = topology.peers.find((candidate) => candidate.mspId === mspId);
if (peer === undefined) throw new Error(`no peer of ${mspId}`);
const tree = await OrganizationTree.open({ root: directory.organizations, domain: peer.domain, mspId });
const gateway = new GatewayConnection({ endpoint: `${peer.host}:${peer.port}`, tlsCaCert: tree.issuer.authorities.tls }, await tree.user('clerk'));
const result = kind === 'submit' ? await gateway.submit(topology.channel, chaincode, name, { arguments: args }) : await gateway.contract(topology.channel, chaincode).evaluate(name, { arguments: args });
gateway.close();
process.stdout.write(Buffer.from(result));
