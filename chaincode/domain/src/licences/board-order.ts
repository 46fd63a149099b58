import { canonicalBytes } from '../shared/canonical-json.js';
import { isOpaqueId } from '../shared/ids.js';
import type { OpaqueId } from '../shared/ids.js';
import { timeZoneShape } from '../members/units.js';
import { flag, integer, list, object, oneOf, optional, plainDate, sha256Shape, text, variant, where } from '../shared/parse.js';
import type { Fields, Shape } from '../shared/parse.js';
import { COMPACT_RULES } from '../compacts/derived-effect.js';
import type { ForeignEvent } from '../compacts/derived-effect.js';
import { ISSUE_STATUSES } from './licence-event.js';
import type {
  BoardAction, BoardOrder, ChangeStatusAction, DesignatePrincipalAction, EncumberAction, Ending, ExtendAction, ExtendClassAction, Grace, HourOfEffect, IssueAction,
  LiftStayAction, OrderSignature, ReinstateAction, ReissueAction, RenewAction, RestrictAction, RevokeAction, StayAction, SurrenderAction, SuspendAction, TimelineEntry,
} from './licence-event.js';
import { isClass, licenceKeyShape, licenceOrClassShape } from './licence-key.js';
import type { LicenceKey } from './licence-key.js';

/**
 * One thing that an order does. The first step becomes the event after `expectedSequence`, the next one the event after
 * that, so that a step can name an earlier one of its own order ("revoked, the revocation stayed").
 */
export type BoardOrderStep = Omit<TimelineEntry, 'sequence'>;

/** What a board decides about one licence, or about a class: all steps of it are recorded, or none. */
export interface RecordBoardOrder {
  /** Chosen by the board's system, the same in every resend. */
  readonly actionId: OpaqueId;
  /** A class has `*` for its number. */
  readonly licence: LicenceKey;
  /** The last event that the board knew when it decided (0: the class has none yet); another one in between makes the order stale. */
  readonly expectedSequence: number;
  readonly order?: BoardOrder;
  readonly steps: readonly BoardOrderStep[];
}

/** An order with the signatures of its proposer and its approver, in this order; none where one person may act. */
export interface SignedBoardOrder {
  readonly order: RecordBoardOrder;
  readonly signatures: readonly OrderSignature[];
}

/**
 * What proposer and approver sign. The channel stands in it, because a second channel may have the same licence under
 * the same certificates.
 */
export function boardOrderBytes(channel: string, order: RecordBoardOrder): Uint8Array {
  return canonicalBytes({ ...order, schema: 'board-order/v1', channel });
}

const codes = list(text(/^[A-Z0-9][A-Z0-9-]{0,23}$/), 0, 16);
const someCodes = list(text(/^[A-Z0-9][A-Z0-9-]{0,23}$/), 1, 16);
const type = <const T extends string>(name: T): Shape<T> => oneOf<readonly [T]>([name]);

interface Term {
  readonly effectiveFrom: string;
  readonly effectiveThru?: string;
}

/** A period that begins before it ends. */
function period<T extends Term>(fields: Fields<T>): Shape<T> {
  return where(object<T>(fields), ({ effectiveFrom, effectiveThru }) => effectiveThru === undefined || effectiveFrom <= effectiveThru, 'INCONSISTENT');
}

/** A term; what ends by itself has a last day. */
function term<T extends Term & { readonly automaticReinstatement: boolean }>(fields: Fields<T>): Shape<T> {
  return where(period<T>(fields), ({ effectiveThru, automaticReinstatement }) => effectiveThru !== undefined || !automaticReinstatement, 'INCONSISTENT');
}

/** Reads the days after expiry. */
export const graceShape: Shape<Grace> = object<Grace>({ thru: plainDate, practice: flag });

const hour: Shape<HourOfEffect> = object<HourOfEffect>({ time: text(/^([01]\d|2[0-3]):[0-5]\d$/), zone: timeZoneShape });
const timed = { effectiveFrom: plainDate, effectiveAt: optional(hour) };
const termFields = { ...timed, effectiveThru: optional(plainDate), automaticReinstatement: flag, basisCodes: codes };
const window = where(object<ExtendClassAction['expiring']>({ from: plainDate, thru: plainDate }), ({ from, thru }) => from <= thru, 'INCONSISTENT');
const validity = { effectiveFrom: plainDate, validThru: plainDate };
const encumbrances: readonly EncumberAction['encumbrance'][] = ['PROBATION', 'CONDITION', 'REPRIMAND', 'FINE', 'MONITORING'];
const statuses: readonly ChangeStatusAction['status'][] = ['ACTIVE', 'INACTIVE', 'RETIRED', 'SUPERSEDED', 'ISSUED_IN_ERROR'];

