import type { Instant, PlainDate } from '../shared/dates.js';
import type { CompactRuleId, ForeignEvent } from '../compacts/derived-effect.js';
import type { LicenceKey } from './licence-key.js';

/**
 * What happened to a licence, once and for ever: an event is never edited. INITIAL is a board's action. CORRECTION puts
 * other particulars of the same type of action in the place of the target's, as if they had always been; REVISION changes
 * them from its own date on (a court modifies an order). VOID makes the target never have been, and SEAL too, after which
 * readers no longer show it. STAY suspends the effect of an action, STAY_LIFTED ends a stay, APPEAL changes nothing, HEARING
 * says that a summary suspension was heard. All take effect for what is known from their own position on; what was known before stays what it was.
 */
export type LicenceEventKind = 'INITIAL' | 'CORRECTION' | 'REVISION' | 'VOID' | 'SEAL' | 'STAY' | 'STAY_LIFTED' | 'APPEAL' | 'HEARING';

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

/** A licence that lapsed becomes valid again, for the future only; what it was in between it stays. */
export interface ReissueAction extends Omit<RenewAction, 'type'> {
  readonly type: 'REISSUE';
}

/**
 * An application for renewal that is complete. `continues`: by the board's law a licence whose renewal was asked for in
 * time, on its last valid day at the latest, does not expire before the board has decided (5 U.S.C. 558(c) and the
 * states' acts alike). Decided by the next RENEW or RENEWAL_CLOSED that is recorded.
 */
export interface RenewalFiledAction {
  readonly type: 'RENEWAL_FILED';
  readonly effectiveFrom: PlainDate;
  readonly continues: boolean;
}

/** The application for renewal was denied or taken back; from this day on (a denial's may be the last for an appeal) the licence does not continue by it. */
export interface RenewalClosedAction {
  readonly type: 'RENEWAL_CLOSED';
  readonly effectiveFrom: PlainDate;
  readonly outcome: 'DENIED' | 'WITHDRAWN';
}

/** A licence stays valid at least through a day, by an executive order; its grace becomes the order's where that names one. */
export interface ExtendAction {
  readonly type: 'EXTEND';
  readonly effectiveFrom: PlainDate;
  readonly validThru: PlainDate;
  readonly grace?: Grace;
}

/**
 * Every licence of a class whose last valid day, by its own events or by an earlier extension, lies in a window stays
 * valid at least through a day. Recorded once, in the timeline of the class, and applied where standing is asked.
 */
export interface ExtendClassAction extends Omit<ExtendAction, 'type'> {
  readonly type: 'EXTEND_CLASS';
  readonly expiring: { readonly from: PlainDate; readonly thru: PlainDate };
}

/** A change that is no discipline: inactive or retired at the holder's wish, superseded, issued in error, active again. */
export interface ChangeStatusAction {
  readonly type: 'CHANGE_STATUS';
  readonly effectiveFrom: PlainDate;
  readonly status: 'ACTIVE' | 'INACTIVE' | 'RETIRED' | 'SUPERSEDED' | 'ISSUED_IN_ERROR';
}

/**
 * The hour from which an act is in force on its first day, on the board's own clock. A day's answer cannot tell its hours:
 * where the act changes what the holder may do, that day is UNKNOWN, for a person to say.
 */
export interface HourOfEffect {
  /** `HH:MM`. */
  readonly time: string;
  /** The board's time zone, for example `America/Los_Angeles`. */
  readonly zone: string;
}

/** When an act takes effect. */
export interface TimedAct {
  readonly effectiveFrom: PlainDate;
  readonly effectiveAt?: HourOfEffect;
}

/** When a licence that ended can be asked for again: never, or not before a day; absent: the order does not say. */
export interface Ending {
  readonly petitionFrom?: PlainDate;
  readonly permanent?: true;
}

/** The holder gave the licence up, and the board accepted it. */
export interface SurrenderAction extends TimedAct, Ending {
  readonly type: 'SURRENDER';
  readonly inLieuOfDiscipline: boolean;
}

/** Discipline other than a restriction of scope; a reprimand, a fine and monitoring leave the authority whole. */
export interface EncumberAction extends TimedAct {
  readonly type: 'ENCUMBER';
  readonly encumbrance: 'PROBATION' | 'CONDITION' | 'REPRIMAND' | 'FINE' | 'MONITORING';
  readonly effectiveThru?: PlainDate;
  readonly automaticReinstatement: boolean;
  readonly basisCodes: readonly string[];
}

/** By whom and how long an action has no effect; `codes`: only those codes of a restriction. */
export interface StayAction extends TimedAct {
  readonly type: 'STAY';
  readonly by: 'BOARD' | 'COURT';
  readonly effectiveThru?: PlainDate;
  readonly codes?: readonly string[];
}

/** From when a stay no longer holds. */
export interface LiftStayAction extends TimedAct {
  readonly type: 'LIFT_STAY';
}

/** Since when an appeal is pending. */
export interface AppealAction {
  readonly type: 'APPEAL';
  readonly effectiveFrom: PlainDate;
}

/** The day on which the hearing of a summary suspension was held. */
export interface HearingAction {
  readonly type: 'HEARING';
  readonly effectiveFrom: PlainDate;
}

/** The holder may not practise. `summary`: before a hearing, because of danger. */
export interface SuspendAction extends TimedAct {
  readonly type: 'SUSPEND';
  readonly summary: boolean;
  /** The last day for the hearing of a summary suspension, and what becomes of it after that day where there was none. */
  readonly hearing?: { readonly by: PlainDate; readonly unheard: 'DISSOLVES' | 'STANDS' };
  /** The last day of a fixed term. */
  readonly effectiveThru?: PlainDate;
  /** The suspension ends by itself after its last day; otherwise it stays until it is reinstated. */
  readonly automaticReinstatement: boolean;
  readonly basisCodes: readonly string[];
}

/** The holder may practise within limits (probation, a condition, a restriction of scope), told by codes. */
export interface RestrictAction extends TimedAct {
  readonly type: 'RESTRICT';
  readonly restrictionCodes: readonly string[];
  readonly effectiveThru?: PlainDate;
  readonly automaticReinstatement: boolean;
  readonly basisCodes: readonly string[];
}

/** The licence ends by an order. */
export interface RevokeAction extends TimedAct, Ending {
  readonly type: 'REVOKE';
  readonly basisCodes: readonly string[];
}

/** Ends the encumbrances, the revocation or the surrender that it names. */
export interface ReinstateAction extends TimedAct {
  readonly type: 'REINSTATE';
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

/** What a board can do to a licence, or (EXTEND_CLASS) to a class of them. */
export type BoardAction =
  | IssueAction | RenewAction | ReissueAction | RenewalFiledAction | RenewalClosedAction | ExtendAction | ExtendClassAction | ChangeStatusAction
  | SuspendAction | RestrictAction | EncumberAction | RevokeAction | SurrenderAction | ReinstateAction
  | StayAction | LiftStayAction | AppealAction | HearingAction | DesignatePrincipalAction;

/** What a STAY, a REVISION, a SEAL, an APPEAL and a HEARING can be about. */
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
