import type { CredentialFileDocument } from '../credential-files/credential-file.js';
import { auditDueOn } from '../credential-files/delegation.js';
import type { DelegationDocument, RosterDocument } from '../credential-files/delegation.js';
import { gapsOn } from '../credential-files/work-files.js';
import type { ExclusionMatchDocument } from '../exclusions/exclusion-match.js';
import { npdbQueryDueOn } from '../privileging/npdb-clock.js';
import type { NpdbQuery } from '../privileging/npdb-clock.js';
import type { PracticeAuthority } from '../licences/standing.js';
import type { PrivilegesBody, PrivilegesDocument } from '../privileging/privileges.js';
import { addDays } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import type { Npi, OpaqueId } from '../shared/ids.js';
import { present } from '../shared/present.js';
import { policyOn } from '../verification/ageing-policy.js';
import type { ConsentDocument } from '../verification/consent.js';
import type { VerificationDocument } from '../verification/verification.js';
import type { CredentialKind } from './kinds.js';

/** What somebody in the office has to do. */
export const TASK_CAUSES = [
  'REVIEW_VERIFICATION', // collected, and nobody has looked at it
  'VERIFY_AGAIN', // what a file rests on does not carry its planned decision
  'SEND_NOTICE', // decided, and the practitioner was not told
  'RECREDENTIAL', // the decision has to be renewed
  'RENEW_CONSENT', // the release ends
  'CREDENTIAL_EXPIRES', // a licence, registration or certificate ends
  'DECIDE_EXCLUSION_MATCH', // a possible match waits
  'ANSWER_ROSTER', // rows of a delegate's list wait
  'AUDIT_DELEGATE', // a year since the last audit
  'FOCUSED_EVALUATION', // a privilege's focused evaluation ends
  'ONGOING_EVALUATION', // a year since the last one
  'REAPPOINT', // the term ends
  'QUERY_NPDB', // two years since the last query, or never asked
  'REPORT_TO_NPDB', // an action is to be reported
  'CONFIRM_AUTHORITY', // the registry says that the licence no longer carries the privileges
  'LOOK_AT_AUTHORITY', // still limited and under review, or still not known
  'DECIDE_APPEAL', // the practitioner appealed
] as const;

export type TaskCause = (typeof TASK_CAUSES)[number];

/** One thing to do, on which document, and by when. */
export interface CredentialingTask {
  readonly cause: TaskCause;
  readonly kind: CredentialKind;
  readonly id: OpaqueId;
  readonly npi?: Npi;
  readonly dueOn: PlainDate;
  /** CREDENTIAL_EXPIRES: the step of the ladder that is reached, in days before the end; 0 where it has ended. */
  readonly ladder?: number;
}

/** The newest versions of all that an office has. */
export interface OfficeRecords {
  readonly consents: readonly ConsentDocument[];
  readonly verifications: readonly VerificationDocument[];
  readonly files: readonly CredentialFileDocument[];
  readonly delegations: readonly DelegationDocument[];
  readonly rosters: readonly RosterDocument[];
  readonly matches: readonly ExclusionMatchDocument[];
  readonly privileges: readonly PrivilegesDocument[];
  /** What the registry says today of each clinician who holds privileges, by `authorityKey`. */
  readonly authorities: ReadonlyMap<string, PracticeAuthority>;
}

/** Names a clinician in a jurisdiction. */
export function authorityKey({ npi, jurisdiction }: Pick<PrivilegesBody, 'npi' | 'jurisdiction'>): string {
  return `${npi}~${jurisdiction}`;
}

/** Days before a credential's end on which the office is reminded. */
export const EXPIRY_LADDER = [120, 90, 60, 30, 7, 1] as const;

/** What is due through a day, as seen today, the most urgent first. */
export function credentialingTasks(records: OfficeRecords, today: PlainDate, thru: PlainDate): readonly CredentialingTask[] {
  const all = [
    ...records.consents.flatMap((one) => consentTasks(one, today)),
    ...records.verifications.flatMap((one) => verificationTasks(one, records.verifications, today)),
    ...records.files.flatMap((one) => fileTasks(one, records.verifications, today)),
    ...records.delegations.flatMap((one) => delegationTasks(one, today)),
    ...records.rosters.flatMap(rosterTasks),
    ...records.matches.flatMap(matchTasks),
    ...records.privileges.flatMap((one) => privilegesTasks(one, records, today)),
  ];
  return all.filter(({ dueOn, ladder }) => dueOn <= thru || ladder !== undefined).toSorted((first, second) => (orderOf(first) < orderOf(second) ? -1 : 1));
}

