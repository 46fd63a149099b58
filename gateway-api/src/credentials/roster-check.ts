import { addDays, jurisdictionShape, list, LONGEST_STANDING_PERIOD_DAYS, MOST_STANDING_QUERIES, npiShape, object, plainDate } from '@medaccord/domain';
import type { Npi, PlainDate, PracticeAuthority, ProviderStanding, Shape, StandingQuery } from '@medaccord/domain';
import type { RegistryClient } from '../ledger/registry-client.js';

/** A clinician of a roster, and where the clinician works. */
export interface RosterClinician {
  readonly npi: Npi;
  readonly jurisdiction: string;
}

/** Asks what each clinician of a roster may do on a day. */
export interface RosterQuestion {
  readonly asOf: PlainDate;
  readonly items: readonly RosterClinician[];
}

/** What one may do there. */
export interface RosterStanding extends RosterClinician {
  /** False: the provider directory does not know the NPI. */
  readonly registered: boolean;
  readonly authority: PracticeAuthority;
  /** The first day within a year on which it is another, if nothing more is recorded; null where none is. */
  readonly nextChangeDate: PlainDate | null;
}

/** Reads the question; at most 1,000 clinicians. */
export const rosterQuestionShape: Shape<RosterQuestion> = object<RosterQuestion>({
  asOf: plainDate,
  items: list(object<RosterClinician>({ npi: npiShape, jurisdiction: jurisdictionShape }), 1, MOST_STANDING_QUERIES),
});

/** Answers in the order of the roster. */
export async function checkRoster(registry: RegistryClient, role: string, { asOf, items }: RosterQuestion): Promise<readonly RosterStanding[]> {
  const thru = addDays(asOf, LONGEST_STANDING_PERIOD_DAYS - 1);
  const { standings } = await registry.standingsForClaims(role, { members: [], standings: items.map((item): StandingQuery => ({ ...item, from: asOf, thru })) });

  return standings.map(rosterStanding);
}

/** The first period is that of the day itself; equal days are one period. */
function rosterStanding({ npi, jurisdiction, registered, periods: [now, next] }: ProviderStanding): RosterStanding {
  return { npi, jurisdiction, registered, authority: now?.authority ?? 'UNKNOWN', nextChangeDate: next?.from ?? null };
}
