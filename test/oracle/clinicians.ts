import { addDays } from '@medaccord/domain';
import type { Npi } from '@medaccord/domain';
import { licencePath } from '../demo/found-consortium.js';
import type { People } from '../demo/people.js';
import type { DemoDates } from '../fixtures/demo-dates.js';
import { demoClinician, demoClinicians, inventedNpi } from '../fixtures/demo-registry.js';
import type { ClinicianName, DemoClinician } from '../fixtures/demo-registry.js';

/** Who renders the world's services: those of the demo, Elliot, whom federal programmes exclude, and Frankie, who is restricted for a time. */
export function worldClinicians(dates: DemoDates): Readonly<Record<ClinicianName | 'elliot' | 'frankie', DemoClinician>> {
  const licensed = { from: dates.start };
  return {
    ...demoClinicians(dates),
    elliot: demoClinician(205, 'STANDIN', 'ELLIOT', { licensed, linked: true }),
    frankie: demoClinician(206, 'EXAMPLE', 'FRANKIE', { licensed, linked: true }),
  };
}

/** NPIs on the list of excluded people and houses. */
export function excludedNpis(dates: DemoDates): Readonly<Record<'clinician' | 'referrer' | 'biller' | 'facility', Npi>> {
  return { clinician: worldClinicians(dates).elliot.npi, referrer: inventedNpi(207), biller: inventedNpi(103), facility: inventedNpi(104) };
}

/** The days on which Frankie is restricted. */
export function restriction({ today }: DemoDates): { readonly from: string; readonly thru: string } {
  return { from: addDays(today, -40), thru: addDays(today, -15) };
}

/** The board restricts Frankie for these days. */
export async function restrict({ disciplinaryOfficer }: People, dates: DemoDates): Promise<void> {
  const { from, thru } = restriction(dates);
  await disciplinaryOfficer.post(`${licencePath(worldClinicians(dates).frankie.licence)}/orders`, {
    actionId: '98'.padStart(32, '0'),
    expectedSequence: 1,
    steps: [{ kind: 'INITIAL', action: { type: 'RESTRICT', restrictionCodes: ['SAMPLE-LIMIT'], effectiveFrom: from, effectiveThru: thru, automaticReinstatement: true, basisCodes: ['SAMPLE-BASIS'] } }],
    order: { number: 'SAMPLE-2', decidedOn: from },
  });
}
