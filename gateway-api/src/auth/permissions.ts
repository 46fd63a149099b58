/** Roles of the consortium, as they stand in certificates (`medaccord.role`) and tokens. */
export const ROLES = [
  'claims-examiner', 'claims-supervisor', 'finance', 'plan-admin', 'reference-data',
  'biller', 'denials', 'credentialing',
  'medical-staff-office', 'credentials-committee', 'medical-director', 'department-chair', 'medical-executive-committee', 'governing-body',
  'exclusion-steward',
  'registrar', 'disciplinary-officer', 'board-member',
  'member-admin',
  'privacy-officer',
  'practitioner',
] as const;

/** One of the roles in which a person or system acts; the gateway's own `service` role is never a caller's. */
export type Role = (typeof ROLES)[number];

const insurer: readonly Role[] = ['claims-examiner', 'claims-supervisor', 'finance', 'plan-admin'];
const hospitalClaims: readonly Role[] = ['biller', 'denials'];
const office: readonly Role[] = ['medical-staff-office', 'credentialing'];
const fileDeciders: readonly Role[] = ['credentials-committee', 'medical-director'];
const privilegeBodies: readonly Role[] = ['department-chair', 'medical-executive-committee', 'governing-body'];
const board: readonly Role[] = ['disciplinary-officer', 'registrar', 'board-member'];

/**
 * Which roles may do what through this gateway: a convenience that refuses early, as the chaincode decides again by
 * certificate. Where a caller has several of the roles, the first one listed here acts. What is not listed is refused.
 */
export const PERMISSIONS = {
  'registry.initialise': ['member-admin'],
  'members.read': ROLES,
  'members.write': ['member-admin'],
  'clock.read': ROLES,
  'clock.advance': ['member-admin'],
  'providers.read': ROLES,
  'providers.write': ['registrar', 'credentialing'],
  'links.write': ['registrar', 'credentialing'],
  'identities.write': ['registrar', 'credentialing'],
  'licences.read': ROLES,
  'licences.issue': ['registrar'],
  'sources.report': ['registrar'],
  'licences.order': ['disciplinary-officer', 'registrar'],
  'order-drafts.read': board,
  'order-drafts.propose': ['disciplinary-officer', 'registrar'],
  'order-drafts.decide': ['board-member'],
  'applications.read': board,
  'applications.file': ['registrar'],
  'applications.work': ['registrar', 'board-member'],
  'order-documents.read': ['disciplinary-officer', 'board-member'],
  'board-officers.read': ROLES,
  'board-officers.introduce': board,
  'board-officers.withdraw': board,
  'practitioners.read': ROLES,
  'practitioners.introduce': ['registrar'],
  'practitioners.withdraw': ['registrar'],
  'practitioner-acts.read': [...office, 'registrar', 'practitioner'],
  // The board's people alone: members read the ledger itself, and a holder asks the board.
  'attestations.issue': ['registrar'],
  'attestation-keys.introduce': ['registrar'],
  'attestation-keys.revoke': board,
  'operations.read': ROLES,
  'board-work.read': board,
  'reconciliations.run': ['registrar'],
  'status-words.write': ['registrar'],
  'batch-voids.propose': ['registrar', 'disciplinary-officer'],
  'batch-voids.decide': ['board-member'],
  'order-documents.publish': ['disciplinary-officer'],
  'npdb-reports.read': ['disciplinary-officer', 'registrar'],
  'npdb-reports.mark': ['disciplinary-officer', 'registrar'],

  'claims.read': [...insurer, ...hospitalClaims, 'privacy-officer'],
  'credential-findings.read': ['claims-examiner', 'denials'],
  'claims.submit': ['biller'],
  'claims.adjudicate': ['claims-examiner'],
  'claims.reopen': ['claims-supervisor'],
  'mandates.write': ['plan-admin', 'biller'],
  'mandates.read': [...insurer, ...hospitalClaims],
  'notices.write': ['claims-examiner'],
  'notices.read': insurer,
  'disputes.open': ['claims-examiner', 'denials'],
  'disputes.settle': ['claims-supervisor', 'denials'],
  'appeals.file': ['claims-examiner', 'denials'],
  'appeals.decide': ['claims-supervisor'],
  'authorisations.request': ['biller', 'denials'],
  'authorisations.decide': ['claims-examiner'],
  'pends.read': insurer,
  'pends.work': ['claims-examiner'],
  'pends.answer': ['biller', 'denials', 'claims-examiner'],
  'pends.release': ['claims-supervisor'],
  'erasure.read': ['privacy-officer'],
  'erasure.propose': ['privacy-officer'],
  'erasure.execute': ['privacy-officer'],
  'claims.heal': ['claims-examiner', 'biller'],
  'copies.read': ['claims-examiner', 'biller'],
  'copies.heal': ['claims-examiner', 'biller'],
  'reviews.read': insurer,
  'reviews.propose': ['claims-examiner', 'plan-admin'],
  'reviews.decide': ['claims-supervisor'],
  'eligibility.ask': ['biller', 'denials'],
  'eligibility.answer': ['plan-admin', 'claims-examiner'],
  'eligibility.read': [...insurer, ...hospitalClaims],
  'remittances.read': [...insurer, ...hospitalClaims],
  'remittances.issue': ['finance'],
  'remittances.acknowledge': ['biller', 'denials'],
  'coverage.read': insurer,
  'coverage.write': ['plan-admin'],
  'reference-data.read': [...insurer, 'reference-data'],
  'reference-data.write': ['reference-data'],
  'plans.read': insurer,
  'plans.write': ['plan-admin'],
  'fee-schedules.read': [...insurer, ...hospitalClaims],
  'fee-schedules.write': ['plan-admin'],

  // Which role may take which step on a file or on privileges, `domain` says verb by verb; here stands who may take any.
  'credentialing.read': [...office, ...fileDeciders, ...privilegeBodies],
  'credentialing.work': office,
  'consents.write': [...office, 'practitioner'],
  'credential-files.work': [...office, ...fileDeciders],
  'bylaws.write': ['governing-body'],
  'privileges.begin': ['medical-staff-office', 'medical-director', 'governing-body'],
  'privileges.work': ['medical-staff-office', ...fileDeciders, ...privilegeBodies],
  'blocks.read': ROLES,

  'exclusions.load': ['exclusion-steward', ...office],
  'exclusions.attest': ['exclusion-steward'],
  'exclusions.read': ['exclusion-steward', ...office],
  'screening.work': office,
  'screening.read': office,
  'monitoring.work': office,
  'monitoring.read': office,
} as const satisfies Record<string, readonly Role[]>;

/**
 * What anyone may have without a token, on purpose: whether the gateway lives, its measurements, what a licensing board says
 * in public of its licences, as state look-up sites do, and what an attestation of a board is checked by outside the network.
 * Nothing else answers without one.
 */
export const PUBLIC_PURPOSES = ['health', 'metrics', 'licence-look-up', 'attestation-check'] as const;

export type PublicPurpose = (typeof PUBLIC_PURPOSES)[number];

/** The name of something that a caller may be allowed to do. */
export type Permission = keyof typeof PERMISSIONS;

/** The role of `roles` in which the permission may be used; undefined refuses. */
export function roleFor(permission: Permission, roles: readonly string[]): Role | undefined {
  const allowed: readonly Role[] = PERMISSIONS[permission];

  return allowed.find((role) => roles.includes(role));
}
