import { documentKey, present } from '@medaccord/domain';
import type { CoverageChangeDocument, CoverageDocument, NewCoverageChange } from '@medaccord/domain';
import type { WriteRequest } from '../../idempotency/write-request.js';
import type { ClaimsClient } from '../../ledger/claims-client.js';
import { answerOf } from '../claim-copies.js';
import type { CommandAnswer } from '../claim-copies.js';
import { personKeyOf } from '../insured-ids.js';
import type { InsuredIds, InsuredPerson } from '../insured-ids.js';
import type { CoverageChangeRequest } from './requests.js';
import type { ProposedReviews, ReviewDesk } from './review-desk.js';

const STEP = 'change coverages';

/** What was changed, and the lists of claims that it reaches back to. */
export interface ChangedCoverages extends ProposedReviews {
  readonly changed: CommandAnswer;
}

/** Changes of coverage: each is recorded, and the decided claims of its days are proposed for review. */
export class CoverageChangeDesk {
  readonly #client: ClaimsClient;
  readonly #ids: InsuredIds;
  readonly #reviews: ReviewDesk;

  constructor(client: ClaimsClient, ids: InsuredIds, reviews: ReviewDesk) {
    this.#client = client;
    this.#ids = ids;
    this.#reviews = reviews;
  }

  async change(write: WriteRequest, items: readonly CoverageChangeRequest[]): Promise<ChangedCoverages> {
    const applied = await this.#client.applyOnce(write, STEP, async () => ({
      parties: { insurerMsp: this.#client.mspId },
      body: { verb: 'changeCoverages', items: await Promise.all(items.map((item) => this.#changeOf(item))) },
    }));
    const names = applied.receipt.body.items.flatMap(({ id, version = 1 }) => [{ id, version }]);
    const changes = await this.#client.documents(names.map((name) => documentKey({ kind: 'coverage-change', ...name })));
    const proposed: ProposedReviews[] = [];
    for (const { id, version, body } of changes as readonly CoverageChangeDocument[]) {
      proposed.push(await this.#reviews.proposeForCoverage(write, { type: 'COVERAGE', coverageId: id, version }, body.reason, body.changedDays));
    }

    return { changed: answerOf(applied), reviewLists: proposed.flatMap(({ reviewLists }) => reviewLists), notReviewed: proposed.flatMap(({ notReviewed }) => notReviewed) };
  }

  async #changeOf(request: CoverageChangeRequest): Promise<NewCoverageChange> {
    const { reason } = request;
    const coverage = await this.#client.newest<CoverageDocument>('coverage', this.#ids.coverage(personKeyOf(request)));
    switch (request.type) {
      case 'TERMINATION':
        return { type: 'TERMINATION', coverage, lastDay: request.lastDay, reason };
      case 'PERIODS':
        return { type: 'PERIODS', coverage, periods: request.periods, reason };
      case 'NEWBORN':
        return { type: 'NEWBORN', parent: coverage, ...(await this.#named(request.child)), person: request.person, birthDate: request.birthDate, reason };
      default:
        return { type: 'MEMBER_ID', coverage, ...(await this.#named(request.newNumber)), effectiveFrom: request.effectiveFrom, reason };
    }
  }

  /** The coverage under a name, and what was stated there before. */
  async #named(person: InsuredPerson): Promise<{ readonly coverageId: string; readonly personKey: string; readonly before?: CoverageDocument }> {
    const personKey = personKeyOf(person);
    const coverageId = this.#ids.coverage(personKey);

    return { coverageId, personKey, ...present('before', await this.#client.newestOrNone<CoverageDocument>('coverage', coverageId)) };
  }
}
