import { opaqueId, ownDocumentShape } from '../documents/document.js';
import type { OwnDocument } from '../documents/document.js';
import type { OwnEffects, OwnExecution, OwnPreconditions } from '../credentialing/execution.js';
import { NOTHING_ASKED, nextVersion, recordedDocument } from '../credentialing/execution.js';
import type { Instant, PlainDate } from '../shared/dates.js';
import { addMonths, covers } from '../shared/dates.js';
import { DomainError, invalidInput, issue } from '../shared/errors.js';
import type { Npi, OpaqueId } from '../shared/ids.js';
import { flag, freeText, instant, integer, list, npiShape, object, oneOf, optional, plainDate, sha256Shape, text } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';

/** What may be left to a delegate. */
export const DELEGATED_FUNCTIONS = ['verification', 'decision', 'monitoring', 'recredentialing'] as const;

/** An agreement under which somebody credentials in the owner's name; the owner stays responsible and audits yearly. */
export interface DelegationBody {
  readonly delegate: string;
  readonly functions: readonly (typeof DELEGATED_FUNCTIONS)[number][];
  readonly from: PlainDate;
  readonly thru?: PlainDate;
  /** The delegate leaves functions to others in turn. */
  readonly subDelegated: boolean;
  readonly documentHash: string;
  /** Days on which the owner audited the delegate, ascending. */
  readonly audits: readonly PlainDate[];
}

export type DelegationDocument = OwnDocument<'delegation', DelegationBody>;

/** One clinician in a delegate's monthly list. */
export interface RosterRow {
  readonly row: number;
  readonly npi: Npi;
  readonly change: 'ADDED' | 'KEPT' | 'REMOVED';
  readonly decidedOn: PlainDate;
  readonly acknowledgement?: { readonly answer: 'ACCEPTED' | 'REJECTED'; readonly reason?: string; readonly by: string; readonly at: Instant };
}

/** A delegate's list for a month. */
export interface RosterBody {
  readonly delegationId: OpaqueId;
  /** YYYY-MM. */
  readonly month: string;
  readonly rows: readonly RosterRow[];
}

export type RosterDocument = OwnDocument<'roster', RosterBody>;

/** Records an agreement, or a new version of it (an audit, an end). */
export interface RecordDelegation {
  readonly verb: 'recordDelegation';
  readonly delegationId: OpaqueId;
  readonly previous?: DelegationDocument;
  readonly delegation: DelegationBody;
}

/** Takes in a delegate's list. */
export interface ReceiveRoster {
  readonly verb: 'receiveRoster';
  readonly rosterId: OpaqueId;
  readonly delegation: DelegationDocument;
  readonly month: string;
  readonly rows: readonly Omit<RosterRow, 'acknowledgement'>[];
}

/** Answers rows of it, one by one. */
export interface AcknowledgeRoster {
  readonly verb: 'acknowledgeRoster';
  readonly roster: RosterDocument;
  readonly answers: readonly { readonly row: number; readonly answer: 'ACCEPTED' | 'REJECTED'; readonly reason?: string }[];
}

export type DelegationCommand = RecordDelegation | ReceiveRoster | AcknowledgeRoster;

const delegationBody: Shape<DelegationBody> = object<DelegationBody>({
  delegate: freeText(1, 200), functions: list(oneOf(DELEGATED_FUNCTIONS), 1, 4), from: plainDate, thru: optional(plainDate), subDelegated: flag,
  documentHash: sha256Shape, audits: list(plainDate, 0, 100),
});
const month = text(/^(19|20|21)\d\d-(0[1-9]|1[0-2])$/);
const rowFields = { row: integer(1), npi: npiShape, change: oneOf(['ADDED', 'KEPT', 'REMOVED']), decidedOn: plainDate } as const;
const answer = oneOf(['ACCEPTED', 'REJECTED']);

/** Reads a recorded agreement. */
export const delegationShape: Shape<DelegationDocument> = ownDocumentShape('delegation', delegationBody);

/** Reads a recorded list. */
export const rosterShape: Shape<RosterDocument> = ownDocumentShape('roster', object<RosterBody>({
  delegationId: opaqueId, month,
  rows: list(object<RosterRow>({ ...rowFields, acknowledgement: optional(object<NonNullable<RosterRow['acknowledgement']>>({ answer, reason: optional(freeText(1, 500)), by: freeText(1, 200), at: instant })) })),
}));

