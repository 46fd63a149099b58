import { benefitYearOf, FAMILY, periodOn, present } from '@medaccord/domain';
import type { CommandBody, CoverageBody, CoverageDocument, OpaqueId, PlanDocument } from '@medaccord/domain';
import type { WriteRequest } from '../idempotency/write-request.js';
import { opaqueIdOf } from '../ledger/claims-client.js';
import type { ClaimsClient } from '../ledger/claims-client.js';
import { answerOf } from './claim-copies.js';
import type { CommandAnswer } from './claim-copies.js';
import { personKeyOf } from './insured-ids.js';
import type { InsuredIds } from './insured-ids.js';
import type { CoverageStatement, EligibilityRequest, FeeScheduleStatement, PlanStatement, TotalsStatement } from './requests.js';

const STEP = 'statements';

/** What is used of a yearly limit. */
export interface UsedTotal {
  /** `<person>/<bucket>` or `family/<bucket>`. */
  readonly leaf: string;
  readonly usedMinor: number;
}

/** What the insurer would tell about a person on a date. */
export interface Eligibility {
  readonly coverageId: OpaqueId;
  readonly known: boolean;
  /** Insured on the date. */
  readonly covered: boolean;
  readonly planId?: OpaqueId;
  readonly person?: string;
  readonly benefitYear?: string;
  /** The person's and the family's totals of that benefit year. */
  readonly totals: readonly UsedTotal[];
}

/** The insurer's own statements: plans, coverages, totals, and the prices that it agrees on with hospitals. */
export class InsurerStatements {
  readonly #client: ClaimsClient;
  readonly #ids: InsuredIds;

  constructor(client: ClaimsClient, ids: InsuredIds) {
    this.#client = client;
    this.#ids = ids;
  }

  async recordPlans(write: WriteRequest, items: readonly PlanStatement[]): Promise<CommandAnswer> {
    return this.#own(write, {
      verb: 'recordPlans',
      items: items.map(({ planId, version = 1, plan }, index) => ({ id: planId ?? opaqueIdOf(write.derive(`plan ${index}`)), version, body: plan })),
    });
  }

  async recordCoverages(write: WriteRequest, items: readonly CoverageStatement[]): Promise<CommandAnswer> {
    return this.#own(write, {
      verb: 'recordCoverages',
      items: items.map((item) => ({ id: this.#ids.coverage(personKeyOf(item)), version: item.version ?? 1, body: this.#coverageBody(item) })),
    });
  }

  async recordAccumulators(write: WriteRequest, items: readonly TotalsStatement[]): Promise<CommandAnswer> {
    return this.#own(write, {
      verb: 'recordAccumulators',
      items: items.map(({ family, version = 1, ...rest }) => ({ familyId: this.#ids.family(family), version, ...rest })),
    });
  }

  async recordFeeSchedules(write: WriteRequest, hospitalMsp: string, items: readonly FeeScheduleStatement[]): Promise<CommandAnswer> {
    const body: CommandBody = {
      verb: 'recordFeeSchedules',
      items: items.map(({ feeScheduleId, version = 1, feeSchedule }, index) => ({ id: feeScheduleId ?? opaqueIdOf(write.derive(`fee schedule ${index}`)), version, body: feeSchedule })),
    };

    return answerOf(await this.#client.apply(write, STEP, { parties: { insurerMsp: this.#client.mspId, hospitalMsp }, body }));
  }

  /** What a hospital would be told before it treats somebody. Throws DOCUMENT_NOT_FOUND where nothing is stated of the person. */
  async eligibility(request: EligibilityRequest): Promise<Eligibility> {
    const coverage = await this.#client.newest<CoverageDocument>('coverage', this.#ids.coverage(personKeyOf(request)));
    const { known, person, familyId, periods } = coverage.body;
    const planId = periodOn(periods, request.date)?.planId;
    const said = { coverageId: coverage.id, known, covered: planId !== undefined, ...present('planId', planId), ...present('person', person) };
    if (planId === undefined || familyId === undefined) return { ...said, totals: [] };
    const benefitYear = benefitYearOf((await this.#client.newest<PlanDocument>('plan', planId)).body, request.date);
    const file = await this.#client.accumulator(familyId, benefitYear);
    const isTold = (leaf: string): boolean => leaf.startsWith(`${FAMILY}/`) || leaf.startsWith(`${person ?? ''}/`);

    return { ...said, benefitYear, totals: (file?.leaves ?? []).filter(({ key }) => isTold(key)).map(({ key, value }) => ({ leaf: key, ...value })) };
  }

  async #own(write: WriteRequest, body: CommandBody): Promise<CommandAnswer> {
    return answerOf(await this.#client.apply(write, STEP, { parties: { insurerMsp: this.#client.mspId }, body }));
  }

  #coverageBody(item: CoverageStatement): CoverageBody {
    const { known, family, person, periods, coordination, reason } = item;

    return { personKey: personKeyOf(item), known, ...present('familyId', family === undefined ? undefined : this.#ids.family(family)), ...present('person', person), periods, ...present('coordination', coordination), reason };
  }
}
