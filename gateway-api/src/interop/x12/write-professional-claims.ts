import type { ClaimContent, ClaimLine, ClaimPatient, ClaimProvider, ClaimSubscriber, OtherPayer, ReportedLine } from '@medaccord/domain';
import type { Delimiters } from './segment.js';
import { SegmentWriter, USUAL_DELIMITERS } from './segment-writer.js';
import type { InterchangeHeader, WrittenElement } from './segment-writer.js';

/** A postal address; the standard wants one where the claim itself needs only the state. */
export interface Address {
  readonly street: string;
  readonly city: string;
  readonly postalCode: string;
}

/** What a file says besides its claims. */
export interface ProfessionalFile {
  readonly header: Omit<InterchangeHeader, 'version' | 'functionalId' | 'transactionSet'>;
  readonly submitter: { readonly name: string; readonly id: string; readonly contact: string; readonly telephone: string };
  readonly receiver: { readonly name: string; readonly id: string };
  readonly payer: { readonly name: string; readonly id: string };
  /** Used wherever a party needs an address. */
  readonly address: Address;
  /** Claims of one transaction; at most 5,000 each. */
  readonly transactions: readonly (readonly ClaimContent[])[];
  readonly delimiters?: Delimiters;
  readonly lineEnd?: string;
}

/** The implementation guide of the files that we write. */
export const PROFESSIONAL_VERSION = '005010X222A1';

/**
 * Writes an 837P file of these claims. Claims are written as they are, also wrong ones (a test needs those); only what
 * the standard cannot hold is left out.
 */
export function writeProfessionalClaims(file: ProfessionalFile): string {
  const header = { ...file.header, version: PROFESSIONAL_VERSION, functionalId: 'HC', transactionSet: '837' };
  const writer = new SegmentWriter(header, file.delimiters ?? USUAL_DELIMITERS, file.lineEnd);
  file.transactions.forEach((claims, index) => {
    writer.startTransaction();
    writeHead(writer, file, index + 1);
    new Levels(writer, file).write(claims);
    writer.endTransaction();
  });

  return writer.finish();
}

function writeHead(writer: SegmentWriter, { header, submitter, receiver }: ProfessionalFile, number: number): void {
  writer
    .segment('BHT', '0019', '00', `${header.controlNumber}-${number}`, header.date, header.time, 'CH')
    .segment('NM1', '41', '2', submitter.name, '', '', '', '', '46', submitter.id)
    .segment('PER', 'IC', submitter.contact, 'TE', submitter.telephone)
    .segment('NM1', '40', '2', receiver.name, '', '', '', '', '46', receiver.id);
}

/** The hierarchy of one transaction: a billing level per claim's billing provider, below it subscribers and patients. */
class Levels {
  readonly #writer: SegmentWriter;
  readonly #file: ProfessionalFile;
  #count = 0;
  #billing = { id: 0, content: '' };

  constructor(writer: SegmentWriter, file: ProfessionalFile) {
    this.#writer = writer;
    this.#file = file;
  }

  write(claims: readonly ClaimContent[]): void {
    for (const claim of claims) this.#writeClaim(claim);
  }

