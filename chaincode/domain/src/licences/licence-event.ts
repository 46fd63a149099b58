import type { Instant, PlainDate } from '../shared/dates.js';
import type { LicenceKey } from './licence-key.js';

/**
 * What happened to a licence, once and for ever: an event is never edited. INITIAL is a board's action, CORRECTION puts
 * other particulars of the same type of action in the place of the target's, VOID makes the target never have been. Both
 * take effect for what is known from their own position on; what was known before stays what it was.
 */
export type LicenceEventKind = 'INITIAL' | 'CORRECTION' | 'VOID';

/** An order of the board: its number and date, and the salted hash of the document, which itself stays with the board. */
export interface BoardOrder {
  readonly number: string;
  readonly decidedOn: PlainDate;
  /** SHA-256 in hexadecimal over salt and document. */
  readonly documentHash?: string;
}

/** A licence comes into being; `status` UNKNOWN where a roster's own word for it could not be mapped. */
export interface IssueAction {
  readonly type: 'ISSUE';
  readonly effectiveFrom: PlainDate;
  /** The last day on which it is valid; expiry is computed from it. Absent: valid until something ends it. */
  readonly validThru?: PlainDate;
  readonly status: 'ACTIVE' | 'UNKNOWN';
}

/** The holder may not practise. `summary`: before a hearing, because of danger. */
export interface SuspendAction {
  readonly type: 'SUSPEND';
  readonly summary: boolean;
  readonly effectiveFrom: PlainDate;
  /** The last day of a fixed term. */
  readonly effectiveThru?: PlainDate;
  /** The suspension ends by itself after its last day; otherwise it stays until it is reinstated. */
  readonly automaticReinstatement: boolean;
  readonly basisCodes: readonly string[];
  readonly order?: BoardOrder;
}

/** The holder may practise within limits (probation, a condition, a restriction of scope), told by codes. */
export interface RestrictAction {
  readonly type: 'RESTRICT';
  readonly restrictionCodes: readonly string[];
  readonly effectiveFrom: PlainDate;
  readonly effectiveThru?: PlainDate;
  readonly automaticReinstatement: boolean;
  readonly basisCodes: readonly string[];
  readonly order?: BoardOrder;
}

/** The licence ends by an order. */
export interface RevokeAction {
  readonly type: 'REVOKE';
  readonly effectiveFrom: PlainDate;
  readonly basisCodes: readonly string[];
  readonly order?: BoardOrder;
}

/** Ends the suspensions, restrictions or the revocation that it names. */
export interface ReinstateAction {
  readonly type: 'REINSTATE';
  readonly effectiveFrom: PlainDate;
  /** Sequence numbers of the events (INITIAL) whose effect ends. */
  readonly ends: readonly number[];
  readonly order?: BoardOrder;
}

/** What a board can do to a licence. */
export type BoardAction = IssueAction | SuspendAction | RestrictAction | RevokeAction | ReinstateAction;

/** The part of an event that standing is computed from. */
export interface TimelineEntry {
  /** Position in the licence's events, from 1 without gaps. */
  readonly sequence: number;
  readonly kind: LicenceEventKind;
  /** A CORRECTION's INITIAL event, or the event of any kind that a VOID strikes: its sequence. */
  readonly target?: number;
  /** Absent in a VOID. */
  readonly action?: BoardAction;
}

/** Who wrote an event: organisation, role, and the SHA-256 of the certificate's name. */
export interface RecordedBy {
  readonly mspId: string;
  readonly role: string;
  readonly subject: string;
}

/** An event as it lies on the ledger under its own key. */
export interface LicenceEvent extends TimelineEntry {
  readonly schema: 'licence-event/v1';
  readonly licence: LicenceKey;
  /** The board's own id of this action, which makes a resend recognisable. */
  readonly actionId: string;
  /** When it was recorded: never before the licence's previous event. */
  readonly recordedAt: Instant;
  readonly recordedBy: RecordedBy;
  readonly txId: string;
  /** Digest of the licence's timeline up to and with this event: see `extendDigest`. */
  readonly digest: string;
}
