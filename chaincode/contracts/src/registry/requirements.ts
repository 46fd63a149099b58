import { ANY_MEMBER, ANYONE } from '../platform/authorisation.js';
import type { Requirement } from '../platform/authorisation.js';

const consortiumOffice = { kinds: ['consortium'], roles: ['member-admin'] } as const;
const directory = { kinds: ['hospital', 'insurer', 'licensing-board'], roles: ['credentialing', 'registrar'] } as const;
const registrar = { kinds: ['licensing-board'], roles: ['registrar'] } as const;
const board = { kinds: ['licensing-board'], roles: ['registrar', 'disciplinary-officer', 'board-member'] } as const;

/** A service speaks for the board's people, so that no certificate in a block tells which step was taken. */
const applications = { kinds: ['licensing-board'], roles: ['service', 'registrar', 'disciplinary-officer', 'board-member'] } as const;

/** Who takes exclusion lists from their publisher for the consortium. */
const exclusionSteward = { kinds: ['consortium', 'insurer'], roles: ['exclusion-steward'] } as const;

/** Who may send what. Which licence is the caller's own and who may take which step is for the rules to say, which know the licence. */
export const registryRequirements = {
  // Founds the registry, once; the first caller becomes the consortium office, in the role that the contract demands.
  initialise: ANYONE,
  registerMember: consortiumOffice,
  updateMember: consortiumOffice,
  advanceClock: { kinds: ['consortium', 'hospital', 'insurer', 'licensing-board'], roles: ['service', 'member-admin'] },
  registerProviders: directory,
  linkProviderLicences: directory,
  recordIdentities: directory,
  issueLicences: registrar,
  voidImportBatch: board,
  defineStatusWords: registrar,
  reportSource: { kinds: ['licensing-board'], roles: ['registrar', 'service'] },
  introduceOfficer: board,
  withdrawOfficer: board,
  introducePractitioner: registrar,
  withdrawPractitioner: registrar,
  readPractitioners: ANY_MEMBER,
  recordBoardOrder: board,
  recordBoardOrders: board,
  keepOrderDocument: board,
  readOrderDocument: board,
  readOfficers: ANY_MEMBER,
  introduceIssuerKey: registrar,
  // A key that was lost cannot wait for the registrar.
  revokeIssuerKey: board,
  readIssuerKeys: ANY_MEMBER,
  recordExclusionSnapshot: exclusionSteward,
  readConfiguration: ANYONE,
  readMember: ANY_MEMBER,
  readMembers: ANY_MEMBER,
  readClock: ANY_MEMBER,
  readProvider: ANY_MEMBER,
  readIdentities: ANY_MEMBER,
  readLicence: ANY_MEMBER,
  readLicences: ANY_MEMBER,
  readStatusWords: ANY_MEMBER,
  readExclusionSnapshots: ANY_MEMBER,
  standing: ANY_MEMBER,
  standingsForClaims: ANY_MEMBER,
} as const satisfies Readonly<Record<string, Requirement>>;

/** Who may send what of the contract of applications; which step is whose is for the rules to say. */
export const applicationRequirements = { keep: applications, read: applications, list: applications } as const satisfies Readonly<Record<string, Requirement>>;
