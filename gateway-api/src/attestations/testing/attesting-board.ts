import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays, npiCheckDigit } from '@medaccord/domain';
import type { LicenceAttestation, LicenceKey } from '@medaccord/domain';
import { decodeJwt } from 'jose';
import { done, foundRegistry } from '../../testing/founding.js';
import { TestConsortium } from '../../testing/test-consortium.js';
import type { TestAnswer, TestGateway } from '../../testing/test-gateway.js';
import { until } from '../../testing/until.js';
import type { DidDocument } from '../did-document.js';
import { SigningKey } from '../signing-key.js';
import type { StatusListCredential } from '../status-list.js';
import type { Evidence } from '../verify/evidence.js';
import { verifyAttestation } from '../verify/verify-attestation.js';

const publicUrl = 'https://board.example';
export const ISSUER = 'did:web:board.example';
export const today = new Date().toISOString().slice(0, 10);

const npiOf = (nineDigits: string): string => `${nineDigits}${npiCheckDigit(nineDigits)}`;

/** One clinician per test, so that no test sees the orders of another; named by their licences. */
export const CLINICIANS = { A1: npiOf('123456789'), A2: npiOf('100335784'), A3: npiOf('149775854'), A4: npiOf('167957672'), A5: npiOf('124531959'), A6: npiOf('121593036') } as const;

export type LicenceNumber = keyof typeof CLINICIANS;

export const licenceOfTest = (number: string): LicenceKey => ({ jurisdiction: 'CA', board: 'ca-medical', type: 'MD', number });

/** A step that takes effect today. */
export const initialStep = (action: object): object => ({ kind: 'INITIAL', action: { effectiveFrom: today, automaticReinstatement: false, basisCodes: ['CARE'], ...action } });
export const suspension = initialStep({ type: 'SUSPEND', summary: false });

const unit = { id: 'ca-medical', name: 'Medical board', status: 'OPEN', kind: 'board', jurisdiction: 'CA', licenceTypes: ['MD'], timeZone: 'UTC' };
const members = [
  { mspId: 'LicensingBoardMSP', name: 'Boards', kind: 'licensing-board', units: [unit] },
  { mspId: 'HospitalMSP', name: 'General Hospital', kind: 'hospital', units: [] },
];

/** A board that attests, in a founded consortium with some licensed clinicians. Its lists are published every second. */
export class AttestingBoard {
  private constructor(readonly consortium: TestConsortium, readonly gateway: TestGateway, readonly folder: string) {}

  static async start(): Promise<AttestingBoard> {
    const consortium = await TestConsortium.start();
    const folder = mkdtempSync(join(tmpdir(), 'medaccord-attestations-'));
    const office = await consortium.gateway('ConsortiumMSP');
    await foundRegistry(office, ...members);
    const environment = { MEDACCORD_PUBLIC_URL: publicUrl, MEDACCORD_STATUS_LIST_SECONDS: '1', MEDACCORD_PUBLIC_REQUESTS_PER_MINUTE: '10000', MEDACCORD_ATTESTATION_KEY_FILE: join(folder, 'key.pem') };
    const board = new AttestingBoard(consortium, await consortium.gateway('LicensingBoardMSP', environment), folder);
    await board.#licenseClinicians();

    return board;
  }

  async stop(): Promise<void> {
    rmSync(this.folder, { recursive: true });
    await this.consortium.stop();
  }

  /** The file with the key that signs. */
  get keyFile(): string {
    return join(this.folder, 'key.pem');
  }

  /** The key, as a thief would have it. */
  get key(): SigningKey {
    return new SigningKey(readFileSync(this.keyFile, 'utf8'));
  }

  /** Writes what must succeed. */
  async written(path: string, body: object, role = 'registrar'): Promise<TestAnswer> {
    return done(this.gateway.write(path, role, body));
  }

  async asked(number: LicenceNumber, npi: string = CLINICIANS[number], headers: Readonly<Record<string, string>> = {}): Promise<TestAnswer> {
    return this.gateway.write('/v1/attestations', 'registrar', { npi, licence: licenceOfTest(number) }, headers);
  }

  /** An attestation as a signed JWT. */
  async attested(number: LicenceNumber): Promise<string> {
    const { status, json, text } = await this.asked(number);
    if (status !== 201) throw new Error(text);

    return String(json['attestation']);
  }

  /** The id of the key that is introduced. */
  async introduced(): Promise<string> {
    return ((await this.written('/v1/attestation-keys', {})).json['key'] as { readonly keyId: string }).keyId;
  }

  /** What anyone gets at a public address, without a token. */
  async open(address: string): Promise<TestAnswer> {
    return this.gateway.request(address.replace(publicUrl, ''), { token: '' });
  }

  async order(number: LicenceNumber, steps: readonly object[], expectedSequence = 1): Promise<void> {
    await this.written(`${pathOf(number)}/orders`, { expectedSequence, steps }, 'disciplinary-officer');
  }

  async orderByTwo(number: LicenceNumber, steps: readonly object[], expectedSequence = 1): Promise<void> {
    const { json } = await this.written(`${pathOf(number)}/order-drafts`, { expectedSequence, steps }, 'disciplinary-officer');
    await this.written(`/v1/order-drafts/${String(json['id'])}/approval`, {}, 'board-member');
  }

  /** What anybody outside can have, with lists of now. */
  async evidence(jwt: string): Promise<Evidence> {
    const did = JSON.parse((await this.open('/.well-known/did.json')).text) as DidDocument;
    const lists = await Promise.all(claimsOf(jwt).credentialStatus.map(async ({ statusListCredential }) => [statusListCredential, await this.#newList(statusListCredential)] as const));
    const earlier = await Promise.all(did.verificationMethod.flatMap((method) => method.earlier ?? []).map(async ({ url, sha256 }) => [sha256, (await this.open(url)).text] as const));

    return { issuer: ISSUER, did, lists: new Map(lists), earlier: new Map(earlier), now: new Date().toISOString() };
  }

  /** Faults and changes in one line. */
  async verdict(jwt: string, given?: Evidence): Promise<string> {
    const { faults, changes } = await verifyAttestation(jwt, given ?? (await this.evidence(jwt)));

    return [...faults, ...changes].map(({ code }) => code).join(' ');
  }

  /** A list that was published after it was asked for. */
  async #newList(address: string): Promise<string> {
    const asked = new Date().toISOString();

    return until(async () => {
      const { text } = await this.open(address);

      return decodeJwt<StatusListCredential>(text).validFrom > asked ? text : undefined;
    });
  }

  async #licenseClinicians(): Promise<void> {
    const entries = Object.entries(CLINICIANS);
    await this.written('/v1/providers', { items: entries.map(([, npi]) => ({ npi, type: 'individual', name: { family: 'Fixture', given: 'Avery' }, taxonomies: [] })) });
    await this.written('/v1/licences', { items: entries.map(([number]) => ({ licence: licenceOfTest(number), effectiveFrom: '2020-01-01', validThru: addDays(today, 300), status: 'ACTIVE', holder: 'FIXTURE, AVERY' })) });
    await this.written('/v1/provider-licence-links', { items: entries.map(([number, npi]) => ({ type: 'ASSERT', npi, licence: licenceOfTest(number) })) });
    for (const role of ['disciplinary-officer', 'board-member']) await this.written('/v1/board-officers', {}, role);
  }
}

/** What a signed attestation says. */
export function claimsOf(jwt: string): LicenceAttestation {
  return decodeJwt(jwt);
}

function pathOf(number: LicenceNumber): string {
  return `/v1/licences/CA/ca-medical/MD/${number}`;
}
