import { readFileSync } from 'node:fs';
import { Client, credentials } from '@grpc/grpc-js';
import type { CallOptions } from '@grpc/grpc-js';
import { connect, hash } from '@hyperledger/fabric-gateway';
import type { Contract, Gateway, Network } from '@hyperledger/fabric-gateway';
import type { GatewayConfig } from '../config/gateway-config.js';
import { noIdentity } from './enrolled-identities.js';
import type { EnrolledIdentity } from './enrolled-identities.js';
import { nativeSigner } from './native-signer.js';

/** Milliseconds that each stage of a transaction may take; the commit's wait is configured. */
const evaluateMs = 20_000;
const endorseMs = 30_000;
const submitMs = 15_000;

const channelOptions = {
  // A block with private data may be larger than the client's default of 4 MB, and would then never arrive.
  'grpc.max_receive_message_length': -1,
  'grpc.max_send_message_length': -1,
  'grpc.keepalive_time_ms': 60_000,
  'grpc.keepalive_timeout_ms': 10_000,
  // A peer that was away for minutes is tried again within seconds of its return.
  'grpc.initial_reconnect_backoff_ms': 200,
  'grpc.max_reconnect_backoff_ms': 5_000,
};

/** One gRPC connection to the organisation's own peer, and on it one gateway per enrolled identity. */
export class FabricConnection {
  readonly #config: Pick<GatewayConfig, 'mspId' | 'peer' | 'ledger'>;
  readonly #identities: ReadonlyMap<string, EnrolledIdentity>;
  readonly #client: Client;
  readonly #gateways = new Map<string, Gateway>();

  constructor(config: Pick<GatewayConfig, 'mspId' | 'peer' | 'ledger'>, identities: ReadonlyMap<string, EnrolledIdentity>) {
    this.#config = config;
    this.#identities = identities;
    const { endpoint, tlsCaFile, tlsHostname } = config.peer;
    const nameOverride = tlsHostname === undefined ? {} : { 'grpc.ssl_target_name_override': tlsHostname };
    this.#client = new Client(endpoint, credentials.createSsl(readFileSync(tlsCaFile)), { ...channelOptions, ...nameOverride });
  }

  /** The gateway that signs as an enrolled identity (`identityName`); FORBIDDEN_ROLE, or FORBIDDEN_UNIT, where the organisation has none. */
  gateway(role: string): Gateway {
    const gateway = this.#gateways.get(role) ?? this.#connect(role);
    this.#gateways.set(role, gateway);

    return gateway;
  }

  contract(role: string, chaincode: string): Contract {
    return this.network(role).getContract(chaincode);
  }

  /** The channel as the role's enrolled identity sees it. */
  network(role: string): Network {
    return this.gateway(role).getNetwork(this.#config.ledger.channel);
  }

  hasIdentity(role: string): boolean {
    return this.#identities.has(role);
  }

  close(): void {
    for (const gateway of this.#gateways.values()) gateway.close();
    this.#client.close();
  }

  #connect(role: string): Gateway {
    const enrolled = this.#identities.get(role);
    if (enrolled === undefined) throw noIdentity(role);

    return connect({
      client: this.#client,
      identity: { mspId: this.#config.mspId, credentials: Buffer.from(enrolled.certificate) },
      signer: nativeSigner(enrolled.privateKey),
      hash: hash.none,
      evaluateOptions: within(evaluateMs),
      endorseOptions: within(endorseMs),
      submitOptions: within(submitMs),
      commitStatusOptions: within(this.#config.ledger.commitTimeoutMs),
    });
  }
}

function within(milliseconds: number): () => CallOptions {
  return () => ({ deadline: Date.now() + milliseconds });
}
