import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChaincodeServer } from '@medaccord/contracts';
import type { RunningServer } from '@medaccord/contracts';
import { loadConsortium } from '@medaccord/network/configuration';
import type { ConsortiumConfig } from '@medaccord/network/configuration';
import { startEmbeddedNetwork } from '@medaccord/network/embedded';
import type { EmbeddedNetwork } from '@medaccord/network/embedded';
import { databaseTemplate, TestGateway } from './test-gateway.js';
import { TokenIssuer } from './token-issuer.js';

type ChaincodeName = Parameters<typeof startChaincodeServer>[0]['name'];

const consortiumFile = join(import.meta.dirname, '..', '..', '..', 'fabric-config', 'consortium.yaml');

/** The consortium of the demo on the embedded network, with the real chaincodes in this process. */
export class TestConsortium {
  readonly #gateways: TestGateway[] = [];

  private constructor(
    readonly directory: string,
    readonly config: ConsortiumConfig,
    readonly issuer: TokenIssuer,
    readonly network: EmbeddedNetwork,
    readonly servers: readonly RunningServer[],
  ) {}

  /** `further`: organisations besides the demo's, with every chaincode at their peers. */
  static async start(chaincodes: readonly ChaincodeName[] = ['registry'], further: ConsortiumConfig['organisations'] = []): Promise<TestConsortium> {
    const directory = mkdtempSync(join(tmpdir(), 'medaccord-consortium-'));
    const file = await loadConsortium(consortiumFile);
    const wanted = file.chaincodes.filter(({ name }) => chaincodes.some((one) => one === name)).map((one) => ({ ...one, ...(one.installedAt && { installedAt: [...one.installedAt, ...further.map(({ mspId }) => mspId)] }) }));
    const config = { ...file, organisations: [...file.organisations, ...further], chaincodes: wanted, ordering: { ...file.ordering, batchTimeoutMs: 5 } };
    const network = await startEmbeddedNetwork({ config, directory });
    const servers: RunningServer[] = [];
    for (const { name, version, installedAt } of config.chaincodes) {
      for (const mspId of installedAt ?? config.organisations.map((organisation) => organisation.mspId)) {
        const server = await startChaincodeServer({ name: name as ChaincodeName, chaincodeId: `${name}:${version}`, address: 'localhost:0', mspId });
        network.setChaincodeAddress(mspId, name, { address: server.address });
        servers.push(server);
      }
    }

    return new TestConsortium(directory, config, await TokenIssuer.start(), network, servers);
  }

  /** What a gateway of the organisation is started with; `replica` tells processes of one organisation apart. */
  environment(mspId: string, replica = '1'): Readonly<Record<string, string>> {
    const organisation = this.config.organisations.find((one) => one.mspId === mspId);
    const peer = this.network.peers[mspId];
    if (organisation === undefined || peer === undefined) throw new Error(`no organisation ${mspId}`);
    const tlsCa = join(this.directory, `${mspId}-ca.crt`);
    writeFileSync(tlsCa, peer.tlsCaCert);
    const served = this.config.chaincodes.filter(({ installedAt }) => installedAt?.includes(mspId) ?? true).map(({ name }) => name);

    return {
      MEDACCORD_MSP_ID: mspId,
      MEDACCORD_PORT: '0',
      MEDACCORD_LOG_LEVEL: 'silent',
      MEDACCORD_ORGANISATION_DIR: join(this.network.organizationsPath, 'peerOrganizations', organisation.domain),
      MEDACCORD_DATA_DIR: join(this.directory, `gateway-${mspId}-${replica}`),
      MEDACCORD_PEER_ENDPOINT: peer.endpoint,
      MEDACCORD_PEER_TLS_CA: tlsCa,
      MEDACCORD_PEER_CHAINCODES: served.join(','),
      MEDACCORD_TOKEN_ISSUER: this.issuer.url,
      MEDACCORD_DATABASE_TEMPLATE: databaseTemplate,
    };
  }

  /** A gateway of the organisation in this process; it is stopped with the consortium. */
  async gateway(mspId: string, environment: Readonly<Record<string, string>> = {}): Promise<TestGateway> {
    const gateway = await TestGateway.start({ issuer: this.issuer, environment: this.environment(mspId) }, [], environment);
    this.#gateways.push(gateway);

    return gateway;
  }

  async stop(): Promise<void> {
    for (const gateway of this.#gateways) await gateway.stop();
    await this.network.stop();
    for (const server of this.servers) server.stop();
    await this.issuer.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
