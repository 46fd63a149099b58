import { peer } from '@hyperledger/fabric-protos';
import { LIFECYCLE, packageId } from '../definitions/chaincode-definition.js';
import type { ChaincodeDefinition } from '../definitions/chaincode-definition.js';
import type { DefinitionBook } from '../definitions/definition-book.js';
import { readSequence } from '../definitions/definition-record.js';
import type { UnpackedProposal } from '../transactions/proposal.js';
import type { ChaincodeAddress } from './address.js';
import { Execution, simulatorOf } from './execution.js';
import type { ChaincodeCalls, TransactionScope } from './execution.js';
import { ChaincodeStream } from './stream.js';

/** The key in a chaincode's own namespace that records for which version its `Init` has run. */
const INITIALIZED = '\u0000\u{10ffff}initialized';

/** A chaincode that runs inside the peer. */
export interface SystemChaincode {
  invoke(scope: TransactionScope, args: readonly Uint8Array[]): Promise<peer.Response>;
}

export interface ChaincodeSupportOptions {
  readonly mspId: string;
  readonly definitions: DefinitionBook;
  /** Chaincodes that this organisation runs. */
  readonly isInstalled: (chaincodeName: string) => boolean;
  readonly systemChaincodes: ReadonlyMap<string, SystemChaincode>;
  readonly checkCallAccess: ChaincodeCalls['checkCallAccess'];
  readonly executeTimeoutMs: number;
  readonly startTimeoutMs: number;
}

/** One peer's chaincodes: finds the definition, dials the server when it is first needed, runs transactions on it. */
export class ChaincodeSupport implements ChaincodeCalls {
  readonly #addresses = new Map<string, ChaincodeAddress>();
  readonly #streams = new Map<string, Promise<ChaincodeStream>>();
  readonly checkCallAccess: ChaincodeCalls['checkCallAccess'];

  constructor(private readonly options: ChaincodeSupportOptions) {
    this.checkCallAccess = options.checkCallAccess;
  }

  /** Where the server of a chaincode is; a stream to another address is ended. */
  setAddress(chaincodeName: string, address: ChaincodeAddress): void {
    this.#addresses.set(chaincodeName, address);
    for (const [id, stream] of this.#streams) {
      if (!id.startsWith(`${chaincodeName}:`)) continue;
      this.#streams.delete(id);
      closeQuietly(stream);
    }
  }

  /** True for chaincodes that this peer can be asked to run. */
  has(chaincodeName: string): boolean {
    if (this.isSystem(chaincodeName)) return true;
    return this.options.definitions.current(chaincodeName) !== undefined && this.options.isInstalled(chaincodeName);
  }

  isSystem(chaincodeName: string): boolean {
    return this.options.systemChaincodes.has(chaincodeName);
  }

  /**
   * The version that endorsements of this chaincode name. Reads the definition's sequence in the transaction's
   * simulation, so that a definition that changes before the transaction commits invalidates it.
   */
  async version(scope: TransactionScope, chaincodeName: string): Promise<string> {
    return this.isSystem(chaincodeName) ? 'syscc' : (await this.#definition(scope, chaincodeName)).version;
  }

  /** Runs a chaincode in a scope and answers its COMPLETED or ERROR message. */
  async invoke(scope: TransactionScope, chaincodeName: string, input: peer.ChaincodeInput): Promise<peer.ChaincodeMessage> {
    const system = this.options.systemChaincodes.get(chaincodeName);
    if (system) return completed(scope, await system.invoke(scope, input.getArgsList_asU8()));
    const definition = await this.#invocableDefinition(scope, chaincodeName);
    const isInit = await this.#checkInit(scope, definition, input);
    const stream = await this.#launch(definition);
    const execution = new Execution(scope, chaincodeName, isInit, this);
    try {
      return await stream.execute(execution, transactionMessage(scope, input, isInit), this.options.executeTimeoutMs);
    } catch (cause) {
      throw new Error(`error sending: ${messageOf(cause)}`, { cause });
    }
  }

  close(): void {
    for (const stream of this.#streams.values()) closeQuietly(stream);
    this.#streams.clear();
  }

  async #invocableDefinition(scope: TransactionScope, chaincodeName: string): Promise<ChaincodeDefinition> {
    try {
      return await this.#definition(scope, chaincodeName);
    } catch (cause) {
      throw new Error(
        `invalid invocation: [channel ${scope.channelId}] failed to get chaincode container info for ${chaincodeName}: ${messageOf(cause)}`,
        { cause },
      );
    }
  }

  async #definition(scope: TransactionScope, chaincodeName: string): Promise<ChaincodeDefinition> {
    const sequence = await readSequence(chaincodeName, { get: (key) => simulatorOf(scope).getState(LIFECYCLE, key) });
    if (sequence === 0) throw new Error(`chaincode ${chaincodeName} not found`);
    const { definitions } = this.options;
    await definitions.settled();
    const definition = definitions.at(chaincodeName, sequence);
    if (!definition) {
      const cached = definitions.current(chaincodeName)?.sequence ?? 0;
      throw new Error(
        `chaincode cache at sequence ${cached} but current sequence is ${sequence}, chaincode definition for '${chaincodeName}' changed during invoke`,
      );
    }
    if (!this.options.isInstalled(chaincodeName)) {
      throw new Error(`chaincode definition for '${chaincodeName}' exists, but chaincode is not installed`);
    }
    return definition;
  }

