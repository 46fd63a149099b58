import { benefitYearOf } from '../../coverage/benefit-plan.js';
import { periodOn } from '../../coverage/coverage.js';
import type { CoveragePeriod } from '../../coverage/coverage.js';
import { addDays } from '../../shared/dates.js';
import type { PlainDate } from '../../shared/dates.js';
import { deny, pend } from '../rule.js';
import type { EditFinding, EditRule } from '../rule.js';

/**
 * The person was insured on the first and the last day of the service: else PR-26 before the first period, PR-27 after
 * the last, PR-200 in a gap; PR-31 where the insurer does not know the person.
 */
export const coverageOnDate: EditRule = {
  id: 'coverage-on-date/v1',
  source: 'claims guide 2.3 step 3, 2.5; CARC 26, 27, 31, 200 with N30, N382',
  examine: ({ serviceFrom, serviceThru }, { facts: { coverage } }) => {
    if (!coverage.known) return [deny('PR', '31', 'N382')];
    const uncovered = [serviceFrom, serviceThru].find((date) => periodOn(coverage.periods, date) === undefined);
    return uncovered === undefined ? [] : [lackOfCoverage(coverage.periods, uncovered)];
  },
};

/** As coverage-on-date/v1, on every day of the service: between its first and its last one there may be a gap. */
export const coverageOnDate2: EditRule = {
  id: 'coverage-on-date/v2',
  source: 'claims guide 2.3 step 3 (active on each date), 2.5; CARC 26, 27, 31, 200 with N30, N382',
  examine: ({ serviceFrom, serviceThru }, { facts: { coverage } }) => {
    if (!coverage.known) return [deny('PR', '31', 'N382')];
    const uncovered = firstUncovered(coverage.periods, serviceFrom, serviceThru);
    return uncovered === undefined ? [] : [lackOfCoverage(coverage.periods, uncovered)];
  },
};

/**
 * One claim is decided under one plan and benefit year, that of its earliest service; a line that belongs to another one
 * must be split off by a person.
 */
export const onePlanAndYear: EditRule = {
  id: 'one-plan-and-year/v1',
  source: 'house rule: claims guide 2.4, dates of service decide the benefit year',
  examine: ({ serviceFrom, serviceThru }, { facts: { coverage, plan, benefitYear } }) => {
    if (plan === undefined) return [];
    const planIds = [serviceFrom, serviceThru].flatMap((date) => periodOn(coverage.periods, date)?.planId ?? []);
    if (planIds.some((planId) => planId !== plan.planId)) return [pend('other-plan')];
    return benefitYearOf(plan.terms, serviceFrom) === benefitYear ? [] : [pend('other-benefit-year')];
  },
};

/** The first day from one to another that no period covers; undefined where all are covered. */
function firstUncovered(periods: readonly CoveragePeriod[], from: PlainDate, thru: PlainDate): PlainDate | undefined {
  let day = from;
  for (let period = periodOn(periods, day); period !== undefined; period = periodOn(periods, day)) {
    if (period.thru === undefined || period.thru >= thru) return undefined;
    day = addDays(period.thru, 1);
  }
  return day;
}

function lackOfCoverage(periods: readonly CoveragePeriod[], date: PlainDate): EditFinding {
  const [first, last] = [periods[0], periods.at(-1)];
  if (first !== undefined && date < first.from) return deny('PR', '26', 'N30');
  if (last?.thru !== undefined && date > last.thru) return deny('PR', '27', 'N30');
  return deny('PR', '200', 'N30');
}