function orderOf({ dueOn, cause, id }: CredentialingTask): string {
  return `${dueOn} ${TASK_CAUSES.indexOf(cause).toString().padStart(2, '0')} ${id}`;
}

type Source = { readonly kind: CredentialKind; readonly id: OpaqueId; readonly body: unknown };

function task({ kind, id, body }: Source, cause: TaskCause, dueOn: PlainDate, ladder?: number): CredentialingTask {
  const { npi } = body as { readonly npi?: Npi };
  return { cause, kind, id, ...present('npi', npi), dueOn, ...present('ladder', ladder) };
}

function consentTasks(consent: ConsentDocument, today: PlainDate): readonly CredentialingTask[] {
  return consent.body.withdrawn !== undefined || consent.body.thru < today ? [] : [task(consent, 'RENEW_CONSENT', consent.body.thru)];
}

function verificationTasks(verification: VerificationDocument, all: readonly VerificationDocument[], today: PlainDate): readonly CredentialingTask[] {
  const { body, recorded } = verification;
  if (body.review === undefined) return [task(verification, 'REVIEW_VERIFICATION', recorded.at.slice(0, 10))];
  const expiresOn = body.review.decision === 'accepted' && body.finding.type === 'credential' ? body.finding.expiresOn : undefined;
  const ladder = expiresOn === undefined ? undefined : ladderOn(expiresOn, today);
  const isNewest = all.every((one) => one === verification || one.body.npi !== body.npi || one.body.element !== body.element || one.body.retrievedAt < body.retrievedAt);
  return expiresOn === undefined || ladder === undefined || !isNewest ? [] : [task(verification, 'CREDENTIAL_EXPIRES', expiresOn, ladder)];
}

/** The lowest step of the ladder that is reached on a day; undefined before the first. */
export function ladderOn(expiresOn: PlainDate, today: PlainDate): number | undefined {
  if (today > expiresOn) return 0;
  return EXPIRY_LADDER.filter((days) => today >= addDays(expiresOn, -days)).at(-1);
}

function fileTasks(file: CredentialFileDocument, verifications: readonly VerificationDocument[], today: PlainDate): readonly CredentialingTask[] {
  const { state, decision, notice, nextDueOn, programme } = file.body;
  const appeals = (file.body.appeals ?? []).filter(({ decided }) => decided === undefined).map(({ filedOn }) => task(file, 'DECIDE_APPEAL', filedOn));
  if (state === 'CLOSED' || state === 'TERMINATED') return appeals;
  const decidedOn = decision?.at.slice(0, 10);
  return [
    ...appeals,
    ...(decidedOn === undefined ? undecidedTasks(file, verifications, today) : []),
    ...(decidedOn !== undefined && notice === undefined ? [task(file, 'SEND_NOTICE', addDays(decidedOn, policyOn(programme, decidedOn).noticeDays))] : []),
    ...(nextDueOn === undefined ? [] : [task(file, 'RECREDENTIAL', nextDueOn)]),
  ];
}

/** A receipt that ages out between the assessment and the committee sends the file back before the committee meets. */
function undecidedTasks(file: CredentialFileDocument, verifications: readonly VerificationDocument[], today: PlainDate): readonly CredentialingTask[] {
  const { plannedDecisionOn, verified } = file.body;
  if (plannedDecisionOn === undefined) return [];
  const decisionOn = plannedDecisionOn < today ? today : plannedDecisionOn;
  const weighed = verifications.filter(({ id }) => verified.some(({ verificationId }) => verificationId === id));
  return gapsOn(file, weighed, decisionOn).length === 0 ? [] : [task(file, 'VERIFY_AGAIN', decisionOn)];
}

function delegationTasks(delegation: DelegationDocument, today: PlainDate): readonly CredentialingTask[] {
  const { thru } = delegation.body;
  return thru !== undefined && thru < today ? [] : [task(delegation, 'AUDIT_DELEGATE', auditDueOn(delegation.body))];
}

function rosterTasks(roster: RosterDocument): readonly CredentialingTask[] {
  return roster.body.rows.every(({ acknowledgement }) => acknowledgement !== undefined) ? [] : [task(roster, 'ANSWER_ROSTER', roster.recorded.at.slice(0, 10))];
}

