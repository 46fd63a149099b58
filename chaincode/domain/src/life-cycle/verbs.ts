import { appealPreconditions, decideAppeal, fileAppeal, filingPreconditions, withdrawAppeal } from '../appeals/appeal-claims.js';
import { authorisationPreconditions, cancelAuthorisation, decideAuthorisation, requestAuthorisation } from '../authorisations/authorise.js';
import { answerErasure, erasurePreconditions, executeErasure, proposeErasure } from '../erasure/erase-claims.js';
import { answerRequest, pendPreconditions, releasePend, requestInformation } from '../pends/work-pends.js';
import { acknowledgementPreconditions, acknowledgeRemittance } from '../remittance/acknowledge-remittance.js';
import { confirmationPreconditions, confirmPayment } from '../remittance/confirm-payment.js';
import { demandPreconditions, demandRefund } from '../remittance/demand-refund.js';
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

/** A date counts in every one of them: they are bounded by the consortium's clock. */
function allowed(roles: VerbPermission['roles']): VerbPermission {
  return { roles, joint: true, timed: true };
}

const examiner = allowed({ insurer: ['claims-examiner'] });
const supervisor = allowed({ insurer: ['claims-supervisor'] });
const finance = allowed({ insurer: ['finance'] });
const hospital = allowed({ hospital: ['biller', 'denials'] });
const privacy = allowed({ insurer: ['privacy-officer'], hospital: ['privacy-officer'] });
const eitherSide = allowed({ insurer: ['claims-examiner'], hospital: ['denials'] });

const DEFINITIONS: { readonly [V in LifeCycleVerb]: LifeCycleVerbDefinition<Extract<LifeCycleCommand, { readonly verb: V }>> } = {
  reopenClaims: { permission: supervisor, preconditions: reopeningPreconditions, execute: reopenClaims },
  confirmPayment: { permission: finance, preconditions: confirmationPreconditions, execute: confirmPayment },
  acknowledgeRemittance: { permission: hospital, preconditions: acknowledgementPreconditions, execute: acknowledgeRemittance },
  demandRefund: { permission: finance, preconditions: demandPreconditions, execute: demandRefund },
  fileAppeal: { permission: eitherSide, preconditions: filingPreconditions, execute: fileAppeal },
  decideAppeal: { permission: supervisor, preconditions: appealPreconditions, execute: decideAppeal },
  withdrawAppeal: { permission: eitherSide, preconditions: appealPreconditions, execute: withdrawAppeal },
  requestInformation: { permission: examiner, preconditions: pendPreconditions, execute: requestInformation },
  answerRequest: { permission: allowed({ insurer: ['claims-examiner'], hospital: ['biller', 'denials'] }), preconditions: pendPreconditions, execute: answerRequest },
  releasePend: { permission: supervisor, preconditions: pendPreconditions, execute: releasePend },
  requestAuthorisation: { permission: hospital, preconditions: authorisationPreconditions, execute: requestAuthorisation },
  decideAuthorisation: { permission: examiner, preconditions: authorisationPreconditions, execute: decideAuthorisation },
  cancelAuthorisation: { permission: hospital, preconditions: authorisationPreconditions, execute: cancelAuthorisation },
  proposeErasure: { permission: privacy, preconditions: erasurePreconditions, execute: proposeErasure },
  answerErasure: { permission: privacy, preconditions: erasurePreconditions, execute: answerErasure },
  executeErasure: { permission: allowed({ insurer: ['privacy-officer'] }), preconditions: erasurePreconditions, execute: executeErasure },
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
  return DEFINITIONS[body.verb] as unknown as LifeCycleVerbDefinition<LifeCycleCommand>;
}
