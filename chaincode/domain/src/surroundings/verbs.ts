import { attemptDecision, attemptPreconditions, attemptSubmission } from '../alone/attempt.js';
import {
  countersignDecision, countersigningDecisionPreconditions, decideAlone, decidingAlonePreconditions, withdrawalPreconditions, withdrawDecision,
} from '../alone/decide-alone.js';
import { openDispute, openingPreconditions, settleDispute, settlingPreconditions } from '../alone/dispute.js';
import { countersignClaims, countersigningPreconditions, lodgeClaims, lodgingPreconditions } from '../alone/lodged.js';
import type { VerbPermission } from '../claims/permissions.js';
import { NO_PRECONDITIONS } from '../claims/preconditions.js';
import type { Preconditions } from '../claims/preconditions.js';
import { changeCoverages, changePreconditions } from '../coverage-changes/change-coverages.js';
import type { JointParties, Parties } from '../documents/document.js';
import type { Effects, Execution } from '../documents/execution.js';
import { answerEligibility, answerPreconditions, askEligibility } from '../eligibility/ask-and-answer.js';
import { postExternal, postingPreconditions, reverseExternal, reversingPreconditions } from '../external-postings/external-posting.js';
import { importPreconditions, importRows } from '../imports/import-rows.js';
import { recordMandates } from '../mandates/mandate.js';
import { issueNotices, noticePreconditions } from '../notices/issue-notices.js';
import { recordContracts, recordParticipations } from '../payer-contracts/payer-contract.js';
import { decideReviews, proposalPreconditions, proposeReviews, reviewPreconditions } from '../review-lists/propose-and-decide.js';
import type { Sha256 } from '../shared/bytes.js';
import { DomainError } from '../shared/errors.js';
import type { SurroundingCommand, SurroundingVerb } from './commands.js';

interface SurroundingVerbDefinition<C extends SurroundingCommand> {
  readonly permission: VerbPermission;
  readonly preconditions: (body: C, sha256: Sha256) => Preconditions;
  readonly execute: (body: C, parties: Parties, execution: Execution) => Effects;
}

/** A date counts in every one of them: they are bounded by the consortium's clock. */
function jointly(roles: VerbPermission['roles']): VerbPermission {
  return { roles, joint: true, timed: true };
}

function byInsurer(...insurer: readonly string[]): VerbPermission {
  return { roles: { insurer }, joint: false, timed: true };
}

/** Of a verb that concerns both parties. */
function both<C>(execute: (body: C, parties: JointParties, execution: Execution) => Effects) {
  return (body: C, { insurerMsp, hospitalMsp }: Parties, execution: Execution): Effects => {
    if (hospitalMsp === undefined) throw new DomainError('WRONG_PARTIES');
    return execute(body, { insurerMsp, hospitalMsp }, execution);
  };
}

const DEFINITIONS: { readonly [V in SurroundingVerb]: SurroundingVerbDefinition<Extract<SurroundingCommand, { readonly verb: V }>> } = {
  askEligibility: { permission: jointly({ hospital: ['biller', 'denials'] }), preconditions: () => NO_PRECONDITIONS, execute: both(askEligibility) },
  answerEligibility: { permission: jointly({ insurer: ['plan-admin', 'claims-examiner'] }), preconditions: answerPreconditions, execute: both(answerEligibility) },
  changeCoverages: { permission: byInsurer('plan-admin'), preconditions: changePreconditions, execute: changeCoverages },
  proposeReviews: { permission: jointly({ insurer: ['claims-examiner', 'plan-admin'] }), preconditions: proposalPreconditions, execute: both(proposeReviews) },
  decideReviews: { permission: byInsurer('claims-supervisor'), preconditions: reviewPreconditions, execute: decideReviews },
  attemptSubmission: { permission: jointly({ hospital: ['biller'] }), preconditions: () => NO_PRECONDITIONS, execute: both(attemptSubmission) },
  lodgeClaims: { permission: jointly({ hospital: ['biller'] }), preconditions: lodgingPreconditions, execute: both(lodgeClaims) },
  countersignClaims: { permission: jointly({ hospital: ['biller'] }), preconditions: countersigningPreconditions, execute: both(countersignClaims) },
  attemptDecision: { permission: jointly({ insurer: ['claims-examiner'] }), preconditions: attemptPreconditions, execute: both(attemptDecision) },
  decideAlone: { permission: jointly({ insurer: ['claims-examiner'] }), preconditions: decidingAlonePreconditions, execute: both(decideAlone) },
  countersignDecision: { permission: jointly({ insurer: ['claims-examiner'] }), preconditions: countersigningDecisionPreconditions, execute: both(countersignDecision) },
  withdrawDecision: { permission: jointly({ insurer: ['claims-supervisor'] }), preconditions: withdrawalPreconditions, execute: both(withdrawDecision) },
  openDispute: { permission: jointly({ insurer: ['claims-examiner'], hospital: ['denials'] }), preconditions: openingPreconditions, execute: both(openDispute) },
  settleDispute: { permission: jointly({ insurer: ['claims-supervisor'], hospital: ['denials'] }), preconditions: settlingPreconditions, execute: both(settleDispute) },
  recordContracts: { permission: jointly({ insurer: ['plan-admin'] }), preconditions: () => NO_PRECONDITIONS, execute: both(recordContracts) },
  recordParticipations: { permission: jointly({ insurer: ['plan-admin'] }), preconditions: () => NO_PRECONDITIONS, execute: both(recordParticipations) },
  postExternal: { permission: byInsurer('plan-admin'), preconditions: postingPreconditions, execute: postExternal },
  reverseExternal: { permission: byInsurer('plan-admin'), preconditions: reversingPreconditions, execute: reverseExternal },
  importRows: { permission: byInsurer('plan-admin'), preconditions: importPreconditions, execute: importRows },
  recordMandates: { permission: jointly({ insurer: ['plan-admin'], hospital: ['biller'] }), preconditions: () => NO_PRECONDITIONS, execute: both(recordMandates) },
  issueNotices: { permission: jointly({ insurer: ['claims-examiner'] }), preconditions: noticePreconditions, execute: both(issueNotices) },
};

/** Who may give each of these commands. */
export const SURROUNDING_PERMISSIONS = Object.fromEntries(
  Object.entries(DEFINITIONS).map(([verb, { permission }]) => [verb, permission]),
) as Readonly<Record<SurroundingVerb, VerbPermission>>;

/** True for a command of this table. */
export function isSurrounding(body: { readonly verb: string }): body is SurroundingCommand {
  return Object.hasOwn(DEFINITIONS, body.verb);
}

/** What such a command rests on. */
export function surroundingPreconditions(body: SurroundingCommand, sha256: Sha256): Preconditions {
  return definitionOf(body).preconditions(body, sha256);
}

/** Carries such a command out. */
export function executeSurrounding(body: SurroundingCommand, parties: Parties, execution: Execution): Effects {
  return definitionOf(body).execute(body, parties, execution);
}

/** The verb of a command names the definition for its own type, which TypeScript cannot follow through the table. */
function definitionOf(body: SurroundingCommand): SurroundingVerbDefinition<SurroundingCommand> {
  return DEFINITIONS[body.verb] as unknown as SurroundingVerbDefinition<SurroundingCommand>;
}
