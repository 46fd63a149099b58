import { createHash, sign, X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as grpc from '@grpc/grpc-js';
import { connect, GatewayError, signers } from '@hyperledger/fabric-gateway';
import type { ChaincodeEvent, CloseableAsyncIterable, Gateway } from '@hyperledger/fabric-gateway';
import { decodeError } from '@medaccord/domain';
import type { DomainError } from '@medaccord/domain';
import type { ConsortiumConfig } from '@medaccord/network/configuration';
import { startEmbeddedNetwork } from '@medaccord/network/embedded';
import type { EmbeddedNetwork } from '@medaccord/network/embedded';
import { startChaincodeServer } from '../chaincodes.js';
import type { ChaincodeName } from '../chaincodes.js';
import type { RunningServer } from '../platform/server/chaincode-server.js';
import { datedProposal } from './dated-proposal.js';
import type { OrganisationOfTest } from './organisations.js';

const channel = 'medaccord';

process.env['CHAINCODE_LOG_LEVEL'] ??= 'error';

/** What a transaction may need besides its name and arguments. */
export interface CallOptions {
  readonly endorsers?: readonly string[];
  readonly transient?: Readonly<Record<string, string | Uint8Array>>;
}

/** A committed transaction. */
export interface Committed {
  readonly result: string;
  readonly txId: string;
  /** Fabric's validation code; 0 is VALID. */
  readonly code: number;
}

/** One person or service of an organisation, with the official client, at the organisation's own peer. */
export interface Party {
  /** Sends a transaction and waits for its commit; a validation code other than VALID is answered, not thrown. */
  submit(chaincode: ChaincodeName, transaction: string, argument: unknown, options?: CallOptions): Promise<Committed>;
  /** Has a transaction endorsed, lets something happen, and sends it then; Fabric's validation code. */
  endorseThen(chaincode: ChaincodeName, transaction: string, argument: unknown, options: CallOptions, meanwhile: () => Promise<unknown>): Promise<number>;
  /** Has a transaction of another time than now endorsed. */
  endorseAt(time: Date, chaincode: ChaincodeName, transaction: string, argument: unknown): Promise<unknown>;
  /** Asks the own organisation's peer. */
  evaluate(chaincode: ChaincodeName, transaction: string, argument?: unknown, options?: CallOptions): Promise<unknown>;
  /** A chaincode's events from a block on; the caller closes them. */
  events(chaincode: ChaincodeName, startBlock: bigint): Promise<CloseableAsyncIterable<ChaincodeEvent>>;
  /** SHA-256 in hexadecimal of the certificate. */
  readonly fingerprint: string;
  /** PEM. */
  readonly certificate: string;
  /** The person's signature over bytes, in Base64. */
  sign(bytes: Uint8Array): string;
}

/** The embedded network with the real chaincode servers, one per organisation and chaincode. For contract tests. */
export class ContractNetwork {
  readonly #closing: (() => unknown)[] = [];
  readonly #parties = new Map<string, Party>();
  readonly #addresses = new Map<string, string>();

  private constructor(
    readonly network: EmbeddedNetwork,
    private readonly directory: string,
  ) {}

  static async start(organisations: readonly OrganisationOfTest[], chaincodes: readonly ChaincodeName[]): Promise<ContractNetwork> {
    const directory = await mkdtemp(join(tmpdir(), 'medaccord-contracts-'));
    const network = await startEmbeddedNetwork({ config: configOf(organisations, chaincodes), directory });
    const started = new ContractNetwork(network, directory);
    for (const { mspId } of organisations) for (const name of chaincodes) await started.#serve(mspId, name);
    return started;
  }

  /** A person or service of an organisation; enrolled with these attributes unless the name is known already. */
  async as(mspId: string, name: string, attributes: Readonly<Record<string, string>> = {}): Promise<Party> {
    const known = this.#parties.get(`${mspId}/${name}`);
    if (known !== undefined) return known;
    const { certificate, privateKey } = await this.network.control.issue(mspId, { name, attributes });
    const endpoint = this.network.peers[mspId];
    if (endpoint === undefined) throw new Error(`no organisation ${mspId}`);
    const client = new grpc.Client(endpoint.endpoint, grpc.credentials.createSsl(Buffer.from(endpoint.tlsCaCert)), { 'grpc.max_receive_message_length': -1 });
    const gateway = connect({
      client,
      identity: { mspId, credentials: Buffer.from(certificate) },
      signer: signers.newPrivateKeySigner(privateKey),
      hash: (message) => createHash('sha256').update(message).digest(),
    });
    this.#closing.push(() => {
      gateway.close();
      client.close();
    });
    const party: Party = {
      ...partyOf(gateway, mspId),
      certificate,
      fingerprint: createHash('sha256').update(new X509Certificate(certificate).raw).digest('hex'),
      sign: (bytes) => sign('sha256', bytes, privateKey).toString('base64'),
    };
    this.#parties.set(`${mspId}/${name}`, party);
    return party;
  }

  /** The certificate of an organisation's authority, PEM. */
  async authorityOf({ name }: OrganisationOfTest): Promise<string> {
    const certificates = join(this.network.organizationsPath, 'peerOrganizations', domainOf(name), 'msp', 'cacerts');
    const [file = ''] = await readdir(certificates);
    return readFile(join(certificates, file), 'utf8');
  }

  /** Something more to end with the network, before it. */
  closeLater(close: () => unknown): void {
    this.#closing.push(close);
  }

  /** Sends an organisation's peer to another server for a chaincode; the result takes it back. */
  serveInstead(mspId: string, name: ChaincodeName, address: string): () => void {
    this.network.setChaincodeAddress(mspId, name, { address });
    return () => {
      this.network.setChaincodeAddress(mspId, name, { address: this.#addresses.get(`${mspId}/${name}`) ?? '' });
    };
  }

  /** Ends clients, network and chaincode servers, and removes what they wrote. */
  async stop(): Promise<void> {
    for (const close of this.#closing.reverse()) await close();
    await this.network.stop();
    await rm(this.directory, { recursive: true, force: true });
  }

  async #serve(mspId: string, name: ChaincodeName): Promise<RunningServer> {
    const server = await startChaincodeServer({ name, chaincodeId: `${name}:0.1.0`, address: 'localhost:0', mspId });
    this.#closing.push(() => {
      server.stop();
    });
    this.#addresses.set(`${mspId}/${name}`, server.address);
    this.network.setChaincodeAddress(mspId, name, { address: server.address });
    return server;
  }
}

