import type { PracticeAuthority } from '../licences/standing.js';
import type { PlainDate } from '../shared/dates.js';
import { lastDayOf } from './ageing-policy.js';
import type { AgeingPolicy } from './ageing-policy.js';
import { EXPIRING_ELEMENTS } from './elements.js';
import type { Element } from './elements.js';
import type { CredentialFinding, VerificationDocument } from './verification.js';

/** Why a verification does not carry a decision on a day. */
export const SHORTCOMINGS = ['NOT_REVIEWED', 'NOT_ACCEPTED', 'NOT_FOUND', 'NO_AUTHORITY', 'LATER_THAN_DECISION', 'AGED_OUT', 'EXPIRED'] as const;

export type Shortcoming = (typeof SHORTCOMINGS)[number];

/** Unknown is never taken for permitted. */
const PRACTISING: readonly PracticeAuthority[] = ['FULL', 'LIMITED'];

/** What is wrong with a verification for a decision on that day; undefined where it carries it. */
export function shortcomingOn({ body }: VerificationDocument, decisionOn: PlainDate, policy: AgeingPolicy): Shortcoming | undefined {
  const retrievedOn = body.retrievedAt.slice(0, 10);
  const lastDay = lastDayOf(policy, body.element, retrievedOn);
  if (body.review?.decision !== 'accepted') return body.review === undefined ? 'NOT_REVIEWED' : 'NOT_ACCEPTED';
  if (retrievedOn > decisionOn) return 'LATER_THAN_DECISION';
  if (lastDay !== null && decisionOn > lastDay) return 'AGED_OUT';
  return shortcomingOfFinding(body, decisionOn);
}

function shortcomingOfFinding(body: VerificationDocument['body'], decisionOn: PlainDate): Shortcoming | undefined {
  const { finding } = body;
  if (finding.type === 'npdb') return undefined;
  if (finding.type === 'standing') return PRACTISING.includes(finding.authority) ? undefined : 'NO_AUTHORITY';
  if (!finding.found && !isFoundEmpty(body)) return 'NOT_FOUND';
  return hasExpired(body.element, finding, decisionOn) ? 'EXPIRED' : undefined;
}

/** For cases, sanctions and exclusions, finding nothing is what one hopes for. */
function isFoundEmpty({ element }: VerificationDocument['body']): boolean {
  return element === 'malpractice-history' || element === 'sanction' || element === 'exclusion';
}

/** An expired board certificate still proves education; an expired licence or registration proves nothing for practice. */
function hasExpired(element: Element, { expiresOn }: CredentialFinding, date: PlainDate): boolean {
  return EXPIRING_ELEMENTS.includes(element) && expiresOn !== undefined && expiresOn < date;
}

/** True where nothing stands against the clinician in this verification, so that no committee has to weigh it. */
export function isClean({ body: { finding, review, warnings } }: VerificationDocument): boolean {
  if (warnings.length > 0 || (review?.discrepancies.length ?? 0) > 0) return false;
  if (finding.type === 'standing') return finding.authority === 'FULL';
  return finding.type === 'npdb' || finding.adverse.length === 0;
}
