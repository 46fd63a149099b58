import { FABRIC_VERSION } from '../binaries/release.js';
import { ordererMspId, type Topology } from '../topology/topology.js';

/** What the instructions of one organisation are about. */
export interface InstructionsInput {
  readonly mspId: string;
  readonly own: Topology;
  readonly topology: Topology;
  /** The rendered folder on the organisation's host. */
  readonly home: string;
  readonly services: readonly string[];
}

/** The steps that bring one organisation's part of the network into service, and who must reach whom. */
export function instructions({ mspId, own, topology, home, services }: InstructionsInput): string {
  return `# ${mspId} on channel ${topology.channel}

Everything that ${mspId} needs to run its own part of the network: ${own.orderers.length} orderer and ${own.peers.length} peer(s) of Fabric ${FABRIC_VERSION},
and its chaincode servers. Generated for \`${home}\`; keep it there, readable by the services' user alone. Private keys are in
\`organizations\`, nowhere else.

## Steps

1. **Show your public part.** Give the folder \`public\` to whoever makes the genesis block. It holds certificates and no key.
2. **Take the genesis block** and put it at \`channel/genesis.block\`. Compare its SHA-256 with the other members by another way
   than the one it came by: \`sha256sum channel/genesis.block\`.
3. **Open the ports** below, and make sure that the names of the other members' hosts resolve.
4. **Start the services**, either one way or the other:

   \`\`\`sh
   # systemd; a user "medaccord" owns ${home}
   cp systemd/*.service /etc/systemd/system/ && systemctl daemon-reload
   systemctl enable --now ${services.map((service) => `medaccord-${service}`).join(' \\\n     ')}
   # or the official images
   docker compose up -d
   \`\`\`

5. **Join and agree.** Joins the channel, waits for the other members, approves the chaincodes and commits them with the others:

   \`\`\`sh
   medaccord network join --org ${mspId} --directory ${home} --config ${home}/consortium.yaml --topology ${home}/topology.yaml
   \`\`\`

## Who must reach whom

| port | what | who connects |
|---|---|---|
${portTable(own)}

Outgoing: to every other member's orderer and peers:

| member | host | ports |
|---|---|---|
${othersTable(mspId, topology)}

Administration, operations and chaincode ports are for this organisation alone. Chaincode servers listen on loopback only.
`;
}

function portTable({ orderers, peers }: Topology): string {
  const rows = [
    ...orderers.flatMap(({ id, port, adminPort, operationsPort }) => [
      [port, `${id}: ordering`, "every member's orderers and peers"],
      [adminPort, `${id}: administration (mutual TLS)`, 'own administrators'],
      [operationsPort, `${id}: health, metrics (mutual TLS)`, 'own monitoring'],
    ]),
    ...peers.flatMap(({ id, port, operationsPort }) => [
      [port, `${id}: endorsement, gossip, gateway`, "every member's peers; own gateway"],
      [operationsPort, `${id}: health, metrics (mutual TLS)`, 'own monitoring'],
    ]),
  ];
  return rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function othersTable(mspId: string, { orderers, peers }: Topology): string {
  const others = [...orderers.filter((orderer) => orderer.mspId !== ordererMspId(mspId)), ...peers.filter((peer) => peer.mspId !== mspId)];
  const members = [...new Set(others.map(({ organisation }) => organisation))];
  return members
    .map((member) => {
      const nodes = others.filter(({ organisation }) => organisation === member);
      return `| ${member} | ${nodes[0]?.host ?? ''} | ${nodes.map(({ port }) => port).join(', ')} |`;
    })
    .join('\n');
}
