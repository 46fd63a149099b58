import { Readable } from 'node:stream';
import { LEIE_COLUMNS, npiCheckDigit } from '@medaccord/domain';
import type { ScreenedPerson } from '@medaccord/domain';

/** Syllables of invented family names; the first of a list are common, as names are. */
const BEGINNINGS = ['MAR', 'SAN', 'BEL', 'COR', 'DAN', 'FER', 'GOR', 'HAL', 'JEN', 'KOR', 'LAM', 'MOR', 'NOR', 'PER', 'RAM', 'SOL', 'TOR', 'VAL', 'WIN', 'ZAM'] as const;
const MIDDLES = ['A', 'E', 'I', 'O', 'U', 'AR', 'EL', 'IN', 'ON', 'UR'] as const;
const ENDS = ['SON', 'TEZ', 'LEY', 'MAN', 'BERG', 'TON', 'WICK', 'DO', 'NER', 'SKI', 'RIS', 'FORD', 'HAM', 'LIN'] as const;
const GIVEN = ['MARY', 'JAMES', 'ANA', 'JOHN', 'LINDA', 'ROBERT', 'ROSA', 'DAVID', 'SUSAN', 'WILLIAM', 'KAREN', 'JOSE', 'NANCY', 'MARK', 'LISA', 'PAUL', 'EMMA', 'KEVIN', 'LAURA', 'BRIAN', 'AMY', 'ERIC', 'RUTH', 'ADAM', 'TINA', 'SEAN', 'ERIN', 'JOEL', 'NINA', 'OSCAR'] as const;
const STATES = ['CA', 'TX', 'FL', 'NY', 'PA', 'OH', 'IL', 'VT'] as const;

/** A number from 0 to below `range` that looks random and is the same for the same seed and place. */
function pick(seed: number, place: number, range: number): number {
  let hash = Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(place + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash ^= hash >>> 13;
  return (hash >>> 0) % range;
}

/** Squared, so that few names are frequent and most are rare. */
function skewed<T>(seed: number, place: number, values: readonly T[]): T | undefined {
  const share = pick(seed, place, 10_000) / 10_000;
  return values[Math.floor(share * share * values.length)];
}

interface Identity {
  readonly family: string;
  readonly given: string;
  readonly birthDate: string;
  readonly npi: string;
  readonly state: string;
  readonly zip: string;
}

function identity(seed: number): Identity {
  const digits = String(170_000_000 + seed);
  return {
    family: `${skewed(seed, 1, BEGINNINGS) ?? ''}${skewed(seed, 2, MIDDLES) ?? ''}${skewed(seed, 3, ENDS) ?? ''}`,
    given: skewed(seed, 4, GIVEN) ?? '',
    birthDate: `${1940 + pick(seed, 5, 60)}-${two(1 + pick(seed, 6, 12))}-${two(1 + pick(seed, 7, 28))}`,
    npi: `${digits}${npiCheckDigit(digits)}`,
    state: STATES[pick(seed, 8, STATES.length)] ?? 'CA',
    zip: String(10_000 + pick(seed, 9, 80_000)),
  };
}

/** A full file in the format of the OIG: quoted values, CRLF, a tenth with an NPI, a twentieth businesses. */
export function exclusionFile(rows: number): Readable {
  return Readable.from(lines(rows));
}

function* lines(rows: number): Generator<string> {
  yield `${LEIE_COLUMNS.join(',')}\r\n`;
  for (let seed = 0; seed < rows; seed += 1) yield row(seed);
}

function row(seed: number): string {
  const { family, given, birthDate, npi, state, zip } = identity(seed);
  const person = seed % 20 === 0 ? { BUSNAME: `${family} CLINIC ${seed}`, GENERAL: 'OTHER BUSINESS' } : { LASTNAME: family, FIRSTNAME: given, GENERAL: 'IND- LIC HC SERV PRO', DOB: birthDate.replaceAll('-', '') };
  const values: Readonly<Record<string, string>> = {
    SPECIALTY: 'NURSE/NURSES AIDE', NPI: seed % 10 === 1 ? npi : '0000000000', ADDRESS: `${seed} SAMPLE STREET`, CITY: 'SAMPLETOWN', STATE: state, ZIP: zip, EXCLTYPE: '1128b4',
    EXCLDATE: `${2000 + pick(seed, 10, 25)}${two(1 + pick(seed, 11, 12))}20`, REINDATE: '00000000', WAIVERDATE: '00000000', ...person,
  };
  return `${LEIE_COLUMNS.map((column) => `"${values[column] ?? ''}"`).join(',')}\r\n`;
}

/** Clinicians of an organisation: each thousandth is on the list by NPI; of each twentieth no birth date is known. */
export function screenedClinicians(first: number, count: number): readonly ScreenedPerson[] {
  return Array.from({ length: count }, (_, index) => {
    const serial = first + index;
    const { family, given, birthDate, npi, state, zip } = identity(serial % 1000 === 0 ? 1 + serial / 100 : 1_000_000 + serial);
    return { npi, familyNames: [family], givenName: given, ...(serial % 20 === 7 ? {} : { birthDate }), states: [state], zips: [zip] };
  });
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
