import { exclusionSourceShape, fileMonthShape, isMspId, licenceKeyShape, licenceOrClassShape, object, opaqueId, optional, integer, plainDate, text } from '@medaccord/domain';
import type { LicenceKey, PlainDate, Shape } from '@medaccord/domain';

/** Asks for the standing of one licence. */
export interface LicenceStandingQuery {
  readonly licence: LicenceKey;
  readonly asOf: PlainDate;
  /** A position in the licence's events; all of them where it is left out. */
  readonly knownAt?: number;
  /** A position in the events of the licence's class; all of them where both are left out. */
  readonly classKnownAt?: number;
}

/** Reads the question for one licence's standing. */
export const licenceStandingQueryShape: Shape<LicenceStandingQuery> = object<LicenceStandingQuery>({
  licence: licenceKeyShape,
  asOf: plainDate,
  knownAt: optional(integer(0)),
  classKnownAt: optional(integer(0)),
});

/** Reads which exclusion list, and perhaps which month of it. */
export const exclusionSnapshotsQueryShape: Shape<{ readonly source: string; readonly month?: string }> = object<{ source: string; month?: string }>({
  source: exclusionSourceShape, month: optional(fileMonthShape),
});

/** Reads the name of a member. */
export const memberQueryShape: Shape<{ readonly mspId: string }> = object<{ mspId: string }>({ mspId: text(isMspId) });

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
