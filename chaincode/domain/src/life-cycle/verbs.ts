import type { Preconditions } from '../claims/preconditions.js';
import type { VerbPermission } from '../claims/permissions.js';
import { reopenClaims, reopeningPreconditions } from '../corrections/reopen-claims.js';
import type { JointParties } from '../documents/document.js';
import type { Effects, Execution } from '../documents/execution.js';
import type { LifeCycleCommand, LifeCycleVerb } from './commands.js';

interface LifeCycleVerbDefinition<C extends LifeCycleCommand> {
  readonly permission: VerbPermission;
  readonly preconditions: (body: C) => Preconditions;
  readonly execute: (body: C, parties: JointParties, execution: Execution) => Effects;
}

const SUPERVISOR: VerbPermission = { roles: { insurer: ['claims-supervisor'] }, joint: true, timed: true };

const DEFINITIONS: { readonly [V in LifeCycleVerb]: LifeCycleVerbDefinition<Extract<LifeCycleCommand, { readonly verb: V }>> } = {
  reopenClaims: { permission: SUPERVISOR, preconditions: reopeningPreconditions, execute: reopenClaims },
};

/** Who may give each of these commands. */
export const LIFE_CYCLE_PERMISSIONS = Object.fromEntries(
  Object.entries(DEFINITIONS).map(([verb, { permission }]) => [verb, permission]),
) as Readonly<Record<LifeCycleVerb, VerbPermission>>;

/** True for a command of this table. */
export function isLifeCycle(body: { readonly verb: string }): body is LifeCycleCommand {
  return Object.hasOwn(DEFINITIONS, body.verb);
}

/** What such a command rests on. */
export function lifeCyclePreconditions(body: LifeCycleCommand): Preconditions {
  return definitionOf(body).preconditions(body);
}

/** Carries such a command out. */
export function executeLifeCycle(body: LifeCycleCommand, parties: JointParties, execution: Execution): Effects {
  return definitionOf(body).execute(body, parties, execution);
}

/** The verb of a command names the definition for its own type, which TypeScript cannot follow through the table. */
function definitionOf(body: LifeCycleCommand): LifeCycleVerbDefinition<LifeCycleCommand> {
  return DEFINITIONS[body.verb] as LifeCycleVerbDefinition<LifeCycleCommand>;
}
