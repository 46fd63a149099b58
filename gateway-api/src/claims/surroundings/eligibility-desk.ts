import { accumulatorInput, benefitYearOf, DomainError, periodOn } from '@medaccord/domain';
import type { AnswerableInquiry, CoverageDocument, EligibilityDocument, OpaqueId, PlanDocument } from '@medaccord/domain';
import type { WriteRequest } from '../../idempotency/write-request.js';
import { opaqueIdOf, sha256 } from '../../ledger/claims-client.js';
import type { ClaimsClient } from '../../ledger/claims-client.js';
import { answerOf } from '../claim-copies.js';
import type { CommandAnswer } from '../claim-copies.js';
import { personKeyOf } from '../insured-ids.js';
import type { InsuredIds } from '../insured-ids.js';
import { everyNewest } from './pages.js';
import type { InquiriesRequest } from './requests.js';

/** Inquiries that go into one transaction: their statements travel with them. */
const AT_ONCE = 100;
const ASK = 'ask';
const ANSWER = 'answer';

/** Questions whether somebody is insured, asked by hospitals and answered by insurers. */
export class EligibilityDesk {
  readonly #client: ClaimsClient;
  readonly #ids: InsuredIds;

  constructor(client: ClaimsClient, ids: InsuredIds) {
    this.#client = client;
    this.#ids = ids;
  }

  async ask(write: WriteRequest, { insurerMsp, questions }: InquiriesRequest): Promise<CommandAnswer> {
    const items = questions.map((question, index) => ({
      id: opaqueIdOf(write.derive(`inquiry ${index}`)),
      question: { personKey: personKeyOf(question), serviceDate: question.serviceDate, categories: question.categories ?? [] },
    }));

    return answerOf(await this.#client.apply(write, ASK, { parties: { insurerMsp, hospitalMsp: this.#client.mspId }, body: { verb: 'askEligibility', items } }));
  }

  /** Answers these questions of one hospital, or the open ones of the first hospital that has any. Throws DOCUMENT_NOT_FOUND where there is none. */
  async answer(write: WriteRequest, inquiryIds?: readonly OpaqueId[]): Promise<CommandAnswer> {
    return answerOf(await this.#client.applyOnce(write, ANSWER, async () => {
      const inquiries = inquiryIds === undefined ? await this.#open() : await Promise.all(inquiryIds.map((id) => this.#client.newest<EligibilityDocument>('eligibility', id)));
      const [first] = inquiries;
      if (first === undefined) throw new DomainError('DOCUMENT_NOT_FOUND', { kind: 'eligibility' });
      const items = await Promise.all(inquiries.map((inquiry) => this.#withStatements(inquiry)));

      return { parties: first.parties, body: { verb: 'answerEligibility', items } };
    }));
  }

  async #open(): Promise<readonly EligibilityDocument[]> {
    const open: EligibilityDocument[] = [];
    for await (const inquiry of everyNewest<EligibilityDocument>(this.#client, 'eligibility')) {
      const isOfSameHospital = inquiry.parties.hospitalMsp === (open[0] ?? inquiry).parties.hospitalMsp;
      if (inquiry.body.answer === undefined && isOfSameHospital) open.push(inquiry);
      if (open.length >= AT_ONCE) break;
    }

    return open;
  }

  async #withStatements(inquiry: EligibilityDocument): Promise<AnswerableInquiry> {
    const { personKey, serviceDate } = inquiry.body.question;
    const coverage = await this.#client.newestOrNone<CoverageDocument>('coverage', this.#ids.coverage(personKey));
    const planId = coverage && periodOn(coverage.body.periods, serviceDate)?.planId;
    if (coverage === undefined) return { inquiry };
    if (planId === undefined) return { inquiry, coverage };
    const plan = await this.#client.newest<PlanDocument>('plan', planId);
    const file = await this.#client.accumulator(coverage.body.familyId ?? '', benefitYearOf(plan.body, serviceDate));

    return { inquiry, coverage, plan, ...(file && { accumulator: accumulatorInput(file, [coverage], [], sha256) }) };
  }
}
