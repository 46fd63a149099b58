import type { ClaimContent, ClaimDocument, OpenClaim } from '../claims/claim.js';
import { renderingProvider } from '../claims/claim.js';
import type { AdjudicationItem } from '../claims/command.js';
import type { AbsentKey } from '../claims/preconditions.js';
import { documentKey } from '../documents/key.js';
import type { Recorder } from '../documents/document.js';
import type { ProviderStanding } from '../licences/standing-query.js';
import type { Instant } from '../shared/dates.js';
import { DomainError } from '../shared/errors.js';
import { lineQuery, questionOf } from './standings.js';

/** The role in which an insurer's own system acts, for nobody. */
export const SYSTEM_ROLE = 'service';

/** The one hold that ends by itself: the registry could not say whether whoever rendered a service was licensed. */
const AWAITS_REGISTRY = /^credential\/v\d+ credential-unknown$/;

/** That the insurer's system decided a claim by itself, and why it could: the registry answers what the claim was held for. */
export interface SystemDecision {
  readonly reason: 'REGISTRY_ANSWERS';
  /** The holds that ended, and since when they stood. */
  readonly heldFor: readonly string[];
  readonly heldSince: Instant;
}

/** True for a claim that is held because the registry could not answer, and for nothing else. */
export function awaitsRegistry({ state, reasons }: Pick<OpenClaim, 'state' | 'reasons'>): boolean {
  return state === 'PENDED' && reasons.length > 0 && reasons.every((reason) => AWAITS_REGISTRY.test(reason));
}

/** True where the registry's answers leave nothing unknown about whoever rendered a claim's services, on any of their days. */
export function isAnswered(content: ClaimContent, answers: readonly ProviderStanding[]): boolean {
  const known = new Set(answers.filter(({ periods }) => periods.every(({ authority }) => authority !== 'UNKNOWN')).map(questionOf));
  const byPeople = content.lines.filter((line) => renderingProvider(content, line).entity === 'person');
  return byPeople.every((line) => {
    const query = lineQuery(content, line);
    return query !== undefined && known.has(questionOf(query));
  });
}

/** A claim that a person has taken up (asked for something, lifted holds) stays with people. */
export function unlessTakenUp({ claim, held }: AdjudicationItem): readonly AbsentKey[] {
  return held === undefined ? [] : [{ key: documentKey({ kind: 'pend', id: claim.id, version: 1 }), code: 'PEND_NOT_OPEN', input: 'pend' }];
}

/**
 * What the system may decide: a claim that waits for the registry alone, with nothing lifted. Undefined for people, who
 * decide any. Throws FORBIDDEN_ROLE where the system would decide another claim, INPUT_MISMATCH where a person claims to be it.
 */
export function systemDecision(claim: ClaimDocument, { held, releases }: Pick<AdjudicationItem, 'held' | 'releases'>, { role }: Pick<Recorder, 'role'>): SystemDecision | undefined {
  if (role !== SYSTEM_ROLE && held === undefined) return undefined;
  if (role !== SYSTEM_ROLE || (held !== undefined && held.claimId !== claim.id)) throw new DomainError('INPUT_MISMATCH', { input: 'held' });
  if (held === undefined || !awaitsRegistry(held) || releases.length > 0) throw new DomainError('FORBIDDEN_ROLE');
  return { reason: 'REGISTRY_ANSWERS', heldFor: held.reasons, heldSince: held.since };
}
