import { todayIn } from '../credentialing/execution.js';
import type { OwnEffects, OwnExecution } from '../credentialing/execution.js';
import { addDays, addMonths } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import { DomainError, invalidInput, issue } from '../shared/errors.js';
import { present } from '../shared/present.js';
import type { Finding } from '../verification/verification.js';
import { authorityIn, following } from './appoint.js';
import { bylawsRulesOn, stateUnder } from './bylaws.js';
import type { AuthorityCause } from './bylaws.js';
import type { ConfirmAuthority, RecordAdverseAction, RecordFocusedEvaluation, RecordNpdbReport, RecordOngoingEvaluation } from './commands.js';
import { isReportable, NPDB_REPORT_DAYS } from './npdb-clock.js';
import type { AdverseAction, ItemState, PrivilegeItem, PrivilegesBody, PrivilegesDocument } from './privileges.js';
import { OPPE_MONTHS } from './term.js';

/** Ends, extends or sends outside one privilege's focused evaluation. Throws PRIVILEGE_NOT_FOUND and INVALID_INPUT. */
export function recordFocusedEvaluation({ privileges, code, outcome, thru }: RecordFocusedEvaluation, execution: OwnExecution): OwnEffects {
  const item = privileges.body.items.find((one) => one.code === code);
  const fppe = item?.fppe;
  if (fppe === undefined) throw new DomainError('PRIVILEGE_NOT_FOUND', { code });
  if ((outcome === 'EXTENDED') !== (thru !== undefined) || (thru !== undefined && thru <= fppe.thru)) throw invalidInput([issue('INCONSISTENT', '/body/thru')]);
  const changed = { ...fppe, outcome, ...present('thru', thru) };
  return following(privileges, { items: privileges.body.items.map((one) => (one.code === code ? { ...one, fppe: changed } : one)) }, execution);
}

/** Records an ongoing evaluation; the next is due within twelve months. Throws PRIVILEGES_NOT_AT_STEP without an appointment. */
export function recordOngoingEvaluation({ privileges, outcome }: RecordOngoingEvaluation, execution: OwnExecution): OwnEffects {
  assertAppointed(privileges);
  const on = todayIn(execution);
  const { oppe } = privileges.body;
  return following(privileges, { oppe: [...oppe, { on, by: execution.actor.actorId, outcome }], oppeDueOn: addMonths(on, OPPE_MONTHS) }, execution);
}

/**
 * A person confirms what became of the clinician's authority, and the hospital's bylaws say what follows: by the standard
 * ones, licence NONE relinquishes every privilege, LIMITED puts each under review, and without a DEA registration the
 * prescribing ones are relinquished. UNKNOWN: a task and nothing else, whatever the bylaws say. Throws
 * PRIVILEGES_NOT_AT_STEP where the authority stands.
 */
export function confirmAuthority({ privileges, cause, dea, bylaws }: ConfirmAuthority, execution: OwnExecution): OwnEffects {
  assertAppointed(privileges);
  const { body } = privileges;
  const rules = bylawsRulesOn(bylaws, execution);
  const under = (of: AuthorityCause): readonly PrivilegeItem[] => body.items.map((item) => (isUsable(item) ? { ...item, state: stateUnder(rules, of, item) ?? item.state } : item));
  if (cause === 'DEA') {
    assertDeaEnded(dea, body, execution);
    return following(privileges, { items: under('DEA_GONE') }, execution);
  }
  const authority = authorityIn(execution);
  if (authority === 'FULL') throw new DomainError('PRIVILEGES_NOT_AT_STEP', { authority });
  if (authority === 'NONE') return following(privileges, { items: under('LICENCE_NONE') }, execution);
  const tasks: PrivilegesBody['tasks'] = [...body.tasks, { openedAt: execution.now, cause: authority === 'LIMITED' ? 'LICENCE_LIMITED' : 'LICENCE_UNKNOWN' }];
  return following(privileges, { tasks, items: authority === 'LIMITED' ? under('LICENCE_LIMITED') : body.items }, execution);
}

