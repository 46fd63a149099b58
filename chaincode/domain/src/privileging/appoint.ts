import type { OwnEffects, OwnExecution, OwnPreconditions } from '../credentialing/execution.js';
import { NOTHING_ASKED, nextVersion, recordedDocument, todayIn } from '../credentialing/execution.js';
import type { CredentialFileDocument } from '../credential-files/credential-file.js';
import type { StandingQuery } from '../licences/standing-query.js';
import type { PracticeAuthority } from '../licences/standing.js';
import { addMonths } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import { DomainError, invalidInput, issue } from '../shared/errors.js';
import { present } from '../shared/present.js';
import type { ConcludeReview, DecidePrivileges, GrantByProxy, GrantTemporaryPrivileges, ItemDecision, NewFppe, PrivilegingCommand, RecommendPrivileges, RequestPrivileges } from './commands.js';
import { STAGES } from './privileges.js';
import type { Fppe, PrivilegeItem, PrivilegesBody, PrivilegesDocument } from './privileges.js';
import { assertTemporary, OPPE_MONTHS, termThru } from './term.js';

/** What such a command rests on: recorded documents, and where practice is granted or ends, the registry's answer of today. */
export function privilegingPreconditions(command: PrivilegingCommand, today: PlainDate): OwnPreconditions {
  switch (command.verb) {
    case 'requestPrivileges':
      return NOTHING_ASKED;
    case 'grantTemporaryPrivileges':
    case 'grantByProxy':
      return { documents: [], standings: [standingOf(command, today)] };
    case 'decidePrivileges':
    case 'concludeReview':
      return { documents: [command.privileges], standings: [standingOf(command.privileges.body, today)] };
    case 'confirmAuthority':
      return {
        documents: [command.privileges, command.dea, command.bylaws].filter((one) => one !== undefined),
        standings: command.cause === 'LICENCE' ? [standingOf(command.privileges.body, today)] : [],
      };
    case 'recommendPrivileges':
      return { ...NOTHING_ASKED, documents: [command.privileges, ...(command.file === undefined ? [] : [command.file])] };
    default:
      return { ...NOTHING_ASKED, documents: [command.privileges] };
  }
}

function standingOf({ npi, jurisdiction }: Pick<PrivilegesBody, 'npi' | 'jurisdiction'>, today: PlainDate): StandingQuery {
  return { npi, jurisdiction, from: today, thru: today };
}

/** What the registry answered in this transaction; UNKNOWN where it did not. */
export function authorityIn({ registry }: OwnExecution): PracticeAuthority {
  return registry.standings[0]?.periods[0]?.authority ?? 'UNKNOWN';
}

/** Throws INVALID_INPUT for an item that is named twice, and a first application that lies ahead. */
export function requestPrivileges({ verb: _, privilegesId, items, ...person }: RequestPrivileges, execution: OwnExecution): OwnEffects {
  assertDistinctCodes(items);
  if (person.appliedOn !== undefined && person.appliedOn > todayIn(execution)) throw invalidInput([issue('TOO_LARGE', '/body/appliedOn')]);
  const body: PrivilegesBody = {
    ...person, kind: 'regular', stage: 'REQUESTED', items: items.map((item) => ({ ...item, state: 'REQUESTED' })), steps: [], requestedOn: todayIn(execution), oppe: [], adverse: [], tasks: [],
  };
  return recordedDocument(execution, 'privileges', { id: privilegesId, version: 1 }, body);
}

/**
 * Passes an application on, one stage after the other. Throws PRIVILEGES_NOT_AT_STEP, and FILE_NOT_COMPLETE where
 * verifications are to be complete and the clinician's file does not say so.
 */
export function recommendPrivileges({ privileges, stage, recommendation, file }: RecommendPrivileges, execution: OwnExecution): OwnEffects {
  const { body } = privileges;
  if (STAGES.indexOf(stage) !== STAGES.indexOf(body.stage) + 1) throw new DomainError('PRIVILEGES_NOT_AT_STEP', { stage: body.stage });
  if (stage === 'PSV_COMPLETE' && !isComplete(file, body)) throw new DomainError('FILE_NOT_COMPLETE');
  const step = { stage, by: execution.actor.actorId, at: execution.now, recommendation };
  return following(privileges, { stage, steps: [...body.steps, step] }, execution);
}

