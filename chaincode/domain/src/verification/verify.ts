import { opaqueId } from '../documents/document.js';
import { consentShape, assertConsent } from './consent.js';
import type { ConsentDocument } from './consent.js';
import type { OwnEffects, OwnExecution, OwnPreconditions } from '../credentialing/execution.js';
import { NOTHING_ASKED, nextVersion, recordedDocument, todayIn } from '../credentialing/execution.js';
import type { ProviderStanding, StandingQuery } from '../licences/standing-query.js';
import { jurisdictionShape } from '../licences/licence-key.js';
import type { Instant } from '../shared/dates.js';
import { DomainError, invalidInput, issue } from '../shared/errors.js';
import type { OpaqueId } from '../shared/ids.js';
import { freeText, instant, list, object, oneOf, optional, variant } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { present } from '../shared/present.js';
import { deaWarnings } from './dea.js';
import { PUBLIC_ELEMENTS } from './elements.js';
import { collectedByFields, credentialFindingShape, evidenceCopyShape, npdbFindingShape, questionFields, REVIEW_DECISIONS, verificationShape } from './verification.js';
import type { CredentialFinding, Evidence, Finding, NpdbFinding, Review, StandingFinding, VerificationBody, VerificationDocument, VerificationQuestion } from './verification.js';

/** What a system brings: an answer from outside, or the question that the registry is to answer in this transaction. */
export type Answer = CredentialFinding | NpdbFinding | { readonly type: 'ask-registry'; readonly jurisdiction: string };

/** A verification as a system collects it. */
export interface CollectVerification extends VerificationQuestion {
  readonly verb: 'collectVerification';
  readonly verificationId: OpaqueId;
  readonly retrievedAt?: Instant;
  readonly sourceTimestamp?: Instant;
  readonly answer: Answer;
  readonly surname: string;
  readonly evidence?: Evidence;
  readonly system: string;
  readonly systemVersion: string;
  /** For every element that is not public record. */
  readonly consent?: ConsentDocument;
  readonly supersedes?: OpaqueId;
}

/** A person's look at it. */
export interface ReviewVerification {
  readonly verb: 'reviewVerification';
  readonly verification: VerificationDocument;
  readonly decision: Review['decision'];
  readonly discrepancies: readonly string[];
}

/** Reads what was collected. */
export const collectVerificationShape: Shape<CollectVerification> = object<CollectVerification>({
  verb: oneOf(['collectVerification']),
  verificationId: opaqueId,
  ...questionFields,
  retrievedAt: optional(instant),
  sourceTimestamp: optional(instant),
  answer: variant<Answer>('type', {
    credential: credentialFindingShape,
    npdb: npdbFindingShape,
    'ask-registry': object<Extract<Answer, { readonly type: 'ask-registry' }>>({ type: oneOf(['ask-registry']), jurisdiction: jurisdictionShape }),
  }),
  surname: freeText(1, 100),
  evidence: optional(evidenceCopyShape),
  system: collectedByFields.system,
  systemVersion: collectedByFields.version,
  consent: optional(consentShape),
  supersedes: optional(opaqueId),
});

/** Reads a review. */
export const reviewVerificationShape: Shape<ReviewVerification> = object<ReviewVerification>({
  verb: oneOf(['reviewVerification']), verification: verificationShape, decision: oneOf(REVIEW_DECISIONS), discrepancies: list(freeText(1, 500), 0, 50),
});

/** A consent that is used must be the recorded one; a licence is asked of the registry. */
export function collectionPreconditions({ answer, npi, asOf, consent }: CollectVerification): OwnPreconditions {
  const standings: StandingQuery[] = answer.type === 'ask-registry' ? [{ npi, jurisdiction: answer.jurisdiction, from: asOf, thru: asOf }] : [];
  return { documents: consent === undefined ? [] : [consent], standings };
}

/** A review rests on the verification as collected. */
export function reviewPreconditions({ verification }: ReviewVerification): OwnPreconditions {
  return { ...NOTHING_ASKED, documents: [verification] };
}

/**
 * Records an answer. Throws INVALID_INPUT where the answer does not fit the element or lies in the future, CONSENT_MISSING
 * where the practitioner has not agreed to the question.
 */
