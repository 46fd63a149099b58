import { setTimeout as pause } from 'node:timers/promises';
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

/** People at work at once. */
const BILLERS = 3;
const EXAMINERS = 3;
/** Claims that wait for a decision, at most; then the billers wait. */
const MOST_WAITING = 6;
/** An answer "not decided" ends a request, so its claim is sent again under another key, so often. */
const DECISIONS = 20;
const LOOK_AGAIN_MS = 20;

/**
 * A steady load of claims, each of its own family: submitted at the hospital's gateway and adjudicated at the insurer's,
 * every request sent until it is answered.
 */
export class ClaimLoad {
  readonly told: ToldClaim[] = [];
  /** When a submission, and when an adjudication was acknowledged. */
  readonly acknowledged: Moment[] = [];
  readonly answers: AnswerCounts = noAnswers();
  private readonly waiting: ToldClaim[] = [];
  private running = true;
  private billing = true;
  private readonly billers: Promise<unknown>;
  private readonly examiners: Promise<unknown>;

  constructor(
    private readonly people: People,
    private readonly claims: Iterator<ClaimContent, undefined>,
  ) {
    this.billers = Promise.all(Array.from({ length: BILLERS }, async () => this.bill()));
    this.examiners = Promise.all(Array.from({ length: EXAMINERS }, async () => this.examine()));
    // What goes wrong is told by `end`.
    this.billers.catch(ignore);
    this.examiners.catch(ignore);
  }

  /** Claims that are under way are still brought to their end; rejects where the load could not go on. */
  async end(): Promise<void> {
    this.running = false;
    await this.billers;
    this.billing = false;
    await this.examiners;
  }

  private async bill(): Promise<void> {
    while (this.running) {
      if (this.waiting.length >= MOST_WAITING) {
        await pause(LOOK_AGAIN_MS);
        continue;
      }
      const { value: claim } = this.claims.next();
      if (claim === undefined) throw new Error('the load has no more claims');
      await this.submit(claim);
    }
  }

  private async examine(): Promise<void> {
    while (this.billing || this.waiting.length > 0) {
      const claim = this.waiting.shift();
      if (claim === undefined) await pause(LOOK_AGAIN_MS);
      else claim.adjudicated = await this.adjudicate(claim);
    }
  }

  private async submit(claim: ClaimContent): Promise<void> {
    const { patientControlNumber } = claim;
    const submitted = await sendUntilAnswered<SubmitAnswer>(this.people.biller, '/v1/claims', { insurerMsp: 'InsurerMSP', claims: [claim] }, this.answers);
    const [accepted] = submitted?.claims ?? [];
    if (accepted?.outcome !== 'ACCEPTED') {
      if (submitted !== undefined) this.answers.dishonest.push(`submission: ${accepted?.outcome ?? 'nothing'}`);
      return;
    }
    const told: ToldClaim = { patientControlNumber, claimId: accepted.claimId, adjudicated: false };
    this.told.push(told);
    this.waiting.push(told);
    this.acknowledged.push(performance.now());
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

function ignore(): void {
  // See above.
}
