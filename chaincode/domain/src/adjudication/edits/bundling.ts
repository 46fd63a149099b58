import type { ClaimLine } from '../../claims/claim.js';
import { pairKey } from '../../reference-data/tables.js';
import type { PairPeriod } from '../../reference-data/tables.js';
import { covers, daysBetween } from '../../shared/dates.js';
import { deny, note } from '../rule.js';
import type { Case, EditFinding, EditRule } from '../rule.js';
import { entryOn } from './tables.js';
import type { OtherService, ServicesBeside } from './tables.js';

/** Modifiers that say that two services were distinct: 59 and the X modifiers on either line since July 2019, the others on column 2. */
const ON_EITHER_LINE = ['59', 'XE', 'XS', 'XP', 'XU'];
const SINCE = '2019-07-01';
const ON_COLUMN_2 = [
  ...ON_EITHER_LINE, 'E1', 'E2', 'E3', 'E4', 'FA', 'F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8', 'F9', 'TA', 'T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'T8', 'T9',
  'LT', 'RT', 'LC', 'LD', 'LM', 'RC', 'RI', '27', '58', '78', '79', '91',
];
/** Modifiers that mean something on visits alone. */
const ON_VISITS = ['24', '25', '57'];

/** CMS has NCCI tables for practitioners and others for outpatient hospitals. */
type Suffix = '' | '-outpatient';

/**
 * Two services of one provider for one person on one day that exclude each other: column 2 is denied, unless the edit allows
 * a modifier and one is there. A column 1 that comes after column 2 was decided is paid, and noted: what was paid for
 * column 2 may be recovered.
 */
export function ncciPtp(beside: ServicesBeside, suffix: Suffix = ''): EditRule {
  const table = `ncci-ptp${suffix}` as const;
  return {
    id: `${table}/v1`,
    source: 'CMS, NCCI policy manual ch. I; claims guide 2.3 and decisions (edits); CARC 236 with M80',
    examine: (line, given) => {
      const findings = beside(line, given).filter(({ serviceFrom }) => serviceFrom === line.serviceFrom).flatMap((other) => pairFinding(line, other, table, given) ?? []);
      return findings.filter(({ reason }, index) => findings.findIndex((one) => one.reason === reason) === index);
    },
  };
}

/**
 * More units than are likely: of the line (indicator 1), or of all lines of the code on the day, history included (2, 3).
 * All units of the line are denied, and for 2 and 3 those of every line of the day in this claim.
 */
export function mue(beside: ServicesBeside, suffix: Suffix = ''): EditRule {
  const table = `mue${suffix}` as const;
  return {
    id: `${table}/v1`,
    source: 'CMS, NCCI policy manual ch. I § V; claims guide 2.3 and decisions (edits); CARC 151 with N362',
    examine: (line, given) => {
      const entry = entryOn(given, table, line.procedure.code, line.serviceFrom);
      if (entry === undefined || entry === null) return [];
      const sameDay = beside(line, given).filter(({ procedure, serviceFrom }) => procedure.code === line.procedure.code && serviceFrom === line.serviceFrom);
      const counted = entry.indicator === '1' ? [line] : [line, ...sameDay];
      const thousandths = counted.reduce((sum, one) => sum + perDay(one), 0);
      return thousandths > entry.most * 1000 ? [deny('CO', '151', 'N362')] : [];
    },
  };
}

function pairFinding(line: ClaimLine, other: OtherService, table: `ncci-ptp${Suffix}`, given: Case): EditFinding | undefined {
  const date = line.serviceFrom;
  if (line.procedure.code === other.procedure.code) return undefined;
  const pair = entryOn(given, table, pairKey(line.procedure.code, other.procedure.code), date);
  const period = pair?.periods.find((one) => covers(one, date) && one.modifier !== '9');
  if (period === undefined) return undefined;
  if (period.pays === other.procedure.code) return isDistinct(line, other, period, given) ? undefined : deny('CO', '236', 'M80');
  return other.isEarlier && !isDistinct(other, line, period, given) ? note('earlier-column-2') : undefined;
}

function isDistinct(column2: Pick<OtherService, 'procedure' | 'serviceFrom'>, column1: Pick<OtherService, 'procedure'>, { modifier }: PairPeriod, given: Case): boolean {
  if (modifier !== '1') return false;
  const { modifiers, code } = column2.procedure;
  if (modifiers.some((one) => ON_COLUMN_2.includes(one))) return true;
  if (column2.serviceFrom >= SINCE && column1.procedure.modifiers.some((one) => ON_EITHER_LINE.includes(one))) return true;
  return modifiers.some((one) => ON_VISITS.includes(one)) && isVisit(code, column2.serviceFrom, given);
}

/** Visits are known by the payer's rules of codes; where the plan has none, every code may be one. */
function isVisit(code: string, date: string, given: Case): boolean {
  const entry = entryOn(given, 'service-rules', code, date);
  return entry === undefined || entry?.visit === true;
}

/** Units of one day of a line, in thousandths; of several days the rounded share, in whole units. */
function perDay({ quantity, serviceFrom, serviceThru }: Pick<OtherService, 'quantity' | 'serviceFrom' | 'serviceThru'>): number {
  const days = daysBetween(serviceFrom, serviceThru) + 1;
  return days === 1 ? quantity.thousandths : 1000 * Math.floor((2 * quantity.thousandths + 1000 * days) / (2000 * days));
}