function matchTasks(match: ExclusionMatchDocument): readonly CredentialingTask[] {
  return match.body.state === 'POTENTIAL' ? [task(match, 'DECIDE_EXCLUSION_MATCH', match.recorded.at.slice(0, 10))] : [];
}

function privilegesTasks(privileges: PrivilegesDocument, { verifications, authorities }: OfficeRecords, today: PlainDate): readonly CredentialingTask[] {
  const { body } = privileges;
  const authority = authorities.get(authorityKey(body)) ?? 'UNKNOWN';
  const reports = body.adverse.filter(({ report }) => report === undefined).flatMap(({ reportDueOn }) => reportDueOn ?? []);
  return [
    ...reports.map((dueOn) => task(privileges, 'REPORT_TO_NPDB', dueOn)),
    ...(isLost(privileges, authority) ? [task(privileges, 'CONFIRM_AUTHORITY', today)] : lookTasks(privileges, authority)),
    ...(isHeld(privileges) ? termTasks(privileges, verifications) : []),
    ...(body.stage === 'DECIDED' ? [] : [npdbTask(privileges, verifications)].filter(({ dueOn }) => dueOn <= today)),
  ];
}

/** Whether the registry says what the hospital has not confirmed yet. UNKNOWN is confirmed once, and calls for a look only. */
function isLost(privileges: PrivilegesDocument, authority: PracticeAuthority): boolean {
  const { items, tasks } = privileges.body;
  if (authority === 'FULL' || !isHeld(privileges)) return false;
  if (authority === 'LIMITED') return items.some(({ state }) => state === 'GRANTED' || state === 'MODIFIED');
  return authority === 'NONE' || tasks.every(({ cause }) => cause !== 'LICENCE_UNKNOWN');
}

/** Days within which a volunteer's licence is verified after privileges were granted in a disaster: 72 hours. */
const DISASTER_DAYS = 3;

/** What was confirmed as limited or not known stays in sight as long as it is so. */
function lookTasks(privileges: PrivilegesDocument, authority: PracticeAuthority): readonly CredentialingTask[] {
  const { items, tasks, kind } = privileges.body;
  const waits = isHeld(privileges) && (authority === 'UNKNOWN' || items.some(({ state }) => state === 'UNDER_REVIEW'));
  const opened = tasks.at(-1)?.openedAt.slice(0, 10);
  if (opened === undefined || !waits) return [];
  return [task(privileges, 'LOOK_AT_AUTHORITY', kind === 'disaster' ? addDays(opened, DISASTER_DAYS) : opened)];
}

/** Whether any privilege is held that evaluations and the term concern. */
export function isHeld({ body: { items, thru } }: PrivilegesDocument): boolean {
  return thru !== undefined && items.some(({ state }) => state === 'GRANTED' || state === 'MODIFIED' || state === 'UNDER_REVIEW');
}

function termTasks(privileges: PrivilegesDocument, verifications: readonly VerificationDocument[]): readonly CredentialingTask[] {
  const { items, oppeDueOn, thru, kind } = privileges.body;
  const open = items.flatMap(({ fppe, state }) => (fppe === undefined || isDone(fppe.outcome) || state === 'RELINQUISHED' ? [] : fppe.thru));
  return [
    ...open.map((dueOn) => task(privileges, 'FOCUSED_EVALUATION', dueOn)),
    ...(oppeDueOn === undefined ? [] : [task(privileges, 'ONGOING_EVALUATION', oppeDueOn)]),
    ...(thru === undefined || kind === 'temporary' || kind === 'disaster' ? [] : [task(privileges, 'REAPPOINT', thru), npdbTask(privileges, verifications)]),
  ];
}

function isDone(outcome: string | undefined): boolean {
  return outcome === 'COMPLETED';
}

function npdbTask(privileges: PrivilegesDocument, verifications: readonly VerificationDocument[]): CredentialingTask {
  return task(privileges, 'QUERY_NPDB', npdbQueryDueOn(privileges.body.appliedOn ?? privileges.body.requestedOn, npdbQueriesOf(privileges.body.npi, verifications)));
}

/** The data bank's queries about a clinician, as the receipts tell. */
export function npdbQueriesOf(npi: Npi, verifications: readonly VerificationDocument[]): readonly NpdbQuery[] {
  return verifications.flatMap(({ body }) => (body.npi === npi && body.finding.type === 'npdb' ? [{ on: body.retrievedAt.slice(0, 10), query: body.finding.query }] : []));
}
