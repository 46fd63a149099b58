import { NO_PRECONDITIONS } from '../claims/preconditions.js';
import { claimContentShape } from '../claims/claim-shape.js';
import type { ClaimContent } from '../claims/claim.js';
import { recorded } from '../coverage/record-statements.js';
import { mspId, opaqueId, ownDocumentShape } from '../documents/document.js';
import type { JointParties, OwnDocument } from '../documents/document.js';
import { newDocument } from '../documents/execution.js';
import type { Effects, Execution } from '../documents/execution.js';
import { canonicalBytes } from '../shared/canonical-json.js';
import { toHex } from '../shared/bytes.js';
import type { Sha256 } from '../shared/bytes.js';
import { covers, dateOfInstant, millisecondsOf } from '../shared/dates.js';
import type { Instant } from '../shared/dates.js';
import type { PayerContractDocument } from '../payer-contracts/payer-contract.js';
import { DomainError } from '../shared/errors.js';
import type { OpaqueId } from '../shared/ids.js';
import { instant, integer, list, object, oneOf, optional, sha256Shape } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { present } from '../shared/present.js';
import type { Preconditions } from '../claims/preconditions.js';

/** How long a party waits for the other one's signature before it may write alone, where their contract does not say. */
export const ALONE_AFTER_HOURS = 24;

/** After that long an attempt counts no more: whoever meant it would have written alone. */
export const ATTEMPT_LAPSES_AFTER_HOURS = 30 * 24;

/**
 * A party's note, in its own collection, that it wanted to do something for which the other one's signature is missing. It
 * is dated by the consortium's clock, and its hash stands on the channel from then on.
 */
export interface AttemptBody {
  readonly counterparty: string;
  /** `LODGE`: a hospital wants to submit a claim; `DECIDE`: an insurer wants to decide one. */
  readonly purpose: 'LODGE' | 'DECIDE';
  /** LODGE: SHA-256 of the claim's canonical JSON: no other claim can take its place. */
  readonly contentHash?: string;
  readonly at: Instant;
  readonly tick: number;
}

/** A recorded attempt, its party's own; its id is the claim's. */
export type AttemptDocument = OwnDocument<'attempt', AttemptBody>;

/** Hospital: biller. Notes that claims could not be submitted. */
export interface AttemptSubmission {
  readonly verb: 'attemptSubmission';
  readonly items: readonly { readonly claimId: OpaqueId; readonly claim: ClaimContent }[];
}

/** Insurer: claims-examiner. Notes that claims could not be decided. */
export interface AttemptDecision {
  readonly verb: 'attemptDecision';
  readonly claimIds: readonly OpaqueId[];
}

/** Reads an attempt to submit. */
export const attemptSubmissionShape: Shape<AttemptSubmission> = object<AttemptSubmission>({
  verb: oneOf(['attemptSubmission']),
  items: list(object<AttemptSubmission['items'][number]>({ claimId: opaqueId, claim: claimContentShape }), 1, 100),
});

/** Reads an attempt to decide. */
export const attemptDecisionShape: Shape<AttemptDecision> = object<AttemptDecision>({ verb: oneOf(['attemptDecision']), claimIds: list(opaqueId, 1, 100) });

/** Reads a recorded attempt. */
export const attemptDocumentShape: Shape<AttemptDocument> = ownDocumentShape('attempt', object<AttemptBody>({
  counterparty: mspId, purpose: oneOf(['LODGE', 'DECIDE']), contentHash: optional(sha256Shape), at: instant, tick: integer(0),
}));

/** An attempt to decide is of claims that wait. */
export function attemptPreconditions({ claimIds }: AttemptDecision): Preconditions {
  return { ...NO_PRECONDITIONS, open: claimIds };
}

/** Notes that the hospital could not submit claims. */
export function attemptSubmission({ items }: AttemptSubmission, { insurerMsp, hospitalMsp }: JointParties, execution: Execution): Effects {
  return recorded(items.map(({ claimId, claim }) =>
    attempt(claimId, hospitalMsp, { counterparty: insurerMsp, purpose: 'LODGE', contentHash: contentHash(claim, execution.sha256) }, execution)));
}

/** Notes that the insurer could not decide claims. */
export function attemptDecision({ claimIds }: AttemptDecision, { insurerMsp, hospitalMsp }: JointParties, execution: Execution): Effects {
  return recorded(claimIds.map((claimId) => attempt(claimId, insurerMsp, { counterparty: hospitalMsp, purpose: 'DECIDE' }, execution)));
}

/** Refuses to write alone before the wait is over, or long after it. Throws TOO_EARLY_ALONE, ATTEMPT_LAPSED, and INPUT_MISMATCH for a contract that is not in force. */
export function assertWaited({ body }: AttemptDocument, contract: PayerContractDocument | undefined, { now }: Pick<Execution, 'now'>): void {
  const isInForce = contract === undefined || covers(contract.body, dateOfInstant(now, 0));
  if (!isInForce) throw new DomainError('INPUT_MISMATCH', { input: 'contract' });
  const hours = (millisecondsOf(now) - millisecondsOf(body.at)) / 3_600_000;
  if (hours < (contract?.body.aloneAfterHours ?? ALONE_AFTER_HOURS)) throw new DomainError('TOO_EARLY_ALONE');
  if (hours > ATTEMPT_LAPSES_AFTER_HOURS) throw new DomainError('ATTEMPT_LAPSED');
}

/** What tells a claim's content from any other. */
export function contentHash(claim: ClaimContent, sha256: Sha256): string {
  return toHex(sha256(canonicalBytes(claim)));
}

/** The tick under which a command is carried out; throws CLOCK_NOT_SET. */
export function tickOf({ registry: { clock } }: Execution): number {
  if (clock === null) throw new DomainError('CLOCK_NOT_SET');
  return clock.tick;
}

function attempt(id: OpaqueId, ownerMsp: string, { counterparty, purpose, contentHash: hash }: Pick<AttemptBody, 'counterparty' | 'purpose' | 'contentHash'>, execution: Execution): AttemptDocument {
  const body = { counterparty, purpose, ...present('contentHash', hash), at: execution.now, tick: tickOf(execution) };
  return newDocument(execution, 'attempt', { id, version: 1 }, { ownerMsp }, body);
}