/** Reads each of these commands. */
export const delegationShapes: { readonly [V in DelegationCommand['verb']]: Shape<Extract<DelegationCommand, { readonly verb: V }>> } = {
  recordDelegation: object<RecordDelegation>({ verb: oneOf(['recordDelegation']), delegationId: opaqueId, previous: optional(delegationShape), delegation: delegationBody }),
  receiveRoster: object<ReceiveRoster>({
    verb: oneOf(['receiveRoster']), rosterId: opaqueId, delegation: delegationShape, month, rows: list(object<ReceiveRoster['rows'][number]>(rowFields), 1, 1000),
  }),
  acknowledgeRoster: object<AcknowledgeRoster>({
    verb: oneOf(['acknowledgeRoster']), roster: rosterShape, answers: list(object<AcknowledgeRoster['answers'][number]>({ row: integer(1), answer, reason: optional(freeText(1, 500)) }), 1, 1000),
  }),
};

/** What such a command rests on. */
export function delegationPreconditions(command: DelegationCommand): OwnPreconditions {
  if (command.verb === 'recordDelegation') return { ...NOTHING_ASKED, documents: command.previous === undefined ? [] : [command.previous] };
  return { ...NOTHING_ASKED, documents: [command.verb === 'receiveRoster' ? command.delegation : command.roster] };
}

/** Throws INVALID_INPUT for days in the wrong order, an audit that is taken away, or another agreement's previous version. */
export function recordDelegation({ delegationId, previous, delegation }: RecordDelegation, execution: OwnExecution): OwnEffects {
  if (delegation.thru !== undefined && delegation.thru < delegation.from) throw invalidInput([issue('INCONSISTENT', '/body/delegation/thru')]);
  if (previous !== undefined && previous.id !== delegationId) throw invalidInput([issue('INCONSISTENT', '/body/previous')]);
  if ((previous?.body.audits ?? []).some((day) => !delegation.audits.includes(day))) throw invalidInput([issue('INCONSISTENT', '/body/delegation/audits')]);
  return recordedDocument(execution, 'delegation', previous === undefined ? { id: delegationId, version: 1 } : nextVersion(previous), delegation);
}

/** Throws DELEGATION_NOT_IN_FORCE where the agreement covers neither the month's first nor last part; INVALID_INPUT for a row twice. */
export function receiveRoster({ rosterId, delegation, month: of, rows }: ReceiveRoster, execution: OwnExecution): OwnEffects {
  if (!covers(delegation.body, `${of}-01`)) throw new DomainError('DELEGATION_NOT_IN_FORCE');
  if (new Set(rows.map(({ row }) => row)).size !== rows.length) throw invalidInput([issue('DUPLICATE', '/body/rows')]);
  const body: RosterBody = { delegationId: delegation.id, month: of, rows };
  return recordedDocument(execution, 'roster', { id: rosterId, version: 1 }, body);
}

/** Throws ROSTER_ROW_NOT_FOUND, and INVALID_INPUT for a rejection without reason. */
export function acknowledgeRoster({ roster, answers }: AcknowledgeRoster, execution: OwnExecution): OwnEffects {
  const given = new Map(answers.map((one) => [one.row, one]));
  const missing = answers.find(({ row }) => !roster.body.rows.some((one) => one.row === row));
  if (missing !== undefined) throw new DomainError('ROSTER_ROW_NOT_FOUND', { row: missing.row });
  if (answers.some((one) => one.answer === 'REJECTED' && one.reason === undefined)) throw invalidInput([issue('REQUIRED', '/body/answers')]);
  const { actor: { actorId: by }, now: at } = execution;
  const rows = roster.body.rows.map((row): RosterRow => {
    const found = given.get(row.row);
    if (found === undefined) return row;
    const { row: _, ...said } = found;
    return { ...row, acknowledgement: { ...said, by, at } };
  });
  return recordedDocument(execution, 'roster', nextVersion(roster), { ...roster.body, rows });
}

/** By when the owner has to audit the delegate again: a year after the last audit, or after the beginning. */
export function auditDueOn({ audits, from }: DelegationBody): PlainDate {
  return addMonths(audits.at(-1) ?? from, 12);
}
