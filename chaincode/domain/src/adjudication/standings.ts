import { renderingProvider, serviceState } from '../claims/claim.js';
import type { ClaimContent } from '../claims/claim.js';
import { asksForCredentials } from '../coverage/credential-policy.js';
import { standingQueryShape } from '../licences/standing-query.js';
import type { ProviderStanding, StandingQuery } from '../licences/standing-query.js';
import { DomainError } from '../shared/errors.js';
import { present } from '../shared/present.js';
import type { StandingFact } from './adjudication.js';
import type { ClaimInputs } from './inputs.js';

/** What has to be asked about the people who rendered a claim's services: each question once, in order of the lines. */
export function standingQueriesFor({ claim, plan }: Pick<ClaimInputs, 'claim' | 'plan'>): readonly StandingQuery[] {
  if (plan === undefined || !asksForCredentials(plan.body)) return [];
  return questionsAbout(claim.body.content);
}

/** The same, whatever a plan makes of the answers. */
export function questionsAbout(content: ClaimContent): readonly StandingQuery[] {
  return unique(content.lines.flatMap((line) => lineQuery(content, line) ?? []));
}

/** The questions of a whole batch, each once. */
export function standingQueriesOf(claims: readonly ClaimInputs[]): readonly StandingQuery[] {
  return unique(claims.flatMap(standingQueriesFor));
}

/** The registry's answers as a claim's facts; throws INPUT_MISSING where a question was not answered. */
export function standingFacts(inputs: Pick<ClaimInputs, 'claim' | 'plan'>, answers: readonly ProviderStanding[]): readonly StandingFact[] {
  const byQuestion = new Map(answers.map((answer) => [questionOf(answer), answer]));
  return standingQueriesFor(inputs).map((query) => {
    const answer = byQuestion.get(questionOf(query));
    if (answer === undefined) throw new DomainError('INPUT_MISSING', { input: 'standing' });
    return standingFact(answer);
  });
}

/** An answer of the registry, as far as a decision needs it and can be asked again. */
export function standingFact({ npi, jurisdiction, from, thru, periods, licences, identity }: ProviderStanding): StandingFact {
  return {
    npi,
    jurisdiction,
    from,
    thru,
    periods,
    licences: licences.map(({ licence, knownAt, linkKnownAt, npi: of, classKnownAt, silentAfter, related }) => ({
      licence, knownAt, linkKnownAt, ...present('npi', of), ...present('classKnownAt', classKnownAt), ...present('silentAfter', silentAfter), ...present('related', related),
    })),
    ...present('identity', identity),
  };
}

/** Asks again what a decision was based on, as it was known then. */
export function standingQueriesAsKnown(facts: readonly StandingFact[]): readonly StandingQuery[] {
  return facts.map(({ npi, jurisdiction, from, thru, licences, identity }) => ({ npi, jurisdiction, from, thru, known: licences, ...present('knownIdentity', identity) }));
}

/** A question that the registry can answer; a line that names no person, no state or no real NPI has none. */
export function lineQuery(content: ClaimContent, line: ClaimContent['lines'][number]): StandingQuery | undefined {
  const provider = renderingProvider(content, line);
  if (provider.entity !== 'person') return undefined;
  const query = { npi: provider.npi ?? '', jurisdiction: serviceState(content, line) ?? '', from: line.serviceFrom, thru: line.serviceThru };
  const issues: Parameters<typeof standingQueryShape>[2] = [];
  standingQueryShape(query, '', issues);
  return issues.length === 0 ? query : undefined;
}

function unique(queries: readonly StandingQuery[]): readonly StandingQuery[] {
  return [...new Map(queries.map((query) => [questionOf(query), query])).values()];
}

/** Tells questions apart, and which answer is to which. */
export function questionOf({ npi, jurisdiction, from, thru }: StandingQuery | ProviderStanding): string {
  return [npi, jurisdiction, from, thru].join('~');
}
