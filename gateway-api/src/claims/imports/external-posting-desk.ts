import { accumulatorId, accumulatorInput, benefitYearOf, DomainError, periodOn } from '@medaccord/domain';
import type { AccumulatorInput, CoverageDocument, ExternalEvent, ExternalPostingDocument, OpaqueId, PlanDocument } from '@medaccord/domain';
import type { Upload } from '../../http/upload.js';
import type { WriteRequest } from '../../idempotency/write-request.js';
import { opaqueIdOf, sha256 } from '../../ledger/claims-client.js';
import type { ClaimsClient } from '../../ledger/claims-client.js';
import { answerOf } from '../claim-copies.js';
import type { CommandAnswer } from '../claim-copies.js';
import { personKeyOf } from '../insured-ids.js';
import type { InsuredIds, InsuredPerson } from '../insured-ids.js';
import { readCsv } from './csv.js';
import { externalEvent, externalRow, personOf } from './rows.js';

/** Events of one transaction: each brings the totals that it changes. */
const EVENTS_AT_ONCE = 50;

/** Something that happened to a person off the ledger. */
export interface EventOfPerson {
  readonly person: InsuredPerson;
  readonly event: ExternalEvent;
}

/** What became of events, in as many transactions as they needed. */
export interface PostedEvents {
  readonly transactions: readonly CommandAnswer[];
}

/** What happens off the ledger and counts to the totals: posted, and taken back. */
export class ExternalPostingDesk {
  readonly #client: ClaimsClient;
  readonly #ids: InsuredIds;

  constructor(client: ClaimsClient, ids: InsuredIds) {
    this.#client = client;
    this.#ids = ids;
  }

  /** Posts events in their order; a request that is taken up again goes on with those that are missing. */
  async post(write: WriteRequest, events: readonly EventOfPerson[]): Promise<PostedEvents> {
    const transactions: CommandAnswer[] = [];
    for (let from = 0; from < events.length; from += EVENTS_AT_ONCE) {
      transactions.push(await this.#postPart(write, from, events.slice(from, from + EVENTS_AT_ONCE)));
    }

    return { transactions };
  }

  /** Posts the events of a file. Throws INVALID_INPUT with lines and columns. */
  async postFile(write: WriteRequest, upload: Upload): Promise<PostedEvents> {
    const rows = await readCsv(upload.open(), externalRow);

    return this.post(write, rows.map(({ value }) => ({ person: personOf(value), event: externalEvent(value) })));
  }

  async reverse(write: WriteRequest, postingId: OpaqueId, reason: string): Promise<CommandAnswer> {
    return answerOf(await this.#client.applyOnce(write, 'reverse', async () => {
      const posting = await this.#client.newest<ExternalPostingDocument>('external-posting', postingId);
      const coverage = await this.#client.newest<CoverageDocument>('coverage', posting.body.coverageId);
      const accumulators = [accumulatorInput(await this.#client.accumulatorFile(posting.body.accumulatorId), [coverage], [], sha256)];

      return { parties: posting.parties, body: { verb: 'reverseExternal', items: [{ posting, reason }], accumulators } };
    }));
  }

  async #postPart(write: WriteRequest, from: number, events: readonly EventOfPerson[]): Promise<CommandAnswer> {
    const step = `events-from-${from}`;
    return answerOf(await this.#client.applyOnce(write, step, async () => {
      const coverages = await this.#coveragesOf(events);
      const items = events.map(({ person, event }, index) => ({ id: opaqueIdOf(write.derive(`event ${from + index}`)), coverageId: this.#ids.coverage(personKeyOf(person)), event }));
      const plans = await this.#plansOf(coverages, events);
      const accumulators = await this.#totalsOf(coverages, plans, events);

      return { parties: { insurerMsp: this.#client.mspId }, body: { verb: 'postExternal', items, coverages, plans, accumulators } };
    }));
  }

  async #coveragesOf(events: readonly EventOfPerson[]): Promise<readonly CoverageDocument[]> {
    const ids = [...new Set(events.map(({ person }) => this.#ids.coverage(personKeyOf(person))))];

    return Promise.all(ids.map((id) => this.#client.newest<CoverageDocument>('coverage', id)));
  }

  /** The plans of the days. Throws COVERAGE_NOT_IN_FORCE where nobody was insured on any. */
  async #plansOf(coverages: readonly CoverageDocument[], events: readonly EventOfPerson[]): Promise<readonly PlanDocument[]> {
    const ids = new Set(events.flatMap(({ event }) => coverages.flatMap(({ body }) => periodOn(body.periods, event.serviceDate)?.planId ?? [])));
    if (ids.size === 0) throw new DomainError('COVERAGE_NOT_IN_FORCE');

    return Promise.all([...ids].map((id) => this.#client.newest<PlanDocument>('plan', id)));
  }

  async #totalsOf(coverages: readonly CoverageDocument[], plans: readonly PlanDocument[], events: readonly EventOfPerson[]): Promise<readonly AccumulatorInput[]> {
    const ids = new Set(events.flatMap(({ person, event }) => {
      const body = coverages.find(({ id }) => id === this.#ids.coverage(personKeyOf(person)))?.body;
      const plan = plans.find(({ id }) => id === (body && periodOn(body.periods, event.serviceDate)?.planId));

      return body?.familyId === undefined || plan === undefined ? [] : [accumulatorId(body.familyId, benefitYearOf(plan.body, event.serviceDate), sha256)];
    }));
    const files = await Promise.all([...ids].map((id) => this.#client.accumulatorFile(id)));

    return files.map((file) => accumulatorInput(file, coverages, [], sha256));
  }
}