function isComplete(file: CredentialFileDocument | undefined, { npi, jurisdiction }: PrivilegesBody): boolean {
  const states: readonly string[] = ['READY', 'APPROVED', 'MONITORED'];
  return file !== undefined && file.body.npi === npi && file.body.jurisdiction === jurisdiction && file.body.gaps.length === 0 && states.includes(file.body.state);
}

/**
 * Decides items from today on; an FPPE begins for each that is granted, and the year to the first OPPE. What is deferred
 * is decided another time; while all of it is, the application waits with the governing body. Throws
 * PRIVILEGES_NOT_AT_STEP, LICENCE_AUTHORITY_NEEDED, PERIOD_TOO_LONG and INVALID_INPUT.
 */
export function decidePrivileges({ privileges, decisions, months }: DecidePrivileges, execution: OwnExecution): OwnEffects {
  const { body } = privileges;
  const from = todayIn(execution);
  const open = openItems(body);
  assertDistinctCodes(decisions);
  if (decisions.length !== open.length || decisions.some(({ code }) => !open.includes(code))) throw invalidInput([issue('INCONSISTENT', '/body/decisions')]);
  const outcomes = decisions.map(({ outcome }) => outcome);
  const isGrant = outcomes.some((outcome) => outcome === 'GRANTED' || outcome === 'MODIFIED');
  if (isGrant) assertAuthority(execution, ['FULL', 'LIMITED']);
  const thru = termThru(from, months, body.jurisdiction);
  const items = body.items.map((item) => decided(item, decisions.find(({ code }) => code === item.code), from));
  const stage = body.stage === 'MEC' && outcomes.every((outcome) => outcome === 'DEFERRED') ? 'MEC' : 'DECIDED';
  const step = { stage, by: execution.actor.actorId, at: execution.now, recommendation: isGrant ? 'granted' : outcomes.includes('DEFERRED') ? 'deferred' : 'denied' } as const;
  // What is granted later joins the term that runs.
  const term = isGrant && body.from === undefined ? { from, thru, oppeDueOn: addMonths(from, OPPE_MONTHS) } : {};
  return following(privileges, { stage, items, steps: [...body.steps, step], ...term }, execution);
}

/** Codes that the governing body may decide now. Throws PRIVILEGES_NOT_AT_STEP where there are none. */
function openItems({ stage, items }: PrivilegesBody): readonly string[] {
  const open = stage === 'MEC' ? items : stage === 'DECIDED' ? items.filter(({ state }) => state === 'DEFERRED') : [];
  if (open.length === 0) throw new DomainError('PRIVILEGES_NOT_AT_STEP', { stage });
  return open.map(({ code }) => code);
}

function decided(item: PrivilegeItem, decision: ItemDecision | undefined, from: PlainDate): PrivilegeItem {
  if (decision === undefined) return item;
  const { outcome, modification, fppe } = decision;
  const isGranted = outcome === 'GRANTED' || outcome === 'MODIFIED';
  if (isGranted !== (fppe !== undefined)) throw invalidInput([issue('INCONSISTENT', '/body/decisions/fppe')]);
  assertModification(outcome, modification, '/body/decisions/modification');
  return { ...item, state: outcome, ...present('modification', modification), ...present('fppe', fppe && fppeFrom(fppe, from)) };
}

function assertModification(outcome: string, modification: string | undefined, path: string): void {
  if ((outcome === 'MODIFIED') !== (modification !== undefined)) throw invalidInput([issue('INCONSISTENT', path)]);
}

/**
 * Ends reviews and suspensions. Only who may practise gets privileges back. Throws PRIVILEGES_NOT_AT_STEP for a privilege
 * that is not under review or suspended, PRIVILEGE_NOT_FOUND, LICENCE_AUTHORITY_NEEDED and INVALID_INPUT.
 */
export function concludeReview({ privileges, conclusions, reason }: ConcludeReview, execution: OwnExecution): OwnEffects {
  const { items, steps } = privileges.body;
  assertDistinctCodes(conclusions);
  for (const { code, outcome, modification } of conclusions) {
    const state = items.find((item) => item.code === code)?.state;
    if (state === undefined) throw new DomainError('PRIVILEGE_NOT_FOUND', { code });
    if (state !== 'UNDER_REVIEW' && state !== 'SUSPENDED') throw new DomainError('PRIVILEGES_NOT_AT_STEP', { code });
    assertModification(outcome, modification, '/body/conclusions/modification');
  }
  if (conclusions.some(({ outcome }) => outcome !== 'RELINQUISHED')) assertAuthority(execution, ['FULL', 'LIMITED']);
  const changed = items.map((item): PrivilegeItem => {
    const { code: _, outcome: state, ...rest } = conclusions.find(({ code }) => code === item.code) ?? { code: item.code, outcome: item.state };
    return { ...item, state, ...rest };
  });
  const step = { stage: 'DECIDED', by: execution.actor.actorId, at: execution.now, recommendation: reason } as const;
  return following(privileges, { items: changed, steps: [...steps, step] }, execution);
}

