import { assembleAdjudication, covers, documentKey, DomainError } from '@medaccord/domain';
import type { AdjudicationDocument, ClaimFile, Days, Npi, OpaqueId, PlainDate, ReviewCause, ReviewItem, ReviewListDocument, StandingDecision } from '@medaccord/domain';
import { numbersEver } from '../../credentials/people.js';
import type { WriteRequest } from '../../idempotency/write-request.js';
import { opaqueIdOf, sha256 } from '../../ledger/claims-client.js';
import type { ReferenceTables } from '../../reference-data/reference-tables.js';
import type { ClaimsClient } from '../../ledger/claims-client.js';
import type { RegistryClient } from '../../ledger/registry-client.js';
import { AdjudicationReader, FeeScheduleCache, readingOf } from '../adjudication-reader.js';
import type { NotPrepared, PreparedClaim } from '../adjudication-reader.js';
import { answerOf } from '../claim-copies.js';
import type { CommandAnswer } from '../claim-copies.js';
import { inParallel } from '../../ledger/in-parallel.js';
import type { InsuredIds } from '../insured-ids.js';
import { standingDecision } from '../originals.js';
import { reopenClaims } from '../reopening.js';
import { everyNewest } from './pages.js';
import type { ReviewRequest } from './requests.js';

/** Claims of one list: they travel with their terms. */
const CLAIMS_PER_LIST = 100;
const READS_AT_ONCE = 50;

/** The lists that came of a search, and the claims that could not be computed again. */
export interface ProposedReviews {
  readonly reviewLists: readonly { readonly reviewListId: OpaqueId; readonly hospitalMsp: string; readonly proposed: number; readonly unchanged: number }[];
  readonly notReviewed: readonly NotPrepared[];
}

/** What a person decided, and what was opened again by that. */
export interface DecidedReviews {
  readonly decided: CommandAnswer;
  readonly reopened?: CommandAnswer;
}

interface Reviewable {
  readonly prepared: PreparedClaim;
  readonly decision: StandingDecision;
}

/** Finds decisions that something reached back to, has them computed again, and opens those again that a person releases. */
export class ReviewDesk {
  readonly #client: ClaimsClient;
  readonly #ids: InsuredIds;
  readonly #tables: ReferenceTables;
  readonly #registry: RegistryClient;
  readonly #feeSchedules = new FeeScheduleCache();

  constructor(client: ClaimsClient, registry: RegistryClient, ids: InsuredIds, tables: ReferenceTables) {
    this.#client = client;
    this.#registry = registry;
    this.#ids = ids;
    this.#tables = tables;
  }

