import type { OpenClaim } from './claim.js';
import type { AnyDocument, HeldDocument, Parties } from '../documents/document.js';
import type { StandingQuery } from '../licences/standing-query.js';
import type { ErrorCode } from '../shared/error-codes.js';

/** A key that must not exist at any party, and the refusal where it does. */
export interface AbsentKey {
  readonly key: string;
  readonly code: ErrorCode;
  /** At whom it must not exist where that is not the command's parties. */
  readonly parties?: Parties;
  /** What the command should have brought instead. */
  readonly input?: string;
}

/** What must hold on the ledger before a command is carried out. */
export interface Preconditions {
  /** Documents that must be the recorded ones and the newest, at every party that holds them. */
  readonly documents: readonly HeldDocument[];
  /** Documents that must be recorded at every party, whether or not there is a newer version. */
  readonly recorded: readonly HeldDocument[];
  /** Documents of the same hospital and another insurer that the hospital shows to this one: newest, and equal at both. */
  readonly shown: readonly AnyDocument[];
  /** Claims that must be waiting, at both parties. */
  readonly open: readonly string[];
  /** Claims that must be waiting exactly so, at both parties. */
  readonly openAs: readonly OpenClaim[];
  readonly absent: readonly AbsentKey[];
  /** What the registry is asked about providers. */
  readonly standings: readonly StandingQuery[];
}

/** Nothing at all. */
export const NO_PRECONDITIONS: Preconditions = { documents: [], recorded: [], shown: [], open: [], openAs: [], absent: [], standings: [] };