  #writeClaim(claim: ClaimContent): void {
    const content = JSON.stringify([claim.billing, claim.currency]);
    if (content !== this.#billing.content) this.#billing = { id: this.#writeBilling(claim), content };
    const subscriber = this.#level(this.#billing.id, '22', claim.patient !== undefined);
    writeSubscriber(this.#writer, claim, this.#file);
    if (claim.patient !== undefined) {
      this.#level(subscriber, '23', false);
      writePatient(this.#writer, claim.patient, this.#file.address);
    }
    writeClaim(this.#writer, claim, this.#file.address);
  }

  #writeBilling({ billing, currency }: ClaimContent): number {
    const id = this.#level(undefined, '20', true);
    if (billing.taxonomy !== undefined) this.#writer.segment('PRV', 'BI', 'PXC', billing.taxonomy);
    if (currency !== 'USD') this.#writer.segment('CUR', '85', currency);
    writeProvider(this.#writer, '85', billing, this.#file.address);
    if (billing.taxId !== undefined) this.#writer.segment('REF', 'EI', billing.taxId);

    return id;
  }

  #level(parent: number | undefined, code: string, hasChildren: boolean): number {
    this.#count += 1;
    this.#writer.segment('HL', this.#count, parent, code, hasChildren ? '1' : '0');

    return this.#count;
  }
}

function writeSubscriber(writer: SegmentWriter, { subscriber, patient }: ClaimContent, { payer, address }: ProfessionalFile): void {
  const { payerSequence, groupNumber, filingIndicator, memberId } = subscriber;
  const self = patient === undefined;
  writer.segment('SBR', payerSequence, self ? '18' : '', groupNumber, '', '', '', '', '', filingIndicator);
  writer.segment('NM1', 'IL', '1', subscriber.familyName, subscriber.givenName, '', '', '', 'MI', memberId);
  writePerson(writer, subscriber, address);
  writer.segment('NM1', 'PR', '2', payer.name, '', '', '', '', 'PI', payer.id);
}

function writePatient(writer: SegmentWriter, patient: ClaimPatient, address: Address): void {
  writer.segment('PAT', patient.relationship).segment('NM1', 'QC', '1', patient.familyName, patient.givenName);
  writePerson(writer, patient, address);
}

function writePerson(writer: SegmentWriter, person: Pick<ClaimSubscriber, 'birthDate' | 'sex' | 'state'>, address: Address): void {
  writeAddress(writer, person.state, address);
  const born = person.birthDate === undefined ? ['', ''] : ['D8', x12Date(person.birthDate)];
  if (person.birthDate !== undefined || person.sex !== undefined) writer.segment('DMG', ...born, person.sex);
}

function writeAddress(writer: SegmentWriter, state: string | undefined, { street, city, postalCode }: Address): void {
  if (state !== undefined) writer.segment('N3', street).segment('N4', city, state, postalCode);
}

/** An address only where the guide has one: for the billing provider and the facility. */
function writeProvider(writer: SegmentWriter, code: string, provider: ClaimProvider, address?: Address): void {
  const [family = '', given] = provider.entity === 'person' ? (provider.name ?? '').split(', ', 2) : [provider.name];
  const qualifier = provider.npi === undefined ? '' : 'XX';
  writer.segment('NM1', code, provider.entity === 'person' ? '1' : '2', family, given, '', '', '', qualifier, provider.npi);
  if (code === '82' && provider.taxonomy !== undefined) writer.segment('PRV', 'PE', 'PXC', provider.taxonomy);
  if (address !== undefined) writeAddress(writer, provider.state, address);
}

function writeClaim(writer: SegmentWriter, claim: ClaimContent, address: Address): void {
  const yes = (flag: boolean): string => (flag ? 'Y' : 'N');
  writer.segment(
    'CLM', claim.patientControlNumber, x12Amount(claim.totalChargeMinor), '', '', [claim.placeOfService ?? '', 'B', claim.frequency],
    'Y', claim.acceptsAssignment ? 'A' : 'C', yes(claim.benefitsAssigned), 'Y', '', causesOf(claim),
  );
  if (claim.accident?.date !== undefined) writer.segment('DTP', '439', 'D8', x12Date(claim.accident.date));
  writeReferences(writer, { F8: claim.originalReference, '9F': claim.referral, G1: claim.priorAuthorisation });
  if (claim.diagnoses.length > 0) writer.segment('HI', ...claim.diagnoses.map(({ qualifier, code }) => [qualifier, code]));
  writeClaimProviders(writer, claim, address);
  claim.otherPayers?.forEach((payer, index) => {
    writeOtherPayer(writer, payer, claim, payerId(index));
  });
  for (const line of claim.lines) writeLine(writer, line, claim.otherPayers ?? []);
}

/** What names another payer within the file. */
function payerId(index: number): string {
  return `PAYER${index + 1}`;
}

/** 2320, 2330A and 2330B; what it paid stands with the lines, and as a sum here. */
function writeOtherPayer(writer: SegmentWriter, { payerSequence, name, claimNumber, reported }: OtherPayer, { subscriber }: ClaimContent, id: string): void {
  writer.segment('SBR', payerSequence, '18', '', '', '', '', '', '', 'CI');
  if (reported !== undefined) writer.segment('AMT', 'D', x12Amount(reported.lines.reduce((sum, { paidMinor }) => sum + paidMinor, 0)));
  writer.segment('OI', '', '', 'Y', '', '', 'Y').segment('NM1', 'IL', '1', subscriber.familyName, subscriber.givenName, '', '', '', 'MI', 'OTHER');
  writer.segment('NM1', 'PR', '2', name, '', '', '', '', 'PI', id);
  writeReferences(writer, { F8: claimNumber });
}

/** 2430: what another payer decided of a line. */
function writeLineDecision(writer: SegmentWriter, { procedure, quantity }: ClaimLine, id: string, decidedOn: string, { paidMinor, adjustments }: ReportedLine): void {
  writer.segment('SVD', id, x12Amount(paidMinor), [procedure.qualifier, procedure.code, ...procedure.modifiers], '', decimal(quantity.thousandths, 3));
  for (const { group, reason, amountMinor } of adjustments) writer.segment('CAS', group, reason, signedAmount(amountMinor));
  writer.segment('DTP', '573', 'D8', x12Date(decidedOn));
}

function signedAmount(minor: number): string {
  return minor < 0 ? `-${x12Amount(-minor)}` : x12Amount(minor);
}

function causesOf({ accident }: ClaimContent): WrittenElement {
  return accident === undefined ? '' : [...[0, 1, 2].map((index) => accident.kinds[index] ?? ''), accident.state ?? ''];
}

function writeClaimProviders(writer: SegmentWriter, { referring, rendering, serviceFacility }: ClaimContent, address: Address): void {
  if (referring !== undefined) writeProvider(writer, 'DN', referring);
  if (rendering !== undefined) writeProvider(writer, '82', rendering);
  if (serviceFacility !== undefined) writeProvider(writer, '77', serviceFacility, address);
}

function writeLine(writer: SegmentWriter, line: ClaimLine, otherPayers: readonly OtherPayer[]): void {
  const { procedure, quantity, serviceFrom, serviceThru } = line;
  writer.segment('LX', line.number).segment(
    'SV1', [procedure.qualifier, procedure.code, ...procedure.modifiers], x12Amount(line.chargeMinor), quantity.unit,
    decimal(quantity.thousandths, 3), line.placeOfService, '', line.diagnosisPointers, '', line.emergency === true ? 'Y' : '',
  );
  const [from, thru] = [x12Date(serviceFrom), x12Date(serviceThru)];
  if (from === thru) writer.segment('DTP', '472', 'D8', from);
  else writer.segment('DTP', '472', 'RD8', `${from}-${thru}`);
  writeReferences(writer, { G1: line.priorAuthorisation, '6R': line.controlNumber });
  if (line.drugCode !== undefined) writer.segment('LIN', '', 'N4', line.drugCode).segment('CTP', '', '', '', 1, 'UN');
  if (line.rendering !== undefined) writeProvider(writer, '82', line.rendering);
  otherPayers.forEach(({ reported }, index) => {
    const decided = reported?.lines.find(({ number }) => number === line.number);
    if (reported !== undefined && decided !== undefined) writeLineDecision(writer, line, payerId(index), reported.decidedOn, decided);
  });
}

function writeReferences(writer: SegmentWriter, values: Readonly<Record<string, string | undefined>>): void {
  for (const [qualifier, value] of Object.entries(values)) if (value !== undefined) writer.segment('REF', qualifier, value);
}

/** CCYYMMDD of a date; text that is none stays as it is. */
function x12Date(date: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(date) ? date.replaceAll('-', '') : date;
}

function x12Amount(minor: number): string {
  return decimal(minor, 2);
}

/** Decimal text without needless zeros, as the standard wants numbers. */
function decimal(units: number, places: number): string {
  const digits = String(units).padStart(places + 1, '0');
  const fraction = digits.slice(-places).replace(/0+$/, '');
  const whole = digits.slice(0, -places);

  return fraction === '' ? whole : `${whole}.${fraction}`;
}
