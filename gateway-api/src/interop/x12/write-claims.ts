import type { ClaimContent, ClaimPatient, ClaimSubscriber, ClaimType } from '@medaccord/domain';
import type { Delimiters } from './segment.js';
import { SegmentWriter, USUAL_DELIMITERS } from './segment-writer.js';
import type { InterchangeHeader } from './segment-writer.js';
import { writeInstitutionalClaim } from './write-institutional-claim.js';
import { writeAddress, writeProvider, x12Date } from './write-parts.js';
import type { Address } from './write-parts.js';
import { writeProfessionalClaim } from './write-professional-claim.js';

export type { Address } from './write-parts.js';

/** What a file says besides its claims. */
export interface ClaimsFile {
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

/** The implementation guides of the files that we write. */
const VERSIONS: Readonly<Record<ClaimType, string>> = { P: '005010X222A1', I: '005010X223A2' };

/** Writes a claim from its CLM on. */
type ClaimWriter = (writer: SegmentWriter, claim: ClaimContent, address: Address) => void;
const CLAIM_WRITERS: Readonly<Record<ClaimType, ClaimWriter>> = { P: writeProfessionalClaim, I: writeInstitutionalClaim };

/**
 * Writes an 837P file of these claims. Claims are written as they are, also wrong ones (a test needs those); only what
 * the standard cannot hold is left out.
 */
export function writeProfessionalClaims(file: ClaimsFile): string {
  return writeClaims(file, 'P');
}

/** Writes an 837I file of these claims, likewise. */
export function writeInstitutionalClaims(file: ClaimsFile): string {
  return writeClaims(file, 'I');
}

function writeClaims(file: ClaimsFile, type: ClaimType): string {
  const header = { ...file.header, version: VERSIONS[type], functionalId: 'HC', transactionSet: '837' };
  const writer = new SegmentWriter(header, file.delimiters ?? USUAL_DELIMITERS, file.lineEnd);
  file.transactions.forEach((claims, index) => {
    writer.startTransaction();
    writeHead(writer, file, index + 1);
    new Levels(writer, file, CLAIM_WRITERS[type]).write(claims);
    writer.endTransaction();
  });

  return writer.finish();
}

function writeHead(writer: SegmentWriter, { header, submitter, receiver }: ClaimsFile, number: number): void {
  writer
    .segment('BHT', '0019', '00', `${header.controlNumber}-${number}`, header.date, header.time, 'CH')
    .segment('NM1', '41', '2', submitter.name, '', '', '', '', '46', submitter.id)
    .segment('PER', 'IC', submitter.contact, 'TE', submitter.telephone)
    .segment('NM1', '40', '2', receiver.name, '', '', '', '', '46', receiver.id);
}

/** The hierarchy of one transaction: a billing level per claim's billing provider, below it subscribers and patients. */
class Levels {
  readonly #writer: SegmentWriter;
  readonly #file: ClaimsFile;
  readonly #writeBody: ClaimWriter;
  #count = 0;
  #billing = { id: 0, content: '' };

  constructor(writer: SegmentWriter, file: ClaimsFile, writeClaim: ClaimWriter) {
    this.#writer = writer;
    this.#file = file;
    this.#writeBody = writeClaim;
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
    this.#writeBody(this.#writer, claim, this.#file.address);
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

function writeSubscriber(writer: SegmentWriter, { subscriber, patient }: ClaimContent, { payer, address }: ClaimsFile): void {
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