/** The refusal inside a failed call, from wherever the client reports it. Throws where there is none. */
export async function refusalOf(call: Promise<unknown>): Promise<DomainError> {
  const failure = await call.then(
    (answer) => new Error(`was not refused: ${JSON.stringify(answer)}`),
    (error: unknown) => error,
  );
  const texts = failure instanceof Error ? [failure.message] : [];
  if (failure instanceof GatewayError) texts.push(...failure.details.map(({ message }) => message));
  const refusal = texts.map(decodeError).find((error) => error !== undefined);
  if (refusal === undefined) throw failure;
  return refusal;
}

function partyOf(gateway: Gateway, mspId: string): Omit<Party, 'fingerprint' | 'certificate' | 'sign'> {
  const contract = (name: ChaincodeName): ReturnType<ReturnType<Gateway['getNetwork']>['getContract']> => gateway.getNetwork(channel).getContract(name);
  return {
    async submit(chaincode, transaction, argument, options = {}) {
      const submitted = await contract(chaincode).submitAsync(transaction, proposalOptions(argument, options));
      const { code, transactionId } = await submitted.getStatus();
      return { result: new TextDecoder().decode(submitted.getResult()), txId: transactionId, code };
    },
    async endorseThen(chaincode, transaction, argument, options, meanwhile) {
      const endorsed = await contract(chaincode).newProposal(transaction, proposalOptions(argument, options)).endorse();
      await meanwhile();
      return (await (await endorsed.submit()).getStatus()).code;
    },
    endorseAt(time, chaincode, transaction, argument) {
      const proposal = contract(chaincode).newProposal(transaction, proposalOptions(argument, {}));
      return gateway.newProposal(datedProposal(proposal.getBytes(), time)).endorse();
    },
    async evaluate(chaincode, transaction, argument, options = {}) {
      const answer = await contract(chaincode).evaluate(transaction, proposalOptions(argument, { endorsers: [mspId], ...options }));
      const text = new TextDecoder().decode(answer);
      return text === '' ? undefined : (JSON.parse(text) as unknown);
    },
    events: (chaincode, startBlock) => gateway.getNetwork(channel).getChaincodeEvents(chaincode, { startBlock }),
  };
}

function proposalOptions(argument: unknown, { endorsers, transient }: CallOptions): { arguments: string[]; endorsingOrganizations?: string[]; transientData?: Record<string, string | Uint8Array> } {
  return {
    arguments: argumentsOf(argument),
    ...(endorsers === undefined ? {} : { endorsingOrganizations: [...endorsers] }),
    ...(transient === undefined ? {} : { transientData: { ...transient } }),
  };
}

/** A list of texts is several arguments; anything else is one, as JSON. */
function argumentsOf(argument: unknown): string[] {
  if (argument === undefined) return [];
  if (Array.isArray(argument) && argument.every((text) => typeof text === 'string')) return [...argument];
  return [typeof argument === 'string' ? argument : JSON.stringify(argument)];
}

function domainOf(name: string): string {
  return `${name}.medaccord.example`;
}

function configOf(organisations: readonly OrganisationOfTest[], chaincodes: readonly ChaincodeName[]): ConsortiumConfig {
  return {
    channel,
    organisations: organisations.map(({ mspId, name }) => ({ name, mspId, domain: domainOf(name), peers: 1, users: [] })),
    chaincodes: chaincodes.map((name) => ({ name, version: '0.1.0', sequence: 1, endorsementPolicy: '/Channel/Application/Endorsement', collections: [] })),
    ordering: { maxMessageCount: 500, preferredMaxBytes: 2_097_152, batchTimeoutMs: 5 },
  };
}
