import { randomUUID } from 'node:crypto';
import type { Element } from '@medaccord/domain';
import { done, foundRegistry } from '../../testing/founding.js';
import { TestConsortium } from '../../testing/test-consortium.js';
import type { TestAnswer, TestGateway } from '../../testing/test-gateway.js';

export const NPI = '1234567893';
export const LICENCE = { jurisdiction: 'CA', board: 'ca-medical', type: 'MD', number: 'A1' };
export const HASH = 'ab'.repeat(32);
const licencePath = '/v1/licences/CA/ca-medical/MD/A1';

/** What such a clinician's file needs besides the licence, each answered without a finding. */
export const OTHER_ELEMENTS: readonly Element[] = ['malpractice-history', 'sanction', 'exclusion', 'attestation', 'npdb', 'education', 'work-history'];

const unit = { id: 'ca-medical', name: 'Medical board', status: 'OPEN', kind: 'board', jurisdiction: 'CA', licenceTypes: ['MD'], timeZone: 'UTC' };
const neighbour = { ...unit, id: 'nv-medical', jurisdiction: 'NV' };
const members = [
  { mspId: 'LicensingBoardMSP', name: 'Boards', kind: 'licensing-board', units: [unit, neighbour] },
  { mspId: 'HospitalMSP', name: 'General Hospital', kind: 'hospital', units: [] },
  { mspId: 'InsurerMSP', name: 'Insurer', kind: 'insurer', units: [] },
  { mspId: 'OtherHospitalMSP', name: 'Other Hospital', kind: 'hospital', units: [] },
];

/** A second hospital, which has nothing to do with the first one's files. */
const otherHospital = {
  name: 'other-hospital', mspId: 'OtherHospitalMSP', domain: 'other-hospital.medaccord.example', peers: 1,
  users: ['service', 'medical-staff-office', 'credentialing', 'medical-director'].map((role) => ({ name: role, attributes: { 'medaccord.role': role } })),
};

/** One gateway as its people use it. */
export class Office {
  constructor(readonly gateway: TestGateway) {}

  /** Writes as a person of a role; the person is the role's own unless named. */
  async write(role: string, path: string, body: unknown, { person = `${role}@test`, key = randomUUID() }: { readonly person?: string; readonly key?: string } = {}): Promise<TestAnswer> {
    return this.gateway.request(path, { method: 'POST', body, claims: { roles: [role], subject: person }, headers: { 'Idempotency-Key': key } });
  }

  /** Writes what must succeed; the id of the document that it wrote. */
  async record(role: string, path: string, body: unknown, person?: string): Promise<string> {
    const answer = await this.write(role, path, body, person === undefined ? {} : { person });
    if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${answer.text}`);

    return (answer.json['items'] as { readonly id: string }[])[0]?.id ?? '';
  }

  async read<T = Record<string, unknown>>(path: string, role = 'credentialing'): Promise<T> {
    const answer = await this.gateway.read(path, role);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.text}`);

    return answer.json as T;
  }

  /** The body of a document's newest version. */
  async body<T = Record<string, unknown>>(path: string): Promise<T> {
    return (await this.read<{ readonly newest: { readonly body: T } }>(path)).newest.body;
  }

  /** Asks the registry about the clinician, and has a second person accept the answer. */
  async licenceVerified(): Promise<string> {
    const id = await this.record('credentialing', '/v1/verifications/from-registry', { npi: NPI, namesSearched: ['Byron, Ada'], surname: 'Byron', jurisdiction: 'CA' }, 'collector');

    return this.accepted(id);
  }

  /** Records an answer of a source outside, and has a second person accept it. */
  async verified(element: Element, consentId: string, changes: object = {}): Promise<string> {
    return this.accepted(await this.record('credentialing', '/v1/verifications', answered(element, consentId, changes), 'collector'));
  }

  async consent(): Promise<string> {
    return this.record('credentialing', '/v1/consents', {
      npi: NPI, elements: [...OTHER_ELEMENTS, 'dea', 'training', 'licence', 'board-certification'], from: '2026-01-01', thru: '2099-12-31', documentHash: HASH,
    });
  }

  async accepted(id: string): Promise<string> {
    return this.record('credentialing', `/v1/verifications/${id}/steps`, { verb: 'reviewVerification', decision: 'accepted', discrepancies: [] }, 'reviewer');
  }

  /** A file with everything that it needs, assessed for a decision today. */
  async readyFile(payer = 'general'): Promise<{ readonly fileId: string; readonly consentId: string; readonly verificationIds: readonly string[] }> {
    const consentId = await this.consent();
    const verificationIds = [await this.licenceVerified()];
    for (const element of OTHER_ELEMENTS) verificationIds.push(await this.verified(element, consentId));
    const fileId = await this.record('credentialing', '/v1/credential-files', subject(payer));
    await this.record('credentialing', `/v1/credential-files/${fileId}/steps`, { verb: 'assessCredentialFile', decisionOn: today(), verificationIds });

    return { fileId, consentId, verificationIds };
  }
}

