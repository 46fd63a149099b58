import { CertificateAuthority, generatePrivateKey, privateKeyToPem } from '@medaccord/network/identities';
import type { ChaincodeConfig } from '@medaccord/network/configuration';
import type { ServedChaincode } from '../chaincode/server.js';
import { ChaincodeProcess } from './chaincode-process.js';
import { CHAINCODES, MSP_IDS, SEPARATE } from './consortium.js';
import type { ChaincodeServerAddress, NetworkUnderTest } from './network-under-test.js';

interface ServedAt {
  readonly process: ChaincodeProcess;
  readonly port: number;
}

/** Every chaincode process of the suite. */
export class ChaincodeServers {
  private constructor(
    private readonly processes: ReadonlyMap<string, ServedAt>,
    private readonly tls: TlsMaterial,
  ) {}

  /** Starts them all, per organisation one process for most chaincodes and one for each that tests end, and tells the peers. */
  static async start(network: NetworkUnderTest): Promise<ChaincodeServers> {
    const tls = await TlsMaterial.create();
    const processes = new Map<string, ServedAt>();
    await Promise.all(MSP_IDS.map(async (mspId) => {
      const installed = CHAINCODES.filter(({ installedAt }) => installedAt?.includes(mspId) ?? true);
      const groups = [installed.filter(({ name }) => !SEPARATE.has(name)), ...installed.filter(({ name }) => SEPARATE.has(name)).map((one) => [one])];
      await Promise.all(groups.map(async (group) => {
        const process = await ChaincodeProcess.start(mspId, group.map((chaincode) => served(chaincode, network, tls)));
        group.forEach(({ name }, index) => processes.set(`${mspId} ${name}`, { process, port: process.ports[index] ?? 0 }));
      }));
    }));
    const servers = new ChaincodeServers(processes, tls);
    await servers.announce(network);
    return servers;
  }

  /** Tells another network's peers where the chaincodes are served; its package ids must be the same. */
  async announce(network: NetworkUnderTest): Promise<void> {
    for (const [key, { port }] of this.processes) {
      const [mspId = '', name = ''] = key.split(' ');
      await network.setChaincodeAddress(mspId, name, { address: `localhost:${port}`, ...this.tls.clientSide(name) });
    }
  }

  /** The process that serves a chaincode to an organisation's peer. */
  process(mspId: string, chaincode: string): ChaincodeProcess {
    const found = this.processes.get(`${mspId} ${chaincode}`)?.process;
    if (found === undefined) {
      throw new Error(`${chaincode} does not run at ${mspId}`);
    }
    return found;
  }

  /** Ends every process. */
  async stop(): Promise<void> {
    await Promise.all([...new Set([...this.processes.values()].map(({ process }) => process))].map((process) => process.kill()));
  }
}

function served(chaincode: ChaincodeConfig, network: NetworkUnderTest, tls: TlsMaterial): ServedChaincode {
  return { chaincodeId: network.packageId(chaincode), ...tls.serverSide(chaincode.name) };
}

/** Certificates for the chaincodes that are reached over TLS: `secured`, and `mutual` with a client certificate. */
class TlsMaterial {
  private constructor(
    private readonly authority: string,
    private readonly server: { readonly key: string; readonly certificate: string },
    private readonly client: { readonly key: string; readonly certificate: string },
  ) {}

  static async create(): Promise<TlsMaterial> {
    const authority = await CertificateAuthority.create('tlsca.chaincodes.example', 'chaincodes.example');
    const issue = async (name: string): Promise<{ key: string; certificate: string }> => {
      const key = await generatePrivateKey();
      const certificate = await authority.issue({ profile: 'tls', name, role: 'client', attributes: {}, hosts: ['localhost', '127.0.0.1'], key });
      return { key: privateKeyToPem(key), certificate: `${certificate.toString('pem')}\n` };
    };
    return new TlsMaterial(`${authority.certificate.toString('pem')}\n`, await issue('chaincode'), await issue('peer'));
  }

  serverSide(name: string): Pick<ServedChaincode, 'tls'> {
    switch (name) {
      case 'secured':
        return { tls: this.server };
      case 'mutual':
        return { tls: { ...this.server, clientCa: this.authority } };
      default:
        return {};
    }
  }

  clientSide(name: string): Pick<ChaincodeServerAddress, 'tls'> {
    switch (name) {
      case 'secured':
        return { tls: { rootCertificates: this.authority } };
      case 'mutual':
        return { tls: { rootCertificates: this.authority, client: this.client } };
      default:
        return {};
    }
  }
}
