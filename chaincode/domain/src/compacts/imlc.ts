import { changeDays } from '../licences/fold-standing.js';
import { encumbrance, openDiscipline } from '../licences/open-discipline.js';
import { byEffect, contentOn } from '../licences/timeline.js';
import { isDiscipline } from '../licences/licence-event.js';
import type { BoardAction } from '../licences/licence-event.js';
import { licenceId } from '../licences/licence-key.js';
import type { Encumbrance } from '../licences/standing.js';
import type { CurrentAction } from '../licences/timeline.js';
import { addDays, covers } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import { present } from '../shared/present.js';
import { principalOn } from './compact-licence.js';
import type { CompactLicence, Designation } from './compact-licence.js';
import type { CompactRule, PossibleEffect } from './compact-rule.js';
import type { DerivedCause, DerivedEffect } from './derived-effect.js';

/**
 * Interstate Medical Licensure Compact, section 10 (Disciplinary Actions). (b): what takes the licence of the state of
 * principal licence away takes every other one, with the same status, until each board reinstates its own. (d): what takes
 * another member's licence away suspends all the rest for ninety days from entry of the order. Probation, restriction and
 * reprimand do neither.
 */
export const imlc: CompactRule = {
  id: 'imlc/1',
  source: 'Interstate Medical Licensure Compact, section 10 (b) and (d)',
  effects: ({ own, related }) => related.flatMap((other) => [...sameStatus(own, other), ...ninetyDays(own, other)]),
};

const SUSPENSION_DAYS = 90;

/** Suspended, revoked, or surrendered in lieu of discipline. */
function takesAway({ type, codes }: Pick<Encumbrance, 'type' | 'codes'>): boolean {
  return type === 'SUSPENSION' || type === 'SUMMARY_SUSPENSION' || type === 'REVOCATION' || (type === 'SURRENDER' && codes.length > 0);
}

/** Days through which an action weighs on a licence unchanged. */
interface Spell {
  readonly from: PlainDate;
  readonly thru?: PlainDate;
  readonly told: Encumbrance;
}

/** The grave part of a licence's history, spell by spell. */
function graveSpells({ known }: CompactLicence): readonly Spell[] {
  const days = changeDays(known);
  return days.flatMap((from, index) => {
    const next = days[index + 1];
    return openDiscipline(known, from).filter(takesAway).map((told) => ({ from, ...present('thru', next === undefined ? undefined : addDays(next, -1)), told }));
  });
}

/**
 * Section 10 (b). The status begins with the first day on which the action, not stayed, and the designation are both in
 * force. Its end at the principal state, by reinstatement or because a term is over, is no end here; a stay there stays it here.
 */
function sameStatus(own: CompactLicence, principal: CompactLicence): readonly PossibleEffect[] {
  const under = own.designations.filter((one) => one.rule === imlc.id && licenceId(one.principal) === principal.id);
  if (under.length === 0 || principal.id === own.id) return [];
  const spells = graveSpells(principal);
  return [...new Set(spells.map(({ told }) => told.action))].map((action) => {
    const ofAction = spells.filter(({ told }) => told.action === action);
    const bites = ofAction.filter(({ told }) => told.stayed !== true).flatMap((spell) => under.flatMap((one) => overlap(spell, one)));
    const causedBy: DerivedCause = { licence: principal.licence, event: action, rule: imlc.id };
    return {
      on: (day) => statusOn(day, bites, causedBy, ofAction.some((spell) => covers(spell, day) && spell.told.stayed === true)),
      days: [...ofAction, ...bites].flatMap(({ from, thru }) => [from, ...(thru === undefined ? [] : [addDays(thru, 1)])]),
    };
  });
}

function overlap({ from, thru, told }: Spell, designation: Designation): readonly Spell[] {
  const start = from > designation.from ? from : designation.from;
  const end = earliest([thru, designation.thru].filter((day) => day !== undefined));
  return end !== undefined && end < start ? [] : [{ from: start, ...present('thru', end), told }];
}

function earliest(days: readonly PlainDate[]): PlainDate | undefined {
  return days.reduce<PlainDate | undefined>((first, day) => (first === undefined || day < first ? day : first), undefined);
}

function statusOn(day: PlainDate, bites: readonly Spell[], causedBy: DerivedCause, stayed: boolean): readonly DerivedEffect[] {
  const begun = bites.filter(({ from }) => from <= day);
  const from = earliest(begun.map((bite) => bite.from));
  const latest = begun.at(-1)?.told;
  return from === undefined || latest === undefined ? [] : [{ type: latest.type, from, codes: latest.codes, ...(stayed ? { stayed } : {}), causedBy }];
}

/** Section 10 (d). Both licences have to be in the compact, under the same principal licence, on the day of entry. */
function ninetyDays(own: CompactLicence, disciplined: CompactLicence): readonly PossibleEffect[] {
  return disciplined.known.actions.flatMap((current) => graveOrders(current).flatMap((event) => {
    const from = disciplined.enteredOn(event);
    if (from === undefined || !areFellows(own, disciplined, from)) return [];
    const thru = addDays(from, SUSPENSION_DAYS - 1);
    const causedBy: DerivedCause = { licence: disciplined.licence, event, rule: imlc.id };
    return [{
      on: (day) => (covers({ from, thru }, day) ? [{ type: 'SUSPENSION', from, thru, codes: [], ...stayOn(current, day), causedBy }] : []),
      days: [from, addDays(thru, 1), ...changeDays({ actions: [current], voids: [] })],
    } satisfies PossibleEffect];
  }));
}

function areFellows(own: CompactLicence, disciplined: CompactLicence, day: PlainDate): boolean {
  const principal = principalOn(disciplined, imlc.id, day);
  return principal !== undefined && principal !== disciplined.id && principalOn(own, imlc.id, day) === principal;
}

/** Orders that took a licence away: the action itself, a revision into another kind of it, the lift of a stay. */
function graveOrders(current: CurrentAction): readonly number[] {
  const revisions = byEffect(current.revisions.map((revision) => ({ ...revision, effectiveFrom: revision.action.effectiveFrom })));
  const contents = [{ source: current.id, action: current.action }, ...revisions];
  const lifts = current.stays.filter(({ action }) => action.codes === undefined).flatMap((stay) => stay.lifts);
  return [
    ...contents.filter(({ action }, index) => isGrave(action) && action.type !== contents[index - 1]?.action.type),
    ...lifts.filter(({ action }) => isGrave(contentOn(current, action.effectiveFrom))),
  ].map(({ source }) => source);
}

function isGrave(action: BoardAction): boolean {
  return action.type === 'SUSPEND' || action.type === 'REVOKE' || (action.type === 'SURRENDER' && action.inLieuOfDiscipline);
}

function stayOn(current: CurrentAction, day: PlainDate): Pick<DerivedEffect, 'stayed'> {
  const content = contentOn(current, day);
  return isDiscipline(content) && encumbrance(current, content, day).stayed === true ? { stayed: true } : {};
}