export function collectVerification(command: CollectVerification, execution: OwnExecution): OwnEffects {
  assertFits(command);
  assertNotFuture(command, execution);
  if (!PUBLIC_ELEMENTS.includes(command.element)) assertConsent(command.consent, command, todayIn(execution));
  const { verificationId, npi, namesSearched, birthDateMatched, element, source, method, criteria, asOf } = command;
  const body: VerificationBody = {
    npi, namesSearched, ...present('birthDateMatched', birthDateMatched), element, source, method, criteria, asOf,
    retrievedAt: command.retrievedAt ?? execution.now,
    ...present('sourceTimestamp', command.sourceTimestamp),
    finding: findingOf(command, execution),
    warnings: element === 'dea' && command.answer.type === 'credential' ? deaWarnings(command.answer.number ?? '', command.surname) : [],
    ...present('evidence', command.evidence),
    ...(command.answer.type === 'ask-registry' && { ledgerProof: { channel: execution.channel, txId: execution.txId } }),
    collectedBy: { system: command.system, version: command.systemVersion, actorId: execution.actor.actorId },
    ...present('consentId', command.consent?.id),
    ...present('supersedes', command.supersedes),
  };
  return recordedDocument(execution, 'verification', { id: verificationId, version: 1 }, body);
}

/**
 * Records what a person says of it. Throws VERIFICATION_REVIEWED where somebody has, SAME_PERSON where the collector looks
 * at the own work, INVALID_INPUT for a discrepancy that is not named.
 */
export function reviewVerification({ verification, decision, discrepancies }: ReviewVerification, execution: OwnExecution): OwnEffects {
  const { body } = verification;
  const by = execution.actor.actorId;
  if (body.review !== undefined) throw new DomainError('VERIFICATION_REVIEWED');
  if (body.collectedBy.actorId === by) throw new DomainError('SAME_PERSON');
  if ((decision === 'discrepancy') !== discrepancies.length > 0) throw invalidInput([issue('INCONSISTENT', '/body/discrepancies')]);
  return recordedDocument(execution, 'verification', nextVersion(verification), { ...body, review: { by, at: execution.now, decision, discrepancies } });
}

function assertFits({ element, answer, method, criteria, evidence, retrievedAt }: CollectVerification): void {
  const isNpdb = answer.type === 'npdb';
  if (isNpdb !== (element === 'npdb')) throw invalidInput([issue('INCONSISTENT', '/body/answer/type')]);
  // Confidential: number, type and date only (45 CFR 60.20).
  if (isNpdb && (criteria !== '' || evidence !== undefined)) throw invalidInput([issue('NOT_ALLOWED', '/body/evidence')]);
  const asksRegistry = answer.type === 'ask-registry';
  if (asksRegistry && (element !== 'licence' || retrievedAt !== undefined)) throw invalidInput([issue('INCONSISTENT', '/body/answer/type')]);
  if (asksRegistry !== (method === 'ledger-query')) throw invalidInput([issue('INCONSISTENT', '/body/method')]);
}

/** Nothing is retrieved in the future, and a completion that lies ahead proves no education. */
function assertNotFuture({ retrievedAt, answer }: CollectVerification, execution: OwnExecution): void {
  if (retrievedAt !== undefined && retrievedAt > execution.now) throw invalidInput([issue('TOO_LARGE', '/body/retrievedAt')]);
  const completedOn = answer.type === 'credential' ? answer.completedOn : undefined;
  if (completedOn !== undefined && completedOn > todayIn(execution)) throw invalidInput([issue('TOO_LARGE', '/body/answer/completedOn')]);
}

function findingOf({ answer }: CollectVerification, { registry }: OwnExecution): Finding {
  return answer.type === 'ask-registry' ? standingFinding(answer.jurisdiction, registry.standings[0]) : answer;
}

/** What a receipt keeps of the registry's answer for one day; UNKNOWN where there was none. */
export function standingFinding(jurisdiction: string, standing: ProviderStanding | undefined): StandingFinding {
  const licences = (standing?.licences ?? []).map(({ licence, knownAt, linkKnownAt, npi, classKnownAt, related, periods, source }) => ({
    licence, knownAt, linkKnownAt, ...present('npi', npi), ...present('classKnownAt', classKnownAt), authority: periods[0]?.authority ?? 'UNKNOWN', provenance: periods[0]?.provenance ?? [],
    ...present('related', related), ...present('sourceThrough', source?.through),
  }));
  return { type: 'standing', jurisdiction, authority: standing?.periods[0]?.authority ?? 'UNKNOWN', licences, ...present('identity', standing?.identity) };
}
