import { createHash } from 'node:crypto';
import { canonicalJson } from '@medaccord/domain';
import type { IndexedEvent } from './board-index-store.js';

/** What a board recorded on a day (UTC), so that nobody, the board neither, can later add to it or take from it unseen. */
export interface DayDigest {
  readonly schema: 'board-day/v1';
  readonly board: string;
  readonly day: string;
  readonly events: number;
  readonly byType: Readonly<Record<string, number>>;
  /**
   * SHA-256 in hexadecimal over the canonical JSON of `[[licence id, sequence, transaction id], …]` in the order of the chain.
   * Every member can compute it from the blocks.
   */
  readonly sha256: string;
}

/** The digest of a day's events. */
export function dayDigest(board: string, day: string, events: readonly IndexedEvent[]): DayDigest {
  const byType: Record<string, number> = {};
  for (const { type } of events) byType[type] = (byType[type] ?? 0) + 1;
  const told = events.map(({ licenceId, sequence, transactionId }) => [licenceId, sequence, transactionId]);

  return { schema: 'board-day/v1', board, day, events: events.length, byType, sha256: createHash('sha256').update(canonicalJson(told)).digest('hex') };
}
