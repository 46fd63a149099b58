import type { Sha256 } from '../shared/bytes.js';
import type { Instant } from '../shared/dates.js';
import type { StandingsForClaimsResponse } from '../licences/standing-query.js';
import { derivedSalt } from './bytes.js';
import type { FiledDocument, HeldDocument, Holders, Parties, Recorder } from './document.js';
import { documentKey } from './key.js';
import type { OpenClaim } from '../claims/claim.js';
import type { ReceiptItem } from './receipt.js';

/** What a command is carried out with; equal at every peer that executes it. */
export interface Execution {
  /** The transaction's timestamp, which the registry's clock bounds. */
  readonly now: Instant;
  readonly txId: string;
  readonly actor: Recorder;
  readonly commandId: string;
  readonly salt: string;
  readonly parties: Parties;
  /** What the registry answered in this transaction. */
  readonly registry: StandingsForClaimsResponse;
  readonly sha256: Sha256;
}

/** An entry in one of the insurer's indexes. */
export interface IndexEntry {
  readonly key: string;
  readonly value: Readonly<Record<string, string | number>>;
}

/** A key in the collection of one party. */
export interface OwnKey {
  readonly mspId: string;
  readonly key: string;
}

/** Everything that carrying out a command changes, in order. */
export interface Effects {
  /** New versions; joint ones go into both collections, one party's own into its own. */
  readonly documents: readonly HeldDocument[];
  /** Claims that wait from now on, or wait in another state. */
  readonly opened: readonly OpenClaim[];
  /** Ids of claims that wait no longer. */
  readonly closed: readonly string[];
  /** For the insurer's collection. */
  readonly index: readonly IndexEntry[];
  /** Keys to purge from both parties' collections, and from one party's alone, where they exist there. */
  readonly purged?: readonly string[];
  readonly ownPurged?: readonly OwnKey[];
  /** Keys of the insurer's indexes that go. */
  readonly removed?: readonly string[];
  /** The receipt's items, in the order of the command. */
  readonly items: readonly ReceiptItem[];
}

/** No change at all. */
export const NO_EFFECTS: Effects = { documents: [], opened: [], closed: [], index: [], items: [] };

/** What of an execution stands in every document that it writes. */
export type Recording = Pick<Execution, 'now' | 'txId' | 'commandId' | 'actor' | 'salt' | 'sha256'>;

/** A new document of this command. */
export function newDocument<K extends string, Body, H extends Holders>(
  execution: Recording, kind: K, name: { readonly id: string; readonly version: number }, parties: H, body: Body,
): FiledDocument<K, Body, H> {
  const { now, txId, commandId, actor, salt, sha256 } = execution;
  return {
    schema: `${kind}/v1`,
    kind,
    id: name.id,
    version: name.version,
    salt: derivedSalt(salt, documentKey({ kind, ...name }), sha256),
    parties,
    recorded: { at: now, txId, commandId, by: actor },
    body,
  };
}
