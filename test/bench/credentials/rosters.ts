import { Readable } from 'node:stream';
import { npiCheckDigit } from '@medaccord/domain';
import type { LicenceKey, Npi } from '@medaccord/domain';
import { BENCH_BOARD, type BENCH_TYPES } from './world.js';

/** A clinician of the benchmark: by a serial number, always the same. */
export interface BenchClinician {
  readonly npi: Npi;
  readonly licence: LicenceKey;
}

/** What boards write into their rosters; three in twenty have words that nobody has mapped. */
const WORDS = [
  'Active', 'ACTIVE', 'Current', 'active', 'Inactive', 'Active', 'Expired', 'Active', 'Retired', 'Probation - Active',
  'Active', 'CURRENT', 'Active', 'Delinquent', 'Active', 'Active with Conditions', 'Expired', 'Active', 'Active', 'Closed',
] as const;
/** Prefixes as boards print them before their numbers. */
const PREFIXES: Readonly<Record<(typeof BENCH_TYPES)[number], string>> = { MD: 'A ', RN: 'RN', PA: 'PA.', DO: '20A' };
/** Shares of the types, in hundredths: nurses are the most. */
const SHARES = { MD: 30, RN: 50, PA: 15, DO: 5 } as const;

/** The type of the licence with a serial number. */
function typeOf(serial: number): (typeof BENCH_TYPES)[number] {
  const place = (serial * 37) % 100;
  return place < SHARES.MD ? 'MD' : place < SHARES.MD + SHARES.RN ? 'RN' : place < 100 - SHARES.DO ? 'PA' : 'DO';
}

const printed = (serial: number): string => `${PREFIXES[typeOf(serial)]}${10_000 + serial}`;

/** The clinician whose licence has a serial number. */
export function clinician(serial: number): BenchClinician {
  const digits = String(150_000_000 + serial);
  return { npi: `${digits}${npiCheckDigit(digits)}`, licence: { ...BENCH_BOARD, type: typeOf(serial), number: printed(serial).replaceAll(' ', '') } };
}

/** The roster of one type among the first `count` licences, as a stream of CSV. */
export function rosterOf(type: string, count: number): Readable {
  return Readable.from(lines(type, count));
}

/** How many of the first `count` licences are of a type. */
export function countOf(type: string, count: number): number {
  return Array.from({ length: count }, (_, serial) => typeOf(serial)).filter((one) => one === type).length;
}

function* lines(type: string, count: number): Generator<string> {
  yield 'number,status,effectiveFrom,validThru,holder\r\n';
  for (let serial = 0; serial < count; serial += 1) {
    if (typeOf(serial) === type) yield row(serial);
  }
}

function row(serial: number): string {
  const issued = `${1985 + (serial % 40)}-${two(1 + (serial % 12))}-${two(1 + (serial % 28))}`;
  const word = WORDS[serial % WORDS.length] ?? '';
  const thru = word === 'Expired' || word === 'Delinquent' ? `2025-${two(1 + (serial % 12))}-28` : `${2027 + (serial % 2)}-${two(1 + (serial % 12))}-28`;
  return `${printed(serial)},${word},${issued},${thru},"SAMPLE${serial}, PERSON"\r\n`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
