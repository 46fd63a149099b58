import type { Clock } from '../clock/clock.js';
import { adjudicateClaims } from '../adjudication/adjudicate-claims.js';
import { inputsOf } from '../adjudication/inputs.js';
import { standingQueriesOf } from '../adjudication/standings.js';
import { recordFeeSchedules } from '../coverage/record-fee-schedules.js';
import { recordAccumulators, recordCoverages, recordPlans } from '../coverage/record-statements.js';
import type { AnyDocument, JointParties, Parties } from '../documents/document.js';
import { NO_EFFECTS } from '../documents/execution.js';
import type { Effects, Execution } from '../documents/execution.js';
import type { StandingQuery } from '../licences/standing-query.js';
import type { MemberKind } from '../members/member.js';
import { issueRemittance } from '../remittance/issue-remittance.js';
import type { Sha256 } from '../shared/bytes.js';
import { millisecondsOf } from '../shared/dates.js';
import type { Instant } from '../shared/dates.js';
import { DomainError, assertNever } from '../shared/errors.js';
import type { Command, CommandBody, Verb } from './command.js';
import { submitClaims } from './submit-claims.js';

/** Who may give a command, and whom it concerns. */
export interface VerbPermission {
  /** Roles by kind of organisation; a kind that is not named may not. */
  readonly roles: Partial<Record<MemberKind, readonly string[]>>;
  /** Both parties, or the insurer alone. */
  readonly joint: boolean;
  /** A deadline or another date counts: the transaction's time must agree with the registry's clock. */
  readonly timed: boolean;
}

/** Every verb with its permission; whatever is not here is refused. */
export const VERBS: Readonly<Record<Verb, VerbPermission>> = {
  recordPlans: { roles: { insurer: ['plan-admin'] }, joint: false, timed: false },
  recordCoverages: { roles: { insurer: ['plan-admin'] }, joint: false, timed: false },
  recordAccumulators: { roles: { insurer: ['plan-admin'] }, joint: false, timed: false },
  recordFeeSchedules: { roles: { insurer: ['plan-admin'] }, joint: true, timed: false },
  submitClaims: { roles: { hospital: ['biller'] }, joint: true, timed: true },
  adjudicateClaims: { roles: { insurer: ['claims-examiner'] }, joint: true, timed: true },
  issueRemittance: { roles: { insurer: ['finance'] }, joint: true, timed: false },
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

/** What must hold on the ledger before a command is carried out. */
export interface Preconditions {
  /** Documents that must be the recorded ones and the newest, at every party that holds them. */
  readonly documents: readonly AnyDocument[];
  /** Claims that must be waiting, at both parties. */
  readonly open: readonly string[];
  /** What the registry is asked about providers. */
  readonly standings: readonly StandingQuery[];
}

/** What a command rests on. */
export function preconditionsOf(body: CommandBody, sha256: Sha256): Preconditions {
  if (body.verb === 'issueRemittance') return { documents: body.eobs, open: [], standings: [] };
  if (body.verb !== 'adjudicateClaims') return { documents: [], open: [], standings: [] };
  const inputs = inputsOf(body, sha256);
  return { documents: inputs.documents(), open: body.items.map(({ claim }) => claim.id), standings: standingQueriesOf(inputs.claims()) };
}

/** Carries out a command whose preconditions hold; `heal` changes no document and is carried out by the stores alone. */
export function execute({ body, parties }: Command, execution: Execution): Effects {
  switch (body.verb) {
    case 'recordPlans':
      return recordPlans(body, parties, execution);
    case 'recordCoverages':
      return recordCoverages(body, parties, execution);
    case 'recordAccumulators':
      return recordAccumulators(body, parties, execution);
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

/** The parties of a joint command; throws WRONG_PARTIES without a hospital. */
export function bothOf({ insurerMsp, hospitalMsp }: Parties): JointParties {
  if (hospitalMsp === undefined) throw new DomainError('WRONG_PARTIES');
  return { insurerMsp, hospitalMsp };
}