  /** Proposes what a licence, a contract, a plan or a rule set would change. */
  async propose(write: WriteRequest, { reason, ...request }: ReviewRequest): Promise<ProposedReviews> {
    if (request.type !== 'LICENCE') return this.proposeFor(write, request, reason, await this.#decidedUnderOthers(request));
    const { npi, from, thru } = request;
    const claimIds = new Set((await this.affected(npi, from, thru)).map(({ claimId }) => claimId));

    return this.proposeFor(write, { type: 'LICENCE', npi }, reason, [...claimIds]);
  }

  /** Decided services of a person whose standing is known otherwise today, under each number that ever was said to be the person's. */
  async affected(npi: Npi, from: PlainDate, thru: PlainDate): Promise<readonly ReviewItem[]> {
    const items: ReviewItem[] = [];
    for (const number of await numbersEver(this.#registry, npi)) items.push(...(await this.#client.reviews(number, from, thru)));

    return items;
  }

  /** Proposes what a changed coverage would change: the claims of the changed days. */
  async proposeForCoverage(write: WriteRequest, cause: Extract<ReviewCause, { readonly type: 'COVERAGE' }>, reason: string, days: readonly Days[]): Promise<ProposedReviews> {
    const history = await this.#client.history(cause.coverageId);
    const affected = history.filter(({ claim }) => claim.body.content.lines.some(({ serviceFrom }) => days.some((one) => covers(one, serviceFrom))));

    return this.proposeFor(write, cause, reason, affected.map(({ claim }) => claim.id));
  }

  /** Proposes the outcomes of these claims, hospital by hospital, a hundred to a list. */
  async proposeFor(write: WriteRequest, cause: ReviewCause, reason: string, claimIds: readonly OpaqueId[]): Promise<ProposedReviews> {
    const reader = new AdjudicationReader(this.#client, this.#ids, this.#feeSchedules, this.#tables);
    const read = await inParallel([...claimIds].sort(), READS_AT_ONCE, (claimId) => this.#reviewable(reader, claimId));
    const notReviewed = read.filter((one) => one !== undefined && 'outcome' in one);
    const ready = read.filter((one) => one !== undefined && 'prepared' in one);
    const lists: ProposedReviews['reviewLists'][number][] = [];
    for (const claims of batchesOf(ready)) lists.push(await this.#proposeList(write, cause, reason, claims));

    return { reviewLists: lists, notReviewed };
  }

  /** Records what a person says of proposals; released ones are opened again, as a reopening of its own. */
  async decide(write: WriteRequest, reviewListId: OpaqueId, decisions: readonly { readonly claimId: OpaqueId; readonly state: 'RELEASED' | 'DISMISSED'; readonly reason: string }[]): Promise<DecidedReviews> {
    const decided = answerOf(await this.#client.applyOnce(write, DECIDE, async () => {
      const list = await this.#client.newest<ReviewListDocument>('review-list', reviewListId);

      return { parties: list.parties, body: { verb: 'decideReviews', list, decisions } };
    }));
    const released = decisions.filter(({ state }) => state === 'RELEASED');
    if (released.length === 0) return { decided };

    return { decided, reopened: await reopenClaims(this.#client, write, released.map(({ claimId, reason }) => ({ claimId, cause: 'RETROACTIVE_CHANGE' as const, reason }))) };
  }

  async #proposeList(write: WriteRequest, cause: ReviewCause, reason: string, claims: readonly Reviewable[]): Promise<ProposedReviews['reviewLists'][number]> {
    const [first] = claims;
    if (first === undefined) throw new DomainError('DOCUMENT_NOT_FOUND', { kind: 'adjudication' });
    const step = `propose ${first.prepared.claimId}`;
    const listId = opaqueIdOf(write.derive(`review list ${first.prepared.claimId}`));
    const { parties } = first.prepared.item.claim;
    const terms = assembleAdjudication(readingOf(claims.map(({ prepared }) => prepared)), sha256);
    const earlier = await this.#client.carriedOut(write, step);
    if (earlier === undefined) await this.#client.apply(write, step, { parties, body: { verb: 'proposeReviews', listId, cause, reason, decisions: claims.map(({ decision }) => decision), terms } });
    const [list] = await this.#client.documents([documentKey({ kind: 'review-list', id: listId, version: 1 })]);
    const { changes, unchanged } = (list as ReviewListDocument).body;

    return { reviewListId: listId, hospitalMsp: parties.hospitalMsp, proposed: changes.length, unchanged };
  }

  /** A decision that stands, with the terms of now; nothing where none stands any more. */
  async #reviewable(reader: AdjudicationReader, claimId: OpaqueId): Promise<Reviewable | NotPrepared | undefined> {
    const file: ClaimFile = await this.#client.claim(claimId);
    const decision = standingDecision(file);
    if (decision === undefined) return undefined;
    const prepared = await reader.reconsider(file);

    return 'outcome' in prepared ? prepared : { prepared, decision: { adjudication: decision.adjudication, eob: decision.eob } };
  }

  async #decidedUnderOthers(request: Exclude<ReviewCause, { readonly type: 'LICENCE' | 'COVERAGE' }>): Promise<readonly OpaqueId[]> {
    const found: OpaqueId[] = [];
    for await (const { id, body } of everyNewest<AdjudicationDocument>(this.#client, 'adjudication')) {
      if (isUnderAnother(body, request)) found.push(id);
    }

    return found;
  }
}

const DECIDE = 'decide reviews';

/** Decided by an earlier version of the contract or plan, or by another set of rules. */
function isUnderAnother({ facts, ruleSet }: AdjudicationDocument['body'], request: Exclude<ReviewCause, { readonly type: 'LICENCE' | 'COVERAGE' }>): boolean {
  switch (request.type) {
    case 'FEE_SCHEDULE':
      return facts.feeSchedule?.feeScheduleId === request.feeScheduleId && facts.feeSchedule.version < request.version;
    case 'PLAN':
      return facts.plan?.planId === request.planId && facts.plan.version < request.version;
    default:
      return familyOf(ruleSet) === familyOf(request.ruleSet) && ruleSet !== request.ruleSet;
  }
}

/** Rule sets of one kind of claim follow each other: `professional/1`, `professional/2`. */
function familyOf(ruleSet: string): string {
  return ruleSet.slice(0, ruleSet.indexOf('/'));
}

function batchesOf(claims: readonly Reviewable[]): readonly (readonly Reviewable[])[] {
  const hospitals = [...new Set(claims.map(({ prepared }) => prepared.hospitalMsp))];

  return hospitals.flatMap((hospitalMsp) => {
    const all = claims.filter(({ prepared }) => prepared.hospitalMsp === hospitalMsp);

    return Array.from({ length: Math.ceil(all.length / CLAIMS_PER_LIST) }, (_, index) => all.slice(index * CLAIMS_PER_LIST, (index + 1) * CLAIMS_PER_LIST));
  });
}