/**
 * Grants telemedicine privileges on a distant hospital's decision, under a written agreement, to a clinician whom the
 * registry knows as licensed where the patients are (42 CFR 482.12(a)(8), 482.22(a)(3)). Throws LICENCE_AUTHORITY_NEEDED,
 * PERIOD_TOO_LONG and INVALID_INPUT.
 */
export function grantByProxy(command: GrantByProxy, execution: OwnExecution): OwnEffects {
  const { privilegesId, npi, jurisdiction, formVersion, site, agreementHash, listHash, items, months } = command;
  const from = todayIn(execution);
  assertDistinctCodes(items);
  assertAuthority(execution, ['FULL', 'LIMITED']);
  const step = { stage: 'DECIDED', by: execution.actor.actorId, at: execution.now, recommendation: 'granted' } as const;
  const body: PrivilegesBody = {
    npi, jurisdiction, formVersion, kind: 'telemedicine', proxy: { site, agreementHash, listHash }, stage: 'DECIDED', steps: [step], requestedOn: from,
    from, thru: termThru(from, months, jurisdiction), oppe: [], oppeDueOn: addMonths(from, OPPE_MONTHS), adverse: [], tasks: [],
    items: items.map(({ fppe, ...item }) => ({ ...item, state: 'GRANTED', fppe: fppeFrom(fppe, from) })),
  };
  return recordedDocument(execution, 'privileges', { id: privilegesId, version: 1 }, body);
}

/**
 * Grants for a time, at most 120 days. A temporary grant needs the registry's word that the clinician may practise; in a
 * disaster it may be unknown, never NONE. Throws LICENCE_AUTHORITY_NEEDED, PERIOD_TOO_LONG and INVALID_INPUT.
 */
export function grantTemporaryPrivileges(command: GrantTemporaryPrivileges, execution: OwnExecution): OwnEffects {
  const { privilegesId, npi, jurisdiction, formVersion, kind, need, items, thru } = command;
  const from = todayIn(execution);
  assertDistinctCodes(items);
  assertTemporary(from, thru);
  assertAuthority(execution, kind === 'disaster' ? ['FULL', 'LIMITED', 'UNKNOWN'] : ['FULL', 'LIMITED']);
  const step = { stage: 'DECIDED', by: execution.actor.actorId, at: execution.now, recommendation: need } as const;
  const body: PrivilegesBody = {
    npi, jurisdiction, formVersion, kind, stage: 'DECIDED', steps: [step], requestedOn: from, from, thru, oppe: [], adverse: [],
    tasks: authorityIn(execution) === 'UNKNOWN' ? [{ openedAt: execution.now, cause: 'LICENCE_UNKNOWN' }] : [],
    items: items.map(({ fppe, ...item }) => ({ ...item, state: 'GRANTED', fppe: fppeFrom(fppe, from) })),
  };
  return recordedDocument(execution, 'privileges', { id: privilegesId, version: 1 }, body);
}

function fppeFrom(fppe: NewFppe, from: PlainDate): Fppe {
  if (fppe.thru < from) throw invalidInput([issue('TOO_SMALL', '/body/fppe/thru')]);
  return { ...fppe, from };
}

function assertAuthority(execution: OwnExecution, allowed: readonly PracticeAuthority[]): void {
  const authority = authorityIn(execution);
  if (!allowed.includes(authority)) throw new DomainError('LICENCE_AUTHORITY_NEEDED', { authority });
}

function assertDistinctCodes(items: readonly { readonly code: string }[]): void {
  if (new Set(items.map(({ code }) => code)).size !== items.length) throw invalidInput([issue('DUPLICATE', '/body/items')]);
}

/** The next version of privileges, with these changes. */
export function following(privileges: PrivilegesDocument, changes: Partial<PrivilegesBody>, execution: OwnExecution): OwnEffects {
  return recordedDocument(execution, 'privileges', nextVersion(privileges), { ...privileges.body, ...changes });
}
