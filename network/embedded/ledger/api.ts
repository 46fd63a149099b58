/**
 * The seam between the embedded network's ledger (this folder: storage, simulation, commit) and its protocol side
 * (the folders beside it: gateway, endorser, deliver, chaincode streams, endorsement validation, ordering).
 *
 * One ledger serves every organisation of the channel. The chain of blocks is shared; each organisation has its own
 * committed height, private data and transient store, because each one stands for a peer of its own.
 */
import type { common } from '@hyperledger/fabric-protos';

/** Position of a transaction in the chain: the version that Fabric gives to every value that the transaction writes. */
export interface Version {
  readonly blockNumber: number;
  readonly txNumber: number;
}

export interface KeyValue {
  readonly key: string;
  readonly value: Uint8Array;
}

/** One entry of `GetHistoryForKey`, newest first as Fabric returns it. */
export interface KeyModification {
  readonly txId: string;
  readonly value: Uint8Array;
  readonly timestamp: Date;
  readonly isDelete: boolean;
}

/** Results of a range query, pulled in pages; an update transaction's range is checked for phantoms at commit. */
export interface ResultIterator<T> {
  /** Up to `limit` further results; an empty array at the end. */
  next(limit: number): Promise<T[]>;
  /** Records what was read so far in the read set; idempotent. */
  close(): void;
}

/** Results of a paginated query: at most `pageSize` and the bookmark that resumes it (empty at the end). */
export interface Page {
  readonly results: readonly KeyValue[];
  readonly bookmark: string;
}

/** What a simulation read and wrote, in Fabric's protobufs. */
export interface SimulationResult {
  /** `rwset.TxReadWriteSet`: the public part, with the hashed read-write sets of the collections. */
  readonly publicReadWriteSet: Uint8Array;
  /** `rwset.TxPvtReadWriteSet`, or undefined where the transaction wrote no private data. */
  readonly privateReadWriteSet: Uint8Array | undefined;
}

/**
 * One transaction's view of the ledger: one organisation's committed state at its height when the simulation began.
 * Reads never see the transaction's own writes. Throws `SimulationError` with Fabric's message for what Fabric refuses
 * (a write after a paginated or private range query, a private value of a collection that the organisation is not in…).
 */
export interface Simulator {
  readonly mspId: string;
  readonly height: number;

  getState(namespace: string, key: string): Promise<Uint8Array | undefined>;
  getStates(namespace: string, keys: readonly string[]): Promise<(Uint8Array | undefined)[]>;
  setState(namespace: string, key: string, value: Uint8Array): void;
  deleteState(namespace: string, key: string): void;
  /** Keys from `startKey` (inclusive) to `endKey` (exclusive), in UTF-8 byte order; empty strings are open ends. */
  getStateRange(namespace: string, startKey: string, endKey: string): Promise<ResultIterator<KeyValue>>;
  getStatePage(namespace: string, startKey: string, endKey: string, pageSize: number, bookmark: string): Promise<Page>;
  getHistory(namespace: string, key: string): Promise<ResultIterator<KeyModification>>;
  getStateMetadata(namespace: string, key: string): Promise<ReadonlyMap<string, Uint8Array>>;
  setStateMetadata(namespace: string, key: string, name: string, value: Uint8Array): Promise<void>;

  getPrivateData(namespace: string, collection: string, key: string): Promise<Uint8Array | undefined>;
  getPrivateDataMultiple(namespace: string, collection: string, keys: readonly string[]): Promise<(Uint8Array | undefined)[]>;
  /** SHA-256 of the value; answered at every organisation, member of the collection or not. */
  getPrivateDataHash(namespace: string, collection: string, key: string): Promise<Uint8Array | undefined>;
  setPrivateData(namespace: string, collection: string, key: string, value: Uint8Array): void;
  deletePrivateData(namespace: string, collection: string, key: string): void;
  purgePrivateData(namespace: string, collection: string, key: string): void;
  getPrivateDataRange(namespace: string, collection: string, startKey: string, endKey: string): Promise<ResultIterator<KeyValue>>;
  getPrivateDataMetadata(namespace: string, collection: string, key: string): Promise<ReadonlyMap<string, Uint8Array>>;
  setPrivateDataMetadata(namespace: string, collection: string, key: string, name: string, value: Uint8Array): Promise<void>;

  /** Closes every iterator and returns the read-write sets; the simulator is then spent. */
  finish(): SimulationResult;
}

