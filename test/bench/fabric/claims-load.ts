import type { ClaimFile } from '@medaccord/domain';
import type { People } from '../../demo/people.js';
import type { DemoDates } from '../../fixtures/demo-dates.js';
import { generatedClaims } from '../claims/generated-claims.js';
import { load, type LoadResult } from '../load.js';

/** One size of request to measure. */
export interface BatchPlan {
  readonly batch: number;
  /** Requests under way at once. */
  readonly atOnce: number;
}

/** Claims with their own insured members, by serial number. */
export interface ClaimRange {
  readonly first: number;
  readonly count: number;
}

/** Submits claims in batches at the hospital; answers the ids of each batch beside the figures. */
export async function measureSubmit({ biller }: People, dates: DemoDates, { batch, atOnce }: BatchPlan, range: ClaimRange, seconds: number): Promise<{ readonly load: LoadResult; readonly batches: readonly (readonly string[])[] }> {
  const batches: string[][] = [];
  const submit = async (index: number): Promise<void> => {
    const claims = generatedClaims(dates, range.first + index * batch, batch);
    const answer = await biller.post<{ claims: { claimId: string; outcome: string }[] }>('/v1/claims', { insurerMsp: 'InsurerMSP', claims });
    if (answer.claims.some(({ outcome }) => outcome !== 'ACCEPTED')) throw new Error('a claim was not accepted');
    batches.push(answer.claims.map(({ claimId }) => claimId));
  };
  return { load: await load(atOnce, seconds, submit, Math.floor(range.count / batch)), batches };
}

/** The insurer decides batches of claims; answers the ids of those that were decided beside the figures. */
export async function measureAdjudicate({ examiner }: People, { atOnce }: BatchPlan, batches: readonly (readonly string[])[], seconds: number): Promise<{ readonly load: LoadResult; readonly decided: readonly string[] }> {
  const decided: string[] = [];
  const adjudicate = async (index: number): Promise<void> => {
    const ids = batches[index] ?? [];
    const answer = await examiner.post<{ claims: { outcome: string; code?: string }[] }>('/v1/adjudications', { claims: ids.map((claimId) => ({ claimId })) });
    const other = answer.claims.find(({ outcome }) => outcome !== 'ADJUDICATED');
    if (other !== undefined) throw new Error(`a claim was not adjudicated: ${other.outcome} ${other.code ?? ''}`);
    decided.push(...ids);
  };
  return { load: await load(atOnce, seconds, adjudicate, batches.length), decided };
}

/** How many of the claims both parties read as decided, with the same documents. */
export async function readAtBoth({ examiner, biller }: People, claimIds: readonly string[], atOnce: number): Promise<number> {
  let same = 0;
  await load(atOnce, Number.POSITIVE_INFINITY, async (index) => {
    const path = `/v1/claims/${claimIds[index] ?? ''}`;
    const [insurers, hospitals] = await Promise.all([examiner.get<ClaimFile>(path), biller.get<ClaimFile>(path)]);
    if (insurers.eob !== null && JSON.stringify([insurers.claim, insurers.adjudication, insurers.eob]) === JSON.stringify([hospitals.claim, hospitals.adjudication, hospitals.eob])) same += 1;
  }, claimIds.length);
  return same;
}
