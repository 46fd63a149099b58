import { DomainError, MOST_STANDING_QUERIES, canonicalJson, documentKey, readStored, recompute, referenceTo, standingFact, standingQueriesAsKnown, toHex, utf8 } from '@medaccord/domain';
import type { AdjudicationDocument, ClaimDocument, EobDocument, Parties, Recomputation, RecomputedDecision, StandingFact } from '@medaccord/domain';
import type { PrivateEntry } from '../platform/private-reader.js';
import { holdersOf } from '../platform/private-documents.js';
import { sha256 } from '../platform/sha256.js';
import { claimFile } from './claim-records.js';
import type { ClaimsContext } from './claims-context.js';

/** A decision with everything that is needed to take it again. */
interface Decided {
  readonly claim: ClaimDocument;
  readonly adjudication: AdjudicationDocument;
  readonly eob: EobDocument;
}

/** The newest decision on a claim, computed again from what it names: the same bytes, and the same standings as known then. */
export async function recomputation(ctx: ClaimsContext, claimId: string): Promise<Recomputation> {
  const { claim, adjudication, eob } = await claimFile(ctx.reader, claimId);
  if (adjudication === null || eob === null) throw new DomainError('DOCUMENT_NOT_FOUND', { kind: 'adjudication' });
  return again({ claim, adjudication, eob }, await standingsAsKnown(ctx, [adjudication]));
}

/** Stored decisions, every version, computed again. What a decision rests on is asked of the registry once for all of them. */
export async function recomputations(ctx: ClaimsContext, entries: readonly PrivateEntry[]): Promise<readonly RecomputedDecision[]> {
  const decisions = entries.map((entry) => ({ entry, adjudication: readStored('adjudication', entry.json) }));
  const standings = await standingsAsKnown(ctx, decisions.map(({ adjudication }) => adjudication));
  const answers: RecomputedDecision[] = [];
  for (const { entry, adjudication } of decisions) {
    const own = standings.splice(0, adjudication.body.facts.standings.length);
    answers.push({ key: entry.key, outcome: await outcomeOf(ctx, entry, adjudication, own) });
  }
  return answers;
}

async function outcomeOf(ctx: ClaimsContext, entry: PrivateEntry, adjudication: AdjudicationDocument, standings: readonly StandingFact[]): Promise<RecomputedDecision['outcome']> {
  const { id, version, body, parties } = adjudication;
  const [claimKey, eobKey] = [body.claim.key, documentKey({ kind: 'eob', id, version })];
  const [claim, eob] = await ctx.reader.get([claimKey, eobKey]);
  if (claim === undefined || eob === undefined) return 'NOT_HELD';
  const stored = [entry, { key: claimKey, json: claim }, { key: eobKey, json: eob }];
  if (!(await agreed(ctx, parties, stored))) return 'ALTERED';
  try {
    return again({ claim: readStored('claim', claim), adjudication, eob: readStored('eob', eob) }, standings).same ? 'SAME' : 'DIFFERENT';
  } catch (error) {
    if (error instanceof DomainError && error.code === 'UNKNOWN_RULE') return 'UNKNOWN_RULE';
    throw error;
  }
}

/** True where the ledger has the hash of these very bytes at both parties. */
async function agreed(ctx: ClaimsContext, parties: Parties, stored: readonly PrivateEntry[]): Promise<boolean> {
  for (const { key, json } of stored) {
    if ((await ctx.documents.compare(holdersOf(parties), key, utf8(json))) !== 'same') return false;
  }
  return true;
}

/** What the registry answers today about the standings that decisions used, as they were known then; in the same order. */
async function standingsAsKnown(ctx: ClaimsContext, adjudications: readonly AdjudicationDocument[]): Promise<StandingFact[]> {
  const queries = adjudications.flatMap(({ body }) => standingQueriesAsKnown(body.facts.standings));
  const facts: StandingFact[] = [];
  for (let from = 0; from < queries.length; from += MOST_STANDING_QUERIES) {
    facts.push(...(await ctx.standings(queries.slice(from, from + MOST_STANDING_QUERIES))).map(standingFact));
  }
  return facts;
}

function again({ claim, adjudication, eob }: Decided, standings: readonly StandingFact[]): Recomputation {
  const computed = recompute(claim, adjudication, eob, sha256);
  const recorded = [referenceTo(adjudication, sha256), referenceTo(eob, sha256)];
  const recomputed = [
    { key: documentKey(adjudication), hash: toHex(sha256(computed.adjudication)) },
    { key: documentKey(eob), hash: toHex(sha256(computed.eob)) },
  ];
  const standingsAgree = canonicalJson(standings) === canonicalJson(adjudication.body.facts.standings);
  return { recorded, recomputed, standingsAgree, standings, same: standingsAgree && canonicalJson(recorded) === canonicalJson(recomputed) };
}
