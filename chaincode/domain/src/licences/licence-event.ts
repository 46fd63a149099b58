import type { Instant, PlainDate } from '../shared/dates.js';
import type { CompactRuleId, ForeignEvent } from '../compacts/derived-effect.js';
import type { LicenceKey } from './licence-key.js';

/**
 * What happened to a licence, once and for ever: an event is never edited. INITIAL is a board's action. CORRECTION puts
 * other particulars of the same type of action in the place of the target's, as if they had always been; REVISION changes
 * them from its own date on (a court modifies an order). VOID makes the target never have been, and SEAL too, after which
 * readers no longer show it. STAY suspends the effect of an action, STAY_LIFTED ends a stay, APPEAL changes nothing. All
 * take effect for what is known from their own position on; what was known before stays what it was.
 */
export type LicenceEventKind = 'INITIAL' | 'CORRECTION' | 'REVISION' | 'VOID' | 'SEAL' | 'STAY' | 'STAY_LIFTED' | 'APPEAL';

/** An order of the board: its number and date, and the salted hash of the document, which itself stays with the board. */
export interface BoardOrder {
  /** The board's own number of it, also its name in the public record. */
  readonly number: string;
  readonly decidedOn: PlainDate;
  /** SHA-256 in hexadecimal over salt and document. */
  readonly documentHash?: string;
}

/** What a roster says of a licence that it brings; UNKNOWN where its own word for it could not be mapped. */
export const ISSUE_STATUSES = ['ACTIVE', 'UNKNOWN', 'INACTIVE', 'RETIRED', 'SUPERSEDED'] as const;

/** A licence comes into being: a new one ACTIVE, one of an older roster as that says. */
export interface IssueAction {
  readonly type: 'ISSUE';
  readonly effectiveFrom: PlainDate;
  /** The last day on which it is valid; expiry is computed from it. Absent: valid until something ends it. */
  readonly validThru?: PlainDate;
  readonly grace?: Grace;
  readonly status: (typeof ISSUE_STATUSES)[number];
}

/** The days after expiry in which a licence is merely EXPIRED; after them it is LAPSED. */
export interface Grace {
  /** The last day of grace. */
  readonly thru: PlainDate;
  /** Whether the board lets the holder practise meanwhile. */
  readonly practice: boolean;
}

/** A new period of validity; continuous where `effectiveFrom` is the day after the old one's last, late or not. */
export interface RenewAction {
  readonly type: 'RENEW';
  readonly effectiveFrom: PlainDate;
  readonly validThru: PlainDate;
  readonly grace?: Grace;
}

/** A class of licences stays valid at least through a day, by an executive order. */
export interface ExtendAction {
  readonly type: 'EXTEND';
  readonly effectiveFrom: PlainDate;
  readonly validThru: PlainDate;
}

/** A change that is no discipline: inactive or retired at the holder's wish, superseded, issued in error, active again. */
export interface ChangeStatusAction {
  readonly type: 'CHANGE_STATUS';
  readonly effectiveFrom: PlainDate;
  readonly status: 'ACTIVE' | 'INACTIVE' | 'RETIRED' | 'SUPERSEDED' | 'ISSUED_IN_ERROR';
}

/** The holder gave the licence up, and the board accepted it. */
export interface SurrenderAction {
  readonly type: 'SURRENDER';
  readonly effectiveFrom: PlainDate;
  readonly inLieuOfDiscipline: boolean;
}

/** Discipline other than a restriction of scope; a reprimand, a fine and monitoring leave the authority whole. */
export interface EncumberAction {
  readonly type: 'ENCUMBER';
  readonly encumbrance: 'PROBATION' | 'CONDITION' | 'REPRIMAND' | 'FINE' | 'MONITORING';
  readonly effectiveFrom: PlainDate;
  readonly effectiveThru?: PlainDate;
  readonly automaticReinstatement: boolean;
  readonly basisCodes: readonly string[];
}

/** By whom and how long an action has no effect; `codes`: only those codes of a restriction. */
export interface StayAction {
  readonly type: 'STAY';
  readonly by: 'BOARD' | 'COURT';
  readonly effectiveFrom: PlainDate;
  readonly effectiveThru?: PlainDate;
  readonly codes?: readonly string[];
}

/** From when a stay no longer holds. */
export interface LiftStayAction {
  readonly type: 'LIFT_STAY';
  readonly effectiveFrom: PlainDate;
}

