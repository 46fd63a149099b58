import { changeDays, conditionOn, provenance } from '../licences/fold-standing.js';
import { openDiscipline } from '../licences/open-discipline.js';
import type { Encumbrance } from '../licences/standing.js';
import { licenceId } from '../licences/licence-key.js';
import { addDays, covers } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import { present } from '../shared/present.js';
import { principalOn } from './compact-licence.js';
import type { CompactLicence, Designation } from './compact-licence.js';
import type { CompactRule, PossibleEffect } from './compact-rule.js';
import type { DerivedCause, DerivedEffect } from './derived-effect.js';

/**
 * Nurse Licensure Compact, articles III and V. A multistate licence of the home state lets practise in every party state.
 * Any limit on it at home makes the privilege inactive everywhere else; a remote state acts on the privilege in that state
 * alone, with a licence record of its own that names the home licence as the principal one.
 */
export const nlc: CompactRule = {
  id: 'nlc/1',
  source: 'Nurse Licensure Compact, articles III and V',
  effects: ({ own, related, jurisdiction }) => [
    ...(own.licence.jurisdiction === jurisdiction ? [] : [limitedAtHome(own), ...related.filter(({ licence }) => licence.jurisdiction === jurisdiction).map((remote) => actedOn(own, remote))]),
    ...(own.designations.some(({ rule }) => rule === nlc.id) ? [carriedByHome(own, related)] : []),
  ],
};

/** A home licence, asked for elsewhere: what limits it at home leaves nothing of the privilege. */
function limitedAtHome(home: CompactLicence): PossibleEffect {
  return { on: (day) => openDiscipline(home.known, day).filter(limits).map((one) => inactive(one, home)), days: changeDays(home.known) };
}

/** A home licence, asked for in a remote state: that state's own discipline of the privilege counts there. */
function actedOn(home: CompactLicence, remote: CompactLicence): PossibleEffect {
  const told = ({ type, from, thru, codes, stayed, action }: Encumbrance): DerivedEffect => ({ type, from, ...present('thru', thru), codes, ...present('stayed', stayed), causedBy: causedBy(remote, action) });
  return {
    on: (day) => (principalOn(remote, nlc.id, day) === home.id ? openDiscipline(remote.known, day).map(told) : []),
    days: changeDays(remote.known),
  };
}

/** A remote state's record of the privilege: it permits nothing that the home licence does not carry. */
function carriedByHome(privilege: CompactLicence, related: readonly CompactLicence[]): PossibleEffect {
  return {
    on: (day) => {
      const designation = privilege.designations.find((one) => one.rule === nlc.id && covers(one, day));
      return designation === undefined ? [] : carriedOn(day, designation, related.find(({ id }) => id === licenceId(designation.principal)));
    },
    days: [...changeDays(privilege.known), ...related.flatMap(({ known, silentAfter }) => [...changeDays(known), ...(silentAfter === undefined ? [] : [addDays(silentAfter, 1)])])],
  };
}

/** Nothing where the home licence is in full force; UNKNOWN where its board is not on the ledger or silent. */
function carriedOn(day: PlainDate, { principal, from }: Designation, home: CompactLicence | undefined): readonly DerivedEffect[] {
  if (home === undefined) return [{ type: 'PRIVILEGE_UNKNOWN', from, codes: [], causedBy: { licence: principal, event: 0, rule: nlc.id } }];
  const isSilent = home.silentAfter !== undefined && home.silentAfter < day;
  const authority = isSilent ? 'UNKNOWN' : conditionOn(home.known, day).authority;
  if (authority === 'FULL') return [];
  const last = provenance(home.known, day).at(-1) ?? 0;
  if (authority === 'UNKNOWN') return [{ type: 'PRIVILEGE_UNKNOWN', from, codes: [], causedBy: causedBy(home, last) }];
  const limiting = openDiscipline(home.known, day).filter(limits).map((one) => inactive(one, home));
  return limiting.length > 0 ? limiting : [{ type: 'PRIVILEGE_INACTIVE', from, codes: [], causedBy: causedBy(home, last) }];
}

/** An encumbrance in the compact's sense: any limitation of full and unrestricted practice (article II). */
function limits({ type, stayed }: Encumbrance): boolean {
  return stayed !== true && type !== 'REPRIMAND' && type !== 'FINE' && type !== 'MONITORING';
}

function inactive({ from, codes, action }: Encumbrance, home: CompactLicence): DerivedEffect {
  return { type: 'PRIVILEGE_INACTIVE', from, codes, causedBy: causedBy(home, action) };
}

function causedBy({ licence }: CompactLicence, event: number): DerivedCause {
  return { licence, event, rule: nlc.id };
}
