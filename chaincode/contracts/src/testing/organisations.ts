import type { MemberKind, Unit } from '@medaccord/domain';

/** An organisation of a contract test. */
export interface OrganisationOfTest {
  readonly mspId: string;
  readonly name: string;
  readonly kind: MemberKind;
  readonly units: readonly Unit[];
}

const board = (id: string, jurisdiction: string, licenceTypes: readonly string[]): Unit => ({
  id,
  name: id,
  status: 'OPEN',
  kind: 'board',
  jurisdiction,
  licenceTypes,
  timeZone: 'America/Los_Angeles',
});

/** Four kinds of members and a second agency; one agency has two boards. */
export const organisations = {
  office: { mspId: 'OfficeMSP', name: 'office', kind: 'consortium', units: [] },
  insurer: { mspId: 'AcmeHealthMSP', name: 'acme-health', kind: 'insurer', units: [] },
  hospital: { mspId: 'GeneralMSP', name: 'general', kind: 'hospital', units: [{ id: 'general-main', name: 'Main campus', status: 'OPEN', kind: 'facility', npi: '1234567893' }] },
  board: { mspId: 'CaliforniaMSP', name: 'california', kind: 'licensing-board', units: [board('ca-medical', 'CA', ['MD', 'DO']), board('ca-nursing', 'CA', ['RN'])] },
  otherBoard: { mspId: 'WashingtonMSP', name: 'washington', kind: 'licensing-board', units: [board('wa-medical', 'WA', ['MD'])] },
} as const satisfies Readonly<Record<string, OrganisationOfTest>>;