/** Grace and validity follow each other. */
function valid<T extends { readonly effectiveFrom: string; readonly validThru?: string; readonly grace?: Grace }>(fields: Fields<T>): Shape<T> {
  return where(object<T>(fields), validityInOrder, 'INCONSISTENT');
}

/** Whether a period of validity begins before it ends, and its grace after that. */
export function validityInOrder({ effectiveFrom, validThru, grace }: { readonly effectiveFrom: string; readonly validThru?: string; readonly grace?: Grace }): boolean {
  if (validThru === undefined) return grace === undefined;
  return effectiveFrom <= validThru && (grace === undefined || validThru < grace.thru);
}

/** Whoever may never ask again has no day for it. */
function ending<T extends Ending>(fields: Fields<T>): Shape<T> {
  return where(object<T>(fields), ({ petitionFrom, permanent }) => petitionFrom === undefined || permanent === undefined, 'INCONSISTENT');
}

/** Only what was suspended before a hearing waits for one, and not longer than the suspension lasts. */
function heard({ summary, hearing, effectiveFrom }: SuspendAction): boolean {
  return hearing === undefined || (summary && effectiveFrom <= hearing.by);
}

const hearing: Shape<NonNullable<SuspendAction['hearing']>> = object({ by: plainDate, unheard: oneOf(['DISSOLVES', 'STANDS']) });
const endings = { petitionFrom: optional(plainDate), permanent: optional(where(flag, (permanent) => permanent, 'INCONSISTENT') as Shape<true>) };

/** An extension may begin after the day to which it extends: a past order, recorded late. */
function graceAfter({ validThru, grace }: ExtendAction | ExtendClassAction): boolean {
  return grace === undefined || validThru < grace.thru;
}

const foreignEvent: Shape<ForeignEvent> = object<ForeignEvent>({ licence: licenceKeyShape, event: integer(1) });

const actions = {
  ISSUE: valid<IssueAction>({ type: type('ISSUE'), effectiveFrom: plainDate, validThru: optional(plainDate), grace: optional(graceShape), status: oneOf(ISSUE_STATUSES) }),
  RENEW: valid<RenewAction>({ type: type('RENEW'), ...validity, grace: optional(graceShape) }),
  REISSUE: valid<ReissueAction>({ type: type('REISSUE'), ...validity, grace: optional(graceShape) }),
  RENEWAL_FILED: object({ type: type('RENEWAL_FILED'), effectiveFrom: plainDate, continues: flag }),
  RENEWAL_CLOSED: object({ type: type('RENEWAL_CLOSED'), effectiveFrom: plainDate, outcome: oneOf(['DENIED', 'WITHDRAWN']) }),
  EXTEND: where(object<ExtendAction>({ type: type('EXTEND'), ...validity, grace: optional(graceShape) }), graceAfter, 'INCONSISTENT'),
  EXTEND_CLASS: where(object<ExtendClassAction>({ type: type('EXTEND_CLASS'), ...validity, grace: optional(graceShape), expiring: window }), graceAfter, 'INCONSISTENT'),
  CHANGE_STATUS: object({ type: type('CHANGE_STATUS'), effectiveFrom: plainDate, status: oneOf(statuses) }),
  SUSPEND: where(term<SuspendAction>({ type: type('SUSPEND'), summary: flag, hearing: optional(hearing), ...termFields }), heard, 'INCONSISTENT'),
  RESTRICT: term<RestrictAction>({ type: type('RESTRICT'), restrictionCodes: someCodes, ...termFields }),
  ENCUMBER: term<EncumberAction>({ type: type('ENCUMBER'), encumbrance: oneOf(encumbrances), ...termFields }),
  REVOKE: ending<RevokeAction>({ type: type('REVOKE'), ...timed, ...endings, basisCodes: codes }),
  SURRENDER: ending<SurrenderAction>({ type: type('SURRENDER'), ...timed, ...endings, inLieuOfDiscipline: flag }),
  REINSTATE: where(
    object<ReinstateAction>({ type: type('REINSTATE'), ...timed, ends: list(integer(1), 0, 64), endsDerived: optional(list(foreignEvent, 1, 64)) }),
    ({ ends, endsDerived }) => ends.length > 0 || endsDerived !== undefined,
    'INCONSISTENT',
  ),
  DESIGNATE_PRINCIPAL: object<DesignatePrincipalAction>({ type: type('DESIGNATE_PRINCIPAL'), effectiveFrom: plainDate, rule: oneOf(COMPACT_RULES), principal: licenceKeyShape }),
  STAY: period<StayAction>({ type: type('STAY'), by: oneOf(['BOARD', 'COURT']), ...timed, effectiveThru: optional(plainDate), codes: optional(someCodes) }),
  LIFT_STAY: object<LiftStayAction>({ type: type('LIFT_STAY'), ...timed }),
  APPEAL: object({ type: type('APPEAL'), effectiveFrom: plainDate }),
  HEARING: object({ type: type('HEARING'), effectiveFrom: plainDate }),
};

