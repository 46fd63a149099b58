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

/** What a `QUERY_STATE_NEXT` of the peer answers. */
export interface ResultBatch<T> {
  readonly results: readonly T[];
  /** False ends the query: the iterator has closed itself. */
  readonly hasMore: boolean;
}

/** Results of a range query, pulled in batches; an update transaction's range is checked for phantoms at commit. */
export interface ResultIterator<T> {
  /**
   * The next batch as the peer cuts it: at most `limit` results (`PEER_BATCH_SIZE` in Fabric), having read one more to
   * learn whether there is more. What was read counts for phantoms, handed out or not. Never more than
   * `TOTAL_QUERY_LIMIT` results in all: the query then simply ends, as in Fabric.
   */
  next(limit: number): Promise<ResultBatch<T>>;
  /** Ends the query; idempotent. What was read stays in the read set. */
  close(): void;
}

/** Results that the peer sends to a chaincode in one message. */
export const PEER_BATCH_SIZE = 1000;

/** Fabric's default `ledger.state.totalQueryLimit`. */
export const TOTAL_QUERY_LIMIT = 100_000;

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
  /** Collections whose values were read (Fabric's `PrivateReads`): the gateway plans endorsers with them. */
  readonly privateReads: readonly CollectionName[];
  /** Committed key-level policies of the keys that were written (Fabric's `WritesetMetadata`). */
  readonly keyPolicies: readonly KeyPolicy[];
}

export interface CollectionName {
  readonly namespace: string;
  readonly collection: string;
}

export interface KeyPolicy {
  readonly namespace: string;
  /** Empty for a public key. */
  readonly collection: string;
  readonly key: string;
  /** The committed VALIDATION_PARAMETER. */
  readonly policy: Uint8Array;
}

/**
 * One transaction's view of the ledger: one organisation's committed state at its height when the simulation began.
 * Reads never see the transaction's own writes. Throws `SimulationError` with Fabric's message for what Fabric refuses
 * (a write after a paginated or private range query, a private value of a collection that the organisation is not in,
 * a creator outside a member-only collection…). A simulator holds a snapshot: `finish` or `discard` gives it back.
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
  /** At most `limit` results in all, where one is given. */
  getPrivateDataRange(namespace: string, collection: string, startKey: string, endKey: string, limit?: number): Promise<ResultIterator<KeyValue>>;
  getPrivateDataMetadata(namespace: string, collection: string, key: string): Promise<ReadonlyMap<string, Uint8Array>>;
  setPrivateDataMetadata(namespace: string, collection: string, key: string, name: string, value: Uint8Array): Promise<void>;

  /** Closes every iterator and returns the read-write sets; the simulator is then spent. */
  finish(): SimulationResult;
  /** Gives up without a result (a failed or read-only proposal); idempotent, harmless after `finish`. */
  discard(): void;
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

/**
 * Key-level endorsement parameters while a block is validated: the committed ones of before the block. Where an earlier
 * transaction of the block that passed validation rewrites the parameter, the lookup rejects with
 * `ValidationParameterUpdated`, as Fabric does; a validator that lets the rejection through gets
 * ENDORSEMENT_POLICY_FAILURE recorded for the transaction.
 */
export interface ValidationParameters {
  ofKey(namespace: string, key: string): Promise<Uint8Array | undefined>;
  ofPrivateKeyHash(namespace: string, collection: string, keyHash: Uint8Array): Promise<Uint8Array | undefined>;
}

/** A key's policy was changed earlier in the same block; the later transaction is invalid (ENDORSEMENT_POLICY_FAILURE). */
export class ValidationParameterUpdated extends Error {
  override readonly name = 'ValidationParameterUpdated';
}

/**
 * Structure, signatures and endorsement policies of one transaction (everything but duplicate transaction ids and read
 * conflicts, which the ledger checks itself). Called in block order; returns a `peer.TxValidationCode` value, VALID where nothing is wrong so far.
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

  /** `creatorMspId` is the proposal's creator: member-only collections refuse it where it is no member (none: no check). */
  simulate(mspId: string, txId: string, creatorMspId?: string): Promise<Simulator>;
  /**
   * Private writes of an endorsed proposal wait here until their transaction commits. At commit a member of a
   * collection uses what it stored itself, else pulls from another member (as gossip does): an endorser that is no
   * member reaches the members only where the protocol side disseminates, that is, stores at the member too.
   */
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
  /** Private data that the organisation should hold and does not. */
  missingPrivateData(mspId: string): Promise<readonly MissingPrivateData[]>;
  /** Fetches missing private data from other members, as Fabric's reconciler does; answers how much is still missing. */
  reconcile(mspId: string): Promise<number>;

  /** Checks every block and compares the stored state with a replay of the chain from block 0. */
  verify(): Promise<LedgerVerification>;

  close(): Promise<void>;
}

export interface MissingPrivateData extends CollectionName, Version {}

/** Outcome of `verify`: `problems` is empty where every block, the state and the private data agree. */
export interface LedgerVerification {
  readonly height: number;
  /** SHA-256 (hex) over public state, hashed state and private state of every organisation. */
  readonly stateFingerprint: string;
  readonly problems: readonly string[];
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
