import type { BoardOfficer, Clock, CompactGroup, ExclusionFileName, ExclusionSnapshot, IssuerKey, Licence, LicenceEvent, LicenceKey, LicenceTimeline, Member, Membership, PractitionerCertificate, PractitionerQuery, Provider, ProviderIdentity, ProviderLinks, RegistryConfiguration, SourceReport, StatusWords } from '@medaccord/domain';
import { licenceKeyParts } from '@medaccord/domain';
import { recordType } from '../platform/public-store.js';

/** Which member a unit id belongs to: unit ids are unique in the consortium. */
export interface UnitOwner {
  readonly schema: 'unit-owner/v1';
  readonly mspId: string;
}

// Every public record of the registry and the parts of its key.

export const configurations = recordType<RegistryConfiguration>('configuration', 'registry-configuration/v1');
export const configurationKey: readonly string[] = ['registry'];

export const memberships = recordType<Membership>('membership', 'membership/v1');
export const membershipKey: readonly string[] = ['all'];

export const members = recordType<Member>('member', 'member/v1');
export const memberKey = (mspId: string): readonly string[] => [mspId];

export const unitOwners = recordType<UnitOwner>('unit', 'unit-owner/v1');
export const unitKey = (unitId: string): readonly string[] => [unitId];

export const clocks = recordType<Clock>('clock', 'clock/v1');
export const clockKey: readonly string[] = ['consortium'];

export const providers = recordType<Provider>('provider', 'provider/v1');
export const providerKey = (npi: string): readonly string[] => [npi];

export const providerLinks = recordType<ProviderLinks>('provider-links', 'provider-links/v1');
export const providerLinksKey = (npi: string, jurisdiction: string): readonly string[] => [npi, jurisdiction];

/** All that was said about who stands behind a number. */
export const providerIdentities = recordType<ProviderIdentity>('provider-identity', 'provider-identity/v1');
export const providerIdentityKey = (npi: string): readonly string[] => [npi];

export const exclusionSnapshots = recordType<ExclusionSnapshot>('exclusion-snapshot', 'exclusion-snapshot/v1');
export const exclusionSnapshotKey = ({ source, month, file, sha256 }: ExclusionFileName): readonly string[] => [source, month, file, sha256];

/** Particulars of a licence, apart from what standing depends on. */
export const licences = recordType<Licence>('licence', 'licence/v1');
/** What standing depends on, in one key: the key that adjudications read. */
export const timelines = recordType<LicenceTimeline>('licence-timeline', 'licence-timeline/v1');
export const licenceRecordKey = (licence: LicenceKey): readonly string[] => licenceKeyParts(licence);

/** One key per event, written once under the chaincode's own policy, a majority. */
export const licenceEvents = recordType<LicenceEvent>('licence-event', 'licence-event/v1');
/** Sequences have eight digits, so that keys sort as numbers do. */
export const licenceEventKey = (licence: LicenceKey, sequence: number): readonly string[] => [...licenceKeyParts(licence), String(sequence).padStart(8, '0')];

/** Which licences named one as the principal licence of a compact, by that one: an index under the chaincode's own policy. */
export const compactGroups = recordType<CompactGroup>('compact-group', 'compact-group/v1');

/** People who may sign orders, by organisation and certificate. */
export const officers = recordType<BoardOfficer>('board-officer', 'board-officer/v1');
export const officerKey = (mspId: string, fingerprint: string): readonly string[] => [mspId, fingerprint];

/** Practitioners' own certificates, by NPI. */
export const practitionerCertificates = recordType<PractitionerCertificate>('practitioner-certificate', 'practitioner-certificate/v1');
export const practitionerCertificateKey = ({ npi, fingerprint }: PractitionerQuery): readonly string[] => [npi, fingerprint];

/** Keys that sign attestations for readers outside, by organisation. */
export const issuerKeys = recordType<IssuerKey>('issuer-key', 'issuer-key/v1');
export const issuerKeyKey = (mspId: string, keyId: string): readonly string[] => [mspId, keyId];

/** Each board's last word on how far its records are complete: read with every answer about its licences. */
export const sourceReports = recordType<SourceReport>('source-report', 'source-report/v1');
export const sourceReportKey = (board: string): readonly string[] => [board];

/** Every version of a board's table of status words; versions have six digits, so that keys sort as numbers do. */
export const statusWords = recordType<StatusWords>('status-words', 'status-words/v1');
export const statusWordsKey = (board: string, version: number): readonly string[] => [board, String(version).padStart(6, '0')];
