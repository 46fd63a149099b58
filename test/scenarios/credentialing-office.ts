import { addDays } from '@medaccord/domain';
import type { CredentialFileBody, CredentialingTask, Element, Npi, PrivilegesBody, VerificationBody } from '@medaccord/domain';
import type { StackEndpoints } from '@medaccord/network/cli';
import { GatewayClient, GatewayProblem } from '../demo/gateway-client.js';

/** The people of a hospital who credential; the office's two look at each other's work. */
export const OFFICE_USERS = [
  'medical-staff-office', 'credentialing', 'department-chair', 'credentials-committee', 'medical-director', 'medical-executive-committee', 'governing-body',
] as const;

export type OfficeUser = (typeof OFFICE_USERS)[number];

export const TODAY = new Date().toISOString().slice(0, 10);
const HASH = 'ab'.repeat(32);

/** What a file needs besides the licence, for a profession without further certificates. */
const OTHER_ELEMENTS: readonly Element[] = ['malpractice-history', 'sanction', 'exclusion', 'attestation', 'npdb', 'education', 'work-history'];
const FOUND_EMPTY: readonly Element[] = ['malpractice-history', 'sanction', 'exclusion'];

interface Answer {
  readonly items: readonly { readonly id: string }[];
}

/** A board's order that suspends a licence from today. */
export function suspensionOrder(): object {
  const action = { type: 'SUSPEND', summary: false, effectiveFrom: TODAY, automaticReinstatement: false, basisCodes: ['SAMPLE-BASIS'] };
  return { expectedSequence: 1, steps: [{ kind: 'INITIAL', action }], order: { number: 'SAMPLE-1', decidedOn: TODAY } };
}

/** A hospital's medical-staff office at its gateway, working on one clinician. */
export class CredentialingOffice {
  readonly people: Readonly<Record<OfficeUser, GatewayClient>>;

  constructor(endpoints: StackEndpoints, readonly npi: Npi, readonly jurisdiction: string) {
    this.people = Object.fromEntries(OFFICE_USERS.map((user) => [user, new GatewayClient(endpoints, 'hospital', user)])) as Record<OfficeUser, GatewayClient>;
  }

  /** Writes as one of the people; the id of the document. */
  async record(user: OfficeUser, path: string, body: object): Promise<string> {
    return (await this.people[user].post<Answer>(path, body)).items[0]?.id ?? '';
  }

  /** Takes a step, and gives the code of the refusal where there is one. */
  async step(user: OfficeUser, path: string, body: object): Promise<string | undefined> {
    try {
      await this.record(user, `${path}/steps`, body);
      return undefined;
    } catch (error) {
      if (error instanceof GatewayProblem) return error.problem.code;
      throw error;
    }
  }

  async body<T extends CredentialFileBody | PrivilegesBody | VerificationBody>(path: string): Promise<T> {
    return (await this.people.credentialing.get<{ readonly newest: { readonly body: T } }>(path)).newest.body;
  }

  async consent(): Promise<string> {
    return this.record('medical-staff-office', '/v1/consents', { npi: this.npi, elements: OTHER_ELEMENTS, from: TODAY, thru: addDays(TODAY, 365), documentHash: HASH });
  }

  /** Asks the registry on the ledger; a second person accepts. */
  async licenceVerified(): Promise<string> {
    const question = { npi: this.npi, namesSearched: ['FIXTURE, AVERY'], surname: 'FIXTURE', jurisdiction: this.jurisdiction };
    return this.accepted(await this.record('medical-staff-office', '/v1/verifications/from-registry', question));
  }

  /** Records what a source answered so many days ago; a second person accepts. */
  async verified(element: Element, consentId: string, daysAgo = 0): Promise<string> {
    return this.accepted(await this.record('medical-staff-office', '/v1/verifications', this.answered(element, consentId, daysAgo)));
  }