  /** Enforces that a chaincode with `init_required` is initialised once per version before it is used. */
  async #checkInit(scope: TransactionScope, { name, version, initRequired }: ChaincodeDefinition, input: peer.ChaincodeInput): Promise<boolean> {
    if (!initRequired && !input.getIsInit()) return false;
    if (!initRequired) throw new Error(`invalid invocation: chaincode '${name}' does not require initialization but called as init`);
    const initialized = Buffer.from((await simulatorOf(scope).getState(name, INITIALIZED)) ?? []).toString() === version;
    if (!input.getIsInit()) {
      if (initialized) return false;
      throw new Error(`invalid invocation: chaincode '${name}' has not been initialized for this version, must call as init first`);
    }
    if (initialized) throw new Error(`invalid invocation: chaincode '${name}' is already initialized but called as init`);
    simulatorOf(scope).setState(name, INITIALIZED, Buffer.from(version));
    scope.footprint.wrote(name, '', INITIALIZED);
    return true;
  }

  async #launch(definition: ChaincodeDefinition): Promise<ChaincodeStream> {
    const id = packageId(definition);
    const known = this.#streams.get(id);
    if (known) return known;
    const stream = this.#dial(definition.name, id);
    this.#streams.set(id, stream);
    try {
      return await stream;
    } catch (cause) {
      if (this.#streams.get(id) === stream) this.#streams.delete(id);
      throw new Error(`could not launch chaincode ${id}: ${messageOf(cause)}`, { cause });
    }
  }

  async #dial(chaincodeName: string, id: string): Promise<ChaincodeStream> {
    const address = this.#addresses.get(chaincodeName);
    if (!address) throw new Error('error building chaincode: no address of a chaincode server is known');
    return ChaincodeStream.open(id, address, this.options.startTimeoutMs, () => {
      // Dialled again by the next transaction, as a peer does.
      this.#streams.delete(id);
    });
  }
}

/** The same bytes go to every organisation's chaincode: serialised once per proposal and input. */
const messages = new WeakMap<UnpackedProposal, { readonly input: peer.ChaincodeInput; readonly bytes: Uint8Array }>();

function transactionMessage(scope: TransactionScope, input: peer.ChaincodeInput, isInit: boolean): Uint8Array {
  const known = messages.get(scope.proposal);
  // Short cut: the same bytes are made again otherwise.
  if (known?.input === input) return known.bytes;
  const message = new peer.ChaincodeMessage();
  message.setType(isInit ? peer.ChaincodeMessage.Type.INIT : peer.ChaincodeMessage.Type.TRANSACTION);
  message.setPayload(input.serializeBinary());
  message.setTxid(scope.txId);
  message.setChannelId(scope.channelId);
  message.setProposal(scope.proposal.signed);
  const bytes = message.serializeBinary();
  if (input === scope.proposal.input) messages.set(scope.proposal, { input, bytes });
  return bytes;
}

function completed(scope: TransactionScope, response: peer.Response): peer.ChaincodeMessage {
  const message = new peer.ChaincodeMessage();
  message.setType(peer.ChaincodeMessage.Type.COMPLETED);
  message.setPayload(response.serializeBinary());
  message.setTxid(scope.txId);
  message.setChannelId(scope.channelId);
  return message;
}

function closeQuietly(stream: Promise<ChaincodeStream>): void {
  stream.then(
    (open) => {
      open.close();
    },
    () => undefined,
  );
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
