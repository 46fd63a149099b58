import { newDocument } from '../documents/execution.js';
import type { Recording } from '../documents/execution.js';
import { nextVersion } from '../credentialing/execution.js';
import { assertMayIssue } from '../licences/issue-licences.js';
import { classOf, EVERY_NUMBER, licenceId } from '../licences/licence-key.js';
import type { LicenceKey } from '../licences/licence-key.js';
import type { RegistryExecution } from '../members/registry-execution.js';
import { addDays } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import { DomainError, invalidInput, issue } from '../shared/errors.js';
import type { ApplicationBody, ApplicationCommand, ApplicationDocument, ApplicationFor, ApplicationState, ApplicationStep, FileApplication, StepApplication } from './application.js';

/** What a command of a board about an application is carried out with. */
export interface ApplicationExecution extends Recording {
  readonly registry: RegistryExecution;
}

/** Of whom each step is: a denial is the board's own decision. */
const ROLES: Readonly<Record<ApplicationState, readonly string[]>> = {
  FILED: ['registrar'], UNDER_REVIEW: ['registrar'], DENIED: ['board-member'], WITHDRAWN: ['registrar'], ISSUED: ['registrar'],
};

/** What can follow what. A denied application is taken up again where an appeal succeeds; withdrawn and issued ones have ended. */
const NEXT: Readonly<Record<ApplicationState, readonly ApplicationState[]>> = {
  FILED: ['UNDER_REVIEW', 'WITHDRAWN'], UNDER_REVIEW: ['DENIED', 'WITHDRAWN', 'ISSUED'], DENIED: ['UNDER_REVIEW'], WITHDRAWN: [], ISSUED: [],
};

/** The roles in which somebody may give this command. */
export function applicationRoles({ body }: Pick<ApplicationCommand, 'body'>): readonly string[] {
  return ROLES[body.verb === 'fileApplication' ? 'FILED' : body.step.to];
}

/**
 * The next version of an application; whether the one that it follows is the recorded one is proved apart. Throws what
 * `assertMayIssue` throws, APPLICATION_STATE, EFFECTIVE_DATE_OUT_OF_BOUNDS, and INVALID_INPUT for another board's licence.
 */
export function carryApplication({ body }: Pick<ApplicationCommand, 'body'>, execution: ApplicationExecution): ApplicationDocument {
  return body.verb === 'fileApplication' ? filed(body, execution) : stepped(body, execution);
}

function filed({ applicationId, asked, on }: FileApplication, execution: ApplicationExecution): ApplicationDocument {
  assertOwnApplication(asked, execution);
  assertNotFuture(on, execution);
  return written({ id: applicationId, version: 1 }, { ...asked, state: 'FILED', on }, execution);
}

function stepped({ application, step }: StepApplication, execution: ApplicationExecution): ApplicationDocument {
  const { state, on, ...asked } = application.body;
  assertOwnApplication(asked, execution);
  if (!NEXT[state].includes(step.to)) throw new DomainError('APPLICATION_STATE', { state });
  if (step.on < on) throw new DomainError('EFFECTIVE_DATE_OUT_OF_BOUNDS');
  assertNotFuture(step.on, execution);
  if (step.to === 'ISSUED' && licenceId(classOf(step.licence)) !== licenceId(classAsked(asked))) throw invalidInput([issue('INCONSISTENT', '/body/step/licence')]);
  return written(nextVersion(application), bodyAfter(application.body, step), execution);
}

function bodyAfter({ jurisdiction, board, type, basis, applicant }: ApplicationBody, { to, ...said }: ApplicationStep): ApplicationBody {
  return { jurisdiction, board, type, basis, applicant, state: to, ...said };
}

function assertOwnApplication(asked: ApplicationFor, { registry }: ApplicationExecution): void {
  assertMayIssue(classAsked(asked), registry);
}

function classAsked({ jurisdiction, board, type }: ApplicationFor): LicenceKey {
  return { jurisdiction, board, type, number: EVERY_NUMBER };
}

/** A board's day may be one ahead of UTC's. */
function assertNotFuture(on: PlainDate, { now }: ApplicationExecution): void {
  if (on > addDays(now.slice(0, 10), 1)) throw new DomainError('EFFECTIVE_DATE_OUT_OF_BOUNDS');
}

function written(name: { readonly id: string; readonly version: number }, body: ApplicationBody, execution: ApplicationExecution): ApplicationDocument {
  return newDocument(execution, 'licence-application', name, { ownerMsp: execution.registry.actor.member.mspId }, body);
}