/** Collection facts that simulation and commit need; the protocol side looks them up in the chaincode definition. */
export interface CollectionInfo {
  readonly name: string;
  /** True where the organisation may hold the values. */
  isMember(mspId: string): boolean;
  readonly memberOnlyRead: boolean;
  readonly memberOnlyWrite: boolean;
  /** Blocks after which values are purged everywhere; 0 keeps them. */
  readonly blockToLive: number;
}

/** Answers undefined for a collection that is not defined (implicit `_implicit_org_<MSP>` ones always are). */
export type CollectionLookup = (namespace: string, collection: string) => CollectionInfo | undefined;

/** Key-level endorsement parameters as they stand while a block is validated, earlier valid transactions included. */
export interface ValidationParameters {
  ofKey(namespace: string, key: string): Promise<Uint8Array | undefined>;
  ofPrivateKeyHash(namespace: string, collection: string, keyHash: Uint8Array): Promise<Uint8Array | undefined>;
}

/**
 * Structure, signatures and endorsement policies of one transaction (everything but read conflicts, which the ledger
 * checks itself). Called in block order; returns a `peer.TxValidationCode` value, VALID where nothing is wrong so far.
 */
export type TransactionValidator = (
  envelope: Uint8Array,
  position: Version,
  parameters: ValidationParameters,
) => Promise<number>;

export interface CommittedTransaction {
  readonly txId: string;
  readonly validationCode: number;
}

export interface CommittedBlock {
  readonly number: number;
  readonly block: common.Block;
  readonly transactions: readonly CommittedTransaction[];
}

export interface ChainInfo {
  readonly height: number;
  readonly currentBlockHash: Uint8Array;
  readonly previousBlockHash: Uint8Array;
}

export interface StoredTransaction {
  readonly envelope: Uint8Array;
  readonly validationCode: number;
  readonly blockNumber: number;
}

export interface Ledger {
  readonly channel: string;

  chainInfo(mspId: string): ChainInfo;
  /** Blocks that the organisation has committed, or undefined above its height. */
  blockByNumber(mspId: string, blockNumber: number): Promise<common.Block | undefined>;
  blockByHash(mspId: string, hash: Uint8Array): Promise<common.Block | undefined>;
  transaction(mspId: string, txId: string): Promise<StoredTransaction | undefined>;
  /** `rwset.TxPvtReadWriteSet` by transaction number that the organisation holds for a block. */
  privateData(mspId: string, blockNumber: number): Promise<ReadonlyMap<number, Uint8Array>>;
  /** Resolves when the organisation has committed the block (at once where it already has). */
  whenCommitted(mspId: string, blockNumber: number, signal?: AbortSignal): Promise<void>;

  simulate(mspId: string, txId: string): Promise<Simulator>;
  /** Private writes of an endorsed proposal wait here until their transaction commits. */
  storeTransient(mspId: string, txId: string, privateReadWriteSet: Uint8Array): Promise<void>;

  /**
   * Builds the next block of the ordered envelopes (number, previous hash, data hash), validates it, writes block,
   * state, history, private data and index atomically, and returns it once it is durable. Calls must not overlap.
   */
  commit(envelopes: readonly Uint8Array[], validate: TransactionValidator): Promise<CommittedBlock>;
  /** The committed public value, for the protocol side itself (chaincode definitions under `_lifecycle`). */
  committedState(mspId: string, namespace: string, key: string): Promise<Uint8Array | undefined>;
  /** Called after every commit, in order, per organisation. */
  onCommit(listener: (mspId: string, block: CommittedBlock) => void): () => void;

  /** An organisation whose peer lags: it commits nothing more until `resume`, and then catches up in order. */
  pause(mspId: string): void;
  resume(mspId: string): Promise<void>;
  /** An organisation that misses private data: values of later blocks are dropped at its peer until restored. */
  stripPrivateData(mspId: string, on: boolean): void;

  close(): Promise<void>;
}

/** A refusal of the simulator, worded as the peer words it; it reaches the chaincode as an ERROR message. */
export class SimulationError extends Error {
  override readonly name = 'SimulationError';
}

export interface LedgerOptions {
  readonly directory: string;
  readonly channel: string;
  readonly organisations: readonly string[];
  readonly genesisBlock: common.Block;
  readonly collections: CollectionLookup;
  /** Signs block metadata (SIGNATURES) as the orderer does; see `protoutil` BlockMetadata. */
  readonly signBlock: (block: common.Block) => Promise<void>;
}
