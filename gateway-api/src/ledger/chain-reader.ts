import { common } from '@hyperledger/fabric-protos';
import type { GatewayConfig } from '../config/gateway-config.js';
import { SERVICE_ROLE } from './ledger.js';
import type { Ledger } from './ledger.js';

/** Where in the chain the most recently asked transactions are; enough for a packet of a long career. */
const mostRemembered = 10_000;

/** The own peer's copy of the chain, block by block, as every member has it: no private value stands in it. */
export class ChainReader {
  readonly #ledger: Ledger;
  readonly #config: Pick<GatewayConfig, 'ledger'>;
  readonly #numbers = new Map<string, number>();

  constructor(ledger: Ledger, config: Pick<GatewayConfig, 'ledger'>) {
    this.#ledger = ledger;
    this.#config = config;
  }

  /** Name of the channel. */
  get channel(): string {
    return this.#config.ledger.channel;
  }

  /** Name of the chaincode whose private documents the credentials contract writes. */
  get claimsChaincode(): string {
    return this.#config.ledger.claimsChaincode;
  }

  /** Name of the chaincode with licences and links. */
  get registryChaincode(): string {
    return this.#config.ledger.registryChaincode;
  }

  /** How many blocks there are. */
  async height(): Promise<number> {
    return common.BlockchainInfo.deserializeBinary(await this.#ask('GetChainInfo')).getHeight();
  }

  /** A block as `common.Block` on the wire. */
  async block(number: number): Promise<Uint8Array> {
    return this.#ask('GetBlockByNumber', String(number));
  }

  /** The number of the block that holds a transaction. */
  async blockNumberOf(transactionId: string): Promise<number> {
    const known = this.#numbers.get(transactionId);
    if (known !== undefined) return known;
    const block = common.Block.deserializeBinary(await this.#ask('GetBlockByTxID', transactionId));
    const number = block.getHeader()?.getNumber() ?? 0;
    this.#remember(transactionId, number);

    return number;
  }

  #remember(transactionId: string, number: number): void {
    const [oldest] = this.#numbers.size < mostRemembered ? [] : this.#numbers.keys();
    if (oldest !== undefined) this.#numbers.delete(oldest);
    this.#numbers.set(transactionId, number);
  }

  async #ask(transaction: string, ...args: readonly string[]): Promise<Uint8Array> {
    return this.#ledger.evaluate({ chaincode: 'qscc', transaction, args: [this.channel, ...args], identityRole: SERVICE_ROLE });
  }
}