/** Throws VERIFICATION_NOT_USABLE unless a reviewed verification says that the registration is gone. */
function assertDeaEnded(dea: ConfirmAuthority['dea'], { npi }: PrivilegesBody, execution: OwnExecution): void {
  const isOfPerson = dea?.body.npi === npi && dea.body.element === 'dea' && dea.body.review?.decision === 'accepted';
  if (!isOfPerson || !isGone(dea.body.finding, todayIn(execution))) throw new DomainError('VERIFICATION_NOT_USABLE');
}

function isGone(finding: Finding, today: PlainDate): boolean {
  if (finding.type !== 'credential') return false;
  return !finding.found || (finding.expiresOn !== undefined && finding.expiresOn < today);
}

/**
 * Records an action; one of more than 30 days, and a resignation while under investigation, is to be reported within 30
 * days. Throws PRIVILEGES_NOT_AT_STEP and PRIVILEGE_NOT_FOUND.
 */
export function recordAdverseAction({ privileges, type, codes, from, thru }: RecordAdverseAction, execution: OwnExecution): OwnEffects {
  assertAppointed(privileges);
  const { items, adverse } = privileges.body;
  const unknown = codes.find((code) => !items.some((item) => item.code === code));
  if (unknown !== undefined) throw new DomainError('PRIVILEGE_NOT_FOUND', { code: unknown });
  if (thru !== undefined && thru < from) throw invalidInput([issue('INCONSISTENT', '/body/thru')]);
  const isReported = type === 'RESIGNED_UNDER_INVESTIGATION' || isReportable({ from, ...present('thru', thru) });
  const action: AdverseAction = { type, codes, from, ...present('thru', thru), ...(isReported && { reportDueOn: addDays(from, NPDB_REPORT_DAYS) }) };
  return following(privileges, { adverse: [...adverse, action], items: moved(items, STATE_AFTER[type], ({ code }) => codes.includes(code)) }, execution);
}

const STATE_AFTER: Readonly<Record<AdverseAction['type'], ItemState>> = { SUSPENSION: 'SUSPENDED', RESTRICTION: 'UNDER_REVIEW', RESIGNED_UNDER_INVESTIGATION: 'RELINQUISHED' };

/** Records the report, and whether it came in time. Throws PRIVILEGES_NOT_AT_STEP where none is due, or it was made. */
export function recordNpdbReport({ privileges, action: index, controlNumber, sentOn }: RecordNpdbReport, execution: OwnExecution): OwnEffects {
  const { adverse } = privileges.body;
  const action = adverse[index];
  if (action?.reportDueOn === undefined || action.report !== undefined) throw new DomainError('PRIVILEGES_NOT_AT_STEP');
  if (sentOn > todayIn(execution)) throw invalidInput([issue('TOO_LARGE', '/body/sentOn')]);
  const reported = { ...action, report: { controlNumber, sentOn, late: sentOn > action.reportDueOn } };
  return following(privileges, { adverse: adverse.map((one, place) => (place === index ? reported : one)) }, execution);
}

function assertAppointed({ body }: PrivilegesDocument): void {
  if (body.stage !== 'DECIDED' || body.from === undefined) throw new DomainError('PRIVILEGES_NOT_AT_STEP', { stage: body.stage });
}

/** Items that may be used, and are concerned, in another state. */
function moved(items: readonly PrivilegeItem[], state: ItemState, concerns: (item: PrivilegeItem) => boolean): readonly PrivilegeItem[] {
  return items.map((item) => (isUsable(item) && concerns(item) ? { ...item, state } : item));
}

/** Whether a privilege was granted and is not gone. */
function isUsable({ state }: PrivilegeItem): boolean {
  return state === 'GRANTED' || state === 'MODIFIED' || state === 'UNDER_REVIEW' || state === 'SUSPENDED';
}
