import { benefitYearOf, type ClaimContent } from '@medaccord/domain';
import { generatedClaims, memberIdOf } from '../../bench/claims/generated-claims.js';
import { demoDates, type DemoDates } from '../../fixtures/demo-dates.js';
import { demoFeeSchedule, demoPlan } from '../../fixtures/demo-plan.js';
import { foundConsortium, registerClinicians } from '../../demo/found-consortium.js';
import { recordPlan } from '../../demo/insure.js';
import type { People } from '../../demo/people.js';

/** Statements of one request. */
const PER_REQUEST = 200;
const nothingUsed = ['01/deductible', '01/out-of-pocket', 'family/deductible', 'family/out-of-pocket'].map((leaf) => ({ leaf, usedMinor: 0 }));

/** Families that the insurer covers, one claim for each; more are insured when they are needed. */
export class InsuredFamilies {
  private insured = 0;
  private used = 0;

  private constructor(
    private readonly people: People,
    private readonly dates: DemoDates,
    private readonly planId: string,
  ) {}

  /** Founds the consortium on a fresh network and records plan, prices and clinicians. */
  static async found(people: People): Promise<InsuredFamilies> {
    const dates = demoDates(new Date().toISOString().slice(0, 10));
    await foundConsortium(people);
    await registerClinicians(people, dates);
    const planId = await recordPlan(people.planAdmin, demoPlan(dates));
    await people.planAdmin.post('/v1/fee-schedules', { hospitalMsp: 'HospitalMSP', items: [{ feeSchedule: demoFeeSchedule(dates) }] });
    return new InsuredFamilies(people, dates, planId);
  }

  /** Insures as many families as it takes until so many have no claim yet. */
  async insure(unused: number): Promise<void> {
    const wanted = this.used + unused;
    while (this.insured < wanted) await this.insureNext(Math.min(PER_REQUEST, wanted - this.insured));
  }

  /** Claims of the families that have none yet. */
  *claims(): Generator<ClaimContent, undefined> {
    while (this.used < this.insured) {
      const [claim] = generatedClaims(this.dates, this.used, 1);
      this.used += 1;
      if (claim !== undefined) yield claim;
    }
    return undefined;
  }

  private async insureNext(count: number): Promise<void> {
    const members = Array.from({ length: count }, (_, index) => memberIdOf(this.insured + index));
    const { dates, planId } = this;
    await this.people.planAdmin.post('/v1/coverages', {
      items: members.map((memberId) => ({ memberId, known: true, family: memberId, person: '01', periods: [{ from: dates.start, planId }], reason: 'enrolment' })),
    });
    await this.people.planAdmin.post('/v1/accumulators', {
      items: members.map((family) => ({ family, benefitYear: benefitYearOf(demoPlan(dates), dates.service), currency: 'USD', reason: 'opening', totals: nothingUsed })),
    });
    this.insured += count;
  }
}