  answered(element: Element, consentId: string, daysAgo = 0): object {
    const npdb = { type: 'npdb', controlNumber: '5500000012345678', query: 'one-time' };
    const answer = element === 'npdb' ? npdb : { type: 'credential', found: !FOUND_EMPTY.includes(element), adverse: [], references: [] };
    const on = addDays(TODAY, -daysAgo);
    return {
      npi: this.npi, namesSearched: ['FIXTURE, AVERY'], surname: 'FIXTURE', element, source: { name: 'sample source', type: 'primary' }, method: 'portal', criteria: element === 'npdb' ? '' : 'name and number',
      asOf: on, ...(daysAgo > 0 && { retrievedAt: `${on}T08:00:00.000Z` }), answer, system: 'sample collector', systemVersion: '1', consentId,
    };
  }

  async accepted(id: string): Promise<string> {
    return this.record('credentialing', `/v1/verifications/${id}/steps`, { verb: 'reviewVerification', decision: 'accepted', discrepancies: [] });
  }

  /** Every element of a file; those named are so many days old. */
  async allVerified(consentId: string, daysAgo: Partial<Record<Element, number>> = {}): Promise<readonly string[]> {
    const ids = [await this.licenceVerified()];
    for (const element of OTHER_ELEMENTS) ids.push(await this.verified(element, consentId, daysAgo[element]));
    return ids;
  }

  async openFile(payer: string): Promise<string> {
    const subject = { npi: this.npi, profession: 'psychologist', jurisdiction: this.jurisdiction, payer, programme: 'ncqa-accreditation', recipe: 'common/2025-07', event: 'initial' };
    return `/v1/credential-files/${await this.record('medical-staff-office', '/v1/credential-files', subject)}`;
  }

  /** Asks for privileges, and carries them from body to body until they are granted. */
  async granted(file: string, codes: readonly string[], appliedOn?: string): Promise<string> {
    const items = codes.map((code) => ({ code, group: 'core', prescribing: false }));
    const application = { verb: 'requestPrivileges', npi: this.npi, jurisdiction: this.jurisdiction, formVersion: 'sample/1', items, ...(appliedOn !== undefined && { appliedOn }) };
    const path = `/v1/privileges/${await this.record('medical-staff-office', '/v1/privileges', application)}`;
    const fppe = { criteria: 'first ten cases', method: 'chart-review', thru: addDays(TODAY, 180), externalReviewTrigger: 'two complications' };
    const way = [
      ['medical-staff-office', { stage: 'CRITERIA_CHECK' }], ['medical-staff-office', { stage: 'PSV_COMPLETE', fileId: file.split('/').at(-1) }], ['department-chair', { stage: 'DEPT_CHAIR' }],
      ['credentials-committee', { stage: 'CREDENTIALS_COMMITTEE' }], ['medical-executive-committee', { stage: 'MEC' }],
    ] as const;
    for (const [user, stage] of way) await this.record(user, `${path}/steps`, { verb: 'recommendPrivileges', recommendation: 'recommended', ...stage });
    await this.record('governing-body', `${path}/steps`, { verb: 'decidePrivileges', months: 36, decisions: codes.map((code) => ({ code, outcome: 'GRANTED', fppe })) });
    return path;
  }

  /** What is due for a document, by cause, through a day. */
  async due(path: string, thru = TODAY): Promise<Readonly<Partial<Record<CredentialingTask['cause'], string>>>> {
    const { tasks } = await this.people.credentialing.get<{ tasks: readonly CredentialingTask[] }>(`/v1/credentialing-tasks?thru=${thru}`);
    return Object.fromEntries(tasks.filter(({ id }) => path.endsWith(id)).map(({ cause, dueOn }) => [cause, dueOn]));
  }

  /** What the clinician may do today. */
  async mayDo(): Promise<readonly string[]> {
    return (await this.people['department-chair'].post<{ codes: readonly string[] }>('/v1/privileges/search', { npi: this.npi })).codes;
  }
}
