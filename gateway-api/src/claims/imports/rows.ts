import { EXTERNAL_SOURCES, freeText, object, oneOf, optional, personShape, plainDate, text } from '@medaccord/domain';
import type { ExternalEvent, ImportedClaimBody, ImportedLine, OpeningTotals, Shape } from '@medaccord/domain';
import { present } from '@medaccord/domain';
import { personKeyOf } from '../insured-ids.js';
import type { InsuredIds, InsuredPerson } from '../insured-ids.js';
import { wholeNumber } from './csv.js';
import type { Row } from './csv.js';

/** One total of a family. */
export interface TotalRow {
  readonly family: string;
  readonly benefit_year: string;
  readonly currency: string;
  readonly person: string;
  readonly bucket: 'deductible' | 'out-of-pocket';
  readonly used_minor: number;
}

interface PersonColumns {
  readonly member_id: string;
  readonly birth_date?: string;
  readonly given_name?: string;
}

/** One service of a claim of another system. */
export interface ClaimRow extends PersonColumns {
  readonly claim_number: string;
  readonly state: 'PAID' | 'OPEN';
  readonly received_on: string;
  readonly currency: string;
  readonly billing_tax_id?: string;
  readonly line: number;
  readonly code: string;
  /** Two characters each, separated by blanks. */
  readonly modifiers?: string;
  readonly units_thousandths: number;
  readonly charge_minor: number;
  readonly allowed_minor: number;
  readonly paid_minor: number;
  readonly copay_minor: number;
  readonly category?: string;
  readonly service_from: string;
  readonly service_thru: string;
  readonly place_of_service?: string;
  readonly rendering_npi?: string;
}

/** One thing that happened off the ledger. */
export interface ExternalRow extends PersonColumns {
  readonly source: ExternalEvent['source'];
  readonly reference: string;
  readonly service_date: string;
  readonly deductible_minor: number;
  readonly out_of_pocket_minor: number;
}

const currency = text(/^[A-Z]{3}$/);
const person = { member_id: freeText(1, 80), birth_date: optional(freeText(1, 80)), given_name: optional(freeText(1, 80)) };

/** `family` is the family's own total, every other name a person's. */
const owner: Shape<string> = (value, path, issues) => (value === 'family' ? value : personShape(value, path, issues));

/** Reads a row of totals. */
export const totalRow: Shape<TotalRow> = object<TotalRow>({ family: freeText(1, 80), benefit_year: plainDate, currency, person: owner, bucket: oneOf(['deductible', 'out-of-pocket']), used_minor: wholeNumber(0) });

/** Reads a row of claims. */
export const claimRow: Shape<ClaimRow> = object<ClaimRow>({
  ...person, claim_number: freeText(1, 80), state: oneOf(['PAID', 'OPEN']), received_on: plainDate, currency, billing_tax_id: optional(text(/^\d{9}$/)), line: wholeNumber(1), code: freeText(1, 20),
  modifiers: optional(text(/^[A-Z0-9]{2}( [A-Z0-9]{2}){0,3}$/)), units_thousandths: wholeNumber(0), charge_minor: wholeNumber(0), allowed_minor: wholeNumber(0), paid_minor: wholeNumber(0),
  copay_minor: wholeNumber(0), category: optional(freeText(1, 40)), service_from: plainDate, service_thru: plainDate, place_of_service: optional(text(/^\d{2}$/)), rendering_npi: optional(text(/^\d{10}$/)),
});

/** Reads a row of what happened off the ledger. */
export const externalRow: Shape<ExternalRow> = object<ExternalRow>({
  ...person, source: oneOf(EXTERNAL_SOURCES), reference: freeText(1, 80), service_date: plainDate, deductible_minor: wholeNumber(0), out_of_pocket_minor: wholeNumber(0),
});

/** A family's totals out of its rows, in the order of their leaves. */
export function openingTotals(rows: readonly Row<TotalRow>[], ids: InsuredIds): OpeningTotals | undefined {
  const [first] = rows;
  if (first === undefined) return undefined;
  const { family, benefit_year: benefitYear, currency: unit } = first.value;
  const totals = rows.map(({ value }) => ({ leaf: `${value.person}/${value.bucket}`, usedMinor: value.used_minor })).sort((a, b) => (a.leaf < b.leaf ? -1 : 1));

  return { familyId: ids.family(family), benefitYear, currency: unit, version: 1, reason: 'brought along', totals };
}

/** A claim out of its rows. */
export function importedClaim(rows: readonly Row<ClaimRow>[], ids: InsuredIds): ImportedClaimBody | undefined {
  const [first] = rows;
  if (first === undefined) return undefined;
  const { value } = first;

  return {
    coverageId: ids.coverage(personKeyOf(personOf(value))),
    claimNumber: value.claim_number,
    state: value.state,
    receivedOn: value.received_on,
    ...present('billingTaxId', value.billing_tax_id),
    currency: value.currency,
    lines: rows.map((row) => importedLine(row.value)),
  };
}

/** What a row says of an event. */
export function externalEvent({ source, reference, service_date: serviceDate, deductible_minor: deductibleMinor, out_of_pocket_minor: outOfPocketMinor }: ExternalRow): ExternalEvent {
  return { source, reference, serviceDate, deductibleMinor, outOfPocketMinor };
}

/** Whom a row concerns, as claims would name the person. */
export function personOf({ member_id: memberId, birth_date: birthDate, given_name: givenName }: PersonColumns): InsuredPerson {
  const isDependant = birthDate !== undefined || givenName !== undefined;

  return { memberId, ...(isDependant && { dependant: { ...present('birthDate', birthDate), ...present('givenName', givenName) } }) };
}

function importedLine(row: ClaimRow): ImportedLine {
  return {
    number: row.line,
    code: row.code,
    modifiers: row.modifiers?.split(' ') ?? [],
    unitsThousandths: row.units_thousandths,
    chargeMinor: row.charge_minor,
    allowedMinor: row.allowed_minor,
    paidMinor: row.paid_minor,
    copayMinor: row.copay_minor,
    ...present('category', row.category),
    serviceFrom: row.service_from,
    serviceThru: row.service_thru,
    ...present('placeOfService', row.place_of_service),
    ...present('renderingNpi', row.rendering_npi),
  };
}
