import type { ClaimInputs } from '../adjudication/inputs.js';
import type { JointParties } from '../documents/document.js';
import type { Execution } from '../documents/execution.js';
import { isCorrection, VOIDS } from '../claims/frequency.js';
import type { DocumentReference } from '../documents/key.js';
import { reverse, settledBy } from './reverse.js';
import type { Reversed, RunningStates } from './reverse.js';

/** The hold of a correction whose original is not final, or was taken back meanwhile. */
export const NO_FINAL_ORIGINAL = 'correction/v1 original-not-final';

/** What deciding a claim takes back first, and what its decision has to settle. */
export interface Correction {
  /** The claim waits: there is no final decision yet that it could take back. */
  readonly held: boolean;
  readonly voids: boolean;
  /** Version of the adjudication that is about to be written. */
  readonly version: number;
  readonly reversed?: Reversed;
  readonly corrects?: DocumentReference;
}

/**
 * Takes the original of a replacement or void back, before anything is decided, so that the claim itself is decided
 * against totals without it. A claim that was decided before and opened again gets the next version.
 */
export function correctFirst(
  { claim, original, reopened }: ClaimInputs, states: RunningStates, parties: JointParties, execution: Execution,
): Correction {
  const { content } = claim.body;
  const version = reopened === undefined ? 1 : reopened.version + 1;
  const carried = reopened && settledBy(reopened, execution);
  const voids = content.frequency === VOIDS;
  if (!isCorrection(content) || reopened !== undefined) return { held: false, voids: false, version, ...(carried && { corrects: carried }) };
  if (original?.payment === undefined) return { held: true, voids, version };
  const cause = voids ? 'VOID' : 'REPLACEMENT';
  const reversed = reverse(original, { cause, correctedBy: claim.id }, states, parties, execution);
  const corrects = settledBy(reversed.reversal, execution);
  return { held: false, voids, version, reversed, ...(corrects && { corrects }) };
}
