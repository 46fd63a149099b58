import {
  exclusionSourceShape, fileMonthShape, integer, isMspId, licenceKeyShape, licenceOrClassShape, list, npiShape, object, opaqueId, optional, plainDate, relatedPositionsShape, text,
} from '@medaccord/domain';
import type { LicenceKey, Npi, Shape, StandingAsked } from '@medaccord/domain';

/** Asks for the standing of one licence. */
export interface LicenceStandingQuery extends StandingAsked {
  readonly licence: LicenceKey;
}

/** Reads the question for one licence's standing. */
export const licenceStandingQueryShape: Shape<LicenceStandingQuery> = object<LicenceStandingQuery>({
  licence: licenceKeyShape,
  asOf: plainDate,
  knownAt: optional(integer(0)),
  classKnownAt: optional(integer(0)),
  related: optional(relatedPositionsShape),
});

/** Reads which exclusion list, and perhaps which month of it. */
export const exclusionSnapshotsQueryShape: Shape<{ readonly source: string; readonly month?: string }> = object<{ source: string; month?: string }>({
  source: exclusionSourceShape, month: optional(fileMonthShape),
});

/** Reads the name of a member. */
export const memberQueryShape: Shape<{ readonly mspId: string }> = object<{ mspId: string }>({ mspId: text(isMspId) });

/** Reads whose identities are asked for. */
export const identitiesQueryShape: Shape<{ readonly npis: readonly Npi[] }> = object<{ npis: readonly Npi[] }>({ npis: list(npiShape, 1, 1000) });

/** Reads a provider's number. */
export const npiQueryShape: Shape<{ readonly npi: Npi }> = object<{ npi: Npi }>({ npi: npiShape });

/** Reads the name of a licence, or of a class. */
export const licenceQueryShape: Shape<{ readonly licence: LicenceKey }> = object<{ licence: LicenceKey }>({ licence: licenceOrClassShape });

/** Reads the name of an application. */
export const applicationQueryShape: Shape<{ readonly applicationId: string }> = object<{ applicationId: string }>({ applicationId: opaqueId });

/** Which page of a board's applications. */
export interface ApplicationsQuery {
  /** The id of the last one of the page before. */
  readonly after?: string;
  readonly limit: number;
}

/** Reads which page of applications is asked for. */
export const applicationsQueryShape: Shape<ApplicationsQuery> = object<ApplicationsQuery>({ after: optional(opaqueId), limit: integer(1, 1000) });
