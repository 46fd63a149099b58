import { join } from 'node:path';
import type { OrdererNode } from '../topology/topology.js';
import { renderYaml } from './commented-yaml.js';
import type { NodeFiles } from './node-files.js';

/** The `orderer.yaml` of one orderer. What it leaves out has Fabric's own default. */
export function ordererConfiguration(node: OrdererNode, files: NodeFiles): string {
  const tls = { Enabled: true, Certificate: files.tlsCertificate, PrivateKey: files.tlsKey };
  const organisationOnly = { ClientAuthRequired: true, ClientRootCAs: [files.tlsCaCertificate] };
  return renderYaml(
    `Orderer ${node.id}. Generated: change what the consortium agreed or the topology, and render again.`,
    {
      General: {
        ListenAddress: node.listen,
        ListenPort: node.port,
        TLS: { ...tls, RootCAs: [files.tlsCaCertificate], ClientAuthRequired: false },
        Cluster: {
          ClientCertificate: files.tlsCertificate,
          ClientPrivateKey: files.tlsKey,
          RootCAs: [files.tlsCaCertificate],
          SendBufferSize: 100,
          ReplicationPolicy: 'consensus',
        },
        LocalMSPDir: files.msp,
        LocalMSPID: node.mspId,
        BootstrapMethod: 'none',
        Authentication: { TimeWindow: '15m' },
      },
      FileLedger: { Location: join(files.data, 'ledger') },
      Consensus: { WALDir: join(files.data, 'wal'), SnapDir: join(files.data, 'snapshots') },
      ChannelParticipation: { Enabled: true, MaxRequestBodySize: '1 MB' },
      Admin: { ListenAddress: `${node.listen}:${node.adminPort}`, TLS: { ...tls, ...organisationOnly } },
      Operations: { ListenAddress: `${node.listen}:${node.operationsPort}`, TLS: { ...tls, ...organisationOnly } },
      Metrics: { Provider: 'prometheus' },
    },
    {
      'General.TLS.ClientAuthRequired': "Clients are authenticated by their signatures; other orderers by the channel's consenter certificates.",
      'General.BootstrapMethod': 'Channels are joined over the administration endpoint.',
      'General.Cluster.ReplicationPolicy': 'A quorum of orderers must confirm a block that is fetched.',
      'Admin.TLS.ClientAuthRequired': "Only holders of a certificate of this organisation's TLS authority administer the orderer.",
      'Operations.TLS.ClientAuthRequired': 'Metrics and log levels too; /healthz answers without a client certificate.',
    },
  );
}