/** Since when an appeal is pending. */
export interface AppealAction {
  readonly type: 'APPEAL';
  readonly effectiveFrom: PlainDate;
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
}

/** The holder may practise within limits (probation, a condition, a restriction of scope), told by codes. */
export interface RestrictAction {
  readonly type: 'RESTRICT';
  readonly restrictionCodes: readonly string[];
  readonly effectiveFrom: PlainDate;
  readonly effectiveThru?: PlainDate;
  readonly automaticReinstatement: boolean;
  readonly basisCodes: readonly string[];
}

/** The licence ends by an order. */
export interface RevokeAction {
  readonly type: 'REVOKE';
  readonly effectiveFrom: PlainDate;
  readonly basisCodes: readonly string[];
}

/** Ends the encumbrances, the revocation or the surrender that it names. */
export interface ReinstateAction {
  readonly type: 'REINSTATE';
  readonly effectiveFrom: PlainDate;
  /** Sequence numbers of the events (INITIAL) whose effect ends. */
  readonly ends: readonly number[];
  /** Events of other licences whose effect on this one ends: what follows by a compact each board ends itself. */
  readonly endsDerived?: readonly ForeignEvent[];
}

/**
 * Which of the holder's licences is the principal one in a compact from a day on; the licence itself where it is that one.
 * A licence is in a compact by this word of its own board and by nobody else's.
 */
export interface DesignatePrincipalAction {
  readonly type: 'DESIGNATE_PRINCIPAL';
  readonly effectiveFrom: PlainDate;
  readonly rule: CompactRuleId;
  readonly principal: LicenceKey;
}

/** What a board can do to a licence. */
export type BoardAction =
  | IssueAction | RenewAction | ExtendAction | ChangeStatusAction | SuspendAction | RestrictAction | EncumberAction | RevokeAction | SurrenderAction | ReinstateAction
  | StayAction | LiftStayAction | AppealAction | DesignatePrincipalAction;

/** What a STAY, a REVISION, a SEAL and an APPEAL can be about. */
export type Discipline = SuspendAction | RestrictAction | EncumberAction | RevokeAction | SurrenderAction;

/** Whether an action is discipline. */
export function isDiscipline(action: BoardAction | undefined): action is Discipline {
  return action !== undefined && ['SUSPEND', 'RESTRICT', 'ENCUMBER', 'REVOKE', 'SURRENDER'].includes(action.type);
}

/** The part of an event that standing is computed from. */
export interface TimelineEntry {
  /** Position in the licence's events, from 1 without gaps. */
  readonly sequence: number;
  readonly kind: LicenceEventKind;
  /** Sequence of the event that this one is about: any event for a VOID, a STAY for a STAY_LIFTED, else an INITIAL. */
  readonly target?: number;
  /** Absent in a VOID and a SEAL. */
  readonly action?: BoardAction;
  /** When the order was entered: decided, or recorded where it does not say; of acts from which a compact counts days. */
  readonly enteredOn?: PlainDate;
}

/** Who wrote an event: organisation, role, and the SHA-256 of the certificate's name. */
export interface RecordedBy {
  readonly mspId: string;
  readonly role: string;
  readonly subject: string;
}

/** A signature under an order, by a person whom `BoardOfficer` describes. */
export interface OrderSignature {
  /** Fingerprint of the certificate. */
  readonly signer: string;
  /** Over `boardOrderBytes`, in Base64: ECDSA in DER over SHA-256, or Ed25519. */
  readonly signature: string;
}

/** An event as it lies on the ledger under its own key. */
export interface LicenceEvent extends TimelineEntry {
  readonly schema: 'licence-event/v1';
  readonly licence: LicenceKey;
  /** The board's own id of the order (all its steps carry the same), which makes a resend recognisable. */
  readonly actionId: string;
  readonly order?: BoardOrder;
  /** Of the proposer and of the approver, where the order needs two persons. */
  readonly signatures?: readonly OrderSignature[];
  /** The import that brought the event, or that a void strikes: what was known before that was not on the ledger. */
  readonly importBatch?: string;
  /** The day on which the board's own system recorded what an import brought. */
  readonly sourceRecordedAt?: PlainDate;
  /** When it was recorded: never before the licence's previous event. */
  readonly recordedAt: Instant;
  readonly recordedBy: RecordedBy;
  readonly txId: string;
  /** Digest of the licence's timeline up to and with this event: see `extendDigest`. */
  readonly digest: string;
}
