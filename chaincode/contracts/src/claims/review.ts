import { canonicalJson } from '@medaccord/domain';
import type { AdjudicationDocument, HistoryInput, ImportedClaimDocument, ReviewItem, StandingFact } from '@medaccord/domain';
import { AFTER_ALL, take } from '../platform/private-reader.js';
import { versions } from './claim-records.js';
import type { ClaimsContext } from './claims-context.js';

interface IndexedDecision {
  readonly claimId: string;
  readonly claimVersion: number;
  readonly version: number;
  /** 1 where the decision was taken back. */
  readonly reversed?: number;
}

/** A person's decided claims with their decisions, in order of claim id. */
export async function historyOf({ reader }: ClaimsContext, coverageId: string): Promise<readonly HistoryInput[]> {
  const decisions = (await take(reader.list(`coverage-claim~${coverageId}~`))).map(({ json }) => JSON.parse(json) as IndexedDecision).filter(counts);
  const claims = await versions(reader, 'claim', decisions.map(({ claimId, claimVersion }) => ({ id: claimId, version: claimVersion })));
  const eobs = await versions(reader, 'eob', decisions.map(({ claimId, version }) => ({ id: claimId, version })));
  return claims.flatMap((claim, index) => {
    const eob = eobs[index];
    return eob === undefined ? [] : [{ claim, eob }];
  });
}

/** A person's claims in the system that the insurer used before, in order of id. */
export async function importedOf({ reader }: ClaimsContext, coverageId: string): Promise<readonly ImportedClaimDocument[]> {
  const ids = (await take(reader.list(`imported-of~${coverageId}~`))).map(({ json }) => (JSON.parse(json) as { readonly id: string }).id);
  return versions(reader, 'imported-claim', ids.map((id) => ({ id, version: 1 })));
}

/**
 * Decided services of a provider whose standing is known otherwise today than the decision knew it: decisions stand
 * until a person looks.
 */
export async function reviewList(ctx: ClaimsContext, npi: string, from: string, thru: string): Promise<readonly ReviewItem[]> {
  const entries = await take(ctx.reader.range(`service~${npi}~${from}`, `service~${npi}~${thru}~${AFTER_ALL}`));
  const decisions = new Map(entries.map(({ json }) => JSON.parse(json) as IndexedDecision).filter(counts).map((decision) => [decision.claimId, decision]));
  const names = [...decisions.values()].map(({ claimId, version }) => ({ id: claimId, version }));
  const used = (await versions(ctx.reader, 'adjudication', names)).flatMap((document) => standingsUsed(document, npi, from, thru));
  const known = await ctx.standings(used.map(({ fact }) => ({ npi: fact.npi, jurisdiction: fact.jurisdiction, from: fact.from, thru: fact.thru })));
  return used.flatMap(({ document, fact }, index) => {
    const knownNow = known[index]?.periods ?? [];
    const { jurisdiction, periods } = fact;
    if (canonicalJson(knownNow) === canonicalJson(periods)) return [];
    return [{ claimId: document.id, adjudicationVersion: document.version, npi, jurisdiction, from: fact.from, thru: fact.thru, decidedWith: periods, knownNow }];
  });
}

function counts({ reversed }: IndexedDecision): boolean {
  return reversed !== 1;
}

function standingsUsed(document: AdjudicationDocument, npi: string, from: string, thru: string): readonly { readonly document: AdjudicationDocument; readonly fact: StandingFact }[] {
  return document.body.facts.standings
    .filter((fact) => fact.npi === npi && fact.from <= thru && fact.thru >= from)
    .map((fact) => ({ document, fact }));
}
