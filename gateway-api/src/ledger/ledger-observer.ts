/** What the ledger reports about itself while it works: counts and durations, never ids. */
export interface LedgerObserver {
  /** A submit ended: `committed`, or the code of the error. */
  submitted(chaincode: string, outcome: string, seconds: number): void;
  evaluated(chaincode: string, outcome: string, seconds: number): void;
  /** An identity that may sign until then was loaded. */
  enrolled(role: string, expires: Date): void;
  retried(chaincode: string, reason: string): void;
}
