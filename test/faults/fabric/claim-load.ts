import type { ClaimContent } from '@medaccord/domain';
import type { People } from '../../demo/people.js';
import { type AnswerCounts, noAnswers, sendUntilAnswered } from './honest-request.js';
import type { Moment } from './service-gap.js';

/** What a hospital and an insurer were told about one claim. */
export interface ToldClaim {
  readonly patientControlNumber: string;
  readonly claimId: string;
  /** True once the insurer was told that it is adjudicated. */
  adjudicated: boolean;
}

interface SubmitAnswer {
  readonly claims: readonly { readonly claimId: string; readonly outcome: string }[];
}

interface AdjudicateAnswer {
  readonly claims: readonly { readonly outcome: string; readonly code?: string }[];
}

/** Claims on their way at once. */
const WORKERS = 4;
/** An answer "not decided" ends a request, so its claim is sent again under another key, so often. */
const DECISIONS = 20;

/**
 * A steady load of claims, each of its own family: submitted at the hospital's gateway and adjudicated at the insurer's,
 * every request sent until it is answered.
 */
export class ClaimLoad {
  readonly told: ToldClaim[] = [];
  /** When a submission, and when an adjudication was acknowledged. */
  readonly acknowledged: Moment[] = [];
  readonly answers: AnswerCounts = noAnswers();
  private running = true;
  private readonly workers: Promise<void>[];

  constructor(
    private readonly people: People,
    private readonly claims: Iterator<ClaimContent, undefined>,
  ) {
    this.workers = Array.from({ length: WORKERS }, async () => this.work());
  }

  /** Claims that are under way are still brought to their end; rejects where the load could not go on. */
  async end(): Promise<void> {
    this.running = false;
    await Promise.all(this.workers);
  }

  private async work(): Promise<void> {
    while (this.running) {
      const { value: claim } = this.claims.next();
      if (claim === undefined) throw new Error('the load has no more claims');
      await this.carry(claim);
    }
  }

  private async carry(claim: ClaimContent): Promise<void> {
    const { patientControlNumber } = claim;
    const submitted = await sendUntilAnswered<SubmitAnswer>(this.people.biller, '/v1/claims', { insurerMsp: 'InsurerMSP', claims: [claim] }, this.answers);
    const [accepted] = submitted?.claims ?? [];
    if (accepted?.outcome !== 'ACCEPTED') {
      if (submitted !== undefined) this.answers.dishonest.push(`submission: ${accepted?.outcome ?? 'nothing'}`);
      return;
    }
    const told: ToldClaim = { patientControlNumber, claimId: accepted.claimId, adjudicated: false };
    this.told.push(told);
    this.acknowledged.push(performance.now());
    told.adjudicated = await this.adjudicate(told);
  }

  private async adjudicate({ claimId }: ToldClaim): Promise<boolean> {
    for (let decision = 1; decision <= DECISIONS; decision += 1) {
      const answer = await sendUntilAnswered<AdjudicateAnswer>(this.people.examiner, '/v1/adjudications', { claims: [{ claimId }] }, this.answers);
      const [decided] = answer?.claims ?? [];
      if (decided?.outcome === 'ADJUDICATED') {
        this.acknowledged.push(performance.now());
        return true;
      }
      if (answer !== undefined) this.answers.undecided += 1;
    }
    this.answers.dishonest.push(`a claim was not decided in ${DECISIONS} requests`);
    return false;
  }
}
