import type { ClaimLine, ClaimProvider } from '@medaccord/domain';
import type { SegmentWriter } from './segment-writer.js';

/** A postal address; the standard wants one where the claim itself needs only the state. */
export interface Address {
  readonly street: string;
  readonly city: string;
  readonly postalCode: string;
}

/** N3 and N4 of whoever has a state. */
export function writeAddress(writer: SegmentWriter, state: string | undefined, { street, city, postalCode }: Address): void {
  if (state !== undefined) writer.segment('N3', street).segment('N4', city, state, postalCode);
}

/** The codes of rendering and attending providers with what the PRV of their loop says they did. */
const WITH_TAXONOMY: Readonly<Record<string, string>> = { '82': 'PE', '71': 'AT' };

/** A provider's NM1 with its taxonomy; an address only where the guide has one: for the billing provider and the facility. */
export function writeProvider(writer: SegmentWriter, code: string, provider: ClaimProvider, address?: Address): void {
  const [family = '', given] = provider.entity === 'person' ? (provider.name ?? '').split(', ', 2) : [provider.name];
  const qualifier = provider.npi === undefined ? '' : 'XX';
  writer.segment('NM1', code, provider.entity === 'person' ? '1' : '2', family, given, '', '', '', qualifier, provider.npi);
  const role = WITH_TAXONOMY[code];
  if (role !== undefined && provider.taxonomy !== undefined) writer.segment('PRV', role, 'PXC', provider.taxonomy);
  if (address !== undefined) writeAddress(writer, provider.state, address);
}

/** The days of a line. */
export function writeServiceDates(writer: SegmentWriter, { serviceFrom, serviceThru }: Pick<ClaimLine, 'serviceFrom' | 'serviceThru'>): void {
  if (serviceFrom === serviceThru) writer.segment('DTP', '472', 'D8', x12Date(serviceFrom));
  else writer.segment('DTP', '472', 'RD8', x12Range(serviceFrom, serviceThru));
}

/** The drug of a line. */
export function writeDrug(writer: SegmentWriter, { drugCode }: ClaimLine): void {
  if (drugCode !== undefined) writer.segment('LIN', '', 'N4', drugCode).segment('CTP', '', '', '', 1, 'UN');
}

/** CCYYMMDD-CCYYMMDD. */
export function x12Range(from: string, thru: string): string {
  return `${x12Date(from)}-${x12Date(thru)}`;
}

/** Y or N. */
export function yesOrNo(flag: boolean): string {
  return flag ? 'Y' : 'N';
}

/** A REF for each value that is there. */
export function writeReferences(writer: SegmentWriter, values: Readonly<Record<string, string | undefined>>): void {
  for (const [qualifier, value] of Object.entries(values)) if (value !== undefined) writer.segment('REF', qualifier, value);
}

/** CCYYMMDD of a date; text that is none stays as it is. */
export function x12Date(date: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(date) ? date.replaceAll('-', '') : date;
}

/** An amount in its currency's units. */
export function x12Amount(minor: number): string {
  return decimal(minor, 2);
}

/** Decimal text without needless zeros, as the standard wants numbers. */
export function decimal(units: number, places: number): string {
  const digits = String(units).padStart(places + 1, '0');
  const fraction = digits.slice(-places).replace(/0+$/, '');
  const whole = digits.slice(0, -places);

  return fraction === '' ? whole : `${whole}.${fraction}`;
}
