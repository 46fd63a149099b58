/** A transaction to submit, or a query to evaluate. */
export interface TransactionRequest {
  readonly chaincode: string;
  readonly transaction: string;
  readonly args: readonly (string | Uint8Array)[];
  /** Seen by the endorsing organisations alone; everything else stands in the block. */
  readonly transient?: Readonly<Record<string, Uint8Array>>;
  /** MSP ids that must endorse; where omitted the peer chooses. Required with transient data. */
  readonly endorsers?: readonly string[];
  /** The role whose enrolled identity signs. */
  readonly identityRole: string;
}

/** A query goes to the own organisation's peer alone, so it names no endorsers. */
export type QueryRequest = Omit<TransactionRequest, 'endorsers'>;

/** A transaction that stands in a block as valid. */
export interface CommittedTransaction {
  readonly transactionId: string;
  readonly blockNumber: number;
  /** What the chaincode returned. */
  readonly result: Uint8Array;
}

/** An endorsed transaction as it is kept while it is under way; it holds no transient data. */
export interface EndorsedTransaction {
  readonly transactionId: string;
  readonly identityRole: string;
  readonly envelope: Uint8Array;
  readonly result: Uint8Array;
}

/** How a transaction ended in its block. */
export interface CommitOutcome {
  /** Fabric's validation code; 0 is valid. */
  readonly validationCode: number;
  readonly blockNumber: number;
}

/** What the journal knows of a step: the last transaction sent for it, and its outcome where that is known. */
export interface JournalEntry {
  readonly endorsed: EndorsedTransaction;
  readonly outcome: CommitOutcome | undefined;
}

/**
 * Remembers each transaction before it leaves, so that a process that takes over after a crash asks for the fate of
 * the one sent, or sends the very same one again, before it makes another.
 */
export interface SubmissionJournal {
  last(step: string): Promise<JournalEntry | undefined>;
  /** Must have been stored durably when it resolves; rejects where another process has taken the work over. */
  endorsed(step: string, endorsed: EndorsedTransaction): Promise<void>;
  settled(step: string, transactionId: string, outcome: CommitOutcome): Promise<void>;
}

/** For work that may simply be done again another time, such as a tick of the clock. */
export const noJournal: SubmissionJournal = {
  last: () => Promise.resolve(undefined),
  endorsed: () => Promise.resolve(),
  settled: () => Promise.resolve(),
};
