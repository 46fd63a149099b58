import { renderingProvider, serviceState } from '../../claims/claim.js';
import type { ClaimContent, ClaimLine } from '../../claims/claim.js';
import { credentialEffect } from '../../coverage/credential-policy.js';
import type { CredentialSubject } from '../../coverage/credential-policy.js';
import type { StandingFact } from '../adjudication.js';
import { deny, note, pend } from '../rule.js';
import type { Case, EditFinding, EditRule } from '../rule.js';

/**
 * Whoever rendered the service was licensed on every day of it, in the state where the patient was, by what the boards
 * had recorded in the state that the transaction read: without authority on any day CO-B7; where it cannot be said, or
 * is limited, a person looks, because unknown never denies. Organisations hold no personal licence.
 */
export const credential: EditRule = {
  id: 'credential/v1',
  source: 'claims guide, decisions (credential policy) and 2.5; credentials guide 2.10; CARC B7 with N570',
  examine: (line, given) => {
    const { facts: { plan }, content } = given;
    if (plan === undefined || renderingProvider(content, line).entity !== 'person') return [];
    const standing = standingOf(line, given);
    const effect = credentialEffect(plan.terms, subjectOf(line, content, standing));
    const finding = effect === 'OFF' ? undefined : findingFor(standing);
    if (finding === undefined) return [];
    return [effect === 'ENFORCE' ? finding : note(finding.reason)];
  },
};

/** The standing that was asked for a line; undefined where the claim does not say whom or where to ask. */
export function standingOf(line: ClaimLine, { content, facts }: Case): StandingFact | undefined {
  const [npi, jurisdiction] = [renderingProvider(content, line).npi, serviceState(content, line)];
  return facts.standings.find((fact) =>
    fact.npi === npi && fact.jurisdiction === jurisdiction && fact.from === line.serviceFrom && fact.thru === line.serviceThru);
}

function subjectOf(line: ClaimLine, content: ClaimContent, standing: StandingFact | undefined): CredentialSubject {
  return { jurisdiction: serviceState(content, line), licenceTypes: (standing?.licences ?? []).map(({ licence }) => licence.type), role: content.institutional === undefined ? 'rendering' : 'attending' };
}

function findingFor(standing: StandingFact | undefined): EditFinding | undefined {
  const authorities = standing?.periods.map(({ authority }) => authority) ?? ['UNKNOWN' as const];
  if (authorities.includes('NONE')) return deny('CO', 'B7', 'N570');
  if (authorities.includes('UNKNOWN')) return pend('credential-unknown');
  return authorities.includes('LIMITED') ? pend('credential-limited') : undefined;
}
