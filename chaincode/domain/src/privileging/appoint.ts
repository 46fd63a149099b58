import type { OwnEffects, OwnExecution, OwnPreconditions } from '../credentialing/execution.js';
import { NOTHING_ASKED, nextVersion, recordedDocument, todayIn } from '../credentialing/execution.js';
import type { CredentialFileDocument } from '../credential-files/credential-file.js';
import type { StandingQuery } from '../licences/standing-query.js';
import type { PracticeAuthority } from '../licences/standing.js';
import { addMonths } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import { DomainError, invalidInput, issue } from '../shared/errors.js';
import { present } from '../shared/present.js';
import type { DecidePrivileges, GrantTemporaryPrivileges, ItemDecision, NewFppe, PrivilegingCommand, RecommendPrivileges, RequestPrivileges } from './commands.js';
import { STAGES } from './privileges.js';
import type { Fppe, PrivilegeItem, PrivilegesBody, PrivilegesDocument } from './privileges.js';
import { assertTemporary, OPPE_MONTHS, termThru } from './term.js';

/** What such a command rests on: recorded documents, and where practice is granted or ends, the registry's answer of today. */
export function privilegingPreconditions(command: PrivilegingCommand, today: PlainDate): OwnPreconditions {
  switch (command.verb) {
    case 'requestPrivileges':
      return NOTHING_ASKED;
    case 'grantTemporaryPrivileges':
      return { documents: [], standings: [standingOf(command, today)] };
    case 'decidePrivileges':
      return { documents: [command.privileges], standings: [standingOf(command.privileges.body, today)] };
    case 'confirmAuthority':
      return { documents: [command.privileges, ...(command.dea === undefined ? [] : [command.dea])], standings: command.cause === 'LICENCE' ? [standingOf(command.privileges.body, today)] : [] };
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
 * Decides every item from today on; an FPPE begins for each that is granted, and the year to the first OPPE. Throws
 * PRIVILEGES_NOT_AT_STEP, LICENCE_AUTHORITY_NEEDED, PERIOD_TOO_LONG and INVALID_INPUT.
 */
export function decidePrivileges({ privileges, decisions, months }: DecidePrivileges, execution: OwnExecution): OwnEffects {
  const { body } = privileges;
  const from = todayIn(execution);
  if (body.stage !== 'MEC') throw new DomainError('PRIVILEGES_NOT_AT_STEP', { stage: body.stage });
  assertDistinctCodes(decisions);
  if (decisions.length !== body.items.length) throw invalidInput([issue('INCONSISTENT', '/body/decisions')]);
  const isGrant = decisions.some(({ outcome }) => outcome !== 'DENIED');
  if (isGrant) assertAuthority(execution, ['FULL', 'LIMITED']);
  const thru = termThru(from, months, body.jurisdiction);
  const items = body.items.map((item) => decided(item, decisions.find(({ code }) => code === item.code), from));
  const step = { stage: 'DECIDED', by: execution.actor.actorId, at: execution.now, recommendation: isGrant ? 'granted' : 'denied' } as const;
  const term = isGrant ? { from, thru, oppeDueOn: addMonths(from, OPPE_MONTHS) } : {};
  return following(privileges, { stage: 'DECIDED', items, steps: [...body.steps, step], ...term }, execution);
}

function decided(item: PrivilegeItem, decision: ItemDecision | undefined, from: PlainDate): PrivilegeItem {
  if (decision === undefined) throw invalidInput([issue('INCONSISTENT', '/body/decisions')]);
  const { outcome, modification, fppe } = decision;
  if ((outcome === 'DENIED') === (fppe !== undefined)) throw invalidInput([issue('INCONSISTENT', '/body/decisions/fppe')]);
  if ((outcome === 'MODIFIED') !== (modification !== undefined)) throw invalidInput([issue('INCONSISTENT', '/body/decisions/modification')]);
  return { ...item, state: outcome, ...present('modification', modification), ...present('fppe', fppe && fppeFrom(fppe, from)) };
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
