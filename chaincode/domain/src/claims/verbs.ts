import { unlessDecidedAlone } from '../alone/decide-alone.js';
import type { Clock } from '../clock/clock.js';
import { adjudicateClaims } from '../adjudication/adjudicate-claims.js';
import { inputsOf } from '../adjudication/inputs.js';
import { standingQueriesOf } from '../adjudication/standings.js';
import { SYSTEM_ROLE, unlessTakenUp } from '../adjudication/system-decision.js';
import { recordFeeSchedules } from '../coverage/record-fee-schedules.js';
import { recordAccumulators, recordCoverages, recordPlans } from '../coverage/record-statements.js';
import type { JointParties, Parties } from '../documents/document.js';
import { NO_EFFECTS } from '../documents/execution.js';
import type { Effects, Execution } from '../documents/execution.js';
import { executeLifeCycle, isLifeCycle, LIFE_CYCLE_PERMISSIONS, lifeCyclePreconditions } from '../life-cycle/verbs.js';
import { routePend, routingPreconditions } from '../pends/routing.js';
import { recordReferenceTables } from '../reference-data/record-reference-tables.js';
import { issueRemittance, remittancePreconditions } from '../remittance/issue-remittance.js';
import type { Sha256 } from '../shared/bytes.js';
import { millisecondsOf } from '../shared/dates.js';
import type { Instant } from '../shared/dates.js';
import { DomainError, assertNever } from '../shared/errors.js';
import type { Command, CommandBody, Verb } from './command.js';
import { executeSurrounding, isSurrounding, SURROUNDING_PERMISSIONS, surroundingPreconditions } from '../surroundings/verbs.js';
import type { VerbPermission } from './permissions.js';
import { NO_PRECONDITIONS } from './preconditions.js';
import type { Preconditions } from './preconditions.js';
import { submissionPreconditions, submitClaims } from './submit-claims.js';

/** Every verb with its permission; whatever is not here is refused. */
export const VERBS: Readonly<Record<Verb, VerbPermission>> = {
  recordReferenceTables: { roles: { insurer: ['reference-data'] }, joint: false, timed: false },
  recordPlans: { roles: { insurer: ['plan-admin'] }, joint: false, timed: false },
  recordCoverages: { roles: { insurer: ['plan-admin'] }, joint: false, timed: false },
  recordAccumulators: { roles: { insurer: ['plan-admin'] }, joint: false, timed: false },
  recordFeeSchedules: { roles: { insurer: ['plan-admin'] }, joint: true, timed: false },
  submitClaims: { roles: { hospital: ['biller'] }, joint: true, timed: true },
  adjudicateClaims: { roles: { insurer: ['claims-examiner', SYSTEM_ROLE] }, joint: true, timed: true },
  issueRemittance: { roles: { insurer: ['finance'] }, joint: true, timed: true },
  ...LIFE_CYCLE_PERMISSIONS,
  ...SURROUNDING_PERMISSIONS,
  routePend: { roles: { insurer: ['claims-examiner'] }, joint: false, timed: false },
  heal: { roles: { insurer: ['plan-admin', 'claims-examiner', 'finance'], hospital: ['biller', 'denials'] }, joint: true, timed: false },
};

/**
 * How long a tick of the consortium's clock bounds transactions. A transaction's own time may lie this far before the
 * tick that it reads (clocks differ) or after it (ticks may be late); it commits before the next tick or not at all.
 */
export const CLOCK_WINDOW = { beforeMilliseconds: 15 * 60_000, afterMilliseconds: 24 * 3_600_000 } as const;

/** Refuses a time that the clock does not bound; throws CLOCK_NOT_SET and CLOCK_OUT_OF_BOUNDS. */
export function assertClock(now: Instant, clock: Clock | null): void {
  if (clock === null) throw new DomainError('CLOCK_NOT_SET');
  const age = millisecondsOf(now) - millisecondsOf(clock.time);
  if (age < -CLOCK_WINDOW.beforeMilliseconds || age > CLOCK_WINDOW.afterMilliseconds) throw new DomainError('CLOCK_OUT_OF_BOUNDS');
}

/** What a command rests on. */
export function preconditionsOf(body: CommandBody, sha256: Sha256): Preconditions {
  if (isLifeCycle(body)) return lifeCyclePreconditions(body);
  if (isSurrounding(body)) return surroundingPreconditions(body, sha256);
  if (body.verb === 'routePend') return routingPreconditions(body);
  if (body.verb === 'submitClaims') return submissionPreconditions(body);
  if (body.verb === 'issueRemittance') return remittancePreconditions(body);
  if (body.verb !== 'adjudicateClaims') return NO_PRECONDITIONS;
  const inputs = inputsOf(body, sha256);
  const absent = body.items.flatMap((item) => [unlessDecidedAlone(item.claim.id, item.claim.parties.insurerMsp), ...unlessTakenUp(item)]);
  const openAs = body.items.flatMap(({ held }) => held ?? []);
  return { ...NO_PRECONDITIONS, documents: inputs.documents(), absent, open: body.items.map(({ claim }) => claim.id), openAs, standings: standingQueriesOf(inputs.claims()) };
}

/** Carries out a command whose preconditions hold; `heal` changes no document and is carried out by the stores alone. */
export function execute({ body, parties }: Command, execution: Execution): Effects {
  if (isLifeCycle(body)) return executeLifeCycle(body, bothOf(parties), execution);
  if (isSurrounding(body)) return executeSurrounding(body, parties, execution);
  if (isStatement(body)) return executeStatement(body, parties, execution);
  switch (body.verb) {
    case 'recordFeeSchedules':
      return recordFeeSchedules(body, bothOf(parties), execution);
    case 'submitClaims':
      return submitClaims(body, bothOf(parties), execution);
    case 'adjudicateClaims':
      return adjudicateClaims(body, bothOf(parties), execution);
    case 'issueRemittance':
      return issueRemittance(body, bothOf(parties), execution);
    case 'heal':
      return { ...NO_EFFECTS, items: body.items.map(({ key }) => ({ id: key, outcome: 'HEALED' })) };
    default:
      return assertNever(body);
  }
}

type Statement = Extract<CommandBody, { readonly verb: 'recordReferenceTables' | 'recordPlans' | 'recordCoverages' | 'recordAccumulators' | 'routePend' }>;

function isStatement(body: CommandBody): body is Statement {
  return !VERBS[body.verb].joint;
}

/** The insurer's own statements, in its collection alone. */
function executeStatement(body: Statement, parties: Parties, execution: Execution): Effects {
  switch (body.verb) {
    case 'recordReferenceTables':
      return recordReferenceTables(body, parties, execution);
    case 'recordPlans':
      return recordPlans(body, parties, execution);
    case 'recordCoverages':
      return recordCoverages(body, parties, execution);
    case 'recordAccumulators':
      return recordAccumulators(body, parties, execution);
    case 'routePend':
      return routePend(body, parties, execution);
    default:
      return assertNever(body);
  }
}

/** The parties of a joint command; throws WRONG_PARTIES without a hospital. */
export function bothOf({ insurerMsp, hospitalMsp }: Parties): JointParties {
  if (hospitalMsp === undefined) throw new DomainError('WRONG_PARTIES');
  return { insurerMsp, hospitalMsp };
}
