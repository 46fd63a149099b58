import { mkdir } from 'node:fs/promises';
import type { ChaincodeConfig, ConsortiumConfig } from '../../configuration/consortium.js';
import type { ChaincodeAddress } from '../chaincode/address.js';
import type { Ledger } from '../ledger/api.js';
import type { Peer } from '../peer/peer.js';
import { Channel } from './channel.js';
import { NetworkControl } from './control.js';
import { DefinitionTransactions } from './definition-transactions.js';
import { enrol } from './enrolment.js';
import type { Enrolment } from './enrolment.js';
import { refuseOtherNetwork } from './genesis.js';
import { Organisation } from './organisation.js';

export interface EmbeddedNetworkOptions {
  readonly config: ConsortiumConfig;
  /** Identities and ledger live below it; a network that is started on it again goes on where it stopped. */
  readonly directory: string;
  /** Chaincode servers by organisation (MSP id) and chaincode name; more can be set later. */
  readonly chaincodeAddresses?: Readonly<Record<string, Readonly<Record<string, ChaincodeAddress>>>>;
  /** What the endpoints bind to: loopback unless told otherwise. */
  readonly host?: string;
  /** Ports by MSP id; any free one where omitted. */
  readonly ports?: Readonly<Record<string, number>>;
  /** How long a chaincode may work on one transaction; 30 s as Fabric's default. */
  readonly executeTimeoutMs?: number;
  /** How long a chaincode server may take to register after it was dialled. */
  readonly startTimeoutMs?: number;
  /** Called when the ledger can no longer be written: the network is then of no use. */
  readonly onFailure?: (cause: unknown) => void;
}

/** How clients reach one organisation's peer. */
export interface PeerEndpoint {
  /** `host:port`. */
  readonly endpoint: string;
  /** PEM of the authority that issued the endpoint's TLS certificate. */
  readonly tlsCaCert: string;
}

/** A running network; see README.md. */
export class EmbeddedNetwork {
  #stopped: Promise<void> | undefined;

  private constructor(
    private readonly channel: Channel,
    private readonly organisations: ReadonlyMap<string, Organisation>,
    private readonly enrolment: Enrolment,
    /** For tests and exercises: lagging and stopped peers, lost private data, revoked certificates. */
    readonly control: NetworkControl,
  ) {}

  /** Starts the network: enrols what is missing, opens the ledger, defines the chaincodes, opens the endpoints. */
  static async start(options: EmbeddedNetworkOptions): Promise<EmbeddedNetwork> {
    const { config, directory, host = 'localhost' } = options;
    await mkdir(directory, { recursive: true });
    await refuseOtherNetwork(config, directory);
    const enrolment = await enrol(config, directory, host);
    const channel = await Channel.open(config, enrolment, directory, options.onFailure ?? rethrow);
    const organisations = createOrganisations(options, enrolment, channel);
    const control = new NetworkControl(channel, enrolment, organisations);
    const network = new EmbeddedNetwork(channel, organisations, enrolment, control);
    try {
      await network.#open(options);
      return network;
    } catch (cause) {
      await network.stop();
      throw cause;
    }
  }

  /** Every organisation's endpoint by MSP id. */
  get peers(): Readonly<Record<string, PeerEndpoint>> {
    return Object.fromEntries(
      [...this.organisations.values()].map(({ peer, enrolled }) => [
        peer.mspId,
        { endpoint: peer.address, tlsCaCert: enrolled.tls.caCertificate },
      ]),
    );
  }

  /** The folder `organizations`, laid out as Fabric's own tools do. */
  get organizationsPath(): string {
    return this.enrolment.organizationsPath;
  }

  /** The channel's ledger, for tests that look beneath the protocols. */
  get ledger(): Ledger {
    return this.channel.ledger;
  }

  /** Tells an organisation's peer where a chaincode's server is; it is dialled by the next transaction. */
  setChaincodeAddress(mspId: string, chaincodeName: string, address: ChaincodeAddress): void {
    const organisation = this.organisations.get(mspId);
    if (!organisation) throw new Error(`no organisation of this network has the MSP id ${mspId}`);
    organisation.peer.chaincodes.setAddress(chaincodeName, address);
  }

  /** Puts a new definition in force: sequence + 1, with what is given changed, else as it was in the configuration. */
  async updateDefinition(definition: ChaincodeConfig): Promise<void> {
    const sequence = (this.channel.definitions.current(definition.name)?.sequence ?? 0) + 1;
    await new DefinitionTransactions(this.channel, [...this.organisations.values()]).define({ ...definition, sequence });
  }

  /** Refuses further transactions, commits what was taken, closes everything; idempotent. */
  async stop(): Promise<void> {
    this.#stopped ??= this.#close();
    await this.#stopped;
  }

  async #close(): Promise<void> {
    for (const organisation of this.organisations.values()) organisation.close();
    await this.channel.close();
  }

  async #open({ config, chaincodeAddresses = {} }: EmbeddedNetworkOptions): Promise<void> {
    await this.#defineConfigured(config.chaincodes);
    for (const [mspId, addresses] of Object.entries(chaincodeAddresses)) {
      for (const [name, address] of Object.entries(addresses)) this.setChaincodeAddress(mspId, name, address);
    }
    await Promise.all([...this.organisations.values()].map((organisation) => organisation.start()));
  }

  /** Chaincodes that the channel does not know are defined, and those whose version is another or whose sequence was raised by one. */
  async #defineConfigured(chaincodes: readonly ChaincodeConfig[]): Promise<void> {
    const transactions = new DefinitionTransactions(this.channel, [...this.organisations.values()]);
    const pending = chaincodes.flatMap((chaincode) => {
      const present = this.channel.definitions.current(chaincode.name);
      const next = (present?.sequence ?? 0) + 1;
      const isNew = present === undefined || present.version !== chaincode.version || chaincode.sequence === next;
      return isNew ? { ...chaincode, sequence: next } : [];
    });
    await Promise.all(pending.map((chaincode) => transactions.define(chaincode)));
  }
}

function createOrganisations(
  { config, host = 'localhost', ports = {}, executeTimeoutMs = 30_000, startTimeoutMs = 10_000 }: EmbeddedNetworkOptions,
  enrolment: Enrolment,
  channel: Channel,
): ReadonlyMap<string, Organisation> {
  const peers: Peer[] = [];
  const organisations = new Map<string, Organisation>();
  for (const enrolled of enrolment.organisations) {
    const { mspId } = enrolled;
    const isInstalled = (name: string): boolean => {
      const installedAt = config.chaincodes.find((chaincode) => chaincode.name === name)?.installedAt;
      return installedAt === undefined || installedAt.includes(mspId);
    };
    const port = ports[mspId] ?? 0;
    const organisation = new Organisation(enrolled, channel, { host, port, isInstalled, executeTimeoutMs, startTimeoutMs }, peers);
    organisations.set(mspId, organisation);
    peers.push(organisation.peer);
  }
  return organisations;
}

function rethrow(cause: unknown): void {
  throw cause;
}