/** Whom a file is about; a profession without further certificates. */
export function subject(payer = 'general'): object {
  return { npi: NPI, profession: 'psychologist', jurisdiction: 'CA', payer, programme: 'ncqa-accreditation', recipe: 'common/2025-07', event: 'initial' };
}

/** An answer of a source outside. */
export function answered(element: Element, consentId: string, changes: object = {}): object {
  const npdb = element === 'npdb';
  const found = element !== 'malpractice-history' && element !== 'sanction' && element !== 'exclusion';
  const answer = npdb ? { type: 'npdb', controlNumber: '1234567890', query: 'one-time' } : { type: 'credential', found, adverse: [], references: [] };

  return {
    npi: NPI, namesSearched: ['Byron, Ada'], surname: 'Byron', element, source: { name: `${element} source`, type: 'primary' }, method: 'portal', criteria: npdb ? '' : 'name', asOf: today(), answer,
    system: 'collector', systemVersion: '1', consentId, ...changes,
  };
}

export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** A founded consortium with one licensed clinician, and the gateways that concern credentialing. */
export class CredentialingWorld {
  private constructor(readonly consortium: TestConsortium, readonly hospital: Office, readonly insurer: Office, readonly otherHospital: Office, readonly board: TestGateway) {}

  static async start(): Promise<CredentialingWorld> {
    const consortium = await TestConsortium.start(['registry', 'claims'], [otherHospital]);
    const office = await consortium.gateway('ConsortiumMSP');
    const board = await consortium.gateway('LicensingBoardMSP');
    const hospital = new Office(await consortium.gateway('HospitalMSP'));
    const insurer = new Office(await consortium.gateway('InsurerMSP'));
    const other = new Office(await consortium.gateway('OtherHospitalMSP'));
    await foundRegistry(office, ...members);
    await done(office.write('/v1/clock/ticks', 'member-admin', { time: new Date().toISOString() }));
    await done(board.write('/v1/providers', 'registrar', { items: [{ npi: NPI, type: 'individual', name: { family: 'Byron', given: 'Ada' }, taxonomies: [] }] }));
    await done(board.write('/v1/licences', 'registrar', { items: [{ licence: LICENCE, effectiveFrom: '2010-01-01', status: 'ACTIVE' }] }));
    await done(board.write('/v1/provider-licence-links', 'registrar', { items: [{ type: 'ASSERT', npi: NPI, licence: LICENCE }] }));

    return new CredentialingWorld(consortium, hospital, insurer, other, board);
  }

  /** The board suspends the licence from today. */
  async suspend(expectedSequence = 1): Promise<void> {
    const action = { type: 'SUSPEND', effectiveFrom: today(), summary: false, automaticReinstatement: false, basisCodes: ['NEGLIGENCE'] };
    await done(this.board.write(`${licencePath}/orders`, 'disciplinary-officer', { expectedSequence, steps: [{ kind: 'INITIAL', action }], order: { number: 'ORDER-1', decidedOn: today() } }));
  }

  async stop(): Promise<void> {
    await this.consortium.stop();
  }
}