/** One of these actions. */
function action(types: readonly (keyof typeof actions)[]): Shape<BoardAction> {
  return variant<BoardAction>('type', Object.fromEntries(types.map((name) => [name, actions[name] as Shape<BoardAction>])));
}

const discipline = ['SUSPEND', 'RESTRICT', 'ENCUMBER', 'REVOKE', 'SURRENDER'] as const;
const initial = [
  'RENEW', 'REISSUE', 'RENEWAL_FILED', 'RENEWAL_CLOSED', 'EXTEND', 'EXTEND_CLASS', 'CHANGE_STATUS', ...discipline, 'REINSTATE', 'DESIGNATE_PRINCIPAL',
] as const;

function about(kind: BoardOrderStep['kind'], types: readonly (keyof typeof actions)[]): Shape<BoardOrderStep> {
  return object({ kind: type(kind), target: integer(1), action: action(types) });
}

function striking(kind: BoardOrderStep['kind']): Shape<BoardOrderStep> {
  return object({ kind: type(kind), target: integer(1) });
}

const step: Shape<BoardOrderStep> = variant<BoardOrderStep>('kind', {
  INITIAL: object({ kind: type('INITIAL'), action: action(initial) }),
  CORRECTION: about('CORRECTION', ['ISSUE', ...initial]),
  REVISION: about('REVISION', discipline),
  STAY: about('STAY', ['STAY']),
  STAY_LIFTED: about('STAY_LIFTED', ['LIFT_STAY']),
  APPEAL: about('APPEAL', ['APPEAL']),
  HEARING: about('HEARING', ['HEARING']),
  VOID: striking('VOID'),
  SEAL: striking('SEAL'),
});

/** Reads number and day of an order. */
export const boardOrderShape: Shape<BoardOrder> = object<BoardOrder>({
  number: text(/^[A-Za-z0-9][A-Za-z0-9./-]{0,39}$/),
  decidedOn: plainDate,
  documentHash: optional(sha256Shape),
});

/** Reads an order; at most sixteen steps. A class is extended, and nothing else. */
export const recordBoardOrderShape: Shape<RecordBoardOrder> = where(
  object<RecordBoardOrder>({
    actionId: text(isOpaqueId),
    licence: licenceOrClassShape,
    expectedSequence: integer(0),
    order: optional(boardOrderShape),
    steps: list(step, 1, 16),
  }),
  ({ licence, steps }) => steps.every(({ action: done }) => done === undefined || isClass(licence) === (done.type === 'EXTEND_CLASS')),
  'INCONSISTENT',
);

/** Reads a signature. */
export const orderSignatureShape: Shape<OrderSignature> = object<OrderSignature>({ signer: sha256Shape, signature: text(/^[A-Za-z0-9+/]{16,400}={0,2}$/) });

/** Reads an order with its signatures. */
export const signedBoardOrderShape: Shape<SignedBoardOrder> = where(
  object<SignedBoardOrder>({ order: recordBoardOrderShape, signatures: list(orderSignatureShape, 0, 2) }),
  ({ signatures }) => signatures.length !== 1,
  'INCONSISTENT',
);
